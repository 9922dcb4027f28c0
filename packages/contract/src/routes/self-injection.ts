import { SELF_EXCLUSIONS, SELF_PLAN_PARTS, SELF_TRAINING_ITEMS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, Id, InstantOut, optionalText, Reason, text } from '../values.js';
import { Changes, FindingOut, PatientParams } from './shared.js';

const OBSERVED_DOSE = 'observed-dose';
const ITEMS = [...SELF_TRAINING_ITEMS, OBSERVED_DOSE] as const;

const keyed = <K extends string, T extends z.ZodType>(keys: readonly K[], value: T) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, value])) as Record<K, T>);
const answer = z
  .boolean()
  .nullish()
  .transform((v) => v ?? null);

/** SELF-ELIG and SELF-STABLE. Leave out what was not asked: a missing answer refuses like a “yes”. The cause is that of the course. */
export const ApplyForSelfInjection = z
  .strictObject({
    courseId: Id,
    exclusions: keyed(SELF_EXCLUSIONS, answer),
    plan: keyed(SELF_PLAN_PARTS, optionalText(2000)),
    plannedUntil: ClinicDate.nullish().transform((v) => v ?? null),
  })
  .meta({ id: 'ApplyForSelfInjection' });

/** SELF-TRAIN: items trained on a day, and who watched. `observed-dose` names the injection that the patient gave under the eyes of the staff. */
export const RecordTraining = z
  .strictObject({
    courseId: Id,
    items: z
      .array(z.strictObject({ item: z.enum(ITEMS), injectionId: Id.nullish().transform((v) => v ?? null) }))
      .min(1)
      .max(ITEMS.length),
    trainedOn: ClinicDate,
    observedBy: text(200).optional().meta({ description: 'Whoever records it, unless given.' }),
  })
  .meta({ id: 'RecordTraining' });

const Application = z
  .object({
    id: Id,
    exclusions: keyed(SELF_EXCLUSIONS, z.boolean().nullable()),
    plan: keyed(SELF_PLAN_PARTS, z.string().nullable()),
    plannedUntil: DateOut.nullable(),
    recordedAt: InstantOut,
    recordedByName: z.string(),
  })
  .meta({ id: 'SelfInjectionApplication' });
const Training = z
  .object({
    id: Id,
    item: z.enum(ITEMS),
    trainedOn: DateOut,
    observedBy: z.string(),
    injectionId: Id.nullable(),
    recordedAt: InstantOut,
    recordedByName: z.string(),
  })
  .meta({ id: 'SelfInjectionTraining' });
const Approval = z
  .object({
    id: Id,
    trainedOn: DateOut,
    plannedUntil: DateOut.nullable(),
    findings: z.array(FindingOut),
    overrideReason: z.string().nullable(),
    approvedAt: InstantOut,
    approvedByName: z.string(),
    endedAt: InstantOut.nullable(),
    endedByName: z.string().nullable(),
    endReason: z.string().nullable(),
  })
  .meta({ id: 'SelfInjectionApproval' });

/** Where self-injection stands for one course today. */
export const SelfInjectionProgramme = z
  .object({
    courseId: Id,
    state: z.enum(['none', 'approved', 'suspended', 'ended']),
    approvalId: Id.nullable(),
    trainingValidUntil: DateOut.nullable(),
    /** SELF-STOP: what suspended or ended the latest approval. */
    reasons: z.array(z.object({ ruleId: z.string(), code: z.string(), facts: z.record(z.string(), z.unknown()) })),
    /** What would refuse an approval now; empty = a physician may approve. */
    findings: z.array(FindingOut),
    application: Application.nullable(),
    /** Effective items, oldest first. */
    training: z.array(Training),
    /** Latest first. */
    approvals: z.array(Approval),
    /** SELF-LOG: injections reported from home, oldest first. */
    homeDoseIds: z.array(Id),
  })
  .meta({ id: 'SelfInjectionProgramme' });

const Changed = z.object({ programme: SelfInjectionProgramme, changes: Changes });
const tag = 'Self-injection';

export const readSelfInjection = route({
  method: 'GET',
  path: '/patients/:patientId/self-injection',
  tag,
  summary: 'Self-injection, course by course: running courses, and ended ones with a record of it',
  access: { needs: 'patient.read' },
  params: PatientParams,
  response: z.object({ items: z.array(SelfInjectionProgramme) }),
});
export const applyForSelfInjection = route({
  method: 'POST',
  path: '/patients/:patientId/self-injection/applications',
  tag,
  summary: 'Eligibility and plan; takes the place of an earlier application for the course (SELF-ELIG, SELF-STABLE)',
  access: { needs: 'self-injection.prepare' },
  params: PatientParams,
  body: ApplyForSelfInjection,
  response: Changed,
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});
export const recordTraining = route({
  method: 'POST',
  path: '/patients/:patientId/self-injection/trainings',
  tag,
  summary: 'Training item by item, and the observed first dose (SELF-TRAIN)',
  access: { needs: 'self-injection.prepare' },
  params: PatientParams,
  body: RecordTraining,
  response: Changed,
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});
export const voidTraining = route({
  method: 'POST',
  path: '/self-injection-trainings/:trainingId/void',
  tag,
  summary: 'Entered in error: the item was not trained',
  access: { needs: 'self-injection.prepare' },
  params: z.strictObject({ trainingId: Id }),
  body: z.strictObject({ reason: Reason }),
  response: Changed,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const approveSelfInjection = route({
  method: 'POST',
  path: '/patients/:patientId/self-injection/approvals',
  tag,
  summary: 'Approve self-injection; eligibility and stabilization can be overridden with a reason, the rest cannot',
  access: { needs: 'self-injection.approve' },
  proof: 'fresh',
  params: PatientParams,
  body: z.strictObject({ courseId: Id, overrideReason: Reason.nullish().transform((v) => v ?? null) }).meta({ id: 'ApproveSelfInjection' }),
  response: Changed,
  status: 201,
  idempotent: true,
  problems: ['blocked-by-rule', 'state-changed'],
  unversioned: 'once',
});
export const endSelfInjection = route({
  method: 'POST',
  path: '/self-injection-approvals/:approvalId/end',
  tag,
  summary: 'Take an approval back',
  access: { needs: 'self-injection.end' },
  params: z.strictObject({ approvalId: Id }),
  body: z.strictObject({ reason: Reason }),
  response: Changed,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type ApplyForSelfInjection = z.output<typeof ApplyForSelfInjection>;
export type RecordTraining = z.output<typeof RecordTraining>;
export type SelfInjectionProgramme = z.output<typeof SelfInjectionProgramme>;
