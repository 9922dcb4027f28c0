import {
  DISTRIBUTIONS,
  EVENT_COURSES,
  MODALITIES,
  MOTORS,
  MUSCLES,
  ONSETS,
  REPORT_PENALTIES,
  REPORT_QUESTIONS,
  type ReportDimension,
  SENSATIONS,
  SENSORY_REGIONS,
  SIDES,
  SITE_FINDINGS,
  SITE_IDS,
} from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, flag, Id, Instant, InstantOut, optionalText, page, pageQuery, Reason } from '../values.js';
import { Changes, MilestoneOut, PatientName, PatientParams } from './shared.js';

const answer = <T extends z.ZodType>(schema: T) => schema.nullish().transform((v) => v ?? null);

/** AE-ASSESS. Leave out what is not known: a missing answer is shown as missing and never read as “no”. */
export const AssessmentIn = z
  .strictObject({
    onset: answer(z.enum(ONSETS)),
    distribution: answer(z.enum(DISTRIBUTIONS)),
    motor: answer(z.enum(MOTORS)),
    radiatingPain: answer(z.boolean()),
    lossOfConsciousness: answer(z.boolean()),
    course: answer(z.enum(EVENT_COURSES)),
    siteFindings: answer(z.array(z.enum(SITE_FINDINGS)).max(4)),
  })
  .meta({ id: 'Assessment' });

export const CAUSALITIES = ['certain', 'probable', 'possible', 'unlikely', 'conditional', 'unassessable'] as const;
export const CTCAE_TERMS = [
  'paresthesia',
  'peripheral-sensory-neuropathy',
  'peripheral-motor-neuropathy',
  'injection-site-reaction',
] as const;
/** CTCAE v5: the highest grade each term has. */
export const CTCAE_HIGHEST_GRADE: Readonly<Record<(typeof CTCAE_TERMS)[number], number>> = {
  paresthesia: 3,
  'peripheral-sensory-neuropathy': 4,
  'peripheral-motor-neuropathy': 5,
  'injection-site-reaction': 3,
};
/** What makes an event serious (MedWatch 3500 B2, ICH E2A). */
export const SERIOUSNESS_CRITERIA = [
  'death',
  'life-threatening',
  'hospitalization',
  'disability',
  'congenital-anomaly',
  'other-important',
] as const;
/** What a physician concludes where examinations cannot say it. */
export const CONCLUDED_OUTCOMES = ['resolved-with-sequelae', 'fatal', 'unknown'] as const;
export const EVENT_LEVELS = ['emergency', 'urgent', 'suspected-injury', 'benign'] as const;
export const OUTCOMES = ['ongoing', 'recovering', 'resolved', 'resolved-with-sequelae', 'fatal', 'unknown'] as const;

export const RecordAdverseEvent = z
  .strictObject({
    injectionId: Id.nullish()
      .transform((v) => v ?? null)
      .meta({ description: 'The injection it is suspected of; its site is taken from there.' }),
    site: z
      .enum(SITE_IDS)
      .nullish()
      .transform((v) => v ?? null)
      .meta({ description: 'Where the injection was, when none is recorded here.' }),
    onsetAt: Instant,
    reportedAt: Instant.optional().meta({ description: 'Now, unless given.' }),
    narrative: optionalText(4000),
    assessment: AssessmentIn,
    ctcaeTerm: answer(z.enum(CTCAE_TERMS)),
    ctcaeGrade: answer(z.int().min(1).max(5)),
    serious: answer(z.boolean()),
    seriousnessCriteria: z
      .array(z.enum(SERIOUSNESS_CRITERIA))
      .max(SERIOUSNESS_CRITERIA.length)
      .default([])
      .meta({ description: 'Why it is serious; any of them makes it so.' }),
    causality: answer(z.enum(CAUSALITIES)),
  })
  .meta({ id: 'RecordAdverseEvent' });

/** The whole event as it is known now. Grade, seriousness, causality and conclusion are a physician's to change (`adverse-event.assess`). */
export const AmendAdverseEvent = RecordAdverseEvent.extend({
  concludedOutcome: answer(z.enum(CONCLUDED_OUTCOMES)),
  amendReason: Reason,
}).meta({ id: 'AmendAdverseEvent' });

export const Triage = z
  .object({
    level: z.enum(EVENT_LEVELS),
    severity: z.enum(['mild', 'moderate-severe', 'undetermined']),
    mechanism: z.enum(['direct-trauma', 'inflammatory', 'undetermined']),
    holdIm: z.boolean(),
    restrictLimb: z.boolean(),
    imagingSuggested: z.boolean(),
    suspectedNerves: z.array(z.string()),
    missing: z.array(z.string()),
    ruleIds: z.array(z.string()),
    advice: z.array(z.string()),
  })
  .meta({ id: 'Triage' });

/** MRC grade of one muscle of one side: 0 no contraction, 1 flicker, 2 moves without gravity, 3 against gravity, 4 against resistance, 5 normal. */
const StrengthGrade = z
  .strictObject({ muscle: z.enum(MUSCLES), side: z.enum(SIDES), grade: z.int().min(0).max(5) })
  .meta({ id: 'StrengthGrade' });
/** How one region of skin feels to one kind of touch. What was not tested is left out, and is not normal. */
const SensationAt = z
  .strictObject({ region: z.enum(SENSORY_REGIONS), side: z.enum(SIDES), modality: z.enum(MODALITIES), sensation: z.enum(SENSATIONS) })
  .meta({ id: 'SensationAt' });
const once = <T>(items: readonly T[], key: (item: T) => string) => new Set(items.map(key)).size === items.length;

const EXAMINATION_COURSES = [...EVENT_COURSES, 'resolved'] as const;
export const RecordExamination = z
  .strictObject({
    examinedAt: Instant,
    course: z.enum(EXAMINATION_COURSES),
    motorDeficit: answer(z.boolean()),
    electrodiagnosticStudy: z.boolean().default(false),
    pain: answer(z.int().min(0).max(10)),
    strength: z
      .array(StrengthGrade)
      .max(2 * MUSCLES.length)
      .refine((grades) => once(grades, ({ muscle, side }) => `${muscle} ${side}`), 'names a muscle of one side twice')
      .default([])
      .meta({ description: 'AE-EXAM. A grade below 5 on the injured side is a motor deficit, whatever else is left out.' }),
    sensation: z
      .array(SensationAt)
      .max(2 * SENSORY_REGIONS.length * MODALITIES.length)
      .refine(
        (map) => once(map, ({ region, side, modality }) => `${region} ${side} ${modality}`),
        'names a region twice for the same touch',
      )
      .default([]),
    sensory: optionalText(1000).meta({ description: 'Sensation in words, beside the map.' }),
    note: optionalText(2000),
  })
  .meta({ id: 'RecordExamination' });

export const Examination = z
  .object({
    id: Id,
    eventId: Id,
    examinedAt: InstantOut,
    course: z.enum(EXAMINATION_COURSES),
    motorDeficit: z.boolean().nullable(),
    electrodiagnosticStudy: z.boolean(),
    pain: z.int().nullable(),
    strength: z.array(StrengthGrade),
    sensation: z.array(SensationAt),
    sensory: z.string().nullable(),
    note: z.string().nullable(),
    state: z.enum(['effective', 'voided']),
    recordedByName: z.string(),
  })
  .meta({ id: 'Examination' });

const assessed = {
  onsetAt: InstantOut,
  reportedAt: InstantOut,
  injectionId: Id.nullable(),
  site: z.enum(SITE_IDS).nullable(),
  narrative: z.string().nullable(),
  assessment: z.object({
    onset: z.enum(ONSETS).nullable(),
    distribution: z.enum(DISTRIBUTIONS).nullable(),
    motor: z.enum(MOTORS).nullable(),
    radiatingPain: z.boolean().nullable(),
    lossOfConsciousness: z.boolean().nullable(),
    course: z.enum(EVENT_COURSES).nullable(),
    siteFindings: z.array(z.enum(SITE_FINDINGS)).nullable(),
  }),
  triage: Triage,
  ctcaeTerm: z.enum(CTCAE_TERMS).nullable(),
  ctcaeGrade: z.int().nullable(),
  serious: z.boolean().nullable(),
  seriousnessCriteria: z.array(z.enum(SERIOUSNESS_CRITERIA)),
  causality: z.enum(CAUSALITIES).nullable(),
  concludedOutcome: z.enum(CONCLUDED_OUTCOMES).nullable(),
  version: z.int(),
  amendReason: z.string().nullable(),
  recordedAt: InstantOut,
  recordedByName: z.string(),
};

/** What was known before: a version that another took the place of. */
export const EventVersion = z.object(assessed).meta({ id: 'EventVersion' });

/** Where a case was sent and what became of the vial: the administration's notes, never a clinical fact. */
export const EventFiling = z
  .object({
    authority: z.string().nullable(),
    authorityReference: z.string().nullable(),
    filedOn: DateOut.nullable(),
    manufacturer: z.string().nullable(),
    manufacturerInformedOn: DateOut.nullable(),
    productKept: z.enum(['kept', 'returned', 'discarded']).nullable(),
    note: z.string().nullable(),
    version: z.int(),
    notedAt: InstantOut,
    notedByName: z.string(),
  })
  .meta({ id: 'EventFiling' });

/** The vigiGrade completeness score of the case as a report, and what is missing in it. */
export const EventCompleteness = z
  .object({
    score: z.number(),
    wellDocumented: z.boolean(),
    missing: z.array(z.enum(Object.keys(REPORT_PENALTIES) as [ReportDimension, ...ReportDimension[]])),
    unanswered: z.array(z.enum(REPORT_QUESTIONS)),
  })
  .meta({ id: 'EventCompleteness' });

export const AdverseEvent = z
  .object({
    /** The same through all versions. */
    id: Id,
    patient: PatientName,
    ...assessed,
    outcome: z.enum(OUTCOMES),
    resolvedAt: InstantOut.nullable(),
    lotId: Id.nullable(),
    lotNumber: z.string().nullable(),
    productName: z.string().nullable(),
    /** Given against a stop: a use error (REC-TRUTH). */
    againstStop: z.boolean(),
    state: z.enum(['effective', 'voided']),
    voidReason: z.string().nullable(),
    completeness: EventCompleteness,
    /** The follow-up clock, in order of due time. Empty in lists. */
    clock: z.array(MilestoneOut),
    examinations: z.array(Examination),
    /** Earlier versions, latest first. Empty in lists. */
    versions: z.array(EventVersion),
    /** `null` while nobody noted anything, and in lists. */
    filing: EventFiling.nullable(),
  })
  .meta({ id: 'AdverseEvent' });

/** What the list and its export are narrowed by. */
export const eventFilter = {
  patientId: Id.optional(),
  level: z.enum(EVENT_LEVELS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  causality: z
    .enum([...CAUSALITIES, 'none'])
    .optional()
    .meta({ description: '`none`: not assessed yet' }),
  serious: z.enum(['yes', 'no', 'unknown']).optional(),
  site: z.enum(SITE_IDS).optional(),
  lotId: Id.optional(),
  productId: Id.optional(),
  from: ClinicDate.optional().meta({ description: 'Reported on or after this day of the clinic' }),
  to: ClinicDate.optional().meta({ description: 'Reported on or before this day of the clinic' }),
  completeness: z.enum(['well', 'poor']).optional().meta({ description: 'vigiGrade: above 0.8 a report is well documented' }),
  againstStop: flag.optional().meta({ description: 'After a dose given against a stop (REC-TRUTH)' }),
};

export const EventParams = z.strictObject({ eventId: Id });
export const EventChanged = z.object({ event: AdverseEvent, changes: Changes });
const tag = 'Adverse events';

export const recordAdverseEvent = route({
  method: 'POST',
  path: '/patients/:patientId/adverse-events',
  tag,
  summary: 'Record numbness after an injection: triage, hold, restriction and the whole follow-up clock',
  access: { needs: 'adverse-event.record' },
  params: PatientParams,
  body: RecordAdverseEvent,
  response: EventChanged,
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});
export const listAdverseEvents = route({
  method: 'GET',
  path: '/adverse-events',
  tag,
  summary: 'Adverse events, latest report first',
  access: { needs: 'adverse-event.read' },
  query: z.strictObject({ ...eventFilter, ...pageQuery }),
  response: page(AdverseEvent),
});
export const readAdverseEvent = route({
  method: 'GET',
  path: '/adverse-events/:eventId',
  tag,
  summary: 'One event with its clock and examinations',
  access: { needs: 'adverse-event.read' },
  params: EventParams,
  response: AdverseEvent,
});
export const examineAdverseEvent = route({
  method: 'POST',
  path: '/adverse-events/:eventId/examinations',
  tag,
  summary: 'Record a follow-up examination; “resolved” ends the clock, “worsening” restarts the urgency',
  access: { needs: 'adverse-event.examine' },
  params: EventParams,
  body: RecordExamination,
  response: EventChanged,
  status: 201,
  idempotent: true,
  problems: ['state-changed', 'blocked-by-rule'],
  unversioned: 'adds',
});
export const amendAdverseEvent = route({
  method: 'POST',
  path: '/adverse-events/:eventId/amendments',
  tag,
  summary: 'What is known now: a new version that names the old; triage, hold and clock follow it',
  access: { needs: 'adverse-event.amend' },
  params: EventParams,
  body: AmendAdverseEvent,
  response: EventChanged,
  status: 201,
  idempotent: true,
  ifMatch: true,
  problems: ['state-changed', 'not-permitted'],
});
export const voidAdverseEvent = route({
  method: 'POST',
  path: '/adverse-events/:eventId/void',
  tag,
  summary: 'Entered in error: its clock, hold and restriction go with it',
  access: { needs: 'adverse-event.void' },
  params: EventParams,
  body: z.strictObject({ reason: Reason }),
  response: EventChanged,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type AssessmentIn = z.output<typeof AssessmentIn>;
export type AmendAdverseEvent = z.output<typeof AmendAdverseEvent>;
export type EventVersion = z.output<typeof EventVersion>;
export type EventFiling = z.output<typeof EventFiling>;
export type EventCompleteness = z.output<typeof EventCompleteness>;
export type RecordAdverseEvent = z.output<typeof RecordAdverseEvent>;
export type Triage = z.output<typeof Triage>;
export type RecordExamination = z.output<typeof RecordExamination>;
export type Examination = z.output<typeof Examination>;
export type AdverseEvent = z.output<typeof AdverseEvent>;
