import { Alert, Button, Stack, TextField } from '@mui/material';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ApiProblem } from '../api/problem.js';
import { PasswordField } from '../ui/PasswordField.js';

interface SignInFormProps {
  onSubmit: (credentials: { email: string; password: string }) => Promise<void>;
  email?: string;
}

/** E-mail and password. Says what is missing and what the server refused, and keeps the e-mail. */
export function SignInForm({ onSubmit, email: known = '' }: SignInFormProps) {
  const translate = useTranslate();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const required = translate('app.signIn.required');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!email.trim() || !password) return;
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit({ email: email.trim(), password });
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.code : 'title');
      setBusy(false);
      passwordField.current?.select();
    }
  };

  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2.5 }}>
      {problem && (
        <Alert severity="error" role="alert">
          {translate(`app.problem.${problem}`)}
        </Alert>
      )}
      <TextField
        label={translate('app.signIn.email')}
        type="email"
        name="email"
        autoComplete="username"
        size="medium"
        required
        autoFocus={!known}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={tried && !email.trim()}
        helperText={tried && !email.trim() ? required : undefined}
        slotProps={{ inputLabel: { required: false } }}
      />
      <PasswordField
        label={translate('app.signIn.password')}
        name="password"
        autoComplete="current-password"
        autoFocus={Boolean(known)}
        inputRef={passwordField}
        value={password}
        onText={setPassword}
        error={tried && !password}
        helperText={tried && !password ? required : undefined}
      />
      <Button type="submit" variant="contained" size="large" disabled={busy}>
        {translate(busy ? 'app.signIn.busy' : 'app.signIn.submit')}
      </Button>
    </Stack>
  );
}
