import { PersonAddOutlined } from '@mui/icons-material';
import { Button, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { type Invitation, ROUTES, type StaffMember } from '@vastus/contract';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { Sideways } from '../ui/Sideways.js';
import { StatusTag } from '../ui/StatusTag.js';
import { InviteDialog, LinkDialog, type MadeLink } from './InviteDialog.js';
import { KeySection } from './KeySection.js';
import { MemberActions } from './MemberActions.js';
import { PolicySection } from './PolicySection.js';

/** Who may use the clinic's Vastus: people, invitations, and how they sign in. */
export default function StaffPage() {
  const translate = useTranslate();
  const staff = useAnswer(ROUTES.listStaff, {});
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<MadeLink | null>(null);
  const t = (key: string) => translate(`staff.${key}`);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      width="medium"
      actions={
        <Button variant="contained" startIcon={<PersonAddOutlined />} onClick={() => setInviting(true)}>
          {t('invite')}
        </Button>
      }
    >
      <Stack sx={{ gap: 3 }}>
        <ProblemAlert error={staff.error} onRetry={() => void staff.refetch()} />
        {staff.data && (
          <>
            <Members members={staff.data.members} />
            <Invitations invitations={staff.data.invitations} onLink={setMade} />
            <KeySection />
            <PolicySection key={staff.data.policy.version} policy={staff.data.policy} />
          </>
        )}
      </Stack>
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onMade={(link) => {
            setInviting(false);
            setMade(link);
          }}
        />
      )}
      {made && <LinkDialog made={made} onClose={() => setMade(null)} />}
    </Page>
  );
}

function Members({ members }: { members: readonly StaffMember[] }) {
  const translate = useTranslate();
  const format = useFormat();
  const { staff: me } = useSession();
  const t = (key: string) => translate(`staff.${key}`);
  return (
    <Section title={t('title')} flush>
      <Sideways label={t('title')}>
        <Table>
          <TableHead>
            <TableRow>
              {['name', 'role', 'state', 'factor', 'seen', 'actions'].map((column) => (
                <TableCell key={column}>{t(column)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {members.map((member) => (
              <TableRow key={member.membershipId}>
                <TableCell>
                  <strong>{member.name}</strong>{' '}
                  {member.membershipId === me.membershipId && <StatusTag tone="accent">{t('you')}</StatusTag>}
                  <Typography variant="caption" component="div" color="text.secondary">
                    {member.email}
                  </Typography>
                </TableCell>
                <TableCell>{translate(`app.role.${member.role}`)}</TableCell>
                <TableCell>
                  <StatusTag tone={member.active ? 'success' : 'neutral'}>{t(member.active ? 'active' : 'ended')}</StatusTag>
                </TableCell>
                <TableCell>
                  {t(member.secondFactor ? 'factorOn' : 'factorOff')}
                  {member.singleSignOn && (
                    <Typography variant="caption" component="div" color="text.secondary">
                      {t('linked')}
                    </Typography>
                  )}
                </TableCell>
                <TableCell className="tabular">{member.lastSeenAt ? format.instant(member.lastSeenAt) : t('never')}</TableCell>
                <TableCell>{member.membershipId !== me.membershipId && <MemberActions member={member} />}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Sideways>
    </Section>
  );
}

function Invitations({ invitations, onLink }: { invitations: readonly Invitation[]; onLink: (made: MadeLink) => void }) {
  const translate = useTranslate();
  const format = useFormat();
  const notify = useNotify();
  const revoke = useSend(ROUTES.revokeInvitation);
  const again = useSend(ROUTES.inviteStaff);
  const t = (key: string, options?: Record<string, unknown>) => translate(`staff.invitations.${key}`, options);
  return (
    <Section title={t('title')} flush>
      <ProblemAlert error={revoke.error ?? again.error} />
      {invitations.length === 0 && <EmptyState text={t('none')} />}
      {invitations.length > 0 && (
        <Sideways label={t('title')}>
          <Table>
            <TableHead>
              <TableRow>
                <TableCell>{translate('staff.email')}</TableCell>
                <TableCell>{translate('staff.role')}</TableCell>
                <TableCell>{t('made')}</TableCell>
                <TableCell>{t('until')}</TableCell>
                <TableCell>{translate('staff.actions')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {invitations.map(({ id, email, role, state, createdAt, createdByName, expiresAt }) => (
                <TableRow key={id}>
                  <TableCell>{email}</TableCell>
                  <TableCell>{translate(`app.role.${role}`)}</TableCell>
                  <TableCell className="tabular">
                    {format.instant(createdAt)}
                    <Typography variant="caption" component="div" color="text.secondary">
                      {createdByName ? t('by', { name: createdByName }) : t('commandLine')}
                    </Typography>
                  </TableCell>
                  <TableCell className="tabular">
                    {format.instant(expiresAt)} {state === 'expired' && <StatusTag tone="warning">{t('expired')}</StatusTag>}
                  </TableCell>
                  <TableCell>
                    <Stack direction="row" sx={{ flexWrap: 'wrap' }}>
                      <Button
                        size="small"
                        aria-label={t('againOf', { email })}
                        disabled={again.isPending}
                        onClick={() => again.mutate({ body: { email, role } }, { onSuccess: onLink })}
                      >
                        {t('again')}
                      </Button>
                      <Button
                        size="small"
                        color="error"
                        aria-label={t('revokeOf', { email })}
                        disabled={revoke.isPending}
                        onClick={() =>
                          revoke.mutate({ params: { invitationId: id } }, { onSuccess: () => notify(t('revoked'), { type: 'success' }) })
                        }
                      >
                        {t('revoke')}
                      </Button>
                    </Stack>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Sideways>
      )}
    </Section>
  );
}
