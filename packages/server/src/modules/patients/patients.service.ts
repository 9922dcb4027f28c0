// The patient's own record: registered once, found by whatever a ward knows of somebody, changed as a whole version.
import { Injectable } from '@nestjs/common';
import { ageOn, type ClinicDate, checkFolicAcid, dateInZone, type Finding, type FolicAcidChange, type Instant } from '@vastus/clinical';
import {
  type Answer,
  type EditPatient,
  editPatient,
  type Input,
  type IssueCode,
  type Patient,
  type PatientFactsOut,
  type ProblemIssue,
  type RegisterPatient,
  readFacts,
  readPatient,
  registerPatient,
  type searchPatients,
} from '@vastus/contract';
import { decodeCursor, encodeCursor, insert, isUniqueViolation, json, newId, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Commands } from '../../platform/commands.js';
import { problem } from '../../platform/problems/problem.js';
import { type Caller, permits } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { searchName } from './fold-name.js';
import {
  allPatients,
  findPatient,
  findPatients,
  firstTreatedOn,
  PATIENT_FIELDS,
  placeOf,
  updatePatient,
  writeDeath,
} from './patients.store.js';
import { NOTHING_TYPED, readSearch } from './search-query.js';

const OLDEST_YEARS = 130;
const RECORD_NUMBER_KEY = 'patient_clinic_id_record_number_key';

@Injectable()
export class PatientsService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
  ) {}

  register(caller: Caller, input: Input<typeof registerPatient>): Promise<Patient> {
    const { overrideReason, ...fields } = input.body;
    return this.commands.run(caller, registerPatient, input, async (tx, now) => {
      requirePossibleDates(input.body, dateInZone(now, caller.timeZone), null);
      return this.registerIn(tx, caller, fields, overrideReason, now);
    });
  }

  private async registerIn(
    tx: Tx,
    caller: Caller,
    fields: Omit<RegisterPatient, 'overrideReason'>,
    overrideReason: string | null,
    now: Instant,
  ): Promise<Patient> {
    const id = newId();
    await withFreeRecordNumber(() =>
      insert(tx, 'patient', {
        clinicId: tx.clinicId,
        id,
        ...fields,
        renalDysfunctionSince: fields.renalDysfunction ? now : null,
        searchName: searchName(fields.givenName, fields.familyName),
        recordedAt: now,
        recordedBy: caller.membershipId,
      }),
    );
    const overridden = await this.answerFolicAcid(tx, caller, id, { before: null, after: fields.folicAcidMgPerDay, overrideReason }, now);
    await audit(tx, caller, now, {
      action: 'patient.register',
      subjectType: 'patient',
      subjectId: id,
      patientId: id,
      after: { ...fields, ...overridden },
    });
    await this.obligations.recompute(tx, id, now);
    return this.patientIn(tx, id);
  }

  /** Words of the name in any order, a record number's beginning, a birth date; without any of them everybody, by name. */
  async search(caller: Caller, { query, body }: Input<typeof searchPatients>): Promise<Answer<typeof searchPatients>> {
    const { q = '', bornOn, onHold = false } = body;
    const { limit, cursor } = query;
    return this.commands.read(caller, async (tx) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, ['uuid', 'text']);
      const place = after && (await placeOf(tx, after[0]));
      if (q === '' && bornOn === undefined && !onHold) return pageOf(await allPatients(tx, limit + 1, place), limit, 'all');
      const criteria = q === '' && bornOn === undefined ? NOTHING_TYPED : readSearch(q, bornOn);
      if (!criteria) return { items: [], nextCursor: null };
      const byWords = { ...criteria, onHold };
      const byRecord = { words: [], recordPrefix: q, bornOn: bornOn ?? null, onHold };
      if (after?.[1] === 'record') return pageOf(await findPatients(tx, byRecord, limit + 1, place), limit, 'record');
      const found = await findPatients(tx, byWords, limit + 1, place);
      if (found.length > 0 || place || q === '') return pageOf(found, limit, 'words');
      // Some clinics number their records with letters or spaces: what is nobody's name may still be such a number.
      return pageOf(await findPatients(tx, byRecord, limit + 1), limit, 'record');
    });
  }

  read(caller: Caller, input: Input<typeof readPatient>): Promise<Patient> {
    return this.commands.run(caller, readPatient, input, async (tx, now) => {
      const patient = await this.patientIn(tx, input.params.patientId);
      await audit(tx, caller, now, { action: 'patient.read', subjectType: 'patient', subjectId: patient.id, patientId: patient.id });
      return patient;
    });
  }

  /** Renal function, allergies, folic acid and death are facts of the rules: whatever follows from them is derived anew. */
  edit(caller: Caller, input: Input<typeof editPatient>): Promise<Answer<typeof editPatient>> {
    const { patientId } = input.params;
    return this.commands.run(caller, editPatient, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      const before = await this.patientIn(tx, patientId);
      if (before.version !== caller.ifMatch) throw problem('stale-version');
      requirePossibleDates(input.body, dateInZone(now, caller.timeZone), await firstTreatedOn(tx, patientId));
      const { givenName, familyName, folicAcidMgPerDay, overrideReason } = input.body;
      const amounts = { before: before.folicAcidMgPerDay, after: folicAcidMgPerDay, overrideReason };
      const overridden = await this.answerFolicAcid(tx, caller, patientId, amounts, now);
      await withFreeRecordNumber(() => updatePatient(tx, patientId, input.body, searchName(givenName, familyName), now));
      const patient = await this.patientIn(tx, patientId);
      await audit(tx, caller, now, {
        action: 'patient.edit',
        subjectType: 'patient',
        subjectId: patientId,
        patientId,
        ...changedFields(before, patient, overridden),
      });
      return { patient, changes: await this.obligations.recompute(tx, patientId, now) };
    });
  }

  /** The day somebody died, as a call reported it; `to: null` takes it back. The caller of this computes anew what follows. */
  async recordDeath(
    tx: Tx,
    caller: Caller,
    patientId: string,
    { from, to }: { from: ClinicDate | null; to: ClinicDate | null },
    now: Instant,
  ): Promise<void> {
    await writeDeath(tx, patientId, to);
    await audit(tx, caller, now, {
      action: 'patient.edit',
      subjectType: 'patient',
      subjectId: patientId,
      patientId,
      before: { deceasedOn: from },
      after: { deceasedOn: to },
    });
  }

  facts(caller: Caller, input: Input<typeof readFacts>): Promise<PatientFactsOut> {
    const { patientId } = input.params;
    return this.commands.run(caller, readFacts, input, async (tx, now) => {
      const { facts, protocol } = await this.obligations.loadFacts(tx, patientId, now);
      await audit(tx, caller, now, { action: 'patient.read-facts', subjectType: 'patient', subjectId: patientId, patientId });
      return { facts, protocol: { ...protocol } };
    });
  }

  /**
   * RX-FOLATE: what the rule refuses is written only where a physician answers for it, and then the answer is kept with the finding, for the
   * chart and in the trail.
   */
  private async answerFolicAcid(
    tx: Tx,
    caller: Caller,
    patientId: string,
    { overrideReason, ...change }: FolicAcidChange & { overrideReason: string | null },
    now: Instant,
  ): Promise<{ overrideReason?: string; findings?: Finding[] }> {
    if (change.after === null) return {};
    const { facts, protocol } = await this.obligations.loadFacts(tx, patientId, now);
    const findings = checkFolicAcid(change, facts, protocol);
    if (findings.length === 0) return {};
    if (overrideReason === null) throw problem('blocked-by-rule', { findings: findings.map((finding) => ({ ...finding })) });
    if (!permits(caller, 'patient.override'))
      throw problem('not-permitted', { permission: 'patient.override', detail: 'A physician decides this.' });
    await insert(tx, 'folic_acid_override', {
      clinicId: tx.clinicId,
      id: newId(),
      patientId,
      folicAcidMgPerDay: change.after,
      findings: json(findings),
      reason: overrideReason,
      decidedAt: now,
      decidedBy: caller.membershipId,
    });
    return { overrideReason, findings };
  }

  /** Throws `not-found` for a patient of another clinic or none. */
  async patientIn(tx: Tx, patientId: string): Promise<Patient> {
    const patient = await findPatient(tx, patientId);
    if (!patient) throw problem('not-found', { detail: 'There is no such patient.' });
    return patient;
  }
}

function pageOf<Row extends { id: string }>(rows: Row[], limit: number, found: 'all' | 'words' | 'record') {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id, found]) : null };
}

function requirePossibleDates({ birthDate, deceasedOn }: EditPatient, today: ClinicDate, firstTreated: ClinicDate | null): void {
  const issues: ProblemIssue[] = [];
  const wrong = (pointer: string, code: IssueCode, message: string) => issues.push({ pointer, code, message });
  if (birthDate > today) wrong('/birthDate', 'future', 'lies in the future');
  else if (ageOn(birthDate, today) > OLDEST_YEARS) wrong('/birthDate', 'too-long-ago', `lies more than ${OLDEST_YEARS} years ago`);
  else if (firstTreated !== null && birthDate > firstTreated)
    wrong('/birthDate', 'after-treatment', 'lies after the first treatment recorded');
  if (deceasedOn !== null && deceasedOn > today) wrong('/deceasedOn', 'future', 'lies in the future');
  else if (deceasedOn !== null && deceasedOn < birthDate) wrong('/deceasedOn', 'before-birth', 'lies before the birth date');
  if (issues.length > 0) throw problem('invalid-input', { issues });
}

async function withFreeRecordNumber<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error, RECORD_NUMBER_KEY)) throw error;
    const issues = [{ pointer: '/recordNumber', code: 'taken' as const, message: 'belongs to another patient' }];
    throw problem('already-exists', { detail: 'Another patient has this record number.', issues });
  }
}

function changedFields(before: Patient, after: Patient, overridden: object) {
  const changed = PATIENT_FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  const only = (patient: Patient) => Object.fromEntries(changed.map((field) => [field, patient[field]]));
  return { before: only(before), after: { ...only(after), ...overridden } };
}
