import { Alert, Button, Stack, Typography } from '@mui/material';
import { type Account, ROUTES } from '@vastus/contract';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { FormDialog } from '../ui/FormDialog.js';
import { Page } from '../ui/Page.js';
import { PasswordField } from '../ui/PasswordField.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';
import { ChangeList } from './ChangeList.js';
import { PasswordStrength } from './PasswordStrength.js';
import { RecoveryCodeList } from './RecoveryCodeList.js';
import { SessionList } from './SessionList.js';
import { SingleSignOnSection } from './SingleSignOnSection.js';
import { useRefusal } from './useRefusal.js';

const EnrolFactor = lazy(() => import('./EnrolFactor.js'));

/** What everybody looks after by themselves. */
export default function AccountPage() {
  const translate = useTranslate();
  const account = useAnswer(ROUTES.readAccount, {});
  const sessions = useAnswer(ROUTES.listAccountSessions, {});
  return (
    <Page title={translate('account.title')} subtitle={account.data && `${account.data.name} · ${account.data.email}`} width="narrow">
      <Stack sx={{ gap: 3 }}>
        <ProblemAlert error={account.error} onRetry={() => void account.refetch()} />
        {account.data && (
          <>
            <PasswordSection account={account.data} />
            <FactorSection account={account.data} />
            <SingleSignOnSection account={account.data} />
            <SessionList />
            {/* Not before the list above it is there: it would jump. */}
            {!sessions.isPending && <ChangeList />}
          </>
        )}
      </Stack>
    </Page>
  );
}

function PasswordSection({ account }: { account: Account }) {
  const translate = useTranslate();
  const notify = useNotify();
  const { clinic } = useSession();
  const change = useSend(ROUTES.changePassword);
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const wrongCurrent = useRefusal(change.error, 'currentPassword');
  const wrongNew = useRefusal(change.error, 'newPassword');
  const t = (key: string, options?: Record<string, unknown>) => translate(`account.password.${key}`, options);
  if (!account.hasPassword)
    return (
      <Section title={t('title')}>
        <Typography>{t('none')}</Typography>
      </Section>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { body: { currentPassword, newPassword } },
      {
        onSuccess: ({ sessionsEnded }) => {
          setCurrent('');
          setNew('');
          notify(t('changed', { smart_count: sessionsEnded }), { type: 'success' });
        },
      },
    );
  };
  return (
    <Section title={t('title')} subtitle={t('text')}>
      <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2, maxWidth: 420 }}>
        {wrongCurrent === undefined && wrongNew === undefined && <ProblemAlert error={change.error} />}
        <input type="email" name="username" autoComplete="username" value={account.email} readOnly hidden />
        <PasswordField
          label={t('current')}
          name="current-password"
          autoComplete="current-password"
          value={currentPassword}
          onText={setCurrent}
          error={wrongCurrent !== undefined}
          helperText={wrongCurrent}
        />
        <PasswordField
          label={t('next')}
          name="new-password"
          autoComplete="new-password"
          value={newPassword}
          onText={setNew}
          error={wrongNew !== undefined}
          helperText={wrongNew ?? t('advice')}
        />
        <PasswordStrength password={newPassword} known={[account.name, account.email, clinic.name, currentPassword]} />
        <Button
          type="submit"
          variant="contained"
          disabled={!currentPassword || !newPassword || change.isPending}
          sx={{ alignSelf: 'flex-start' }}
        >
          {t('change')}
        </Button>
      </Stack>
    </Section>
  );
}

type Doing = { what: 'enrol' | 'renew' | 'remove' } | { what: 'codes'; codes: string[] };

function FactorSection({ account: { secondFactor } }: { account: Account }) {
  const translate = useTranslate();
  const format = useFormat();
  const [doing, setDoing] = useState<Doing | null>(null);
  const t = (key: string, options?: Record<string, unknown>) => translate(`account.factor.${key}`, options);
  const on = secondFactor.enrolledAt !== null;
  const stop = () => setDoing(null);
  const isStep = doing?.what === 'enrol' || doing?.what === 'codes';
  return (
    <Section
      title={t('title')}
      subtitle={t('text')}
      actions={
        <StatusTag tone={on ? 'success' : secondFactor.required ? 'warning' : 'neutral'}>
          {on ? t('on', { date: format.instant(secondFactor.enrolledAt) }) : t('off')}
        </StatusTag>
      }
    >
      <Stack sx={{ gap: 2 }}>
        {secondFactor.required && <Alert severity="info">{t('required')}</Alert>}
        {on && !isStep && <Typography>{t('codesLeft', { smart_count: secondFactor.recoveryCodesLeft })}</Typography>}
        {doing?.what === 'enrol' && (
          <Suspense fallback={null}>
            <EnrolFactor onDone={stop} />
          </Suspense>
        )}
        {doing?.what === 'codes' && <RecoveryCodeList codes={doing.codes} onKept={stop} />}
        {!isStep && (
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            <Button variant={on ? 'outlined' : 'contained'} onClick={() => setDoing({ what: 'enrol' })}>
              {t(on ? 'replace' : 'setUp')}
            </Button>
            {on && (
              <Button variant="outlined" onClick={() => setDoing({ what: 'renew' })}>
                {t('renew')}
              </Button>
            )}
            {on && !secondFactor.required && (
              <Button color="error" onClick={() => setDoing({ what: 'remove' })}>
                {t('remove')}
              </Button>
            )}
          </Stack>
        )}
      </Stack>
      {doing?.what === 'renew' && <RenewDialog onClose={stop} onCodes={(codes) => setDoing({ what: 'codes', codes })} />}
      {doing?.what === 'remove' && <RemoveDialog onClose={stop} />}
    </Section>
  );
}

function RenewDialog({ onClose, onCodes }: { onClose: () => void; onCodes: (codes: string[]) => void }) {
  const translate = useTranslate();
  const renew = useSend(ROUTES.renewRecoveryCodes);
  return (
    <FormDialog
      title={translate('account.factor.renewTitle')}
      explain={translate('account.factor.renewText')}
      submit={translate('account.factor.renew')}
      ready
      busy={renew.isPending}
      error={renew.error}
      onClose={onClose}
      onSubmit={() => renew.mutate({}, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) })}
    />
  );
}

function RemoveDialog({ onClose }: { onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const remove = useSend(ROUTES.removeSecondFactor);
  const done = () => {
    notify(translate('account.factor.removed'), { type: 'success' });
    onClose();
  };
  return (
    <FormDialog
      title={translate('account.factor.removeTitle')}
      explain={translate('account.factor.removeText')}
      submit={translate('account.factor.remove')}
      tone="error"
      ready
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onSubmit={() => remove.mutate({}, { onSuccess: done })}
    />
  );
}
