// What happened to somebody's account, read from the audit trails of the clinics they work in: there is no mail, so the product says it.
import type { Instant } from '@vastus/clinical';
import { ACCOUNT_CHANGES, type AccountChange } from '@vastus/contract';
import { statement, type Tx } from '@vastus/db';

const SHOWN_MS = 90 * 24 * 60 * 60_000;
const MOST = 100;

/** By the person, at whatever clinic, or by an administrator. An attempt stands in the trail of every clinic, under the id of its request. */
const CHANGES = statement(
  'account-changes',
  `SELECT e.id, e.at, e.action AS what, e.request_id, e.actor_id IS NOT NULL AND e.actor_id <> $2 AS by_other, e.after->>'address' AS address,
          e.after->>'device' AS device, CASE WHEN e.action = 'staff.change-role' THEN e.after->>'role' END AS role,
          CASE WHEN e.action = 'api-key.create' THEN e.after->>'name' END AS key_name
     FROM audit_entry e
    WHERE e.clinic_id = $1 AND e.at > $3 AND e.action = ANY ($4)
      AND (e.subject_type = 'membership' AND e.subject_id = $2 OR e.action = 'api-key.create' AND e.actor_id = $2)
    ORDER BY e.at DESC, e.id DESC LIMIT ${MOST}`,
);

export type FoundChange = Omit<AccountChange, 'isNew'> & { requestId: string | null };

export const changesOf = (tx: Tx, membershipId: string, now: Instant): Promise<FoundChange[]> =>
  tx.many<FoundChange>(CHANGES, [tx.clinicId, membershipId, new Date(Date.parse(now) - SHOWN_MS).toISOString(), [...ACCOUNT_CHANGES]]);

/** Of several clinics as one list, latest first. */
export function inOrder(found: readonly FoundChange[], news: { after: Instant; before: Instant }): AccountChange[] {
  const once = new Map(found.map((change) => [`${change.what} ${change.requestId ?? change.id}`, change]));
  return [...once.values()]
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1))
    .slice(0, MOST)
    .map(({ requestId: _, ...change }) => ({ ...change, isNew: change.at > news.after && change.at < news.before }));
}
