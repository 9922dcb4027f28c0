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
      ready={/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email.trim())}
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

/** The link, this once. */
export function LinkDialog({ made: { invitation, link }, onClose }: { made: MadeLink; onClose: () => void }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`staff.link.${key}`, options);
  return (
    <ShownOnce
      title={t('title')}
      text={t('text', { email: invitation.email, date: format.instant(invitation.expiresAt) })}
      label={t('label')}
      secret={link}
      copy={t('copy')}
      copied={t('copied')}
      onClose={onClose}
    />
  );
}

interface ShownOnceProps {
  title: string;
  text: string;
  label: string;
  secret: string;
  copy: string;
  copied: string;
  onClose: () => void;
}

/** What nobody can look up again. Closing it by accident would lose it, so only the button does. */
export function ShownOnce({ title, text, label, secret, copy, copied, onClose }: ShownOnceProps) {
  const translate = useTranslate();
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby="shown-once">
      <DialogTitle id="shown-once">{title}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Alert severity="warning">{text}</Alert>
          <Typography
            component="output"
            aria-label={label}
            sx={{ p: 1.5, borderRadius: 2, bgcolor: 'action.hover', fontFamily: 'monospace', overflowWrap: 'anywhere', userSelect: 'all' }}
          >
            {secret}
          </Typography>
        </Stack>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <CopyButton text={secret} label={copy} done={copied} />
        <Button variant="contained" onClick={onClose}>
          {translate('staff.link.done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
