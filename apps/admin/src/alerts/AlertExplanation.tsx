import { Box, Stack, Typography } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useParameterWords } from '../protocol/useParameterWords.js';
import { AlertWhy } from '../ui/AlertWhy.js';

/** Why the alert exists, with the parameters in force and everything that was done with it. */
export function AlertExplanation({ alertId }: { alertId: string }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const parameterWords = useParameterWords();
  const { data } = useAnswer(ROUTES.readAlert, { params: { alertId } });
  const t = (key: string, options?: Record<string, unknown>) => translate(`alerts.${key}`, options);
  const parameters = Object.entries(data?.why.parameters ?? {});
  return (
    <Stack sx={{ gap: 1.5 }}>
      <AlertWhy alertId={alertId} />
      {parameters.length > 0 && (
        <Box sx={{ px: 2 }}>
          <Typography variant="subtitle2">{t('parameters')}</Typography>
          <Typography variant="caption" className="tabular">
            {parameters.map(([name, value]) => `${parameterWords.name(name)}: ${parameterWords.value(name, value)}`).join(' · ')}
          </Typography>
        </Box>
      )}
      {data && data.transitions.length > 0 && (
        <Box sx={{ px: 2 }}>
          <Typography variant="subtitle2">{t('history')}</Typography>
          <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, fontSize: '0.8125rem' }}>
            {data.transitions.map((step) => (
              <li key={step.at + step.action}>
                <Box component="span" className="tabular" sx={{ color: 'text.secondary' }}>
                  {format.instant(step.at)}
                </Box>{' '}
                <strong>{translate(`alerts.step.${step.action}`, { _: words.word('alertState', step.toState) })}</strong>{' '}
                {[
                  step.byName ?? t('system'),
                  step.outcome && words.word('outcome', step.outcome),
                  step.reason,
                  step.snoozedUntil && t('snoozedUntil', { at: format.instant(step.snoozedUntil) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
          </Box>
        </Box>
      )}
    </Stack>
  );
}
