// How somebody becomes staff: a link that works once, for a week, for one address. Only its hash is kept, so nobody can look it up.
import type { Instant, Role } from '@vastus/clinical';
import type { Invitation } from '@vastus/contract';
import { insert, newId, type Queryable, type Tx } from '@vastus/db';
import { hashOf, newToken } from '../../platform/sign-in/tokens.js';

const VALID_MS = 7 * 24 * 60 * 60_000;
const PATH = '/join';

/** The token is behind the `#`: browsers keep that to themselves, so it is in no log. */
export const linkOf = (publicUrl: string, token: string): string => `${new URL(PATH, publicUrl)}#${token}`;

export interface NewInvitation {
  email: string;
  role: Role;
  /** The administrator who invites; null on the command line. */
  createdBy: string | null;
  now: Instant;
}

/** Invites an address into the clinic of the transaction. What was sent to it before is worth nothing any more. */
export async function createInvitation(
  tx: Tx,
  { email, role, createdBy, now }: NewInvitation,
): Promise<{ id: string; token: string; expiresAt: Instant }> {
  await tx.query(
    'UPDATE invitation SET revoked_at = $3, revoked_by = $4 WHERE clinic_id = $1 AND email = $2 AND accepted_at IS NULL AND revoked_at IS NULL',
    [tx.clinicId, email, now, createdBy],
  );
  const id = newId();
  const token = newToken();
  const expiresAt = new Date(Date.parse(now) + VALID_MS).toISOString();
  const row = { id, email, role, tokenHash: hashOf(token), createdAt: now, createdBy, expiresAt };
  await insert(tx, 'invitation', { clinicId: tx.clinicId, ...row });
  return { id, token, expiresAt };
}

const INVITATIONS = `
  SELECT i.id, i.email, i.role, CASE WHEN i.expires_at > $2 THEN 'open' ELSE 'expired' END AS state, i.created_at, u."name" AS created_by_name, i.expires_at
    FROM invitation i
    LEFT JOIN membership m ON m.clinic_id = i.clinic_id AND m.id = i.created_by
    LEFT JOIN auth."user" u ON u."id" = m.user_id
   WHERE i.clinic_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL`;

export const pendingInvitations = (tx: Tx, now: Instant): Promise<Invitation[]> =>
  tx.many<Invitation>(`${INVITATIONS} ORDER BY i.created_at DESC, i.id DESC LIMIT 200`, [tx.clinicId, now]);

export const pendingInvitation = (tx: Tx, id: string, now: Instant): Promise<Invitation | undefined> =>
  tx.maybe<Invitation>(`${INVITATIONS} AND i.id = $3`, [tx.clinicId, now, id]);

export interface HeldInvitation {
  id: string;
  email: string;
  role: Role;
  clinicName: string;
  expiresAt: Instant;
}

/** Where the invitation of a link belongs. */
export const placeOf = (q: Queryable, token: string): Promise<{ clinicId: string; invitationId: string } | undefined> =>
  q.maybe('SELECT clinic_id, invitation_id FROM invitation_with($1)', [hashOf(token)]);

/** The invitation while it can be accepted; locked, so that two clicks make one member. */
export function heldInvitation(tx: Tx, id: string, now: Instant): Promise<HeldInvitation | undefined> {
  return tx.maybe<HeldInvitation>(
    `SELECT i.id, i.email, i.role, c.name AS clinic_name, i.expires_at FROM invitation i JOIN clinic c ON c.id = i.clinic_id
      WHERE i.clinic_id = $1 AND i.id = $2 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $3 FOR UPDATE OF i`,
    [tx.clinicId, id, now],
  );
}

/** Gives the person the role they were invited to – anew where they had worked here before – and answers the membership's id. */
export async function join(tx: Tx, invitation: HeldInvitation, userId: string, now: Instant): Promise<string> {
  const { id } = await tx.one<{ id: string }>(
    `INSERT INTO membership (clinic_id, id, user_id, role, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (clinic_id, user_id) DO UPDATE SET active = true, deactivated_at = NULL, role = excluded.role, version = membership.version + 1
     RETURNING id`,
    [tx.clinicId, newId(), userId, invitation.role, now],
  );
  await tx.query('UPDATE invitation SET accepted_at = $3, accepted_by = $4 WHERE clinic_id = $1 AND id = $2', [
    tx.clinicId,
    invitation.id,
    now,
    id,
  ]);
  return id;
}
