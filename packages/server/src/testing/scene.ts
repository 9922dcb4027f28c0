// One clinic in which requests are made: the records they speak about, shared where a request uses nothing up.
import { acknowledgesTogether, gtin14, PROTOCOL_DEFAULTS, type Role } from '@vastus/clinical';
import {
  actsFor,
  draftProtocol,
  listAlerts,
  listProtocolVersions,
  previewImport,
  type RecordAdverseEvent,
  recordAdverseEvent,
  recordContactAttempt,
  recordInjection,
  recordLabResult,
} from '@vastus/contract';
import { insert, newId } from '@vastus/db';
import type { z } from 'zod';
import { addMember } from '../modules/clinics/clinics.js';
import { createAccount } from '../platform/sign-in/accounts.js';
import * as build from './build.js';
import type { TestApi, TestClinic } from './test-api.js';

/** Where the clock of a scene stands. */
export const SCENE_NOW = '2026-11-20T09:00:00.000Z';
export const GIVEN_AT = '2026-11-18T09:00:00.000Z';
const LONG_AGO = '2026-08-03T09:00:00.000Z';
export const PASSWORD = 'correct horse battery staple';

export class Scene {
  private shared: ReturnType<typeof build.treated> | undefined;
  private account: Promise<string> | undefined;
  private serial = 0;

  constructor(
    readonly api: TestApi,
    readonly clinic: TestClinic,
  ) {}

  treated() {
    this.shared ??= build.treated(this.clinic, GIVEN_AT);
    return this.shared;
  }

  next(): number {
    return ++this.serial;
  }

  /** A number no box has yet; of these the check digit is the serial's own. */
  nextGtin(): string {
    const serial = String(this.next()).padStart(13, '0');
    const digit = Array.from({ length: 10 }, (_, last) => `${serial}${last}`).find((code) => gtin14(code) !== null);
    return digit!;
  }

  /** Somebody of this clinic who signs in with a password. */
  email(): Promise<string> {
    this.account ??= this.createAccount();
    return this.account;
  }

  async newInjection(): Promise<string> {
    const { patient, course, lot } = await build.treated(this.clinic, GIVEN_AT);
    const body = build.dose(course, lot, '2026-11-19T09:00:00.000Z');
    return (await this.clinic.nurse.ok(recordInjection, { params: { patientId: patient.id }, body })).injection.id;
  }

  async newEvent(): Promise<{ patientId: string; eventId: string; injectionId: string }> {
    const { patient, injection } = await build.treated(this.clinic, GIVEN_AT);
    const answer = await this.clinic.nurse.ok(recordAdverseEvent, { params: { patientId: patient.id }, body: numbness(injection.id) });
    return { patientId: patient.id, eventId: answer.event.id, injectionId: injection.id };
  }

  async newResult(): Promise<string> {
    const { patient } = await this.treated();
    return (await this.clinic.nurse.ok(recordLabResult, { params: { patientId: patient.id }, body: RESULT })).result.id;
  }

  /** An alert of the nurse's own queue that every action is open to. */
  async newAlert(): Promise<string> {
    const { patient } = await build.treated(this.clinic, LONG_AGO);
    const { items } = await this.clinic.nurse.ok(listAlerts, { query: { patientId: patient.id, ownerRole: 'nurse' } });
    return items.find((alert) => alert.dismissible)!.id;
  }

  /** One that may be acknowledged together with others where there is such a one for this role: a physician's check at three months. */
  async newReminder(role: Role): Promise<string> {
    const { patient } = await build.treated(this.clinic, LONG_AGO);
    const { items } = await this.clinic.as(role).ok(listAlerts, { query: { patientId: patient.id } });
    return items.find((alert) => acknowledgesTogether(alert) && actsFor(role, alert.ownerRole))?.id ?? this.newAlert();
  }

  async newCall(): Promise<string> {
    const { patient, course } = await build.treated(this.clinic, GIVEN_AT);
    const body = { ...CALL, courseId: course.id };
    return (await this.clinic.nurse.ok(recordContactAttempt, { params: { patientId: patient.id }, body })).contactAttempt.id;
  }

  async newProposal(): Promise<string> {
    const { patient } = await this.treated();
    const id = newId();
    const row = {
      id,
      patientId: patient.id,
      source: 'fhir',
      display: 'Vitamin B12',
      code: null,
      authoredOn: '2026-10-01',
      createdAt: SCENE_NOW,
    };
    await this.clinic.transaction((tx) => insert(tx, 'course_proposal', { clinicId: this.clinic.id, ...row }));
    return id;
  }

  async newImport(): Promise<string> {
    return (await this.clinic.administrator.ok(previewImport, { body: bundleOf(this.next()) })).id;
  }

  async newCourse(fields?: Parameters<typeof build.course>[2]): Promise<string> {
    const { id } = await build.patient(this.clinic);
    return (await build.course(this.clinic, id, { startedOn: '2026-11-02', ...fields })).id;
  }

  /** Every parameter named, on the last version that was signed. */
  async draft() {
    const newest = async (state: 'signed' | 'initial') =>
      (await this.clinic.administrator.ok(listProtocolVersions, { query: { state, limit: '1' } })).items[0];
    const basis = (await newest('signed')) ?? (await newest('initial'))!;
    const number = this.next();
    // Two of them change, so that either may be left out.
    const parameters = { ...PROTOCOL_DEFAULTS, rotationDays: 15 + (number % 70), holdGapDays: 1 + (number % 6) };
    return { basedOn: basis.id, parameters, note: 'as discussed' };
  }

  async newDraft(): Promise<string> {
    return (await this.clinic.administrator.ok(draftProtocol, { body: await this.draft() })).id;
  }

  private async createAccount(): Promise<string> {
    const email = `somebody.${newId()}@example.org`;
    const userId = await this.api.database.anywhere((q) => createAccount(q, SCENE_NOW, { email, name: 'Somebody', password: PASSWORD }));
    await this.clinic.transaction((tx) => addMember(tx, { clinicId: this.clinic.id, userId, role: 'nurse', now: SCENE_NOW }));
    return email;
  }
}

export const RESULT = {
  loinc: '2132-9',
  value: 210,
  unit: 'pg/mL',
  collectedAt: '2026-11-19T07:00:00.000Z',
  resultedAt: '2026-11-19T15:00:00.000Z',
  note: 'fasting',
};

export const CALL = {
  outcome: 'declined' as const,
  on: null,
  declineReason: 'other' as const,
  note: 'wants to think about it',
  attemptedAt: '2026-11-20T08:30:00.000Z',
};

export const numbness = (injectionId: string): z.input<typeof RecordAdverseEvent> => ({
  injectionId,
  site: null,
  onsetAt: '2026-11-18T09:05:00.000Z',
  reportedAt: '2026-11-18T10:00:00.000Z',
  narrative: 'numb below the knee',
  assessment: {
    onset: 'seconds-to-minutes',
    distribution: 'dermatomal',
    motor: 'foot-or-wrist-drop',
    radiatingPain: true,
    lossOfConsciousness: false,
    course: 'stable',
    siteFindings: ['swelling'],
  },
  ctcaeTerm: 'paresthesia',
  ctcaeGrade: 2,
  serious: true,
  seriousnessCriteria: ['hospitalization'],
  causality: 'probable',
});

export const bundleOf = (number: number) => ({
  fileName: 'bundle.json',
  bundle: {
    resourceType: 'Bundle' as const,
    type: 'collection',
    entry: [
      {
        resource: {
          resourceType: 'Patient',
          id: `p${number}`,
          birthDate: '1980-05-05',
          gender: 'female',
          name: [{ family: 'Doe', given: ['Jane'] }],
        },
      },
    ],
  },
});
