// Patients in SQL. Lists carry what a row of them shows, so that no row asks a question of its own.
import type { FolicAcidOverride, Patient, PatientRow } from '@vastus/contract';
import { BadCursorError, statement, type Tx } from '@vastus/db';
import { imHold } from './im-hold.js';
import { renalSince } from './renal-since.js';
import type { SearchCriteria } from './search-query.js';

export const PATIENT_FIELDS = [
  'recordNumber',
  'familyName',
  'givenName',
  'birthDate',
  'sex',
  'phone',
  'email',
  'interpreterLanguage',
  'deceasedOn',
  'renalDysfunction',
  'malabsorption',
  'riskGroups',
  'allergies',
  'allergyNote',
  'anticoagulated',
  'folicAcidMgPerDay',
  'neurotoxicDrugs',
  'note',
] as const satisfies readonly (keyof Patient)[];

const COLUMNS = `id, record_number, family_name, given_name, birth_date, sex, phone, email, interpreter_language, deceased_on, renal_dysfunction,
  renal_dysfunction_since, malabsorption, risk_groups, allergies, allergy_note, anticoagulated, folic_acid_mg_per_day, neurotoxic_drugs, note, version, recorded_at`;

const READ = statement('read-patient', `SELECT ${COLUMNS} FROM patient WHERE clinic_id = $1 AND id = $2`);

const FOLIC_ACID_OVERRIDES = statement(
  'folic-acid-overrides-of-patient',
  `SELECT o.id, o.folic_acid_mg_per_day, o.reason, o.findings, o.decided_at, u.name AS decided_by_name
     FROM folic_acid_override o
     JOIN membership m ON m.clinic_id = o.clinic_id AND m.id = o.decided_by
     JOIN auth."user" u ON u.id = m.user_id
    WHERE o.clinic_id = $1 AND o.patient_id = $2 ORDER BY o.decided_at DESC, o.id DESC`,
);

export async function findPatient(tx: Tx, patientId: string): Promise<Patient | undefined> {
  const patient = await tx.maybe<Omit<Patient, 'folicAcidOverrides'>>(READ, [tx.clinicId, patientId]);
  return patient && { ...patient, folicAcidOverrides: await tx.many<FolicAcidOverride>(FOLIC_ACID_OVERRIDES, [tx.clinicId, patientId]) };
}

const UPDATE = statement(
  'edit-patient',
  `UPDATE patient
      SET record_number = $4, family_name = $5, given_name = $6, birth_date = $7, sex = $8, phone = $9, email = $10, interpreter_language = $11,
          deceased_on = $12, renal_dysfunction = $13, renal_dysfunction_since = ${renalSince('$13', '$22')}, malabsorption = $14, risk_groups = $15, allergies = $16, allergy_note = $17,
          anticoagulated = $18, folic_acid_mg_per_day = $19, neurotoxic_drugs = $20, note = $21, search_name = $3, version = version + 1
    WHERE clinic_id = $1 AND id = $2`,
);

export async function updatePatient(
  tx: Tx,
  patientId: string,
  fields: Pick<Patient, (typeof PATIENT_FIELDS)[number]>,
  searchName: string,
  now: string,
): Promise<void> {
  await tx.query(UPDATE, [tx.clinicId, patientId, searchName, ...PATIENT_FIELDS.map((field) => fields[field]), now]);
}

const ROW = `p.id, p.record_number, p.family_name, p.given_name, p.birth_date, p.sex, p.deceased_on,
  CASE WHEN p.deceased_on IS NULL THEN (SELECT min(c.next_due_on) FROM course c WHERE c.clinic_id = p.clinic_id AND c.patient_id = p.id AND c.ended_on IS NULL) END AS next_due_on,
  ${imHold('p.clinic_id', 'p.id')} AS im_hold,
  (SELECT count(*) FROM alert a WHERE a.clinic_id = p.clinic_id AND a.patient_id = p.id AND a.state IN ('open', 'acknowledged')) AS active_alerts`;

const PLACE = statement('place-of-patient', 'SELECT family_name, given_name, id FROM patient WHERE clinic_id = $1 AND id = $2');
const FOUND = statement(
  'found-patients',
  `SELECT ${ROW}
     FROM search_patients($2, $3, $4, $5, $6, $7, $8, $9) WITH ORDINALITY AS f (id, place)
     JOIN patient p ON p.clinic_id = $1 AND p.id = f.id
    ORDER BY f.place`,
);
const ALL = statement(
  'all-patients',
  `SELECT ${ROW} FROM patient p WHERE p.clinic_id = $1 ORDER BY p.family_name, p.given_name, p.id LIMIT $2`,
);
const ALL_AFTER = statement(
  'all-patients-after',
  `SELECT ${ROW} FROM patient p WHERE p.clinic_id = $1 AND (p.family_name, p.given_name, p.id) > ($3, $4, $5)
    ORDER BY p.family_name, p.given_name, p.id LIMIT $2`,
);

export interface Place {
  familyName: string;
  givenName: string;
  id: string;
}

/** Where a page ended. A cursor keeps the id alone: two long names would not fit into it. */
export async function placeOf(tx: Tx, patientId: string): Promise<Place> {
  const place = await tx.maybe<Place>(PLACE, [tx.clinicId, patientId]);
  if (!place) throw new BadCursorError();
  return place;
}

/** Every criterion holds; `onHold` is one by itself. */
export function findPatients(
  tx: Tx,
  { words, recordPrefix, bornOn, onHold }: SearchCriteria & { onHold: boolean },
  size: number,
  after?: Place,
): Promise<PatientRow[]> {
  return tx.many<PatientRow>(FOUND, [
    tx.clinicId,
    words,
    recordPrefix,
    bornOn,
    size,
    after?.familyName ?? null,
    after?.givenName ?? null,
    after?.id ?? null,
    onHold,
  ]);
}

export function allPatients(tx: Tx, size: number, after?: Place): Promise<PatientRow[]> {
  if (!after) return tx.many<PatientRow>(ALL, [tx.clinicId, size]);
  return tx.many<PatientRow>(ALL_AFTER, [tx.clinicId, size, after.familyName, after.givenName, after.id]);
}

/** The first day something was done to the patient: a birth date after it would make the record impossible. */
const FIRST_TREATED = statement(
  'first-treated-on',
  `SELECT least(
     (SELECT min(started_on) FROM course WHERE clinic_id = $1 AND patient_id = $2),
     (SELECT min(given_on) FROM injection WHERE clinic_id = $1 AND patient_id = $2 AND state = 'effective')) AS first_on`,
);

export async function firstTreatedOn(tx: Tx, patientId: string): Promise<string | null> {
  return (await tx.one<{ firstOn: string | null }>(FIRST_TREATED, [tx.clinicId, patientId])).firstOn;
}

const WRITE_DEATH = statement('write-death', 'UPDATE patient SET deceased_on = $3, version = version + 1 WHERE clinic_id = $1 AND id = $2');

export async function writeDeath(tx: Tx, patientId: string, on: string | null): Promise<void> {
  await tx.query(WRITE_DEATH, [tx.clinicId, patientId, on]);
}
