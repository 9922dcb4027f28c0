import { z } from 'zod';
import { route } from '../route.js';
import { InstantOut, page, pageQuery } from '../values.js';
import { PatientParams } from './shared.js';

export const TIMELINE_KINDS = [
  'injection',
  'not-given',
  'result',
  'event',
  'examination',
  'decision',
  'hold',
  'restriction',
  'course',
  'alert',
  'contact',
  'score',
  'rule-out',
  'pain-plan',
  'protocol',
  'correction',
] as const;

/** One thing that happened, at its own time: a dose when it was given, a result when it was collected, a correction when it was made. */
export const TimelineEntry = z
  .object({
    /** Unique within the timeline: one record may appear more than once, as what it was and as what became of it. */
    key: z.string(),
    at: InstantOut,
    kind: z.enum(TIMELINE_KINDS),
    /** What happened: `given`, `raised`, `voided` … One word for each of the kind's turns. */
    what: z.string(),
    /** Whether the record behind it still counts. */
    state: z.enum(['effective', 'superseded', 'voided']),
    byName: z.string().nullable(),
    /** What a reader needs to know without opening the record. */
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEntry' });

export const readTimeline = route({
  method: 'GET',
  path: '/patients/:patientId/timeline',
  tag: 'Patients',
  summary: 'Everything that happened with a patient, latest first',
  access: { needs: 'patient.read' },
  params: PatientParams,
  query: z.strictObject({ kind: z.enum(TIMELINE_KINDS).optional(), ...pageQuery }),
  response: page(TimelineEntry),
});

export type TimelineEntry = z.output<typeof TimelineEntry>;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
