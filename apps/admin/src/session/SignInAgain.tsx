import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { ROUTES } from '@vastus/contract';
import { useEffect, useRef, useState } from 'react';
import { useLogout, useTranslate } from 'react-admin';
import { SESSION_KEY } from '../api/authProvider.js';
import { onAccessEnded, onSessionLost } from '../api/client.js';
import { answerKey } from '../api/queries.js';
import { forgetTyped, hasTyped } from '../connection/typed.js';
import { AccessEnded } from './AccessEnded.js';
import { SignInSteps } from './SignInSteps.js';
import { SingleSignOnElsewhere } from './SingleSignOn.js';
import { onTabNews, tellTabs } from './tabs.js';
import { useSession } from './useSession.js';

/**
 * When the session ends in the middle of a form, the password is asked for on top of it and the request goes on.
 * Somebody else signing in here must not inherit the screen: then everything is started afresh.
 */
export function SignInAgain() {
  const translate = useTranslate();
  const logout = useLogout();
  const queryClient = useQueryClient();
  const { staff, clinic } = useSession();
  const [ended, setEnded] = useState(false);
  const [asking, setAsking] = useState(false);
  const waiting = useRef<((signedIn: boolean) => void)[]>([]);

  useEffect(
    () =>
      onSessionLost(() => {
        setAsking(true);
        return new Promise((resolve) => waiting.current.push(resolve));
      }),
    [],
  );

  useEffect(() => onAccessEnded(() => setEnded(true)), []);
  // Another tab of this browser signed out, or signed somebody in: they share the session.
  useEffect(
    () =>
      onTabNews((news) => {
        if (news.signedOut) {
          if (hasTyped()) setAsking(true);
          else window.location.assign('/');
        } else if (news.membershipId !== staff.membershipId) {
          forgetTyped();
          window.location.assign('/');
        } else {
          setAsking(false);
          for (const resolve of waiting.current.splice(0)) resolve(true);
        }
      }),
    [staff.membershipId],
  );

  const settle = (signedIn: boolean) => {
    setAsking(false);
    for (const resolve of waiting.current.splice(0)) resolve(signedIn);
  };

  if (ended) return <AccessEnded clinic={clinic.name} onLeave={() => void logout()} />;
  return (
    <Dialog
      open={asking}
      maxWidth="xs"
      fullWidth
      aria-labelledby="sign-in-again"
      // Nobody is signed in: what is on the screen is kept, not shown.
      slotProps={{ backdrop: { sx: { backdropFilter: 'blur(18px)', bgcolor: 'background.default', opacity: '0.97 !important' } } }}
    >
      <DialogTitle id="sign-in-again">{translate('app.signIn.again')}</DialogTitle>
      <DialogContent>
        <Typography color="text.secondary" sx={{ mb: 3 }}>
          {translate('app.signIn.againText')}
        </Typography>
        <SignInSteps
          email={staff.email}
          beside={<SingleSignOnElsewhere />}
          onSignedIn={async (session) => {
            if (session.staff.membershipId !== staff.membershipId) {
              forgetTyped();
              window.location.assign('/');
              return;
            }
            queryClient.setQueryData(SESSION_KEY, session);
            void queryClient.resetQueries({ queryKey: answerKey(ROUTES.listAccountChanges, {}) });
            tellTabs({ signedOut: false, membershipId: session.staff.membershipId });
            settle(true);
          }}
        />
      </DialogContent>
      <DialogActions>
        <Button
          onClick={() => {
            forgetTyped();
            settle(false);
            void logout();
          }}
        >
          {translate('app.signIn.leave')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
