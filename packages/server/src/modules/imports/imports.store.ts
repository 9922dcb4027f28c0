// Imports in SQL: the runs themselves, what the clinic knows of a bundle's records, and the rows an import writes in bulk.
import type { ImportReport, ImportRun } from '@vastus/contract';
import { decodeCursor, encodeCursor, insert, insertMany, json, newId, statement, type Tx } from '@vastus/db';
import { renalSince } from '../patients/renal-since.js';
import { type Decision, identityKey, type Known, type KnownPatient, type KnownRecord } from './decide.js';
import type { PlannedPatient, PlannedResult, SourceIdentity } from './fhir/plan.js';

const RUN = `
  SELECT r.id, r.file_name, r.state, r.entries_total, r.entries_done, r.preview, r.report, r.failure, r.created_at, u.name AS created_by_name, r.finished_at
    FROM import_run r
    LEFT JOIN membership m ON m.clinic_id = r.clinic_id AND m.id = r.created_by
    LEFT JOIN auth."user" u ON u.id = m.user_id
   WHERE r.clinic_id = $1`;
const READ = statement('read-import', `${RUN} AND r.id = $2`);

export function findRun(tx: Tx, importRunId: string): Promise<ImportRun | undefined> {
  return tx.maybe<ImportRun>(READ, [tx.clinicId, importRunId]);
}

export async function pageOfRuns(tx: Tx, { limit, cursor }: { limit: number; cursor?: string }) {
  const values: unknown[] = [tx.clinicId];
  const after = cursor ? decodeCursor(cursor, ['instant', 'uuid']) : [];
  const where = cursor ? ` AND (r.created_at, r.id) < ($${values.push(after[0])}, $${values.push(after[1])})` : '';
  const rows = await tx.many<ImportRun>(`${RUN}${where} ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit + 1}`, values);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null };
}

export interface RunInHand {
  id: string;
  state: ImportRun['state'];
  fileName: string;
  entriesDone: number;
  report: ImportReport | null;
  createdBy: string | null;
}

const TAKE = statement(
  'take-import',
  'SELECT id, state, file_name, entries_done, report, created_by FROM import_run WHERE clinic_id = $1 AND id = $2 FOR UPDATE',
);

/** The run, held until the transaction ends: of two workers on one import the second waits and sees how far the first came. */
export function takeRun(tx: Tx, importRunId: string): Promise<RunInHand | undefined> {
  return tx.maybe<RunInHand>(TAKE, [tx.clinicId, importRunId]);
}

const CONTENT = statement(
  'import-content',
  'SELECT r.bundle, c.time_zone FROM import_run r JOIN clinic c ON c.id = r.clinic_id WHERE r.clinic_id = $1 AND r.id = $2',
);

export function contentOf(tx: Tx, importRunId: string): Promise<{ bundle: unknown; timeZone: string }> {
  return tx.one(CONTENT, [tx.clinicId, importRunId]);
}

export async function zoneOfClinic(tx: Tx): Promise<string> {
  return (await tx.one<{ timeZone: string }>('SELECT time_zone FROM clinic WHERE id = $1', [tx.clinicId])).timeZone;
}

const QUEUED = statement(
  'queue-import',
  `UPDATE import_run SET state = 'queued', report = NULL, failure = NULL, entries_done = 0, progressed_at = $3 WHERE clinic_id = $1 AND id = $2`,
);
const PROGRESSED = statement(
  'import-progress',
  `UPDATE import_run SET state = 'running', report = $3, entries_done = $4, started_at = coalesce(started_at, $5), progressed_at = $5 WHERE clinic_id = $1 AND id = $2`,
);
// The bundle has done its work; a copy of a whole record that nobody needs is a risk and nothing else.
const FINISHED = statement(
  'finish-import',
  `UPDATE import_run SET state = 'done', entries_done = entries_total, finished_at = $3, progressed_at = $3, bundle = '{}' WHERE clinic_id = $1 AND id = $2`,
);
const FAILED = statement(
  'fail-import',
  `UPDATE import_run SET state = 'failed', failure = $3, finished_at = $4 WHERE clinic_id = $1 AND id = $2 AND state IN ('queued', 'running')`,
);

export const markQueued = (tx: Tx, id: string, now: string) => tx.query(QUEUED, [tx.clinicId, id, now]);
export const markProgress = (tx: Tx, id: string, report: ImportReport, entriesDone: number, now: string) =>
  tx.query(PROGRESSED, [tx.clinicId, id, json(report), entriesDone, now]);
export const markDone = (tx: Tx, id: string, now: string) => tx.query(FINISHED, [tx.clinicId, id, now]);
export const markFailed = (tx: Tx, id: string, failure: string, now: string) => tx.query(FAILED, [tx.clinicId, id, failure, now]);

const IDENTITIES = statement(
  'known-identities',
  `SELECT e.system, e.resource_type, e.value, e.record_id, e.content_sha256
     FROM unnest($2::text[], $3::text[], $4::text[]) AS w (system, resource_type, value)
     JOIN external_identity e ON e.clinic_id = $1 AND e.system = w.system AND e.resource_type = w.resource_type AND e.value = w.value`,
);
const PATIENTS = statement(
  'known-patients',
  `SELECT id, record_number, family_name, given_name, birth_date, sex, phone, email, interpreter_language, deceased_on, renal_dysfunction, malabsorption,
          risk_groups, allergies
     FROM patient WHERE clinic_id = $1 AND (id = ANY ($2) OR record_number = ANY ($3))`,
);
const RESULTS = statement('known-results', 'SELECT id, state FROM lab_result WHERE clinic_id = $1 AND id = ANY ($2)');

const ofPatient = ({ identity, results, withdrawals, signs, proposals }: PlannedPatient): SourceIdentity[] => [
  identity,
  ...[...results, ...withdrawals, ...signs, ...proposals].map((record) => record.identity),
];

/** What the clinic knows of these patients and their records: three questions, however many there are. */
export async function loadKnown(tx: Tx, planned: readonly PlannedPatient[]): Promise<Known> {
  const wanted = planned.flatMap(ofPatient);
  const identities = await tx.many<SourceIdentity & KnownRecord>(IDENTITIES, [
    tx.clinicId,
    wanted.map(({ system }) => system),
    wanted.map(({ resourceType }) => resourceType),
    wanted.map(({ value }) => value),
  ]);
  const idsOf = (resourceType: string) => identities.filter((known) => known.resourceType === resourceType).map(({ recordId }) => recordId);
  const patients = await tx.many<KnownPatient>(PATIENTS, [
    tx.clinicId,
    idsOf('Patient'),
    planned.map(({ demographics }) => demographics.recordNumber),
  ]);
  const results = await tx.many<{ id: string; state: 'effective' | 'superseded' | 'voided' }>(RESULTS, [tx.clinicId, idsOf('Observation')]);
  return {
    byIdentity: new Map(identities.map((known) => [identityKey(known), known])),
    patientsById: new Map(patients.map((patient) => [patient.id, patient])),
    patientsByNumber: new Map(patients.map((patient) => [patient.recordNumber, patient])),
    resultStates: new Map(results.map(({ id, state }) => [id, state])),
  };
}

export interface WrittenBy {
  now: string;
  membershipId: string | null;
}

export async function insertPatient(tx: Tx, recordNumber: string, searchName: string, { demographics, profile }: Decision, by: WrittenBy) {
  const id = newId();
  await insert(tx, 'patient', {
    clinicId: tx.clinicId,
    id,
    recordNumber,
    searchName,
    ...demographics,
    ...profile,
    renalDysfunctionSince: profile.renalDysfunction ? by.now : null,
    recordedAt: by.now,
    recordedBy: by.membershipId,
  });
  return id;
}

const UPDATE = statement(
  'import-into-patient',
  `UPDATE patient SET family_name = $3, given_name = $4, search_name = $5, birth_date = $6, sex = $7, phone = $8, email = $9, interpreter_language = $10,
          deceased_on = $11, renal_dysfunction = $12, renal_dysfunction_since = ${renalSince('$12', '$16')}, malabsorption = $13, risk_groups = $14, allergies = $15, version = version + 1
    WHERE clinic_id = $1 AND id = $2`,
);

export async function updatePatient(tx: Tx, patient: KnownPatient, searchName: string, now: string): Promise<void> {
  await tx.query(UPDATE, [
    tx.clinicId,
    patient.id,
    patient.familyName,
    patient.givenName,
    searchName,
    patient.birthDate,
    patient.sex,
    patient.phone,
    patient.email,
    patient.interpreterLanguage,
    patient.deceasedOn,
    patient.renalDysfunction,
    patient.malabsorption,
    patient.riskGroups,
    patient.allergies,
    now,
  ]);
}

const SUPERSEDE = statement(
  'supersede-imported-results',
  `UPDATE lab_result SET state = 'superseded' WHERE clinic_id = $1 AND id = ANY ($2) AND state = 'effective'`,
);
const VOID = statement(
  'void-imported-results',
  `UPDATE lab_result SET state = 'voided', voided_at = $3, voided_by = $4, void_reason = 'entered in error at the source'
    WHERE clinic_id = $1 AND id = ANY ($2) AND state = 'effective'`,
);

/** New results and new versions of known ones, in as few statements as possible; answers the id of each, in their order. */
export async function insertResults(
  tx: Tx,
  patientId: string,
  results: readonly { planned: PlannedResult; replaces: string | null }[],
  by: WrittenBy,
): Promise<string[]> {
  const replaced = results.flatMap(({ replaces }) => (replaces ? [replaces] : []));
  if (replaced.length > 0) await tx.query(SUPERSEDE, [tx.clinicId, replaced]);
  const rows = results.map(({ planned, replaces }) => ({
    clinicId: tx.clinicId,
    id: newId(),
    patientId,
    loinc: planned.loinc,
    analyte: planned.analyte,
    value: planned.value,
    unit: planned.unit,
    harmonizedValue: planned.harmonizedValue,
    harmonizedUnit: planned.harmonizedUnit,
    collectedAt: planned.collectedAt,
    collectedOn: planned.collectedOn,
    resultedAt: planned.resultedAt,
    status: planned.status,
    source: 'imported',
    replacesId: replaces,
    amendReason: replaces ? 'changed at the source' : null,
    recordedAt: by.now,
    recordedBy: by.membershipId,
  }));
  await insertMany(tx, 'lab_result', rows);
  return rows.map(({ id }) => id);
}

export async function voidResults(tx: Tx, ids: readonly string[], by: WrittenBy): Promise<void> {
  if (ids.length > 0) await tx.query(VOID, [tx.clinicId, ids, by.now, by.membershipId]);
}

export async function insertProposals(
  tx: Tx,
  patientId: string,
  proposals: Decision['proposals'],
  source: string,
  now: string,
): Promise<string[]> {
  const rows = proposals.map(({ display, code, authoredOn }) => ({
    clinicId: tx.clinicId,
    id: newId(),
    patientId,
    source,
    display,
    code,
    authoredOn,
    createdAt: now,
  }));
  await insertMany(tx, 'course_proposal', rows);
  return rows.map(({ id }) => id);
}

/** Remembers which record of ours each record of theirs became, and what it said. */
export async function rememberIdentities(
  tx: Tx,
  identities: readonly { identity: SourceIdentity; contentSha256: string; recordId: string }[],
  now: string,
): Promise<void> {
  const rows = identities.map(({ identity, contentSha256, recordId }) => ({
    clinicId: tx.clinicId,
    ...identity,
    recordId,
    contentSha256,
    createdAt: now,
  }));
  await insertMany(tx, 'external_identity', rows, {
    onConflict:
      '(clinic_id, system, resource_type, value) DO UPDATE SET record_id = excluded.record_id, content_sha256 = excluded.content_sha256',
  });
}

export interface NewRun {
  fileName: string;
  contentSha256: string;
  bundle: unknown;
  entriesTotal: number;
  preview: ImportReport;
}

export async function insertRun(tx: Tx, { bundle, preview, ...run }: NewRun, by: WrittenBy): Promise<string> {
  const id = newId();
  const row = { clinicId: tx.clinicId, id, ...run, bundle: json(bundle), preview: json(preview), state: 'previewed' };
  await insert(tx, 'import_run', { ...row, createdAt: by.now, createdBy: by.membershipId });
  return id;
}
