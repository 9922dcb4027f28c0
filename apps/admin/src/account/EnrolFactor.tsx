import { Box, Button, LinearProgress, Stack, TextField, Typography } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { encode } from 'uqr';
import { ApiProblem } from '../api/problem.js';
import { useSend } from '../api/queries.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { RecoveryCodeList } from './RecoveryCodeList.js';
import { useRefusal } from './useRefusal.js';

/** Sets a second factor up: scan, prove with a first code, keep the recovery codes. Nothing counts before the code was right. */
export default function EnrolFactor({ onDone }: { onDone: () => void | Promise<void> }) {
  const translate = useTranslate();
  const propose = useSend(ROUTES.proposeSecondFactor);
  const confirm = useSend(ROUTES.confirmSecondFactor);
  const [code, setCode] = useState('');
  const asked = useRef(false);
  const refusal = useRefusal(confirm.error, 'code');
  const t = (key: string) => translate(`account.factor.${key}`);
  const { mutate } = propose;
  useEffect(() => {
    // Asked twice, the first picture would be worth nothing.
    if (!asked.current) mutate({});
    asked.current = true;
  }, [mutate]);
  const givenUp = propose.error?.code === 'proof-required';
  useEffect(() => {
    if (givenUp) void onDone();
  }, [givenUp, onDone]);

  if (confirm.data) return <RecoveryCodeList codes={confirm.data.recoveryCodes} onKept={() => void onDone()} />;
  if (propose.error) return <ProblemAlert error={propose.error} onRetry={() => mutate({})} />;
  if (!propose.data) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (code.trim()) confirm.mutate({ body: { code } }, { onError: () => setCode('') });
  };
  const otherProblem = confirm.error instanceof ApiProblem && confirm.error.code !== 'invalid-input';
  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2 }}>
      <Typography>{t('scan')}</Typography>
      <QrCode text={propose.data.uri} label={t('qr')} />
      <Box>
        <Typography variant="body2" color="text.secondary">
          {t('manual')}
        </Typography>
        <Typography component="code" className="tabular" sx={{ fontSize: '0.9375rem', overflowWrap: 'anywhere', userSelect: 'all' }}>
          {propose.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}
        </Typography>
      </Box>
      <Typography>{t('proving')}</Typography>
      {otherProblem && <ProblemAlert error={confirm.error} />}
      <TextField
        label={t('code')}
        helperText={refusal ?? t('codeHelp')}
        error={refusal !== undefined}
        name="one-time-code"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 12, className: 'tabular' } }}
      />
      <Button type="submit" variant="contained" disabled={confirm.isPending || !code.trim()} sx={{ alignSelf: 'flex-start' }}>
        {t('confirm')}
      </Button>
    </Stack>
  );
}

/** Dark on white in either theme: cameras expect that. Drawn here; no server is asked to. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 3 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <Box
      component="svg"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      sx={{ width: 208, height: 208, bgcolor: '#fff', borderRadius: 2, border: 1, borderColor: 'divider' }}
    >
      <path d={path} fill="#000" />
    </Box>
  );
}
