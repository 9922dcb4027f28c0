// Calls about doses. What follows from a call – the list it moves the dose to, the alert of a physician – is derived like everything
// else; only a death is a fact of the patient's own record and is written there.
import { Injectable } from '@nestjs/common';
import { type ContactIssue, checkContact, dateInZone } from '@vastus/clinical';
import { type Answer, type ContactAttempt, type Input, recordContactAttempt, voidContactAttempt } from '@vastus/contract';
import { statement, type Tx } from '@vastus/db';
import { isFuture } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { BY, type FactKind, FactVersions, type Written } from '../obligations/fact-versions.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { PatientsService } from '../patients/patients.service.js';

const SELECT = `
  SELECT v.id, v.course_id, d.name AS product_name, v.attempted_at, v.phone, v.outcome, v."on", v.decline_reason, v.note, v.state, v.voided_at, v.void_reason,
         v.recorded_at, u.name AS recorded_by_name
    FROM contact_attempt v
    JOIN course c ON c.clinic_id = v.clinic_id AND c.id = v.course_id
    JOIN product d ON d.clinic_id = c.clinic_id AND d.id = c.product_id ${BY}
   WHERE v.clinic_id = $1`;
const BY_ID = statement('contact-attempt-by-id', `${SELECT} AND v.id = $2`);
const OF_PATIENT = statement(
  'contact-attempts-of-patient',
  `${SELECT} AND v.patient_id = $2 ORDER BY v.attempted_at DESC, v.id DESC LIMIT 200`,
);

const CALL: FactKind<ContactAttempt> = {
  table: 'contact_attempt',
  noun: 'contact-attempt',
  find: (tx, id) => tx.maybe<ContactAttempt>(BY_ID, [tx.clinicId, id]),
};

const WORDS: Readonly<Record<ContactIssue['code'], string>> = {
  required: 'is required for this outcome',
  'not-allowed': 'does not belong to this outcome',
  past: 'lies in the past',
  future: 'lies in the future',
  'too-far-ahead': 'lies more than half a year ahead',
  'before-birth': 'lies before the patient was born',
};

@Injectable()
export class ContactAttemptsService {
  constructor(
    private readonly commands: Commands,
    private readonly obligations: ObligationsService,
    private readonly patients: PatientsService,
    private readonly versions: FactVersions,
  ) {}

  record(caller: Caller, input: Input<typeof recordContactAttempt>): Promise<Answer<typeof recordContactAttempt>> {
    const { patientId } = input.params;
    const { courseId, outcome, on, declineReason, note, attemptedAt: said } = input.body;
    return this.commands.run(caller, recordContactAttempt, input, async (tx, now) => {
      await this.obligations.lock(tx, patientId);
      const { facts } = await this.obligations.loadFacts(tx, patientId, now);
      const patient = await this.patients.patientIn(tx, patientId);
      const attemptedAt = said ?? now;
      const issues = checkContact(
        { outcome, on, declineReason, note },
        { today: dateInZone(attemptedAt, facts.zone), birthDate: facts.patient.birthDate },
      );
      if (isFuture(attemptedAt, now)) issues.push({ field: 'attemptedAt', code: 'future' });
      if (dateInZone(attemptedAt, facts.zone) < facts.patient.birthDate) issues.push({ field: 'attemptedAt', code: 'before-birth' });
      const course = facts.courses.find(({ id }) => id === courseId);
      const wrong = issues.map(({ field, code }) => ({ pointer: `/${field}`, code, message: WORDS[code] }));
      if (!course) wrong.push({ pointer: '/courseId', code: 'not-allowed', message: 'is not a course of this patient' });
      if (wrong.length > 0) throw problem('invalid-input', { issues: wrong });
      if (course?.endedOn !== null) throw problem('state-changed', { detail: 'The course has ended already.' });
      if (facts.patient.deceasedOn !== null) throw problem('state-changed', { detail: 'The patient has died already.' });
      if (outcome === 'died') await this.patients.recordDeath(tx, caller, patientId, { from: null, to: on }, now);
      const columns = { courseId, attemptedAt, phone: patient.phone, outcome, on, declineReason, note };
      return answer(await this.versions.record(tx, caller, now, CALL, patientId, columns));
    });
  }

  /** Entered in error: the dose is back where it was, and a death that only this call had reported is taken back with it. */
  void(caller: Caller, input: Input<typeof voidContactAttempt>): Promise<Answer<typeof voidContactAttempt>> {
    return this.commands.run(caller, voidContactAttempt, input, async (tx, now) => {
      const place = await this.versions.effective(tx, CALL, input.params.contactAttemptId);
      const call = await CALL.find(tx, place.id);
      const { deceasedOn } = await this.patients.patientIn(tx, place.patientId);
      if (call?.outcome === 'died' && deceasedOn === call.on)
        await this.patients.recordDeath(tx, caller, place.patientId, { from: deceasedOn, to: null }, now);
      return answer(await this.versions.void(tx, caller, now, CALL, place, input.body.reason));
    });
  }

  ofPatient(tx: Tx, patientId: string): Promise<ContactAttempt[]> {
    return tx.many<ContactAttempt>(OF_PATIENT, [tx.clinicId, patientId]);
  }
}

const answer = ({ fact, changes }: Written<ContactAttempt>) => ({ contactAttempt: fact, changes });
