/**
 * The vocabulary of the rules: what is known about one patient, as plain data.
 * The server loads it in one query, the dashboard receives the same shape, and every rule reads nothing else.
 */

import type { ProtocolParameters } from './protocol.js';

/** A calendar date `YYYY-MM-DD` in the clinic's own time zone. */
export type ClinicDate = string;
/** A point in time, ISO 8601 in UTC with milliseconds (`2026-11-20T18:15:00.000Z`). */
export type Instant = string;
/** An IANA zone name, `Europe/Berlin`. */
export type TimeZone = string;

export const SUBSTANCES = ['cyanocobalamin', 'hydroxocobalamin', 'methylcobalamin', 'colecalciferol', 'retinol'] as const;
export type Substance = (typeof SUBSTANCES)[number];
export const COBALAMINS: readonly Substance[] = ['cyanocobalamin', 'hydroxocobalamin', 'methylcobalamin'];

export const ROUTES = ['IM', 'SC'] as const;
export type Route = (typeof ROUTES)[number];

export const SITE_IDS = [
  'ventrogluteal-left',
  'ventrogluteal-right',
  'vastus-lateralis-left',
  'vastus-lateralis-right',
  'deltoid-left',
  'deltoid-right',
  'rectus-femoris-left',
  'rectus-femoris-right',
  'dorsogluteal-left',
  'dorsogluteal-right',
] as const;
export type SiteId = (typeof SITE_IDS)[number];

export const REGIMENS = [
  'loading-alternate-days', // RX-LOAD-NEURO
  'loading-three-weekly-neurological', // RX-LOAD-NEURO-ALT
  'loading-three-weekly', // RX-LOAD-PLAIN
  'methylcobalamin-three-weekly', // RX-METHYL
  'maintenance', // RX-MAINT from the first dose
] as const;
export type Regimen = (typeof REGIMENS)[number];

export const MONITORING_PLANS = ['MON-3-6-12', 'MON-Q3', 'none'] as const;
export type MonitoringPlan = (typeof MONITORING_PLANS)[number];

export const CAUSES = [
  'pernicious-anemia',
  'gastric-surgery',
  'ileal-surgery',
  'crohns-disease',
  'diet',
  'metformin',
  'other',
  'unknown',
] as const;
export type Cause = (typeof CAUSES)[number];

export const COURSE_PHASES = ['loading', 'maintenance', 'on-hold', 'ended'] as const;
export type CoursePhase = (typeof COURSE_PHASES)[number];

export const ROLES = ['nurse', 'physician', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** `emergency` and `urgent` are raised in the transaction of their cause; they never wait for a job. */
export const PRIORITIES = ['emergency', 'urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What allergies are recorded against; anything else about an allergy is free text beside it. */
export const ALLERGENS = ['cobalamin', 'cobalt', ...SUBSTANCES, 'other'] as const;
export type Allergen = (typeof ALLERGENS)[number];

export const MALABSORPTIONS = ['post-bariatric', 'inflammatory-bowel-disease', 'pancreatic-insufficiency', 'other'] as const;
export type Malabsorption = (typeof MALABSORPTIONS)[number];

export const RISK_GROUPS = ['ileal-resection-or-crohns', 'no-animal-products', 'long-term-metformin', 'pregnancy-or-lactation'] as const;
export type RiskGroup = (typeof RISK_GROUPS)[number];

export interface PatientProfile {
  id: string;
  birthDate: ClinicDate;
  deceasedOn: ClinicDate | null;
  /** `null` = not recorded; never read as "no". */
  renalDysfunction: boolean | null;
  /** When the flag was set, where it is known: RX-RENAL is due from then and not from the start of the course. */
  renalDysfunctionSince?: Instant | null;
  malabsorption: Malabsorption[];
  riskGroups: RiskGroup[];
  allergies: Allergen[];
  anticoagulated: boolean | null;
  folicAcidMgPerDay: number | null;
}

/**
 * DX-SEVERE, as the clinician recorded it at the start; `null` = not said. What results and the record show by themselves is derived
 * beside it, see `deficiencyPicture`.
 */
export interface DeficiencyPictureFacts {
  lowB12: boolean | null;
  symptoms: boolean | null;
  neurologicalSigns: boolean | null;
  anemiaOrMacrocytosis: boolean | null;
  malabsorptionRisk: boolean | null;
}

export interface CourseFacts {
  id: string;
  productId: string;
  substance: Substance;
  doseMicrograms: number;
  cause: Cause;
  neurologicalInvolvement: boolean;
  symptomsSince: ClinicDate | null;
  anemiaAtBaseline: boolean;
  regimen: Regimen;
  /** Months between maintenance doses: 1, 2 or 3 (RX-MAINT). */
  maintenanceMonths: number;
  monitoringPlan: MonitoringPlan;
  /** Whether `monitoringPlan` is that of the clinic's protocol and so changes with its versions; absent = the course has its own. */
  followsPlan?: boolean;
  startedOn: ClinicDate;
  /** The clinician's "no further improvement"; `null` while loading goes on (RX-LOAD-NEURO). */
  loadingEndedOn: ClinicDate | null;
  endedOn: ClinicDate | null;
  /** DX-SEVERE; absent or `null` = no picture was recorded. */
  deficiencyPicture?: DeficiencyPictureFacts | null;
}

/** One effective administration: voided and superseded versions never reach the rules. */
export interface InjectionFacts {
  id: string;
  courseId: string;
  productId: string;
  substance: Substance;
  status: 'given' | 'not-given';
  doseMicrograms: number;
  route: Route;
  /** `null` only for SC doses and doses not given. */
  site: SiteId | null;
  givenAt: Instant;
  givenOn: ClinicDate;
  recordedAt: Instant;
  /** Given although a rule refused it (REC-TRUTH); `stopRuleIds` are the rules that had refused. */
  againstStop: boolean;
  stopRuleIds: string[];
  /** SELF-LOG: reported by the patient, not seen by the clinic. It counts for the schedule like any other. */
  selfReported?: boolean;
}

export const ONSETS = ['seconds-to-minutes', 'hours', 'days'] as const;
export const DISTRIBUTIONS = ['localized', 'dermatomal', 'diffuse'] as const;
export const MOTORS = ['none', 'weakness', 'foot-or-wrist-drop'] as const;
export const EVENT_COURSES = ['improving', 'stable', 'worsening'] as const;
export const SITE_FINDINGS = ['swelling', 'erythema', 'warmth', 'mass'] as const;

/** AE-ASSESS. `null` is a missing answer and is shown as missing; it never counts as "no". */
export interface Assessment {
  onset: (typeof ONSETS)[number] | null;
  distribution: (typeof DISTRIBUTIONS)[number] | null;
  motor: (typeof MOTORS)[number] | null;
  radiatingPain: boolean | null;
  lossOfConsciousness: boolean | null;
  course: (typeof EVENT_COURSES)[number] | null;
  /** `null` = the site was not looked at; `[]` = looked at and unremarkable. */
  siteFindings: (typeof SITE_FINDINGS)[number][] | null;
}

export interface AdverseEventFacts {
  id: string;
  injectionId: string | null;
  /** Where the suspected injection was given. */
  site: SiteId | null;
  onsetAt: Instant;
  reportedAt: Instant;
  assessment: Assessment;
  resolvedAt: Instant | null;
}

export interface ExaminationFacts {
  id: string;
  eventId: string;
  examinedAt: Instant;
  course: (typeof EVENT_COURSES)[number] | 'resolved';
  motorDeficit: boolean | null;
  /** NCS/EMG done at this examination. Before day 60 it never closes NI-EMG60. */
  electrodiagnosticStudy: boolean;
}

export const ROUTE_DECISIONS = ['oral', 'continue-im', 'stop'] as const;
export interface RouteDecisionFacts {
  id: string;
  decidedAt: Instant;
  decision: (typeof ROUTE_DECISIONS)[number];
}

export interface SiteRestrictionFacts {
  id: string;
  sites: SiteId[];
  reason: string;
  since: ClinicDate;
  until: ClinicDate | null;
  causeEventId: string | null;
}

export const ANALYTES = [
  'b12',
  'homocysteine',
  'mma',
  'folate',
  'potassium',
  'hematocrit',
  'hemoglobin',
  'mcv',
  'reticulocytes',
  'ferritin',
  'hba1c',
  'tsh',
  'creatinine',
  'egfr',
  'vitamin-d',
] as const;
export type Analyte = (typeof ANALYTES)[number];

/** An effective result in the analyte's canonical unit; entered-in-error and superseded ones never reach the rules. */
export interface LabResultFacts {
  id: string;
  analyte: Analyte;
  /** In the canonical unit of `analyte` (see `ANALYTE_CATALOGUE`). */
  value: number;
  collectedAt: Instant;
  collectedOn: ClinicDate;
}

/** One scoring of the symptoms (MON-RELAPSE). Every scale runs from 0 = none to 10 = worst; `null` = not scored at that visit. */
export interface SymptomScoreFacts {
  id: string;
  at: Instant;
  pain: number | null;
  sensory: number | null;
  motor: number | null;
}

export const RULE_OUT_ITEMS = [
  'diabetes',
  'thyroid',
  'renal-function',
  'hiv',
  'hepatitis-b-c',
  'protein-electrophoresis',
  'neurotoxic-drugs',
  'thiamine',
  'vitamin-b6',
] as const;
/** MON-RULEOUT: another cause of neuropathy that somebody looked at. */
export type RuleOutItem = (typeof RULE_OUT_ITEMS)[number];
export interface RuleOutFacts {
  id: string;
  item: RuleOutItem;
  tickedAt: Instant;
}

/** An approval of self-injection that a physician gave (SELF-*). */
export interface SelfInjectionApprovalFacts {
  id: string;
  courseId: string;
  approvedAt: Instant;
  /** The oldest item of the training it rests on. */
  trainedOn: ClinicDate;
  /** The planned duration; `null` = as long as the course. */
  plannedUntil: ClinicDate | null;
  /** When somebody ended it by hand. */
  endedAt: Instant | null;
}

/** A protocol version that was in force and has given way. */
export interface ProtocolBefore {
  parameters: ProtocolParameters;
  /** When the next one took effect. */
  until: Instant;
}

export const CONTACT_OUTCOMES = ['will-come', 'call-again', 'declined', 'wrong-number', 'transferred', 'died'] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];
export const DECLINE_REASONS = ['feels-well', 'afraid', 'side-effects', 'prefers-tablets', 'cannot-travel', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** One call about the next dose of a course. Voided ones never reach the rules. */
export interface ContactAttemptFacts {
  id: string;
  courseId: string;
  attemptedAt: Instant;
  outcome: ContactOutcome;
  /** `will-come`, `call-again`: the day agreed on; `died`: the day of death; `null` with every other outcome. */
  on: ClinicDate | null;
  /** With `declined` only. */
  declineReason: DeclineReason | null;
}

/** Everything the rules know about one patient. */
export interface PatientFacts {
  zone: TimeZone;
  patient: PatientProfile;
  courses: CourseFacts[];
  injections: InjectionFacts[];
  events: AdverseEventFacts[];
  examinations: ExaminationFacts[];
  routeDecisions: RouteDecisionFacts[];
  /** Restrictions entered by hand; those that follow from an event are derived from it. */
  restrictions: SiteRestrictionFacts[];
  labResults: LabResultFacts[];
  /** Absent in a record that does not keep them yet: the rules that read them then ask for nothing. */
  symptomScores?: SymptomScoreFacts[];
  ruleOuts?: RuleOutFacts[];
  selfInjectionApprovals?: SelfInjectionApprovalFacts[];
  /** The versions of the protocol that were in force before the one the rules are asked under, oldest first; absent = none. */
  protocolBefore?: ProtocolBefore[];
  contactAttempts?: ContactAttemptFacts[];
}
