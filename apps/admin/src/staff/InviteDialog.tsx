import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { ROLES, type Role } from '@vastus/clinical';
import { type Invitation, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { CopyButton } from '../ui/CopyButton.js';
import { FormDialog } from '../ui/FormDialog.js';

export interface MadeLink {
  invitation: Invitation;
  link: string;
}

/** Asks for an address and a role, and makes the link. */
export function InviteDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: MadeLink) => void }) {
  const translate = useTranslate();
  const invite = useSend(ROUTES.inviteStaff);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('nurse');
  const t = (key: string) => translate(`staff.${key}`);
  const isKnown = invite.error?.code === 'already-exists';
  return (
    <FormDialog
      title={t('inviteTitle')}
      explain={t('inviteText')}
      submit={t('inviteConfirm')}
      ready={/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())}
      busy={invite.isPending}
      error={isKnown ? null : invite.error}
      onClose={onClose}
      onSubmit={() => invite.mutate({ body: { email: email.trim(), role } }, { onSuccess: onMade })}
    >
      <TextField
        label={t('email')}
        type="email"
        name="invited-email"
        autoComplete="off"
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={isKnown}
        helperText={isKnown ? t('known') : undefined}
        slotProps={{ htmlInput: { maxLength: 200 } }}
      />
      <RoleField value={role} onChange={setRole} />
    </FormDialog>
  );
}

export function RoleField({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const translate = useTranslate();
  return (
    <TextField select label={translate('staff.role')} value={value} onChange={(event) => onChange(event.target.value as Role)}>
      {ROLES.map((role) => (
        <MenuItem key={role} value={role}>
          {translate(`app.role.${role}`)}
        </MenuItem>
      ))}
    </TextField>
  );
}

/** The link, this once. Closing it by accident would lose it, so only the button does. */
export function LinkDialog({ made: { invitation, link }, onClose }: { made: MadeLink; onClose: () => void }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`staff.link.${key}`, options);
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby="invitation-link">
      <DialogTitle id="invitation-link">{t('title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Alert severity="warning">{t('text', { email: invitation.email, date: format.instant(invitation.expiresAt) })}</Alert>
          <Typography
            component="output"
            aria-label={t('label')}
            sx={{ p: 1.5, borderRadius: 2, bgcolor: 'action.hover', fontFamily: 'monospace', overflowWrap: 'anywhere', userSelect: 'all' }}
          >
            {link}
          </Typography>
        </Stack>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <CopyButton text={link} label={t('copy')} done={t('copied')} />
        <Button variant="contained" onClick={onClose}>
          {t('done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
