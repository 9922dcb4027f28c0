import { MoreVertOutlined } from '@mui/icons-material';
import { IconButton, Menu, MenuItem } from '@mui/material';
import { ROUTES, type StaffMember } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useVersionRead } from '../api/useVersionRead.js';
import { FormDialog } from '../ui/FormDialog.js';
import { RoleField } from './InviteDialog.js';

type Doing = 'role' | 'deactivate' | 'reset' | 'unlink';

/** What an administrator may do about a colleague; each with its consequence said before it happens. */
export function MemberActions({ member }: { member: StaffMember }) {
  const translate = useTranslate();
  const notify = useNotify();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const reactivate = useSend(ROUTES.reactivateStaff);
  const { name, membershipId } = member;
  const t = (key: string) => translate(`staff.${key}`, { name });
  const stop = () => setDoing(null);
  const choose = (what: Doing) => {
    setAnchor(null);
    setDoing(what);
  };
  const giveBack = () => {
    setAnchor(null);
    reactivate.mutate(
      { params: { membershipId } },
      {
        onSuccess: () => notify(t('reactivated'), { type: 'success' }),
        onError: (problem) => notify(translate(`app.problem.${problem.code}`), { type: 'error' }),
      },
    );
  };
  return (
    <>
      <IconButton aria-label={`${t('actions')}: ${name}`} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        <MoreVertOutlined />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {member.active && <MenuItem onClick={() => choose('role')}>{t('changeRole')}</MenuItem>}
        {member.secondFactor && <MenuItem onClick={() => choose('reset')}>{t('reset')}</MenuItem>}
        {member.singleSignOn && <MenuItem onClick={() => choose('unlink')}>{t('unlink')}</MenuItem>}
        {member.active ? (
          <MenuItem onClick={() => choose('deactivate')}>{t('deactivate')}</MenuItem>
        ) : (
          <MenuItem onClick={giveBack}>{t('reactivate')}</MenuItem>
        )}
      </Menu>
      {doing === 'role' && <RoleDialog member={member} onClose={stop} />}
      {doing === 'deactivate' && <ConfirmDialog what="deactivate" done="deactivated" member={member} onClose={stop} />}
      {doing === 'unlink' && <ConfirmDialog what="unlink" done="unlinked" member={member} onClose={stop} />}
      {doing === 'reset' && <ConfirmDialog what="reset" done="resetDone" member={member} onClose={stop} />}
    </>
  );
}

function RoleDialog({ member: { name, membershipId, role: before, version }, onClose }: { member: StaffMember; onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const change = useSend(ROUTES.changeStaffRole);
  const [role, setRole] = useState(before);
  const read = useVersionRead(version);
  return (
    <FormDialog
      title={translate('staff.changeRoleOf', { name })}
      explain={translate('staff.roleText')}
      submit={translate('staff.changeRole')}
      ready={role !== before}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={() =>
        change.mutate(
          { params: { membershipId }, body: { role }, ifMatch: read },
          {
            onSuccess: () => {
              notify(translate('staff.roleChanged', { name, role: translate(`app.role.${role}`) }), { type: 'success' });
              onClose();
            },
          },
        )
      }
    >
      <RoleField value={role} onChange={setRole} />
    </FormDialog>
  );
}

interface ConfirmDialogProps {
  what: 'deactivate' | 'reset' | 'unlink';
  done: string;
  member: StaffMember;
  onClose: () => void;
}

function ConfirmDialog({ what, done, member: { name, membershipId }, onClose }: ConfirmDialogProps) {
  const translate = useTranslate();
  const notify = useNotify();
  const deactivate = useSend(ROUTES.deactivateStaff);
  const reset = useSend(ROUTES.resetStaffFactor);
  const unlink = useSend(ROUTES.unlinkStaffSingleSignOn);
  const send = { deactivate, reset, unlink }[what];
  return (
    <FormDialog
      title={translate(`staff.${what}Title`, { name })}
      explain={translate(`staff.${what}Text`)}
      submit={translate(`staff.${what}`)}
      tone="error"
      ready
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() =>
        send.mutate(
          { params: { membershipId } },
          {
            onSuccess: () => {
              notify(translate(`staff.${done}`), { type: 'success' });
              onClose();
            },
          },
        )
      }
    >
      {null}
    </FormDialog>
  );
}
