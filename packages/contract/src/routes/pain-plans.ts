import { PAIN_DRUGS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, Id, optionalText, Reason } from '../values.js';
import { Changes, PatientParams, versionFields } from './shared.js';

/** Symptomatic treatment with its dose a day, in the unit of the drug: mg a day, percent for capsaicin (PAIN-PLAN). Amend `until` to end it. */
export const RecordPainPlan = z
  .strictObject({
    drug: z.enum(PAIN_DRUGS),
    dose: z
      .number()
      .positive()
      .max(100_000)
      .nullish()
      .transform((v) => v ?? null),
    since: ClinicDate,
    until: ClinicDate.nullish().transform((v) => v ?? null),
    note: optionalText(1000),
  })
  .meta({ id: 'RecordPainPlan' });
export const AmendPainPlan = RecordPainPlan.extend({ amendReason: Reason }).meta({ id: 'AmendPainPlan' });

export const PainPlan = z
  .object({
    id: Id,
    drug: z.enum(PAIN_DRUGS),
    dose: z.number().nullable(),
    unit: z.enum(['mg/day', '%']),
    since: DateOut,
    until: DateOut.nullable(),
    note: z.string().nullable(),
    /** What PAIN-PLAN said about drug and dose when it was recorded; it informs and never stops. */
    remarks: z.array(
      z.object({
        ruleId: z.string(),
        severity: z.enum(['inform', 'warn']),
        code: z.string(),
        field: z.enum(['drug', 'dose']),
        facts: z.record(z.string(), z.unknown()),
      }),
    ),
    ...versionFields,
  })
  .meta({ id: 'PainPlan' });

const PlanParams = z.strictObject({ painPlanId: Id });
const Recorded = z.object({ painPlan: PainPlan, changes: Changes });
const tag = 'Follow-up';
const access = { needs: 'pain-plan.record' } as const;

export const recordPainPlan = route({
  method: 'POST',
  path: '/patients/:patientId/pain-plans',
  tag,
  summary: 'Record symptomatic treatment (PAIN-PLAN)',
  access,
  params: PatientParams,
  body: RecordPainPlan,
  response: Recorded,
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});
export const amendPainPlan = route({
  method: 'POST',
  path: '/pain-plans/:painPlanId/amendments',
  tag,
  summary: 'Change or end symptomatic treatment: a new version that names the old',
  access,
  params: PlanParams,
  body: AmendPainPlan,
  response: Recorded,
  status: 201,
  idempotent: true,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const voidPainPlan = route({
  method: 'POST',
  path: '/pain-plans/:painPlanId/void',
  tag,
  summary: 'Entered in error: void it, with the reason',
  access,
  params: PlanParams,
  body: z.strictObject({ reason: Reason }),
  response: Recorded,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type RecordPainPlan = z.output<typeof RecordPainPlan>;
export type AmendPainPlan = z.output<typeof AmendPainPlan>;
export type PainPlan = z.output<typeof PainPlan>;
