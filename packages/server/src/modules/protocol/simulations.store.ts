// Simulations in SQL: what was asked, how far it has come, and what it found. The trial itself leaves nothing here.
import type { ProtocolSimulation } from '@vastus/contract';
import { insert, json, newId, statement, type Tx } from '@vastus/db';
import type { PanelFindings, Picture } from './panel-difference.js';

export type StoredSimulation = Omit<ProtocolSimulation, 'findings'> & {
  findings: PanelFindings | null;
  lastPatientId: string | null;
  timeZone: string;
  /** Whether the draft is still the one that is tried. */
  draftStands: boolean;
};

const SIMULATION = `
  SELECT s.id, s.protocol_version_id AS version_id, v.number AS version_number, s.draft_version, s.state, s.as_of, s.patients_total, s.patients_done,
         s.last_patient_id, s.findings, s.failure, s.created_at, u.name AS created_by_name, s.finished_at, c.time_zone,
         v.state = 'draft' AND v.version = s.draft_version AS draft_stands
    FROM protocol_simulation s
    JOIN protocol_version v ON v.clinic_id = s.clinic_id AND v.id = s.protocol_version_id
    JOIN clinic c ON c.id = s.clinic_id
    JOIN membership m ON m.clinic_id = s.clinic_id AND m.id = s.created_by
    JOIN auth."user" u ON u.id = m.user_id
   WHERE s.clinic_id = $1 AND s.id = $2`;
const READ = statement('read-simulation', SIMULATION);
const TAKE = statement('take-simulation', `${SIMULATION} FOR UPDATE OF s`);

export function findSimulation(tx: Tx, simulationId: string): Promise<StoredSimulation | undefined> {
  return tx.maybe<StoredSimulation>(READ, [tx.clinicId, simulationId]);
}

/** The same, held until the transaction ends: of two workers on one simulation the second sees how far the first came. */
export function takeSimulation(tx: Tx, simulationId: string): Promise<StoredSimulation | undefined> {
  return tx.maybe<StoredSimulation>(TAKE, [tx.clinicId, simulationId]);
}

export async function countPatients(tx: Tx): Promise<number> {
  return (await tx.one<{ count: number }>('SELECT count(*) AS count FROM patient WHERE clinic_id = $1', [tx.clinicId])).count;
}

export interface NewSimulation {
  versionId: string;
  draftVersion: number;
  patientsTotal: number;
}

export async function insertSimulation(
  tx: Tx,
  { versionId, draftVersion, patientsTotal }: NewSimulation,
  by: { now: string; membershipId: string },
): Promise<string> {
  const id = newId();
  await insert(tx, 'protocol_simulation', {
    clinicId: tx.clinicId,
    id,
    protocolVersionId: versionId,
    draftVersion,
    state: 'queued',
    asOf: by.now,
    patientsTotal,
    createdAt: by.now,
    createdBy: by.membershipId,
    progressedAt: by.now,
  });
  return id;
}

const PROGRESS = statement(
  'simulation-progress',
  `UPDATE protocol_simulation SET state = 'running', patients_done = $3, patients_total = greatest(patients_total, $3), last_patient_id = $4, findings = $5, progressed_at = $6
    WHERE clinic_id = $1 AND id = $2`,
);
const FINISH = statement(
  'finish-simulation',
  `UPDATE protocol_simulation SET state = 'done', findings = $3, finished_at = $4, progressed_at = $4 WHERE clinic_id = $1 AND id = $2`,
);
const FAIL = statement(
  'fail-simulation',
  `UPDATE protocol_simulation SET state = 'failed', failure = $3, finished_at = $4, findings = NULL WHERE clinic_id = $1 AND id = $2 AND state IN ('queued', 'running')`,
);

export interface Progress {
  patientsDone: number;
  lastPatientId: string;
  findings: PanelFindings;
}

export const markProgress = (tx: Tx, id: string, { patientsDone, lastPatientId, findings }: Progress, now: string) =>
  tx.query(PROGRESS, [tx.clinicId, id, patientsDone, lastPatientId, json(findings), now]);
export const markDone = (tx: Tx, id: string, findings: PanelFindings, now: string) =>
  tx.query(FINISH, [tx.clinicId, id, json(findings), now]);
export const markFailed = (tx: Tx, id: string, failure: string, now: string) => tx.query(FAIL, [tx.clinicId, id, failure, now]);

const NEXT = statement(
  'next-patients-of-simulation',
  'SELECT id FROM patient WHERE clinic_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3',
);

export async function nextPatients(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  return (await tx.many<{ id: string }>(NEXT, [tx.clinicId, after, limit])).map(({ id }) => id);
}

const DOSES = statement(
  'doses-due-of-patient',
  'SELECT next_due_on FROM course WHERE clinic_id = $1 AND patient_id = $2 AND next_due_on IS NOT NULL AND ended_on IS NULL ORDER BY next_due_on, id',
);

export async function dosesDueOf(tx: Tx, patientId: string): Promise<Picture['dosesDueOn']> {
  return (await tx.many<{ nextDueOn: string }>(DOSES, [tx.clinicId, patientId])).map(({ nextDueOn }) => nextDueOn);
}

const NAMES = statement(
  'names-of-patients',
  'SELECT id, record_number, family_name, given_name, birth_date FROM patient WHERE clinic_id = $1 AND id = ANY ($2)',
);
type Named = NonNullable<ProtocolSimulation['findings']>['newlyOverdue']['patients'][number]['patient'];

export async function namesOf(tx: Tx, patientIds: readonly string[]): Promise<Map<string, Named>> {
  return new Map((await tx.many<Named>(NAMES, [tx.clinicId, patientIds])).map((patient) => [patient.id, patient]));
}
