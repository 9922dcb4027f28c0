import { Button, Stack, Typography } from '@mui/material';
import { type Account, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { FormDialog } from '../ui/FormDialog.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';

/** Whether one's account is entered with the organisation's sign-in, too. Nothing, where there is none. */
export function SingleSignOnSection({ account: { singleSignOn, hasPassword } }: { account: Account }) {
  const translate = useTranslate();
  const format = useFormat();
  const [unlinking, setUnlinking] = useState(false);
  const link = useSend(ROUTES.linkSingleSignOn);
  const { name, linkedAt } = singleSignOn;
  const t = (key: string, options?: Record<string, unknown>) => translate(`account.singleSignOn.${key}`, options);
  if (!name && !linkedAt) return null;
  return (
    <Section
      title={t('title')}
      subtitle={name ? t('text', { name }) : undefined}
      actions={
        <StatusTag tone={linkedAt ? 'success' : 'neutral'}>{linkedAt ? t('on', { date: format.instant(linkedAt) }) : t('off')}</StatusTag>
      }
    >
      <Stack sx={{ gap: 2 }}>
        {!linkedAt && (
          <>
            <Typography>{t('how', { name })}</Typography>
            {link.error && <ProblemAlert error={link.error} />}
            <Button
              variant="outlined"
              sx={{ alignSelf: 'flex-start' }}
              disabled={link.isPending || link.isSuccess}
              onClick={() => link.mutate({}, { onSuccess: ({ location }) => window.location.assign(location) })}
            >
              {t('link')}
            </Button>
          </>
        )}
        {linkedAt && hasPassword && (
          <Button variant="outlined" color="error" sx={{ alignSelf: 'flex-start' }} onClick={() => setUnlinking(true)}>
            {t('unlink')}
          </Button>
        )}
      </Stack>
      {unlinking && <UnlinkDialog onClose={() => setUnlinking(false)} />}
    </Section>
  );
}

function UnlinkDialog({ onClose }: { onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const unlink = useSend(ROUTES.unlinkSingleSignOn);
  const t = (key: string) => translate(`account.singleSignOn.${key}`);
  const done = () => {
    notify(t('unlinked'), { type: 'success' });
    onClose();
  };
  return (
    <FormDialog
      title={t('unlinkTitle')}
      explain={t('unlinkText')}
      submit={t('unlink')}
      tone="error"
      ready
      busy={unlink.isPending}
      error={unlink.error}
      onClose={onClose}
      onSubmit={() => unlink.mutate({}, { onSuccess: done })}
    />
  );
}
