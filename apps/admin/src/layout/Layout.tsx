import { Box, CssBaseline, Drawer, LinearProgress, useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { Suspense, useEffect, useRef, useState } from 'react';
import { type LayoutProps, Notification, useTranslate } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { AccountNews } from '../account/AccountNews.js';
import { useLiveChanges } from '../api/live.js';
import { ConnectionBar } from '../connection/ConnectionBar.js';
import { LeaveGuard } from '../connection/LeaveGuard.js';
import { NewVersion } from '../connection/NewVersion.js';
import { ProveAgain } from '../session/ProveAgain.js';
import { SessionProvider } from '../session/SessionProvider.js';
import { SignInAgain } from '../session/SignInAgain.js';
import { useSessionIfKnown } from '../session/useSession.js';
import { SpokenTheme } from '../theme/SpokenTheme.js';
import { AlertsLate } from './AlertsLate.js';
import { CrashGuard } from './CrashGuard.js';
import { Menu } from './Menu.js';
import { Opening } from './Opening.js';
import { TopBar } from './TopBar.js';

export const BAR_HEIGHT = 60;
const MENU_WIDTH = 232;

/** Bar, menu and page, for whoever is signed in. */
export default function Layout({ children }: LayoutProps) {
  return (
    <SessionProvider>
      <Room>{children}</Room>
    </SessionProvider>
  );
}

/** Nothing is drawn before the server has said who is signed in and what day it is. */
function Room({ children }: LayoutProps) {
  const translate = useTranslate();
  const session = useSessionIfKnown();
  const wide = useMediaQuery<Theme>((theme) => theme.breakpoints.up('lg'));
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const firstPage = useRef(true);
  useLiveChanges();

  // A new page is announced and read from its beginning, as a page load would be.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changes
  useEffect(() => {
    setOpen(false);
    if (firstPage.current) firstPage.current = false;
    else {
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
  }, [pathname]);

  if (!session)
    return (
      <>
        <Opening />
        <ConnectionBar />
      </>
    );
  return (
    <SpokenTheme>
      <Box sx={{ minHeight: '100vh', bgcolor: 'background.default' }}>
        <CssBaseline enableColorScheme />
        <Box
          component="a"
          href="#main"
          sx={({ palette, zIndex }) => ({
            position: 'fixed',
            left: 16,
            top: -64,
            zIndex: zIndex.tooltip,
            px: 2,
            py: 1,
            borderRadius: 2,
            bgcolor: palette.primary.main,
            color: palette.primary.contrastText,
            fontWeight: 600,
            '&:focus': { top: 10 },
          })}
        >
          {translate('app.skip')}
        </Box>
        <TopBar session={session} onMenu={wide ? undefined : () => setOpen(true)} />
        {wide ? (
          <Box
            sx={{
              position: 'fixed',
              top: BAR_HEIGHT,
              bottom: 0,
              left: 0,
              width: MENU_WIDTH,
              overflowY: 'auto',
              borderRight: 1,
              borderColor: 'divider',
              bgcolor: 'background.paper',
            }}
            className="no-print"
          >
            <Menu session={session} />
          </Box>
        ) : (
          <Drawer open={open} onClose={() => setOpen(false)} slotProps={{ paper: { sx: { width: 272 } } }}>
            <Menu session={session} />
          </Drawer>
        )}
        <Box
          component="main"
          id="main"
          ref={main}
          tabIndex={-1}
          sx={{ ml: { lg: `${MENU_WIDTH}px` }, pt: `${BAR_HEIGHT + 28}px`, px: { xs: 2, sm: 3, xl: 4 }, pb: 8, outline: 'none !important' }}
        >
          <NewVersion />
          <AccountNews />
          <AlertsLate role={session.role} />
          <CrashGuard
            resetKey={pathname}
            text={`${translate('app.problem.crashed')} ${translate('app.problem.crashedText')}`}
            action={translate('app.problem.reload')}
          >
            <Suspense fallback={<LinearProgress aria-label={translate('app.problem.loading')} />}>{children}</Suspense>
          </CrashGuard>
        </Box>
        <ProveAgain />
        <SignInAgain />
        <LeaveGuard />
        <ConnectionBar />
        <Notification />
      </Box>
    </SpokenTheme>
  );
}
