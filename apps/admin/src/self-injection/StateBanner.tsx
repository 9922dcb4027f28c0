import { Alert } from '@mui/material';
import type { SelfInjectionProgramme } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { RuleLink } from '../rules/RuleLink.js';

const SEVERITY = { none: 'info', approved: 'success', suspended: 'error', ended: 'info' } as const;

/** Where self-injection stands today, and what suspended or ended it (SELF-STOP). */
export function StateBanner({ programme }: { programme: SelfInjectionProgramme }) {
  const translate = useTranslate();
  const format = useFormat();
  const words = useWords();
  const { state, reasons, trainingValidUntil, approvals, approvalId } = programme;
  const plannedUntil = approvals.find(({ id }) => id === approvalId)?.plannedUntil ?? null;
  const because = reasons
    .map(({ code, facts }) =>
      translate(`clinical.selfStop.${code}`, {
        ...Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, words.fact(value)])),
        _: code,
      }),
    )
    .join('; ');
  const told =
    state === 'approved' && trainingValidUntil
      ? translate('selfInjection.state.approvedUntil', { date: format.date(trainingValidUntil) })
      : translate(`selfInjection.state.${state}`, { reasons: because });
  return (
    <Alert severity={SEVERITY[state]} role="status">
      {told}
      {state === 'approved' && plannedUntil && ` ${translate('selfInjection.state.plannedUntil', { date: format.date(plannedUntil) })}`}
      {reasons.length > 0 && (
        <>
          {' '}
          <RuleLink ruleId="SELF-STOP" />
        </>
      )}
    </Alert>
  );
}
