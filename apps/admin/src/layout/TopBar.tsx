import { DarkModeOutlined, LightModeOutlined, MenuOutlined } from '@mui/icons-material';
import { Box, IconButton, Tooltip, Typography, useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { useTheme, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { SearchButton } from '../search/SearchButton.js';
import type { SignedIn } from '../session/useSession.js';
import { StatusTag } from '../ui/StatusTag.js';
import { Logo } from './Logo.js';
import { UserMenu } from './UserMenu.js';

/** Which clinic this is, whom one looks for, and who one is. */
export function TopBar({ session, onMenu }: { session: SignedIn; onMenu?: () => void }) {
  const translate = useTranslate();
  const roomy = useMediaQuery<Theme>((theme) => theme.breakpoints.up('md'));
  return (
    <Box
      component="header"
      className="no-print"
      sx={({ zIndex }) => ({
        position: 'fixed',
        inset: '0 0 auto 0',
        height: 60,
        zIndex: zIndex.appBar,
        display: 'flex',
        alignItems: 'center',
        gap: { xs: 1, sm: 2 },
        px: 2,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      })}
    >
      {onMenu && (
        <IconButton onClick={onMenu} aria-label={translate('app.menu.open')} edge="start">
          <MenuOutlined />
        </IconButton>
      )}
      <Box
        component={Link}
        to="/"
        aria-label={`${translate('app.name')} – ${translate('app.menu.home')}`}
        sx={{ display: 'flex', alignItems: 'center', gap: 1.25, color: 'text.primary', textDecoration: 'none', borderRadius: 2 }}
      >
        <Logo />
        {roomy && (
          <Typography sx={{ fontWeight: 700, fontSize: '1.0625rem', letterSpacing: '-0.02em' }}>{translate('app.name')}</Typography>
        )}
      </Box>
      {roomy && (
        <Typography variant="body2" color="text.secondary" noWrap sx={{ pl: 2, borderLeft: 1, borderColor: 'divider', maxWidth: 240 }}>
          {session.clinic.name}
        </Typography>
      )}
      {session.clinic.isDemo && (
        <Tooltip title={translate('app.demoHint')}>
          <span>
            <StatusTag tone="warning">{translate('app.demo')}</StatusTag>
          </span>
        </Tooltip>
      )}
      <Box sx={{ flex: 1, display: 'flex', justifyContent: 'flex-end', minWidth: 0 }}>
        <SearchButton session={session} />
      </Box>
      <ThemeSwitch />
      <UserMenu session={session} />
    </Box>
  );
}

function ThemeSwitch() {
  const translate = useTranslate();
  const [theme, setTheme] = useTheme();
  const dark = theme === 'dark';
  const label = translate(dark ? 'app.theme.light' : 'app.theme.dark');
  return (
    <Tooltip title={label}>
      <IconButton onClick={() => setTheme(dark ? 'light' : 'dark')} aria-label={label}>
        {dark ? <LightModeOutlined /> : <DarkModeOutlined />}
      </IconButton>
    </Tooltip>
  );
}
