/** The way in by the organisation's own sign-in: a button that leads there, and what becomes of the browser that comes back. */
import { Alert, Button, Divider, Stack } from '@mui/material';
import { type NextStep, ROUTES, type Session } from '@vastus/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { call } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { useSignInWith } from './signInWith.js';

const START = '/';
/** What the server takes for a place; a longer address is not worth refusing somebody the way in. */
const LONGEST_PLACE = 500;
const codeOf = (error: unknown) => (error instanceof ApiProblem ? error.code : 'title');

export function SingleSignOnButton() {
  const translate = useTranslate();
  const name = useSignInWith();
  // Where react-admin led away from.
  const wanted = useLocation().state as { nextPathname?: string; nextSearch?: string } | null;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const unheard = name === undefined;
  useEffect(() => {
    // Led here by a click, somebody was told “sign in first”; who opens this page itself asks for nothing but this.
    if (unheard) call(ROUTES.readSession, {}).catch(() => undefined);
  }, [unheard]);
  useEffect(() => {
    // Whoever comes back with the browser's button finds the page as it was left.
    const wake = () => setBusy(false);
    window.addEventListener('pageshow', wake);
    return () => window.removeEventListener('pageshow', wake);
  }, []);
  if (!name) return null;
  const begin = async () => {
    setBusy(true);
    setProblem(null);
    const place = `${wanted?.nextPathname ?? START}${wanted?.nextSearch ?? ''}`;
    try {
      const { location } = await call(ROUTES.startSingleSignOn, { body: { to: place.length > LONGEST_PLACE ? START : place } });
      window.location.assign(location);
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Stack sx={{ gap: 2.5, mt: 2.5 }}>
      <Divider sx={{ color: 'text.secondary' }}>{translate('app.signIn.or')}</Divider>
      {problem && (
        <Alert severity="error" role="alert">
          {translate(`app.problem.${problem}`)}
        </Alert>
      )}
      <Button variant="outlined" size="large" disabled={busy} onClick={() => void begin()}>
        {translate('app.signIn.with', { name })}
      </Button>
    </Stack>
  );
}

/** Over a form that must not be lost, the other way in is walked in a tab of its own; this one hears of it. */
export function SingleSignOnElsewhere() {
  const translate = useTranslate();
  const name = useSignInWith();
  if (!name) return null;
  return (
    <Button component="a" href="/login" target="_blank" rel="noopener" variant="outlined" size="large" fullWidth sx={{ mt: 2 }}>
      {translate('app.signIn.withElsewhere', { name })}
    </Button>
  );
}

type Back = { is: 'nowhere' } | { is: 'asked' } | { is: 'refused'; code: string } | { is: 'half-way'; next: NextStep['next']; to: string };

/** What the provider sent the browser back with is handed to the server once, and is gone from the address before anybody copies it. */
export function useProviderAnswer(onSignedIn: (session: Session, to: string) => Promise<void>): Back {
  const [query] = useState(takeQuery);
  const [back, setBack] = useState<Back>({ is: query ? 'asked' : 'nowhere' });
  const sent = useRef(false);
  useEffect(() => {
    if (!query || sent.current) return;
    sent.current = true;
    call(ROUTES.finishSingleSignOn, { body: { query } })
      .then(({ answer, to }) => ('next' in answer ? setBack({ is: 'half-way', next: answer.next, to }) : onSignedIn(answer, to)))
      .catch((error: unknown) => setBack({ is: 'refused', code: codeOf(error) }));
  }, [query, onSignedIn]);
  return back;
}

function takeQuery(): string | null {
  const { pathname, search } = window.location;
  const given = new URLSearchParams(search);
  if (!given.has('state') || !(given.has('code') || given.has('error'))) return null;
  window.history.replaceState(window.history.state, '', pathname);
  return search;
}
