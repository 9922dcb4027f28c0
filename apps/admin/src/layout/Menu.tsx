import {
  BadgeOutlined,
  FactCheckOutlined,
  GavelOutlined,
  HealingOutlined,
  HistoryOutlined,
  HomeOutlined,
  Inventory2Outlined,
  MonitorHeartOutlined,
  NotificationsActiveOutlined,
  PeopleOutlined,
  ScienceOutlined,
  TodayOutlined,
  TuneOutlined,
  UploadFileOutlined,
  VaccinesOutlined,
} from '@mui/icons-material';
import { Box, List, ListItem, ListItemButton, ListItemIcon, ListItemText, Typography } from '@mui/material';
import type { Permission } from '@vastus/contract';
import type { ComponentType } from 'react';
import { useTranslate } from 'react-admin';
import { NavLink, useLocation } from 'react-router-dom';
import { useAlertCounts } from '../api/alertCounts.js';
import type { SignedIn } from '../session/useSession.js';

interface Entry {
  name: string;
  to: string;
  permission: Permission | null;
  icon: ComponentType;
}

/** The pages of the menu; the search offers them, too. */
export const ENTRIES: readonly Entry[] = [
  { name: 'home', to: '/', permission: null, icon: HomeOutlined },
  { name: 'alerts', to: '/alerts', permission: 'alert.read', icon: NotificationsActiveOutlined },
  { name: 'patients', to: '/patients', permission: 'patient.read', icon: PeopleOutlined },
  { name: 'injections', to: '/injections', permission: 'injection.read', icon: VaccinesOutlined },
  { name: 'adverse-events', to: '/adverse-events', permission: 'adverse-event.read', icon: HealingOutlined },
  { name: 'lab-results', to: '/lab-results', permission: 'lab-result.read', icon: ScienceOutlined },
  { name: 'lots', to: '/lots', permission: 'lot.read', icon: Inventory2Outlined },
  { name: 'imports', to: '/imports', permission: 'import.read', icon: UploadFileOutlined },
  // Nurses read it through the rules; a draft and its trial are not theirs.
  { name: 'protocol', to: '/protocol', permission: 'protocol.simulate', icon: TuneOutlined },
  { name: 'rules', to: '/rules', permission: null, icon: GavelOutlined },
  { name: 'staff', to: '/staff', permission: 'staff.manage', icon: BadgeOutlined },
  { name: 'audit', to: '/audit', permission: 'audit.read', icon: HistoryOutlined },
  { name: 'system', to: '/system', permission: 'system.read', icon: MonitorHeartOutlined },
];

/** The way to everything the role may see, with the number of alerts that wait for it. */
export function Menu({ session }: { session: SignedIn }) {
  const translate = useTranslate();
  const { pathname } = useLocation();
  const counts = useAlertCounts(session.role);
  const waiting = counts.data?.total ?? 0;
  return (
    <Box
      component="nav"
      aria-label={translate('app.menu.label')}
      sx={{ display: 'flex', flexDirection: 'column', minHeight: '100%', px: 1.5, py: 2 }}
    >
      <List disablePadding sx={{ display: 'grid', gap: 0.5, flex: 1, alignContent: 'start' }}>
        {ENTRIES.filter(({ permission }) => permission === null || session.may(permission)).map(({ name, to, icon: Icon }) => {
          const here = to === '/' ? pathname === '/' : pathname.startsWith(to);
          const DayIcon = name === 'home' && session.role === 'nurse' ? TodayOutlined : Icon;
          const label = name === 'home' && session.role === 'nurse' ? 'today' : name;
          return (
            <ListItem key={name} disablePadding>
              <ListItemButton
                component={NavLink}
                to={to}
                end={to === '/'}
                selected={here}
                sx={({ palette }) => ({
                  borderRadius: 2,
                  minHeight: 42,
                  px: 1.5,
                  gap: 1.5,
                  color: 'text.secondary',
                  '& svg': { fontSize: 21 },
                  '&.Mui-selected, &.Mui-selected:hover': { bgcolor: palette.tone.accent.soft, color: palette.tone.accent.text },
                })}
              >
                <ListItemIcon sx={{ minWidth: 0, color: 'inherit' }}>
                  <DayIcon />
                </ListItemIcon>
                <ListItemText
                  primary={translate(`app.menu.${label}`)}
                  slotProps={{ primary: { sx: { fontWeight: here ? 650 : 550, fontSize: '0.9rem' } } }}
                />
                {name === 'alerts' && waiting > 0 && (
                  <Box
                    component="span"
                    aria-label={translate('app.menu.activeAlerts', { smart_count: waiting })}
                    role="img"
                    className="tabular"
                    sx={({ palette }) => ({
                      px: 0.75,
                      minWidth: 24,
                      textAlign: 'center',
                      borderRadius: 5,
                      fontSize: '0.75rem',
                      fontWeight: 700,
                      lineHeight: '20px',
                      bgcolor: palette.tone[counts.data?.overdue ? 'danger' : 'neutral'].solid,
                      color: palette.tone[counts.data?.overdue ? 'danger' : 'neutral'].onSolid,
                    })}
                  >
                    {waiting > 999 ? '999+' : waiting}
                  </Box>
                )}
              </ListItemButton>
            </ListItem>
          );
        })}
      </List>
      <Typography variant="caption" color="text.secondary" sx={{ px: 1.5, pt: 3, display: 'flex', gap: 1, fontSize: '0.75rem' }}>
        <FactCheckOutlined sx={{ fontSize: 16, mt: '2px' }} />
        {translate('app.notice')}
      </Typography>
    </Box>
  );
}
