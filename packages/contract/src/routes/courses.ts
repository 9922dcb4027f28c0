import { CAUSES, COURSE_PHASES, type CourseEndReason, MONITORING_PLANS, REGIMENS, SUBSTANCES } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, Id, InstantOut, optionalText, page, pageQuery, Reason, text } from '../values.js';
import { Changes, PatientName, PatientParams } from './shared.js';

/** Why a course ends, in the words of the ward, and what the rules call it. */
export const END_REASONS = {
  'levels-normal': 'levels-normalized',
  'symptoms-improved': 'symptoms-improved',
  'moved-away': 'other',
  declined: 'patient-wish',
  'switched-route': 'switched-to-oral',
  died: 'deceased',
  other: 'other',
} as const satisfies Record<string, CourseEndReason>;
type EndReason = keyof typeof END_REASONS;

const answer = z
  .boolean()
  .nullish()
  .transform((v) => v ?? null);
/** DX-SEVERE: which of the five apply. Leave out what is not known; it is never read as “no”. */
export const DeficiencyPictureIn = z
  .strictObject({
    lowB12: answer,
    symptoms: answer,
    neurologicalSigns: answer,
    anemiaOrMacrocytosis: answer,
    malabsorptionRisk: answer,
  })
  .meta({ id: 'DeficiencyPicture' });
const answered = z.boolean().nullable();
const DeficiencyPicture = z
  .object({
    lowB12: answered,
    symptoms: answered,
    neurologicalSigns: answered,
    anemiaOrMacrocytosis: answered,
    malabsorptionRisk: answered,
  })
  .meta({ id: 'RecordedPicture' });
const picture = DeficiencyPictureIn.nullish().transform((v) => v ?? null);

export const StartCourse = z
  .strictObject({
    productId: Id,
    doseMicrograms: z.number().positive().max(100_000).optional().meta({ description: 'The product’s usual dose unless given.' }),
    indication: optionalText(500),
    cause: z.enum(CAUSES),
    neurologicalInvolvement: z.boolean(),
    symptomsSince: ClinicDate.nullish().transform((d) => d ?? null),
    anemiaAtBaseline: z.boolean().default(false),
    regimen: z.enum(REGIMENS),
    maintenanceMonths: z.int().min(1).max(3).optional().meta({ description: 'RX-MAINT; follows the clinic’s protocol unless given.' }),
    monitoringPlan: z
      .enum(MONITORING_PLANS)
      .optional()
      .meta({ description: 'MON-3-6-12, MON-Q3 or none; follows the clinic’s protocol unless given.' }),
    startedOn: ClinicDate,
    deficiencyPicture: picture,
    overrideReason: Reason.nullish()
      .transform((r) => r ?? null)
      .meta({ description: 'A physician starts it in spite of what would stop each of its doses; they are stopped all the same.' }),
  })
  .meta({ id: 'StartCourse' });

export const Course = z
  .object({
    id: Id,
    patientId: Id,
    productId: Id,
    productName: z.string(),
    substance: z.enum(SUBSTANCES),
    doseMicrograms: z.number(),
    indication: z.string().nullable(),
    cause: z.enum(CAUSES),
    neurologicalInvolvement: z.boolean(),
    symptomsSince: DateOut.nullable(),
    anemiaAtBaseline: z.boolean(),
    regimen: z.enum(REGIMENS),
    maintenanceMonths: z.int(),
    monitoringPlan: z.enum(MONITORING_PLANS),
    /** Which of the two above the course has not of its own: they move when the clinic's protocol does. */
    followsProtocol: z.object({ maintenanceMonths: z.boolean(), monitoringPlan: z.boolean() }),
    startedOn: DateOut,
    loadingEndedOn: DateOut.nullable(),
    endedOn: DateOut.nullable(),
    endReason: z.string().nullable(),
    deficiencyPicture: DeficiencyPicture.nullable(),
    phase: z.enum(COURSE_PHASES),
    firstDoseOn: DateOut.nullable(),
    lastDoseOn: DateOut.nullable(),
    dosesGiven: z.int(),
    nextEarliestOn: DateOut.nullable(),
    nextDueOn: DateOut.nullable(),
    nextLateOn: DateOut.nullable(),
    version: z.int(),
    recordedAt: InstantOut,
  })
  .meta({ id: 'Course' });

/** An order that another system sent: nothing happens until somebody accepts it as a course. */
export const CourseProposal = z
  .object({
    id: Id,
    patient: PatientName,
    source: z.string(),
    display: z.string(),
    code: z.string().nullable(),
    authoredOn: DateOut.nullable(),
    state: z.enum(['proposed', 'accepted', 'declined']),
    courseId: Id.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'CourseProposal' });

const CourseChanged = z.object({ course: Course, changes: Changes });
const CourseParams = z.strictObject({ courseId: Id });
const ProposalParams = z.strictObject({ proposalId: Id });
const tag = 'Courses';

export const startCourse = route({
  method: 'POST',
  path: '/patients/:patientId/courses',
  tag,
  summary: 'Start a course',
  access: { needs: 'course.start' },
  params: PatientParams,
  body: StartCourse,
  response: CourseChanged,
  status: 201,
  idempotent: true,
  problems: ['blocked-by-rule', 'state-changed'],
  unversioned: 'adds',
});
export const listCourses = route({
  method: 'GET',
  path: '/patients/:patientId/courses',
  tag,
  summary: 'A patient’s courses',
  access: { needs: 'course.read' },
  params: PatientParams,
  response: z.object({ items: z.array(Course) }),
});
export const endLoading = route({
  method: 'POST',
  path: '/courses/:courseId/end-loading',
  tag,
  summary: '“No further improvement”: loading ends, maintenance begins (RX-LOAD-NEURO)',
  access: { needs: 'course.change' },
  params: CourseParams,
  body: z.strictObject({ on: ClinicDate, statement: text(1000) }),
  response: CourseChanged,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const recordWorkUp = route({
  method: 'POST',
  path: '/courses/:courseId/work-up',
  tag,
  summary: 'Record the cause and the picture of the deficiency, as far as they are known (DX-CAUSE, DX-SEVERE)',
  access: { needs: 'course.change' },
  params: CourseParams,
  body: z.strictObject({ cause: z.enum(CAUSES), deficiencyPicture: picture }).meta({ id: 'RecordWorkUp' }),
  response: CourseChanged,
  problems: ['state-changed'],
  ifMatch: true,
});
export const endCourse = route({
  method: 'POST',
  path: '/courses/:courseId/end',
  tag,
  summary: 'End a course (RX-LIFELONG)',
  access: { needs: 'course.end' },
  params: CourseParams,
  body: z.strictObject({
    on: ClinicDate,
    reason: z.enum(Object.keys(END_REASONS) as [EndReason, ...EndReason[]]),
    note: optionalText(1000),
    overrideReason: Reason.nullish().transform((r) => r ?? null),
  }),
  response: CourseChanged,
  problems: ['blocked-by-rule', 'state-changed'],
  unversioned: 'once',
});
export const listProposals = route({
  method: 'GET',
  path: '/course-proposals',
  tag,
  summary: 'Orders waiting to become courses',
  access: { needs: 'course.read' },
  query: z.strictObject({ state: z.enum(['proposed', 'accepted', 'declined']).default('proposed'), ...pageQuery }),
  response: page(CourseProposal),
});
export const acceptProposal = route({
  method: 'POST',
  path: '/course-proposals/:proposalId/accept',
  tag,
  summary: 'Accept an order as a course',
  access: { needs: 'course.start' },
  params: ProposalParams,
  body: StartCourse,
  response: CourseChanged,
  status: 201,
  idempotent: true,
  problems: ['state-changed', 'blocked-by-rule'],
  unversioned: 'once',
});
export const declineProposal = route({
  method: 'POST',
  path: '/course-proposals/:proposalId/decline',
  tag,
  summary: 'Decline an order',
  access: { needs: 'course.start' },
  params: ProposalParams,
  body: z.strictObject({ reason: Reason }),
  response: CourseProposal,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type StartCourse = z.output<typeof StartCourse>;
export type Course = z.output<typeof Course>;
export type CourseProposal = z.output<typeof CourseProposal>;
