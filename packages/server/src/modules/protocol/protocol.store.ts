// Protocol versions in SQL. Drafts are edited; what was decided stays as it is, and a trigger sees to that.
import type { Instant, ProtocolParameters } from '@vastus/clinical';
import type { ProtocolVersion, ProtocolVersionDetail } from '@vastus/contract';
import { decodeCursor, encodeCursor, insert, json, newId, statement, type Tx } from '@vastus/db';
import { DECIDED, inForce } from '../obligations/protocol-in-force.js';

export type StoredVersion = ProtocolVersion & {
  parameters: ProtocolParameters;
  basisParameters: ProtocolParameters | null;
  simulation: ProtocolVersionDetail['simulation'];
};

const VERSION = `
  SELECT v.id, v.number, v.state, v.id = f.id AS in_force, v.in_force_from, v.note, v.version, v.parameters,
         CASE WHEN b.id IS NOT NULL THEN jsonb_build_object('id', b.id, 'number', b.number) END AS based_on, b.parameters AS basis_parameters,
         v.created_at AS drafted_at, du.name AS drafted_by_name, v.signed_at, su.name AS signed_by_name,
         v.withdrawn_at, wu.name AS withdrawn_by_name, v.withdraw_reason,
         CASE WHEN a.state IS NOT NULL THEN
           jsonb_build_object('state', a.state, 'patientsTotal', a.patients_total, 'patientsDone', a.patients_done) END AS application
    FROM protocol_version v
    CROSS JOIN ${inForce('$1', '$2')} f
    LEFT JOIN protocol_version b ON b.clinic_id = v.clinic_id AND b.id = v.based_on
    LEFT JOIN LATERAL (
      SELECT o.state, o.patients_total, o.patients_done FROM protocol_application o WHERE o.clinic_id = v.clinic_id AND o.protocol_version_id = v.id
       ORDER BY o.rules_revision DESC LIMIT 1) a ON true
    LEFT JOIN membership dm ON dm.clinic_id = v.clinic_id AND dm.id = v.drafted_by LEFT JOIN auth."user" du ON du.id = dm.user_id
    LEFT JOIN membership sm ON sm.clinic_id = v.clinic_id AND sm.id = v.signed_by LEFT JOIN auth."user" su ON su.id = sm.user_id
    LEFT JOIN membership wm ON wm.clinic_id = v.clinic_id AND wm.id = v.withdrawn_by LEFT JOIN auth."user" wu ON wu.id = wm.user_id
   WHERE v.clinic_id = $1`;
const BY_ID = statement('protocol-version-by-id', `${VERSION} AND v.id = $3`);
const SIMULATED = statement(
  'latest-simulation-of-version',
  `SELECT s.id, s.state, s.created_at, s.draft_version = v.version AND v.state = 'draft' AS is_current
     FROM protocol_simulation s JOIN protocol_version v ON v.clinic_id = s.clinic_id AND v.id = s.protocol_version_id
    WHERE s.clinic_id = $1 AND s.protocol_version_id = $2 ORDER BY s.created_at DESC, s.id DESC LIMIT 1`,
);

export async function findVersion(tx: Tx, versionId: string, now: string): Promise<StoredVersion | undefined> {
  const version = await tx.maybe<Omit<StoredVersion, 'simulation'>>(BY_ID, [tx.clinicId, now, versionId]);
  if (!version) return undefined;
  const simulation = await tx.maybe<StoredVersion['simulation'] & object>(SIMULATED, [tx.clinicId, versionId]);
  return { ...version, simulation: simulation ?? null };
}

export interface VersionFilter {
  state?: string;
  limit: number;
  cursor?: string;
}

export async function pageOfVersions(tx: Tx, { state, limit, cursor }: VersionFilter, now: string) {
  const values: unknown[] = [tx.clinicId, now];
  const ofState = state ? ` AND v.state = $${values.push(state)}` : '';
  const after = cursor === undefined ? '' : ` AND v.number < $${values.push(decodeCursor(cursor, ['number'])[0])}::numeric`;
  const rows = await tx.many<ProtocolVersion>(`${VERSION}${ofState}${after} ORDER BY v.number DESC LIMIT ${limit + 1}`, values);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.number]) : null };
}

// The clinic's first version is always there; writers of the protocol queue up behind it and see each other's numbers and effects.
const TURN = statement('lock-protocol', 'SELECT id FROM protocol_version WHERE clinic_id = $1 AND number = 1 FOR NO KEY UPDATE');

/** Of two people who draft or sign at once the second waits and then sees the first. */
export async function takeTurn(tx: Tx): Promise<void> {
  await tx.query(TURN, [tx.clinicId]);
}

const LAST_SIGNED = statement(
  'last-protocol-signature',
  'SELECT greatest($2::timestamptz, max(signed_at)) AS at FROM protocol_version WHERE clinic_id = $1',
);

/** The time of somebody whose turn has come: `now` was taken before it, and whoever signed meanwhile signed earlier. */
export async function timeOfTurn(tx: Tx, now: Instant): Promise<Instant> {
  return (await tx.one<{ at: Instant }>(LAST_SIGNED, [tx.clinicId, now])).at;
}

export interface Basis {
  id: string;
  number: number;
  parameters: ProtocolParameters;
}

const DECIDED_BY_ID = statement(
  'decided-protocol-version',
  `SELECT v.id, v.number, v.parameters FROM protocol_version v WHERE v.clinic_id = $1 AND v.id = $2 AND ${DECIDED}`,
);

/** A version that was decided on; a draft is no ground to build on. */
export function findDecided(tx: Tx, versionId: string): Promise<Basis | undefined> {
  return tx.maybe<Basis>(DECIDED_BY_ID, [tx.clinicId, versionId]);
}

export interface Draft {
  basedOn: string;
  parameters: Record<string, number | string>;
  note: string | null;
}

export async function insertDraft(
  tx: Tx,
  { basedOn, parameters, note }: Draft,
  by: { now: string; membershipId: string },
): Promise<string> {
  const id = newId();
  const { next } = await tx.one<{ next: number }>('SELECT max(number) + 1 AS next FROM protocol_version WHERE clinic_id = $1', [
    tx.clinicId,
  ]);
  await insert(tx, 'protocol_version', {
    clinicId: tx.clinicId,
    id,
    number: next,
    state: 'draft',
    parameters: json(parameters),
    note,
    basedOn,
    draftedBy: by.membershipId,
    createdAt: by.now,
  });
  return id;
}

const EDIT = statement(
  'edit-protocol-draft',
  'UPDATE protocol_version SET based_on = $3, parameters = $4, note = $5, version = version + 1 WHERE clinic_id = $1 AND id = $2',
);
const WITHDRAW = statement(
  'withdraw-protocol-draft',
  `UPDATE protocol_version SET state = 'withdrawn', withdrawn_at = $3, withdrawn_by = $4, withdraw_reason = $5, version = version + 1
    WHERE clinic_id = $1 AND id = $2`,
);
const SIGN = statement(
  'sign-protocol',
  `UPDATE protocol_version SET state = 'signed', signed_at = $3, signed_by = $4, in_force_from = $5, version = version + 1
    WHERE clinic_id = $1 AND id = $2`,
);

export async function writeDraft(tx: Tx, versionId: string, { basedOn, parameters, note }: Draft): Promise<void> {
  await tx.query(EDIT, [tx.clinicId, versionId, basedOn, json(parameters), note]);
}

export async function writeWithdrawal(tx: Tx, versionId: string, by: { now: string; membershipId: string; reason: string }): Promise<void> {
  await tx.query(WITHDRAW, [tx.clinicId, versionId, by.now, by.membershipId, by.reason]);
}

export async function writeSignature(
  tx: Tx,
  versionId: string,
  by: { now: string; membershipId: string; inForceFrom: string },
): Promise<void> {
  await tx.query(SIGN, [tx.clinicId, versionId, by.now, by.membershipId, by.inForceFrom]);
}
