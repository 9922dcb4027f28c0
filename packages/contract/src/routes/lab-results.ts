import { ANALYTES } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { DateOut, Id, Instant, InstantOut, optionalText, page, pageQuery, Reason, text } from '../values.js';
import { Changes, PatientName, PatientParams } from './shared.js';

export const RecordLabResult = z
  .strictObject({
    loinc: text(20),
    value: z.number().min(0).max(1_000_000),
    unit: text(30),
    collectedAt: Instant,
    resultedAt: Instant.optional().meta({ description: 'Now, unless given.' }),
    note: optionalText(1000),
  })
  .meta({ id: 'RecordLabResult' });
export const AmendLabResult = RecordLabResult.extend({ amendReason: Reason }).meta({ id: 'AmendLabResult' });

/** The value as reported and, beside it, in the analyte’s canonical unit. */
export const LabResult = z
  .object({
    id: Id,
    patient: PatientName,
    loinc: z.string(),
    analyte: z.enum(ANALYTES),
    value: z.number(),
    unit: z.string(),
    harmonizedValue: z.number(),
    harmonizedUnit: z.string(),
    /** `expected-high`: B12 above its range in somebody who gets it by injection, no finding. */
    interpretation: z.enum(['low', 'normal', 'high', 'expected-high']),
    collectedAt: InstantOut,
    collectedOn: DateOut,
    resultedAt: InstantOut,
    status: z.enum(['final', 'corrected']),
    source: z.string(),
    note: z.string().nullable(),
    state: z.enum(['effective', 'superseded', 'voided']),
    replacesId: Id.nullable(),
    voidReason: z.string().nullable(),
    recordedAt: InstantOut,
  })
  .meta({ id: 'LabResult' });

const ResultParams = z.strictObject({ resultId: Id });
const Recorded = z.object({ result: LabResult, changes: Changes });
const tag = 'Laboratory';

export const recordLabResult = route({
  method: 'POST',
  path: '/patients/:patientId/lab-results',
  tag,
  summary: 'Record a result by LOINC; closes the monitoring it satisfies',
  access: { needs: 'lab-result.record' },
  params: PatientParams,
  body: RecordLabResult,
  response: Recorded,
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});
export const listLabResults = route({
  method: 'GET',
  path: '/lab-results',
  tag,
  summary: 'Results, latest collection first',
  access: { needs: 'lab-result.read' },
  query: z.strictObject({ patientId: Id.optional(), analyte: z.enum(ANALYTES).optional(), ...pageQuery }),
  response: page(LabResult),
});
export const amendLabResult = route({
  method: 'POST',
  path: '/lab-results/:resultId/amendments',
  tag,
  summary: 'A corrected result: takes back what the old one had closed',
  access: { needs: 'lab-result.record' },
  params: ResultParams,
  body: AmendLabResult,
  response: Recorded,
  status: 201,
  idempotent: true,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const voidLabResult = route({
  method: 'POST',
  path: '/lab-results/:resultId/void',
  tag,
  summary: 'Entered in error or wrong patient: reopens what it had closed',
  access: { needs: 'lab-result.void' },
  params: ResultParams,
  body: z.strictObject({ reason: Reason }),
  response: Recorded,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type RecordLabResult = z.output<typeof RecordLabResult>;
export type AmendLabResult = z.output<typeof AmendLabResult>;
export type LabResult = z.output<typeof LabResult>;
