import { Alert } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useAlertCounts } from '../api/alertCounts.js';
import { useFormat } from '../format.js';
import type { SignedIn } from '../session/useSession.js';

/** Says that the list may be incomplete while the worker or its queue is away: what is due waits as rows, and recording goes on. */
export function AlertsLate({ role }: Pick<SignedIn, 'role'>) {
  const translate = useTranslate();
  const format = useFormat();
  const since = useAlertCounts(role).data?.lateSince;
  if (!since) return null;
  return (
    <Alert severity="warning" role="status" className="no-print" sx={{ mb: 2 }}>
      {translate('app.alertsLate', { since: format.instant(since) })}
    </Alert>
  );
}
