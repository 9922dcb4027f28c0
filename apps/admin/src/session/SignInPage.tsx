import { CheckCircleOutlined } from '@mui/icons-material';
import { Alert, Box, CssBaseline, LinearProgress, Stack, Typography } from '@mui/material';
import type { Session } from '@vastus/contract';
import { type ReactNode, useCallback, useEffect } from 'react';
import { Notification, useLogin, useTranslate } from 'react-admin';
import { LanguageButtons } from '../layout/LanguageSwitch.js';
import { Logo } from '../layout/Logo.js';
import { SignInSteps } from './SignInSteps.js';
import { SingleSignOnButton, useProviderAnswer } from './SingleSignOn.js';

const POINTS = ['point1', 'point2', 'point3'];

export function SignInPage() {
  const translate = useTranslate();
  const login = useLogin();
  const enter = useCallback(async (session: Session, to?: string) => void (await login({ session }, to)), [login]);
  const back = useProviderAnswer(enter);
  if (back.is === 'asked')
    return (
      <Entrance title={translate('app.signIn.busy')}>
        <LinearProgress aria-label={translate('app.signIn.busy')} sx={{ mt: 3 }} />
      </Entrance>
    );
  return (
    <Entrance title={translate('app.signIn.title')}>
      <Typography color="text.secondary" sx={{ mb: 4 }}>
        {translate('app.signIn.welcome')}
      </Typography>
      {back.is === 'refused' && (
        <Alert severity="error" role="alert" sx={{ mb: 3 }}>
          {translate(`app.problem.${back.code}`)}
        </Alert>
      )}
      <SignInSteps
        start={back.is === 'half-way' ? back.next : undefined}
        beside={<SingleSignOnButton />}
        onSignedIn={(session) => enter(session, back.is === 'half-way' ? back.to : undefined)}
      />
    </Entrance>
  );
}

/** The frame of every page in front of the door: what this is, and one thing to do. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const translate = useTranslate();
  const name = translate('app.name');
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <Box
      sx={{
        minHeight: '100vh',
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', md: 'minmax(360px, 5fr) 6fr' },
        bgcolor: 'background.paper',
      }}
    >
      <CssBaseline />
      <Box
        component="aside"
        aria-label={translate('app.name')}
        sx={{
          display: { xs: 'none', md: 'flex' },
          flexDirection: 'column',
          justifyContent: 'space-between',
          p: 6,
          color: '#e9f6f7',
          background: 'radial-gradient(120% 90% at 10% 0%, #12798c 0%, #0b5f70 42%, #073f4b 100%)',
        }}
      >
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5 }}>
          <Logo size={36} />
          <Typography sx={{ fontWeight: 700, fontSize: '1.25rem', letterSpacing: '-0.02em' }}>{translate('app.name')}</Typography>
        </Stack>
        <Box>
          <Typography sx={{ fontSize: '2rem', lineHeight: 1.22, fontWeight: 650, letterSpacing: '-0.025em', maxWidth: 440, mb: 4 }}>
            {translate('app.tagline')}
          </Typography>
          <Stack component="ul" sx={{ listStyle: 'none', p: 0, m: 0, gap: 1.5 }}>
            {POINTS.map((point) => (
              <Box component="li" key={point} sx={{ display: 'flex', gap: 1.25, alignItems: 'center' }}>
                <CheckCircleOutlined sx={{ fontSize: 20, color: '#8fe0d0' }} />
                {translate(`app.signIn.${point}`)}
              </Box>
            ))}
          </Stack>
        </Box>
        <Typography variant="caption" sx={{ color: '#c3e2e6' }}>
          {translate('app.notice')}
        </Typography>
      </Box>
      <Box component="main" sx={{ display: 'grid', placeItems: 'center', p: 3 }}>
        <Box sx={{ width: '100%', maxWidth: 380 }}>
          <Box sx={{ display: { md: 'none' }, mb: 3 }}>
            <Logo size={40} />
          </Box>
          <Typography variant="h1" sx={{ mb: 0.5 }}>
            {title}
          </Typography>
          {children}
          <LanguageButtons />
        </Box>
      </Box>
      <Notification />
    </Box>
  );
}
