import { Alert, Button, Stack, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ApiProblem } from '../api/problem.js';

/** The code of the authenticator, or one of the recovery codes. */
export function FactorForm({ onSubmit }: { onSubmit: (code: string) => Promise<void> }) {
  const translate = useTranslate();
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const t = (key: string) => translate(`app.signIn.${key}`);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!code.trim()) return setProblem(t('required'));
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit(code);
    } catch (error) {
      const isWrong = error instanceof ApiProblem && error.code === 'invalid-input';
      setProblem(
        isWrong
          ? t(recovery ? 'wrongRecovery' : 'wrongCode')
          : translate(`app.problem.${error instanceof ApiProblem ? error.code : 'title'}`),
      );
      setCode('');
      setBusy(false);
    }
  };

  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2.5 }}>
      <Typography color="text.secondary">{t(recovery ? 'recoveryText' : 'factorText')}</Typography>
      {problem && (
        <Alert severity="error" role="alert">
          {problem}
        </Alert>
      )}
      <TextField
        // A password store fills the field it knows; the other kind is another field.
        key={String(recovery)}
        label={t(recovery ? 'recoveryCode' : 'code')}
        name={recovery ? 'recovery-code' : 'one-time-code'}
        autoComplete={recovery ? 'off' : 'one-time-code'}
        size="medium"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.target.value)}
        slotProps={{
          htmlInput: {
            inputMode: recovery ? 'text' : 'numeric',
            maxLength: 40,
            autoCapitalize: 'off',
            spellCheck: false,
            className: 'tabular',
            style: { letterSpacing: '0.12em' },
          },
        }}
      />
      <Button type="submit" variant="contained" size="large" disabled={busy}>
        {translate(busy ? 'app.signIn.busy' : 'app.signIn.continue')}
      </Button>
      <Button
        color="inherit"
        onClick={() => {
          setRecovery(!recovery);
          setCode('');
          setProblem(null);
        }}
      >
        {t(recovery ? 'useCode' : 'useRecovery')}
      </Button>
    </Stack>
  );
}
