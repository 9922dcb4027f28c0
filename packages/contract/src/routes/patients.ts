import { ALLERGENS, MALABSORPTIONS, RISK_GROUPS, SITE_IDS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, Id, InstantOut, optionalText, page, pageQuery, Reason, text } from '../values.js';
import { AdverseEvent } from './adverse-events.js';
import { AlertRow } from './alerts.js';
import { ContactAttempt } from './contact-attempts.js';
import { Course, CourseProposal } from './courses.js';
import { Injection } from './injections.js';
import { LabResult } from './lab-results.js';
import { PainPlan } from './pain-plans.js';
import { RuleOutEntry } from './rule-outs.js';
import { SelfInjectionProgramme } from './self-injection.js';
import { Changes, FindingOut, ImHold, MilestoneOut, PatientName, PatientParams } from './shared.js';
import { SymptomScore } from './symptom-scores.js';

const SEXES = ['female', 'male', 'other', 'unknown'] as const;

const fields = {
  recordNumber: text(40),
  familyName: text(100),
  givenName: text(100),
  birthDate: ClinicDate,
  sex: z.enum(SEXES),
  phone: optionalText(40),
  email: optionalText(200),
  interpreterLanguage: optionalText(40),
  deceasedOn: ClinicDate.nullish().transform((d) => d ?? null),
  renalDysfunction: z
    .boolean()
    .nullish()
    .transform((b) => b ?? null),
  malabsorption: z.array(z.enum(MALABSORPTIONS)).max(4).default([]),
  riskGroups: z.array(z.enum(RISK_GROUPS)).max(4).default([]),
  allergies: z.array(z.enum(ALLERGENS)).max(8).default([]),
  allergyNote: optionalText(500),
  anticoagulated: z
    .boolean()
    .nullish()
    .transform((b) => b ?? null),
  folicAcidMgPerDay: z
    .number()
    .min(0)
    .max(50)
    .nullish()
    .transform((n) => n ?? null),
  neurotoxicDrugs: optionalText(500),
  note: optionalText(2000),
};

const overridable = {
  ...fields,
  overrideReason: Reason.nullish()
    .transform((r) => r ?? null)
    .meta({ description: 'A physician goes on in spite of RX-FOLATE.' }),
};

export const RegisterPatient = z.strictObject(overridable).meta({ id: 'RegisterPatient' });
/** A whole new version of the record; `If-Match` names the version it replaces. */
export const EditPatient = z.strictObject(overridable).meta({ id: 'EditPatient' });

export const FolicAcidOverride = z
  .object({
    id: Id,
    /** What was decided on. */
    folicAcidMgPerDay: z.number(),
    reason: z.string(),
    findings: z.array(FindingOut),
    decidedAt: InstantOut,
    decidedByName: z.string(),
  })
  .meta({ id: 'FolicAcidOverride' });

export const Patient = PatientName.extend({
  sex: z.enum(SEXES),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  interpreterLanguage: z.string().nullable(),
  deceasedOn: DateOut.nullable(),
  renalDysfunction: z.boolean().nullable(),
  /** When the flag was set; `null` where that is not known. */
  renalDysfunctionSince: InstantOut.nullable(),
  malabsorption: z.array(z.enum(MALABSORPTIONS)),
  riskGroups: z.array(z.enum(RISK_GROUPS)),
  allergies: z.array(z.enum(ALLERGENS)),
  allergyNote: z.string().nullable(),
  anticoagulated: z.boolean().nullable(),
  folicAcidMgPerDay: z.number().nullable(),
  /** Each time a physician went on in spite of RX-FOLATE, latest first. `folicAcidOverrideInForce` says which still speaks. */
  folicAcidOverrides: z.array(FolicAcidOverride),
  neurotoxicDrugs: z.string().nullable(),
  note: z.string().nullable(),
  version: z.int(),
  recordedAt: InstantOut,
}).meta({ id: 'Patient' });

export const PatientRow = PatientName.extend({
  sex: z.enum(SEXES),
  deceasedOn: DateOut.nullable(),
  /** The earliest next dose of any running course. */
  nextDueOn: DateOut.nullable(),
  imHold: ImHold.nullable(),
  activeAlerts: z.int(),
}).meta({ id: 'PatientRow' });

export const SiteRestriction = z
  .object({
    id: Id,
    sites: z.array(z.enum(SITE_IDS)),
    reason: z.string(),
    since: DateOut,
    until: DateOut.nullable(),
    causeEventId: Id.nullable(),
  })
  .meta({ id: 'SiteRestriction' });

export const Hold = z.object({ id: Id, since: InstantOut, causeEventIds: z.array(Id) }).meta({ id: 'Hold' });

export const RouteDecision = z
  .object({
    id: Id,
    decision: z.enum(['oral', 'continue-im', 'stop']),
    reason: z.string(),
    decidedAt: InstantOut,
    decidedByName: z.string(),
  })
  .meta({ id: 'RouteDecision' });

/** Everything a chart shows, in one answer. Injections and results: the latest 200 of each, all states. */
export const Chart = z
  .object({
    patient: Patient,
    hold: Hold.nullable(),
    restrictions: z.array(SiteRestriction),
    routeDecisions: z.array(RouteDecision),
    courses: z.array(Course),
    proposals: z.array(CourseProposal),
    injections: z.array(Injection),
    events: z.array(AdverseEvent),
    labResults: z.array(LabResult),
    /** Every version, oldest first; those of the baselines (`source: injection`) effective ones only. */
    symptomScores: z.array(SymptomScore),
    ruleOuts: z.array(RuleOutEntry),
    painPlans: z.array(PainPlan),
    selfInjection: z.array(SelfInjectionProgramme),
    /** Calls about doses, latest first, the latest 200, voided ones too. */
    contactAttempts: z.array(ContactAttempt),
    milestones: z.array(MilestoneOut),
    alerts: z.array(AlertRow),
  })
  .meta({ id: 'Chart' });

/** `PatientFacts` of the clinical package, exactly as the server's rules see them, so that the browser runs the same functions. */
export const PatientFactsOut = z
  .object({ facts: z.unknown(), protocol: z.record(z.string(), z.union([z.number(), z.string()])) })
  .meta({ id: 'PatientFacts' });

const tag = 'Patients';
export const registerPatient = route({
  method: 'POST',
  path: '/patients',
  tag,
  summary: 'Register a patient',
  access: { needs: 'patient.register' },
  body: RegisterPatient,
  response: Patient,
  status: 201,
  idempotent: true,
  problems: ['already-exists', 'blocked-by-rule'],
});
/** Asked by `POST`: whom somebody looks for is a name, and an address is kept by everything on its way. */
export const searchPatients = route({
  method: 'POST',
  path: '/patients/search',
  tag,
  summary: 'Search by name, record number or birth date; without `q` all, by name. Writes nothing',
  access: { needs: 'patient.read' },
  query: z.strictObject({ ...pageQuery }),
  body: z
    .strictObject({
      q: z.string().trim().max(100).optional(),
      bornOn: ClinicDate.optional(),
      /** Only those whose IM injections are on hold. */
      onHold: z.boolean().optional(),
    })
    .meta({ id: 'SearchPatients' }),
  response: page(PatientRow),
  unversioned: 'asks',
});
export const readPatient = route({
  method: 'GET',
  path: '/patients/:patientId',
  tag,
  summary: 'One patient',
  access: { needs: 'patient.read' },
  params: PatientParams,
  response: Patient,
});
export const editPatient = route({
  method: 'PUT',
  path: '/patients/:patientId',
  tag,
  summary: 'Change a patient’s record',
  access: { needs: 'patient.edit' },
  params: PatientParams,
  body: EditPatient,
  response: z.object({ patient: Patient, changes: Changes }),
  ifMatch: true,
  problems: ['stale-version', 'version-required', 'already-exists', 'blocked-by-rule'],
});
export const readChart = route({
  method: 'GET',
  path: '/patients/:patientId/chart',
  tag,
  summary: 'The whole chart in one answer',
  access: { needs: 'patient.read' },
  params: PatientParams,
  response: Chart,
});
export const readFacts = route({
  method: 'GET',
  path: '/patients/:patientId/facts',
  tag,
  summary: 'The facts as the rules see them',
  access: { needs: 'patient.read' },
  params: PatientParams,
  response: PatientFactsOut,
});
export const restrictSites = route({
  method: 'POST',
  path: '/patients/:patientId/site-restrictions',
  tag,
  summary: 'Restrict injection sites',
  access: { needs: 'site-restriction.record' },
  params: PatientParams,
  body: z
    .strictObject({
      sites: z.array(z.enum(SITE_IDS)).min(1).max(10),
      reason: text(500),
      since: ClinicDate,
      until: ClinicDate.nullish().transform((d) => d ?? null),
    })
    .meta({ id: 'RestrictSites' }),
  response: z.object({ restriction: SiteRestriction, changes: Changes }),
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});
export const liftRestriction = route({
  method: 'POST',
  path: '/site-restrictions/:restrictionId/lift',
  tag,
  summary: 'Lift a restriction entered by hand',
  access: { needs: 'site-restriction.lift' },
  params: z.strictObject({ restrictionId: Id }),
  body: z.strictObject({ reason: Reason }),
  response: z.object({ changes: Changes }),
  problems: ['state-changed', 'blocked-by-rule'],
  unversioned: 'once',
});
export const decideRoute = route({
  method: 'POST',
  path: '/patients/:patientId/route-decisions',
  tag,
  summary: 'Decide how treatment goes on after a hold (HOLD-DECIDE)',
  access: { needs: 'route.decide' },
  params: PatientParams,
  body: z
    .strictObject({
      decision: z.enum(['oral', 'continue-im', 'stop']),
      reason: Reason,
      overrideReason: Reason.nullish().transform((r) => r ?? null),
    })
    .meta({ id: 'DecideRoute' }),
  response: z.object({ decision: RouteDecision, changes: Changes }),
  status: 201,
  idempotent: true,
  problems: ['blocked-by-rule', 'state-changed'],
  unversioned: 'adds',
});

export type RegisterPatient = z.output<typeof RegisterPatient>;
export type EditPatient = z.output<typeof EditPatient>;
export type Patient = z.output<typeof Patient>;
export type FolicAcidOverride = z.output<typeof FolicAcidOverride>;
export type PatientRow = z.output<typeof PatientRow>;
export type SiteRestriction = z.output<typeof SiteRestriction>;
export type Hold = z.output<typeof Hold>;
export type RouteDecision = z.output<typeof RouteDecision>;
export type Chart = z.output<typeof Chart>;
export type PatientFactsOut = z.output<typeof PatientFactsOut>;
