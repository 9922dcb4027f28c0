import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useEffect } from 'react';
import { useTranslate } from 'react-admin';
import { useBlocker, useLocation } from 'react-router-dom';
import { isWaiting } from './connection.js';
import { forgetTyped, hasTyped, watchTyping } from './typed.js';

/** Whoever would lose what was typed is asked first: on the way to another page, and when the tab is closed. */
export function LeaveGuard() {
  const translate = useTranslate();
  const { search } = useLocation();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && hasTyped());

  useEffect(() => {
    const stopWatching = watchTyping();
    const warn = (event: BeforeUnloadEvent) => {
      if (hasTyped() || isWaiting()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      stopWatching();
      window.removeEventListener('beforeunload', warn);
    };
  }, []);
  // A filter that went into the address is not lost.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the address changes
  useEffect(() => forgetTyped(), [search]);

  return (
    <Dialog
      open={blocker.state === 'blocked'}
      onClose={() => blocker.reset?.()}
      role="alertdialog"
      aria-labelledby="leave-title"
      aria-describedby="leave-text"
      maxWidth="xs"
    >
      <DialogTitle id="leave-title">{translate('connection.leave.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id="leave-text">{translate('connection.leave.text')}</DialogContentText>
      </DialogContent>
      <DialogActions>
        <Button
          color="error"
          onClick={() => {
            forgetTyped();
            blocker.proceed?.();
          }}
        >
          {translate('connection.leave.go')}
        </Button>
        <Button variant="contained" autoFocus onClick={() => blocker.reset?.()}>
          {translate('connection.leave.stay')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
