// Who works here: roles and access. A clinic always keeps an administrator, nobody decides about themselves, and whatever somebody
// recorded keeps their name when they leave.
import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@vastus/clinical';
import {
  type Answer,
  type AuditAction,
  changeStaffRole,
  deactivateStaff,
  editSignInPolicy,
  type Input,
  inviteStaff,
  type listStaff,
  reactivateStaff,
  resetStaffFactor,
  revokeInvitation,
  type SignInPolicy,
  type StaffMember,
  unlinkStaffSingleSignOn,
} from '@vastus/contract';
import type { Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { Config } from '../../platform/config.js';
import { problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { SecondFactors } from '../../platform/sign-in/second-factor.js';
import { endSessions } from '../../platform/sign-in/session-store.js';
import { forgetIdentity } from '../../platform/sign-in/single-sign-on.js';
import { createInvitation, linkOf, pendingInvitation, pendingInvitations } from './invitations.js';

type Member = StaffMember & { userId: string };

const MEMBERS = `
  SELECT m.id AS membership_id, m.user_id, u."name", u."email", m.role, m.active, m.created_at AS member_since, m.version,
         (SELECT max(s.last_seen_at) FROM auth.session s WHERE s.user_id = m.user_id AND s.stage = 'open') AS last_seen_at,
         EXISTS (SELECT FROM auth.second_factor f WHERE f.user_id = m.user_id AND f.confirmed_at IS NOT NULL) AS second_factor,
         EXISTS (SELECT FROM auth."account" a WHERE a."userId" = m.user_id AND a."providerId" <> 'credential') AS single_sign_on
    FROM membership m JOIN auth."user" u ON u."id" = m.user_id
   WHERE m.clinic_id = $1 AND m.kind = 'person'`;
const POLICY = 'SELECT second_factor_roles, idle_minutes, sign_in_version AS version FROM clinic WHERE id = $1';
// Whoever takes an administrator away waits here for whoever does the same.
const LOCK_ADMINISTRATORS = `SELECT id FROM membership WHERE clinic_id = $1 AND role = 'administrator' AND active AND kind = 'person' ORDER BY id FOR UPDATE`;
const LOCK_MEMBER = 'SELECT id FROM membership WHERE clinic_id = $1 AND id = $2 FOR UPDATE';

@Injectable()
export class StaffService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly factors: SecondFactors,
    @Inject(Config) private readonly config: Config,
  ) {}

  list(caller: Caller): Promise<Answer<typeof listStaff>> {
    return this.commands.read(caller, async (tx) => ({
      members: await tx.many<Member>(`${MEMBERS} ORDER BY m.active DESC, u."name", m.id LIMIT 1000`, [tx.clinicId]),
      invitations: await pendingInvitations(tx, this.clock.now()),
      policy: await tx.one<SignInPolicy>(POLICY, [tx.clinicId]),
    }));
  }

  invite(caller: Caller, input: Input<typeof inviteStaff>): Promise<Answer<typeof inviteStaff>> {
    const { email, role } = input.body;
    return this.commands.run(caller, inviteStaff, input, async (tx, now) => {
      const [known] = await tx.many<Member>(`${MEMBERS} AND u."email" = $2 AND m.active`, [tx.clinicId, email]);
      if (known) throw problem('already-exists', { detail: 'Somebody with this address works here already.' });
      const { id, token } = await createInvitation(tx, { email, role, createdBy: caller.membershipId, now });
      await audit(tx, caller, now, { action: 'staff.invite', subjectType: 'invitation', subjectId: id, after: { email, role } });
      const invitation = await pendingInvitation(tx, id, now);
      if (!invitation) throw new Error('the invitation just written is not there');
      return { invitation, link: linkOf(this.config.publicUrl, token) };
    });
  }

  revoke(caller: Caller, input: Input<typeof revokeInvitation>): Promise<{ revoked: true }> {
    const { invitationId } = input.params;
    return this.commands.run(caller, revokeInvitation, input, async (tx, now) => {
      const before = await tx.maybe<{ email: string; role: string; ended: boolean }>(
        'SELECT email, role, num_nonnulls(accepted_at, revoked_at) > 0 AS ended FROM invitation WHERE clinic_id = $1 AND id = $2 FOR UPDATE',
        [tx.clinicId, invitationId],
      );
      if (!before) throw problem('not-found');
      if (before.ended) throw problem('state-changed', { detail: 'The invitation was accepted or taken back already.' });
      await tx.query('UPDATE invitation SET revoked_at = $3, revoked_by = $4 WHERE clinic_id = $1 AND id = $2', [
        tx.clinicId,
        invitationId,
        now,
        caller.membershipId,
      ]);
      const { email, role } = before;
      await audit(tx, caller, now, {
        action: 'staff.revoke-invitation',
        subjectType: 'invitation',
        subjectId: invitationId,
        before: { email, role },
      });
      return { revoked: true };
    });
  }

  changeRole(caller: Caller, input: Input<typeof changeStaffRole>): Promise<StaffMember> {
    const { membershipId } = input.params;
    const { role } = input.body;
    return this.commands.run(caller, changeStaffRole, input, async (tx, now) => {
      const before = await this.lockOther(tx, caller, membershipId);
      if (before.version !== caller.ifMatch) throw problem('stale-version');
      if (!before.active) throw problem('state-changed', { detail: 'Their access has ended; it is given back first.' });
      if (before.role === role) return before;
      await tx.query('UPDATE membership SET role = $3, version = version + 1 WHERE clinic_id = $1 AND id = $2', [
        tx.clinicId,
        membershipId,
        role,
      ]);
      await this.auditMember(tx, caller, now, 'staff.change-role', membershipId, { role: before.role }, { role });
      return member(tx, membershipId);
    });
  }

  deactivate(caller: Caller, input: Input<typeof deactivateStaff>): Promise<StaffMember> {
    const { membershipId } = input.params;
    return this.commands.run(caller, deactivateStaff, input, async (tx, now) => {
      const before = await this.lockOther(tx, caller, membershipId);
      if (!before.active) throw problem('state-changed', { detail: 'Their access has ended already.' });
      await tx.query('UPDATE membership SET active = false, deactivated_at = $3, version = version + 1 WHERE clinic_id = $1 AND id = $2', [
        tx.clinicId,
        membershipId,
        now,
      ]);
      const sessionsEnded = await endSessions(tx, { userId: before.userId }, 'access-ended', this.clock.machineMs());
      await this.auditMember(tx, caller, now, 'staff.deactivate', membershipId, { role: before.role }, { sessionsEnded });
      return member(tx, membershipId);
    });
  }

  reactivate(caller: Caller, input: Input<typeof reactivateStaff>): Promise<StaffMember> {
    const { membershipId } = input.params;
    return this.commands.run(caller, reactivateStaff, input, async (tx, now) => {
      const before = await this.lockOther(tx, caller, membershipId);
      if (before.active) throw problem('state-changed', { detail: 'They have access.' });
      await tx.query('UPDATE membership SET active = true, deactivated_at = NULL, version = version + 1 WHERE clinic_id = $1 AND id = $2', [
        tx.clinicId,
        membershipId,
      ]);
      await this.auditMember(tx, caller, now, 'staff.reactivate', membershipId, undefined, { role: before.role });
      return member(tx, membershipId);
    });
  }

  resetFactor(caller: Caller, input: Input<typeof resetStaffFactor>): Promise<StaffMember> {
    const { membershipId } = input.params;
    return this.commands.run(caller, resetStaffFactor, input, async (tx, now) => {
      const before = await this.lockOther(tx, caller, membershipId);
      if (!before.secondFactor) throw problem('state-changed', { detail: 'They have no second factor.' });
      await this.factors.forget(tx, before.userId);
      const sessionsEnded = await endSessions(tx, { userId: before.userId }, 'factor-reset', this.clock.machineMs());
      await this.auditMember(tx, caller, now, 'staff.reset-second-factor', membershipId, undefined, { sessionsEnded });
      return member(tx, membershipId);
    });
  }

  unlink(caller: Caller, input: Input<typeof unlinkStaffSingleSignOn>): Promise<StaffMember> {
    const { membershipId } = input.params;
    return this.commands.run(caller, unlinkStaffSingleSignOn, input, async (tx, now) => {
      const before = await this.lockOther(tx, caller, membershipId);
      if (!(await forgetIdentity(tx, before.userId))) throw problem('state-changed', { detail: 'Their account is not linked.' });
      const sessionsEnded = await endSessions(tx, { userId: before.userId }, 'ended-elsewhere', this.clock.machineMs());
      await this.auditMember(tx, caller, now, 'staff.unlink-single-sign-on', membershipId, undefined, { sessionsEnded });
      return member(tx, membershipId);
    });
  }

  editPolicy(caller: Caller, input: Input<typeof editSignInPolicy>): Promise<SignInPolicy> {
    const { secondFactorRoles, idleMinutes } = input.body;
    return this.commands.run(caller, editSignInPolicy, input, async (tx, now) => {
      const before = await tx.one<SignInPolicy>(`${POLICY} FOR UPDATE`, [tx.clinicId]);
      if (before.version !== caller.ifMatch) throw problem('stale-version');
      await tx.query('UPDATE clinic SET second_factor_roles = $2, idle_minutes = $3, sign_in_version = sign_in_version + 1 WHERE id = $1', [
        tx.clinicId,
        secondFactorRoles,
        idleMinutes,
      ]);
      await audit(tx, caller, now, {
        action: 'staff.edit-sign-in-policy',
        subjectType: 'clinic',
        subjectId: tx.clinicId,
        before: { secondFactorRoles: before.secondFactorRoles, idleMinutes: before.idleMinutes },
        after: { secondFactorRoles, idleMinutes },
      });
      return tx.one<SignInPolicy>(POLICY, [tx.clinicId]);
    });
  }

  /** Somebody else of this clinic, locked. With everybody's decisions in a row, the one who decides is an administrator to the end. */
  private async lockOther(tx: Tx, caller: Caller, membershipId: string): Promise<Member> {
    const administrators = await tx.many<{ id: string }>(LOCK_ADMINISTRATORS, [tx.clinicId]);
    await tx.query(LOCK_MEMBER, [tx.clinicId, membershipId]);
    const found = await member(tx, membershipId);
    if (membershipId === caller.membershipId) {
      if (administrators.length === 1) throw problem('last-administrator');
      throw problem('own-access');
    }
    if (!administrators.some(({ id }) => id === caller.membershipId)) throw problem('not-permitted', { permission: 'staff.manage' });
    return found;
  }

  private auditMember(tx: Tx, caller: Caller, now: Instant, action: AuditAction, subjectId: string, before: unknown, after: unknown) {
    return audit(tx, caller, now, { action, subjectType: 'membership', subjectId, before, after });
  }
}

async function member(tx: Tx, membershipId: string): Promise<Member> {
  const found = await tx.maybe<Member>(`${MEMBERS} AND m.id = $2`, [tx.clinicId, membershipId]);
  if (!found) throw problem('not-found', { detail: 'There is no such member of staff.' });
  return found;
}
