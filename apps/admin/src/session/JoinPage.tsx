import { Alert, Button, LinearProgress, Stack, TextField, Typography } from '@mui/material';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type acceptInvitation, type Input, type NextStep, ROUTES, type SignInAnswer } from '@vastus/contract';
import { type FormEvent, useState } from 'react';
import { useLogin, useTranslate } from 'react-admin';
import { Link, useLocation } from 'react-router-dom';
import { PasswordStrength } from '../account/PasswordStrength.js';
import { useRefusal } from '../account/useRefusal.js';
import { call } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { PasswordField } from '../ui/PasswordField.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Entrance } from './SignInPage.js';
import { SignInSteps } from './SignInSteps.js';

/** Where an invitation's link leads: a name and a password, and one is inside. */
export default function JoinPage() {
  const translate = useTranslate();
  const { hash } = useLocation();
  const token = hash.slice(1);
  const [joined, setJoined] = useState(false);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => call(ROUTES.readInvitation, { body: { token } }),
    retry: false,
    // Once accepted it is gone, and the page must not say so behind somebody's back.
    enabled: !joined && token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const t = (key: string, options?: Record<string, unknown>) => translate(`staff.join.${key}`, options);
  const isOver =
    (!joined && token === '') ||
    (invitation.error instanceof ApiProblem && (invitation.error.code === 'invitation-ended' || invitation.error.code === 'invalid-input'));
  if (isOver)
    return (
      <Entrance title={t('ended')}>
        <Typography color="text.secondary" sx={{ my: 2 }}>
          {t('endedText')}
        </Typography>
        <Button component={Link} to="/login" variant="contained">
          {t('toSignIn')}
        </Button>
      </Entrance>
    );
  const { data } = invitation;
  return (
    <Entrance title={data ? t('title', { clinic: data.clinicName }) : translate('app.name')}>
      <ProblemAlert error={invitation.error} onRetry={() => void invitation.refetch()} />
      {invitation.isLoading && <LinearProgress aria-label={translate('app.problem.loading')} />}
      {data && (
        <>
          <Typography color="text.secondary" sx={{ mb: 3 }}>
            {t('text', { email: data.email, role: translate(`app.role.${data.role}`) })}
          </Typography>
          <Join token={token} email={data.email} clinic={data.clinicName} hasAccount={data.hasAccount} onJoined={() => setJoined(true)} />
        </>
      )}
    </Entrance>
  );
}

interface JoinProps {
  token: string;
  email: string;
  clinic: string;
  hasAccount: boolean;
  onJoined: () => void;
}

function Join({ token, email, clinic, hasAccount, onJoined }: JoinProps) {
  const translate = useTranslate();
  const login = useLogin();
  // Nothing that was read before is asked again: the invitation is used up.
  const accept = useMutation<SignInAnswer, ApiProblem, Input<typeof acceptInvitation>['body']>({
    mutationFn: (body) => call(ROUTES.acceptInvitation, { body }),
  });
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [next, setNext] = useState<NextStep['next'] | null>(null);
  const wrongName = useRefusal(accept.error, 'name');
  const wrongPassword = useRefusal(accept.error, 'password');
  const t = (key: string) => translate(`staff.join.${key}`);
  if (next) return <SignInSteps start={next} email={email} onSignedIn={async (session) => void (await login({ session }))} />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate(
      { token, name: hasAccount ? undefined : name, password },
      {
        onSuccess: (answer) => {
          onJoined();
          if ('next' in answer) setNext(answer.next);
          else void login({ session: answer });
        },
      },
    );
  };
  const isAboutField = wrongName !== undefined || wrongPassword !== undefined;
  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2.5 }}>
      {!isAboutField && <ProblemAlert error={accept.error} />}
      {hasAccount && <Alert severity="info">{t('known')}</Alert>}
      {/* So that a password store knows whose password this is. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      {!hasAccount && (
        <TextField
          label={t('yourName')}
          name="name"
          autoComplete="name"
          size="medium"
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={wrongName !== undefined}
          helperText={wrongName ?? t('nameHelp')}
          slotProps={{ htmlInput: { maxLength: 120 } }}
        />
      )}
      <PasswordField
        label={t(hasAccount ? 'ownPassword' : 'password')}
        name="password"
        autoComplete={hasAccount ? 'current-password' : 'new-password'}
        value={password}
        onText={setPassword}
        error={wrongPassword !== undefined}
        helperText={wrongPassword ?? (hasAccount ? undefined : translate('account.password.advice'))}
      />
      {!hasAccount && <PasswordStrength password={password} known={[name, email, clinic]} />}
      <Button type="submit" variant="contained" size="large" disabled={accept.isPending || !password || (!hasAccount && !name.trim())}>
        {t('submit')}
      </Button>
    </Stack>
  );
}
