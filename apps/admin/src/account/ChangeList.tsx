import { Box, Typography } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useAnswer } from '../api/queries.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useChangeWords } from './useChangeWords.js';
import { useDeviceName } from './useDeviceName.js';

/** What changed on one's account in the last months, whether it was told already or not. */
export function ChangeList() {
  const translate = useTranslate();
  const words = useChangeWords();
  const changes = useAnswer(ROUTES.listAccountChanges, {});
  const t = (key: string) => translate(`account.changes.${key}`);
  const nameOf = useDeviceName();
  return (
    <Section title={t('listTitle')} subtitle={t('listText')}>
      <ProblemAlert error={changes.error} onRetry={() => void changes.refetch()} />
      {changes.data?.items.length === 0 && <Typography>{t('nothing')}</Typography>}
      <Box component="ul" sx={{ m: 0, pl: 2.5, display: 'grid', gap: 1 }}>
        {changes.data?.items.map((change) => (
          <li key={change.id}>
            {words(change)} {change.isNew && <StatusTag tone="accent">{t('new')}</StatusTag>}
            {change.device && (
              <Typography variant="caption" component="div" color="text.secondary">
                {nameOf(change.device)}
              </Typography>
            )}
          </li>
        ))}
      </Box>
    </Section>
  );
}
