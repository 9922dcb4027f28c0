import { Alert, AlertTitle, Box, Button, Stack } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAnswer, useSend } from '../api/queries.js';
import { useChangeWords } from './useChangeWords.js';

const SHOWN = 3;

/** At the sign-in: what changed on one's account since this browser told it last. There is no mail, so it is said here. */
export function AccountNews() {
  const translate = useTranslate();
  const words = useChangeWords();
  // News are those of the sign-in: asked for once, and not again after every dose that is recorded.
  const changes = useAnswer(ROUTES.listAccountChanges, {}, { enabled: ({ state }) => state.data === undefined });
  const note = useSend(ROUTES.noteAccountChanges);
  const news = changes.data?.items.filter(({ isNew }) => isNew) ?? [];
  if (news.length === 0) return null;
  const t = (key: string, options?: Record<string, unknown>) => translate(`account.changes.${key}`, options);
  return (
    <Alert severity="info" role="status" className="no-print" sx={{ mb: 2 }}>
      <AlertTitle>{t('title')}</AlertTitle>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {news.slice(0, SHOWN).map((change) => (
          <li key={change.id}>{words(change)}</li>
        ))}
      </Box>
      {news.length > SHOWN && t('more', { smart_count: news.length - SHOWN })}
      <Box sx={{ mt: 0.5 }}>{t('advice')}</Box>
      <Stack direction="row" sx={{ gap: 1, mt: 1, flexWrap: 'wrap' }}>
        <Button
          size="small"
          variant="outlined"
          disabled={note.isPending}
          onClick={() => note.mutate({}, { onSuccess: () => void changes.refetch() })}
        >
          {t('noted')}
        </Button>
        <Button size="small" component={Link} to="/account">
          {translate('account.title')}
        </Button>
      </Stack>
    </Alert>
  );
}
