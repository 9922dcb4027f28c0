import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import type { AlertRow } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { nameOf } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import type { useBulk } from './useBulk.js';

/** Choosing and taking on the harmless alerts together, and what became of it. */
export function BulkBar({ bulk, alerts }: { bulk: ReturnType<typeof useBulk>; alerts: readonly AlertRow[] }) {
  const translate = useTranslate();
  const words = useWords();
  const t = (key: string, options?: Record<string, unknown>) => translate(`alerts.bulk.${key}`, options);
  const refused = bulk.answer?.results.filter(({ result }) => result !== 'acknowledged') ?? [];
  const done = (bulk.answer?.results.length ?? 0) - refused.length;
  if (bulk.harmless === 0 && !bulk.answer) return null;
  return (
    <Box sx={{ px: 2, pb: 1 }}>
      {bulk.harmless > 0 && (
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }} role="group" aria-label={t('label')}>
          <Button size="small" variant="outlined" disabled={bulk.busy} onClick={bulk.chooseAll}>
            {t('all', { smart_count: bulk.harmless })}
          </Button>
          {bulk.chosen.length > 0 && (
            <>
              <Button size="small" variant="contained" disabled={bulk.busy} onClick={bulk.acknowledge}>
                {t('acknowledge', { smart_count: bulk.chosen.length })}
              </Button>
              <Button size="small" disabled={bulk.busy} onClick={bulk.clear}>
                {t('clear')}
              </Button>
            </>
          )}
          <Typography variant="caption" color="text.secondary">
            {t('help')}
          </Typography>
        </Stack>
      )}
      <ProblemAlert error={bulk.error} />
      {bulk.answer && (
        <Alert severity={refused.length > 0 ? 'warning' : 'success'} onClose={bulk.read} role="status" sx={{ mt: 1 }}>
          {t('done', { smart_count: done })}
          {refused.length > 0 && (
            <>
              {' '}
              {t('refused', { smart_count: refused.length })}
              <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
                {refused.map(({ alertId, result }) => {
                  const alert = alerts.find(({ id }) => id === alertId);
                  return (
                    <li key={alertId}>
                      {alert && `${nameOf(alert.patient)}, ${words.word('rule', alert.ruleId)}: `}
                      {translate(`alerts.bulk.because.${result}`)}
                    </li>
                  );
                })}
              </Box>
            </>
          )}
        </Alert>
      )}
    </Box>
  );
}
