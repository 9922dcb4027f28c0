import { z } from 'zod';
import { route } from '../route.js';
import { Id, Instant, InstantOut, optionalText, Reason } from '../values.js';
import { Changes, PatientParams, versionFields } from './shared.js';

const score = z
  .int()
  .min(0)
  .max(10)
  .nullish()
  .transform((v) => v ?? null);

/** One scoring of the symptoms, 0 = none to 10 = worst; leave out what was not scored. At least one scale is (MON-RELAPSE). */
export const RecordSymptomScore = z
  .strictObject({
    scoredAt: Instant.optional().meta({ description: 'Now, unless given.' }),
    pain: score,
    sensory: score,
    motor: score,
    note: optionalText(1000),
  })
  .meta({ id: 'RecordSymptomScore' });
export const AmendSymptomScore = RecordSymptomScore.extend({ amendReason: Reason }).meta({ id: 'AmendSymptomScore' });

export const SymptomScore = z
  .object({
    id: Id,
    scoredAt: InstantOut,
    pain: z.int().nullable(),
    sensory: z.int().nullable(),
    motor: z.int().nullable(),
    note: z.string().nullable(),
    /** `injection`: the pain of a dose's baseline. It is corrected with that injection, whose id this is. */
    source: z.enum(['scored', 'injection']),
    ...versionFields,
  })
  .meta({ id: 'SymptomScore' });

const ScoreParams = z.strictObject({ scoreId: Id });
const Recorded = z.object({ score: SymptomScore, changes: Changes });
const tag = 'Follow-up';
const access = { needs: 'symptom-score.record' } as const;

export const recordSymptomScore = route({
  method: 'POST',
  path: '/patients/:patientId/symptom-scores',
  tag,
  summary: 'Score pain, sensation and strength (MON-NEURO, MON-RELAPSE)',
  access,
  params: PatientParams,
  body: RecordSymptomScore,
  response: Recorded,
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});
export const amendSymptomScore = route({
  method: 'POST',
  path: '/symptom-scores/:scoreId/amendments',
  tag,
  summary: 'Correct a score: a new version that names the old',
  access,
  params: ScoreParams,
  body: AmendSymptomScore,
  response: Recorded,
  status: 201,
  idempotent: true,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const voidSymptomScore = route({
  method: 'POST',
  path: '/symptom-scores/:scoreId/void',
  tag,
  summary: 'Entered in error: void the score, with the reason',
  access,
  params: ScoreParams,
  body: z.strictObject({ reason: Reason }),
  response: Recorded,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type RecordSymptomScore = z.output<typeof RecordSymptomScore>;
export type AmendSymptomScore = z.output<typeof AmendSymptomScore>;
export type SymptomScore = z.output<typeof SymptomScore>;
