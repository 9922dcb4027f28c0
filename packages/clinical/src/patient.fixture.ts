import { addDays, dateInZone } from './calendar.js';
import type {
  AdverseEventFacts,
  Analyte,
  Assessment,
  CourseFacts,
  ExaminationFacts,
  InjectionFacts,
  LabResultFacts,
  PatientFacts,
  PatientProfile,
  RouteDecisionFacts,
} from './facts.js';
import type { ProposedInjection } from './injection-check.js';

export const ZONE = 'Europe/Berlin';

/** Ten in the morning, Berlin winter time or one hour later in summer: never near midnight. */
export const at = (date: string, time = '09:00'): string => `${date}T${time}:00.000Z`;

export const profile = (changes: Partial<PatientProfile> = {}): PatientProfile => ({
  id: 'patient',
  birthDate: '1960-05-17',
  deceasedOn: null,
  renalDysfunction: null,
  malabsorption: [],
  riskGroups: [],
  allergies: [],
  anticoagulated: null,
  folicAcidMgPerDay: null,
  ...changes,
});

export const course = (changes: Partial<CourseFacts> = {}): CourseFacts => ({
  id: 'course',
  productId: 'hydroxo',
  substance: 'hydroxocobalamin',
  doseMicrograms: 1000,
  cause: 'pernicious-anemia',
  neurologicalInvolvement: false,
  symptomsSince: null,
  anemiaAtBaseline: false,
  regimen: 'maintenance',
  maintenanceMonths: 2,
  monitoringPlan: 'MON-3-6-12',
  startedOn: '2026-01-05',
  loadingEndedOn: null,
  endedOn: null,
  ...changes,
});

export const dose = (givenOn: string, changes: Partial<InjectionFacts> = {}): InjectionFacts => ({
  id: `dose-${changes.givenAt ?? givenOn}`,
  courseId: 'course',
  productId: 'hydroxo',
  substance: 'hydroxocobalamin',
  status: 'given',
  doseMicrograms: 1000,
  route: 'IM',
  site: 'ventrogluteal-left',
  givenAt: at(givenOn),
  givenOn,
  recordedAt: at(givenOn, '09:05'),
  againstStop: false,
  stopRuleIds: [],
  ...changes,
});

export const REASSURING: Assessment = {
  onset: 'hours',
  distribution: 'localized',
  motor: 'none',
  radiatingPain: false,
  lossOfConsciousness: false,
  course: 'improving',
  siteFindings: [],
};
export const FOOT_DROP: Assessment = {
  onset: 'seconds-to-minutes',
  distribution: 'dermatomal',
  motor: 'foot-or-wrist-drop',
  radiatingPain: true,
  lossOfConsciousness: false,
  course: 'stable',
  siteFindings: [],
};
export const UNANSWERED: Assessment = {
  onset: null,
  distribution: null,
  motor: null,
  radiatingPain: null,
  lossOfConsciousness: null,
  course: null,
  siteFindings: null,
};

export const event = (onsetAt: string, changes: Partial<AdverseEventFacts> = {}): AdverseEventFacts => ({
  id: 'event',
  injectionId: null,
  site: 'ventrogluteal-left',
  onsetAt,
  reportedAt: onsetAt,
  assessment: FOOT_DROP,
  resolvedAt: null,
  ...changes,
});

export const examination = (examinedAt: string, changes: Partial<ExaminationFacts> = {}): ExaminationFacts => ({
  id: `exam-${examinedAt}`,
  eventId: 'event',
  examinedAt,
  course: 'stable',
  motorDeficit: null,
  electrodiagnosticStudy: false,
  ...changes,
});

export const decide = (decidedAt: string, decision: RouteDecisionFacts['decision']): RouteDecisionFacts => ({
  id: `${decision}-${decidedAt}`,
  decidedAt,
  decision,
});

export const result = (analyte: Analyte, collectedOn: string, value: number): LabResultFacts => ({
  id: `${analyte}-${collectedOn}-${value}`,
  analyte,
  value,
  collectedAt: at(collectedOn, '07:00'),
  collectedOn,
});

export const patient = (changes: Partial<PatientFacts> = {}): PatientFacts => ({
  zone: ZONE,
  patient: profile(),
  courses: [course()],
  injections: [],
  events: [],
  examinations: [],
  routeDecisions: [],
  restrictions: [],
  labResults: [],
  ...changes,
});

/** A dose nobody could object to, given at the time, in the right ventrogluteal site. */
export const proposal = (givenAt: string, changes: Partial<ProposedInjection> = {}): ProposedInjection => ({
  courseId: 'course',
  productId: 'hydroxo',
  substance: 'hydroxocobalamin',
  route: 'IM',
  site: 'ventrogluteal-right',
  doseMicrograms: 1000,
  volumeMl: 1,
  givenAt,
  lot: { expiresOn: addDays(dateInZone(givenAt, ZONE), 200), status: 'usable' },
  skinFindings: [],
  baselineRecorded: true,
  productRoutes: ['IM'],
  ...changes,
});
