import { acknowledgesTogether } from '@vastus/clinical';
import { type AlertRow, type Answer, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useSend } from '../api/queries.js';
import { useSession } from '../session/useSession.js';
import { actionsOf } from './useAlertActions.js';

/** The contract takes that many in one request. */
const MOST = 100;
export type BulkAnswer = Answer<typeof ROUTES.acknowledgeAlerts>;

/** Several harmless alerts chosen and taken on together; what was refused is kept for the person to read. */
export function useBulk(alerts: readonly AlertRow[]) {
  const session = useSession();
  const send = useSend(ROUTES.acknowledgeAlerts);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [answer, setAnswer] = useState<BulkAnswer | null>(null);
  const harmless = alerts.filter((alert) => acknowledgesTogether(alert) && actionsOf(alert, session).includes('acknowledge'));
  const chosen = harmless.filter(({ id }) => marked.has(id)).map(({ id }) => id);
  const choose = (alertId: string, wanted: boolean) =>
    setMarked((before) => {
      const after = new Set(before);
      if (wanted) after.add(alertId);
      else after.delete(alertId);
      return after;
    });
  return {
    harmless: harmless.length,
    chosen,
    has: (alertId: string) => chosen.includes(alertId),
    choose,
    toggle: ({ id }: AlertRow) => harmless.some((alert) => alert.id === id) && choose(id, !marked.has(id)),
    chooseAll: () => setMarked(new Set(harmless.slice(0, MOST).map(({ id }) => id))),
    clear: () => setMarked(new Set()),
    acknowledge: () =>
      send.mutate(
        { body: { alertIds: chosen.slice(0, MOST) } },
        {
          onSuccess: (said) => {
            setMarked(new Set());
            setAnswer(said);
          },
        },
      ),
    answer,
    read: () => setAnswer(null),
    busy: send.isPending,
    error: send.error,
  };
}
