import { Button, Divider, TextField } from '@mui/material';
import { ROUTES, type WaysToProve } from '@vastus/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { call, onProofAsked } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { useIssues } from '../api/useIssues.js';
import { FormDialog } from '../ui/FormDialog.js';
import { PasswordField } from '../ui/PasswordField.js';
import { onTabNews } from './tabs.js';
import { useSession } from './useSession.js';

/** Before what binds the clinic or opens a door, whoever sits there says once more who they are; then the request goes on. */
export function ProveAgain() {
  const { staff } = useSession();
  const [ways, setWays] = useState<WaysToProve | null>(null);
  const waiting = useRef<((proven: boolean) => void)[]>([]);
  const settle = (proven: boolean) => {
    setWays(null);
    for (const resolve of waiting.current.splice(0)) resolve(proven);
  };
  useEffect(
    () =>
      onProofAsked((asked) => {
        setWays(asked);
        return new Promise((resolve) => waiting.current.push(resolve));
      }),
    [],
  );
  // The organisation's sign-in is walked in a tab of its own. Somebody else who signs in there starts this page afresh.
  useEffect(
    () =>
      onTabNews((news) => {
        if (news.signedOut || news.membershipId !== staff.membershipId) return;
        setWays(null);
        for (const resolve of waiting.current.splice(0)) resolve(true);
      }),
    [staff.membershipId],
  );
  return ways && <ProofDialog ways={ways} email={staff.email} onProven={() => settle(true)} onClose={() => settle(false)} />;
}

interface ProofDialogProps {
  ways: WaysToProve;
  email: string;
  onProven: () => void;
  onClose: () => void;
}

function ProofDialog({ ways, email, onProven, onClose }: ProofDialogProps) {
  const translate = useTranslate();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wrong = useIssues().byField(error);
  const t = (key: string, options?: Record<string, unknown>) => translate(`app.proof.${key}`, options);
  const prove = async () => {
    setBusy(true);
    setError(null);
    try {
      await call(ROUTES.proveSession, { body: { password, code: ways.code ? code : undefined } });
      onProven();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const elsewhere = async () => {
    // Opened by the click itself: a browser takes a tab that opens later for an advertisement.
    const tab = window.open('about:blank', '_blank');
    setError(null);
    try {
      const { location } = await call(ROUTES.startSingleSignOn, { body: { fresh: true } });
      if (!tab) return window.location.assign(location);
      tab.opener = null;
      tab.location.href = location;
    } catch (problem) {
      tab?.close();
      setError(problem);
    }
  };
  const named = error instanceof ApiProblem && (wrong['password'] ?? wrong['code']) !== undefined;
  const { password: byPassword, singleSignOn } = ways;
  return (
    <FormDialog
      title={t('title')}
      explain={t(byPassword ? (ways.code ? 'textBoth' : 'text') : singleSignOn ? 'textElsewhere' : 'textNone', { name: singleSignOn })}
      submit={t('submit')}
      ready={byPassword && password !== '' && (!ways.code || code.trim() !== '')}
      busy={busy}
      error={named ? null : error}
      onClose={onClose}
      onSubmit={() => void prove()}
    >
      {byPassword && (
        <>
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            label={translate('app.signIn.password')}
            name="password"
            autoComplete="current-password"
            autoFocus
            value={password}
            onText={setPassword}
            error={wrong['password'] !== undefined}
            helperText={wrong['password']}
          />
        </>
      )}
      {byPassword && ways.code && (
        <TextField
          label={translate('app.signIn.code')}
          helperText={wrong['code'] ?? t('codeHelp')}
          error={wrong['code'] !== undefined}
          name="one-time-code"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 40, className: 'tabular' } }}
        />
      )}
      {byPassword && singleSignOn && <Divider sx={{ color: 'text.secondary' }}>{translate('app.signIn.or')}</Divider>}
      {singleSignOn && (
        <Button variant="outlined" size="large" disabled={busy} onClick={() => void elsewhere()}>
          {translate('app.signIn.withElsewhere', { name: singleSignOn })}
        </Button>
      )}
    </FormDialog>
  );
}
