import { LogoutOutlined, ManageAccountsOutlined, SwapHorizOutlined } from '@mui/icons-material';
import { Avatar, Box, ButtonBase, Divider, ListItemIcon, Menu, MenuItem, Typography } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useLogout, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { call } from '../api/client.js';
import type { SignedIn } from '../session/useSession.js';
import { LanguageItems } from './LanguageSwitch.js';

/** Who is signed in, in which role; the way out, and to another clinic. */
export function UserMenu({ session }: { session: SignedIn }) {
  const translate = useTranslate();
  const logout = useLogout();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const role = translate(`app.role.${session.role}`);
  const initials = session.staff.name
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

  const work = async (clinicId: string) => {
    await call(ROUTES.switchClinic, { body: { clinicId } });
    // Nothing of one clinic may stay on the screen of another.
    window.location.assign('/');
  };

  return (
    <>
      <ButtonBase
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-label={translate('app.user.menu', { name: session.staff.name })}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        sx={{ borderRadius: 2, p: 0.5, gap: 1, textAlign: 'left', '&:hover': { bgcolor: 'action.hover' } }}
      >
        <Avatar
          sx={({ palette }) => ({
            width: 34,
            height: 34,
            fontSize: '0.8125rem',
            fontWeight: 650,
            bgcolor: palette.tone.accent.soft,
            color: palette.tone.accent.text,
          })}
        >
          {initials}
        </Avatar>
        <Box sx={{ display: { xs: 'none', md: 'block' }, pr: 0.5 }}>
          <Typography noWrap sx={{ fontSize: '0.8125rem', fontWeight: 600, lineHeight: 1.3, maxWidth: 160 }}>
            {session.staff.name}
          </Typography>
          <Typography color="text.secondary" sx={{ fontSize: '0.75rem', lineHeight: 1.3 }}>
            {role}
          </Typography>
        </Box>
      </ButtonBase>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <Box component="li" role="presentation" sx={{ px: 2, py: 1 }}>
          <Typography sx={{ fontWeight: 620 }}>{session.staff.name}</Typography>
          <Typography variant="caption" color="text.secondary">
            {session.staff.email} · {role}
          </Typography>
        </Box>
        <Divider role="presentation" />
        <MenuItem component={Link} to="/account" onClick={() => setAnchor(null)}>
          <ListItemIcon>
            <ManageAccountsOutlined fontSize="small" />
          </ListItemIcon>
          {translate('app.user.account')}
        </MenuItem>
        <LanguageItems onChosen={() => setAnchor(null)} />
        {session.otherClinics.map((clinic) => (
          <MenuItem key={clinic.id} onClick={() => void work(clinic.id)}>
            <ListItemIcon>
              <SwapHorizOutlined fontSize="small" />
            </ListItemIcon>
            {translate('app.user.switchClinic', { clinic: clinic.name })}
          </MenuItem>
        ))}
        <MenuItem onClick={() => void logout()}>
          <ListItemIcon>
            <LogoutOutlined fontSize="small" />
          </ListItemIcon>
          {translate('app.user.signOut')}
        </MenuItem>
      </Menu>
    </>
  );
}
