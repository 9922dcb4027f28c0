// The rows behind cookies. A session is found by the hash of its token, with the person and every clinic they work in, in one query.
import type { Role } from '@vastus/clinical';
import { newId, type Queryable, statement } from '@vastus/db';
import { hashOf, newToken } from './tokens.js';

export type Stage = 'open' | 'second-factor' | 'enrolment';
export type SignInMethod = 'password' | 'single-sign-on';
export type EndReason = 'signed-out' | 'ended-elsewhere' | 'password-changed' | 'factor-reset' | 'idle' | 'access-ended' | 'next-step';

export interface Membership {
  clinicId: string;
  membershipId: string;
  role: Role;
  clinicName: string;
  timeZone: string;
  isDemo: boolean;
  idleMinutes: number;
  needsSecondFactor: boolean;
}

export interface FoundSession {
  id: string;
  userId: string;
  name: string;
  email: string;
  chosenClinicId: string | null;
  stage: Stage;
  method: SignInMethod;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  /** When they last proved who they are; null where nobody knows. */
  provenAt: string | null;
  endReason: EndReason | null;
  memberships: Membership[];
}

export interface NewSession {
  userId: string;
  clinicId?: string | null;
  stage: Stage;
  method: SignInMethod;
  address: string;
  device: string | undefined;
  nowMs: number;
  expiresMs: number;
  provenMs: number | null;
}

const KEPT_MS = 24 * 60 * 60_000;
const DEVICE_LENGTH = 300;
const at = (ms: number) => new Date(ms).toISOString();

const FIND = statement(
  'session-find',
  `SELECT s.id, s.user_id, u."name", u."email", s.clinic_id AS chosen_clinic_id, s.stage, s.method, s.created_at, s.last_seen_at, s.expires_at, s.proven_at, s.end_reason,
          m.clinic_id, m.membership_id, m.role, m.clinic_name, m.time_zone, m.is_demo, m.idle_minutes, m.needs_second_factor
     FROM auth.session s JOIN auth."user" u ON u."id" = s.user_id LEFT JOIN LATERAL memberships_of_user(s.user_id) m ON true
    WHERE s.token_hash = $1`,
);
const MEMBERSHIPS = statement('memberships-of-user', 'SELECT * FROM memberships_of_user($1)');
const SEEN = statement('session-seen', 'UPDATE auth.session SET last_seen_at = $2, address = $3 WHERE id = $1 AND ended_at IS NULL');

type Found = Omit<FoundSession, 'memberships'> & { [K in keyof Membership]: Membership[K] | null };

export async function findSession(q: Queryable, token: string): Promise<FoundSession | undefined> {
  const rows = await q.many<Found>(FIND, [hashOf(token)]);
  const [first] = rows;
  if (!first) return undefined;
  const { id, userId, name, email, chosenClinicId, stage, method, createdAt, lastSeenAt, expiresAt, provenAt, endReason } = first;
  const memberships = rows.filter((row): row is Found & Membership => row.clinicId !== null).map(toMembership);
  return { id, userId, name, email, chosenClinicId, stage, method, createdAt, lastSeenAt, expiresAt, provenAt, endReason, memberships };
}

function toMembership(row: Membership): Membership {
  const { clinicId, membershipId, role, clinicName, timeZone, isDemo, idleMinutes, needsSecondFactor } = row;
  return { clinicId, membershipId, role, clinicName, timeZone, isDemo, idleMinutes, needsSecondFactor };
}

export const membershipsOf = (q: Queryable, userId: string): Promise<Membership[]> => q.many<Membership>(MEMBERSHIPS, [userId]);

/** Writes the session and answers its token, which nobody can read again. Sweeps out what ended long ago. */
export async function openSession(q: Queryable, session: NewSession): Promise<{ id: string; token: string }> {
  const { userId, clinicId, stage, method, address, device, nowMs, expiresMs, provenMs } = session;
  const id = newId();
  const token = newToken();
  await q.query('DELETE FROM auth.session WHERE expires_at < $1', [at(nowMs - KEPT_MS)]);
  await q.query(
    `INSERT INTO auth.session (id, token_hash, user_id, clinic_id, stage, method, address, device, created_at, last_seen_at, expires_at, proven_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)`,
    [
      id,
      hashOf(token),
      userId,
      clinicId ?? null,
      stage,
      method,
      address,
      device?.slice(0, DEVICE_LENGTH) ?? null,
      at(nowMs),
      at(expiresMs),
      provenMs === null ? null : at(provenMs),
    ],
  );
  return { id, token };
}

export const markSeen = (q: Queryable, id: string, nowMs: number, address: string) => q.query(SEEN, [id, at(nowMs), address]);

/** The person of this session proved who they are once more. */
export const markProven = (q: Queryable, id: string, nowMs: number) =>
  q.query('UPDATE auth.session SET proven_at = $2 WHERE id = $1', [id, at(nowMs)]);

/** Ends one session, all of a person, or all but one; answers how many were still running. */
export async function endSessions(
  q: Queryable,
  which: { userId: string; only?: string; except?: string },
  reason: EndReason,
  nowMs: number,
): Promise<number> {
  const { count } = await q.query(
    `UPDATE auth.session SET ended_at = $2, end_reason = $3
      WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND ($4::uuid IS NULL OR id = $4) AND ($5::uuid IS NULL OR id <> $5)`,
    [which.userId, at(nowMs), reason, which.only ?? null, which.except ?? null],
  );
  return count;
}
