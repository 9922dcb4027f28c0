import { ROUTES as INJECTION_ROUTES, SITE_IDS, SUBSTANCES } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, flag, Id, Instant, InstantOut, optionalText, page, pageQuery, Reason } from '../values.js';
import { Changes, FindingOut, PatientName, PatientParams } from './shared.js';

export const LIMBS = ['left-arm', 'right-arm', 'left-leg', 'right-leg'] as const;

/** The ten seconds that later tell the disease from an injury: what was there before this needle (MON-NEURO). */
export const Baseline = z
  .strictObject({
    pain: z.int().min(0).max(10).nullable(),
    sensory: z.enum(['normal', 'symmetric', 'asymmetric']).nullable(),
    limbs: z.array(z.enum(LIMBS)).max(4).default([]),
    motor: z.enum(['normal', 'weak']).nullable(),
  })
  .meta({ id: 'Baseline' });

const fields = {
  courseId: Id,
  productId: Id,
  lotId: Id.nullish()
    .transform((v) => v ?? null)
    .meta({ description: 'Required for a dose given in the clinic.' }),
  status: z.enum(['given', 'not-given']).default('given'),
  notGivenReason: optionalText(500),
  doseMicrograms: z.number().positive().max(100_000),
  volumeMl: z
    .number()
    .positive()
    .max(20)
    .nullish()
    .transform((v) => v ?? null),
  route: z.enum(INJECTION_ROUTES).default('IM'),
  site: z
    .enum(SITE_IDS)
    .nullish()
    .transform((v) => v ?? null),
  needleGauge: z
    .int()
    .min(16)
    .max(34)
    .nullish()
    .transform((v) => v ?? null),
  needleLengthMm: z
    .number()
    .min(4)
    .max(90)
    .nullish()
    .transform((v) => v ?? null),
  aspirated: z
    .enum(['yes', 'no', 'not-applicable'])
    .nullish()
    .transform((v) => v ?? null),
  skinFindings: z
    .array(z.enum(SITE_IDS))
    .max(10)
    .default([])
    .meta({ description: 'Sites with infection, rash, scar or swelling (SITE-SKIN).' }),
  givenAt: Instant,
  selfReported: z.boolean().default(false),
  identityChecked: z.boolean().default(false),
  baseline: Baseline.nullish().transform((v) => v ?? null),
  note: optionalText(2000),
};

/** The part of an injection the rules look at, before it is complete enough to be recorded. */
export const CheckInjection = z
  .strictObject({
    courseId: Id,
    productId: Id.optional(),
    lotId: fields.lotId,
    route: fields.route,
    site: fields.site,
    doseMicrograms: fields.doseMicrograms.optional(),
    volumeMl: fields.volumeMl,
    givenAt: Instant.optional(),
    skinFindings: fields.skinFindings,
    baselineRecorded: z.boolean().default(false),
    selfReported: z.boolean().default(false),
  })
  .meta({ id: 'CheckInjection' });

export const RecordInjection = z
  .strictObject({
    ...fields,
    /** A physician goes on in spite of a block. */
    override: z
      .strictObject({ reason: Reason })
      .nullish()
      .transform((v) => v ?? null),
    /** REC-TRUTH: the dose was already given in spite of a stop; it is recorded and a physician is told. */
    alreadyGiven: z
      .strictObject({ reason: Reason })
      .nullish()
      .transform((v) => v ?? null),
  })
  .meta({ id: 'RecordInjection' });

export const AmendInjection = RecordInjection.extend({ amendReason: Reason }).meta({ id: 'AmendInjection' });

export const Injection = z
  .object({
    id: Id,
    patient: PatientName,
    courseId: Id,
    productId: Id,
    productName: z.string(),
    substance: z.enum(SUBSTANCES),
    lotId: Id.nullable(),
    lotNumber: z.string().nullable(),
    lotExpiresOn: DateOut.nullable(),
    status: z.enum(['given', 'not-given']),
    notGivenReason: z.string().nullable(),
    doseMicrograms: z.number(),
    volumeMl: z.number().nullable(),
    route: z.enum(INJECTION_ROUTES),
    site: z.enum(SITE_IDS).nullable(),
    needleGauge: z.int().nullable(),
    needleLengthMm: z.number().nullable(),
    aspirated: z.enum(['yes', 'no', 'not-applicable']).nullable(),
    skinFindings: z.array(z.enum(SITE_IDS)),
    givenAt: InstantOut,
    givenOn: DateOut,
    selfReported: z.boolean(),
    identityChecked: z.boolean(),
    baseline: Baseline.nullable(),
    note: z.string().nullable(),
    findings: z.array(FindingOut),
    overrideReason: z.string().nullable(),
    againstStop: z.boolean(),
    stopReason: z.string().nullable(),
    state: z.enum(['effective', 'superseded', 'voided']),
    replacesId: Id.nullable(),
    amendReason: z.string().nullable(),
    voidedAt: InstantOut.nullable(),
    voidReason: z.string().nullable(),
    recordedAt: InstantOut,
    recordedByName: z.string(),
  })
  .meta({ id: 'Injection' });

/** A site as the advisor ranks it for this patient today; best first, exactly one recommended where any is permitted. */
export const SiteAdviceOut = z
  .object({
    site: z.enum(SITE_IDS),
    rank: z.int(),
    state: z.enum(['recommended', 'available', 'recent', 'restricted', 'avoid']),
    lastUsedOn: DateOut.nullable(),
    daysSinceLastUse: z.int().nullable(),
    reasons: z.array(z.object({ ruleId: z.string(), code: z.string(), facts: z.record(z.string(), z.unknown()) })),
  })
  .meta({ id: 'SiteAdvice' });

const InjectionParams = z.strictObject({ injectionId: Id });
const Recorded = z.object({ injection: Injection, changes: Changes });
const tag = 'Injections';

export const checkInjectionRoute = route({
  method: 'POST',
  path: '/patients/:patientId/injection-check',
  tag,
  summary: 'What the rules would say; writes nothing',
  access: { needs: 'injection.record' },
  params: PatientParams,
  body: CheckInjection,
  response: z.object({ findings: z.array(FindingOut), blocked: z.boolean(), sites: z.array(SiteAdviceOut) }),
  unversioned: 'asks',
});
export const recordInjection = route({
  method: 'POST',
  path: '/patients/:patientId/injections',
  tag,
  summary: 'Record an injection given, or a dose not given',
  access: { needs: 'injection.record' },
  params: PatientParams,
  body: RecordInjection,
  response: Recorded,
  status: 201,
  idempotent: true,
  problems: ['blocked-by-rule', 'state-changed'],
  unversioned: 'adds',
});
export const listInjections = route({
  method: 'GET',
  path: '/injections',
  tag,
  summary: 'Injections, latest first',
  access: { needs: 'injection.read' },
  query: z.strictObject({
    patientId: Id.optional(),
    lotId: Id.optional(),
    site: z.enum(SITE_IDS).optional(),
    from: ClinicDate.optional(),
    to: ClinicDate.optional(),
    state: z.enum(['effective', 'superseded', 'voided']).optional(),
    againstStop: flag.optional().meta({ description: 'Use errors: given against a stop (REC-TRUTH)' }),
    ...pageQuery,
  }),
  response: page(Injection),
});
export const readInjection = route({
  method: 'GET',
  path: '/injections/:injectionId',
  tag,
  summary: 'One injection',
  access: { needs: 'injection.read' },
  params: InjectionParams,
  response: Injection,
});
export const amendInjection = route({
  method: 'POST',
  path: '/injections/:injectionId/amendments',
  tag,
  summary: 'Correct an injection: a new version that names the old',
  access: { needs: 'injection.amend' },
  params: InjectionParams,
  body: AmendInjection,
  response: Recorded,
  status: 201,
  idempotent: true,
  problems: ['blocked-by-rule', 'state-changed'],
  unversioned: 'once',
});
export const voidInjection = route({
  method: 'POST',
  path: '/injections/:injectionId/void',
  tag,
  summary: 'Entered in error: void it, with the reason',
  access: { needs: 'injection.void' },
  params: InjectionParams,
  body: z.strictObject({ reason: Reason }),
  response: Recorded,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type Baseline = z.output<typeof Baseline>;
export type CheckInjection = z.output<typeof CheckInjection>;
export type RecordInjection = z.output<typeof RecordInjection>;
export type AmendInjection = z.output<typeof AmendInjection>;
export type Injection = z.output<typeof Injection>;
export type SiteAdviceOut = z.output<typeof SiteAdviceOut>;
