export type { AnalyteDescription } from './analytes.js';
export { ANALYTE_CATALOGUE, analyteOfLoinc, harmonize, UnitContradictsLoincError, UnknownUnitError } from './analytes.js';
export {
  addDays,
  addHours,
  addMonths,
  ageOn,
  compareDates,
  compareInstants,
  dateInZone,
  daysBetween,
  isClinicDate,
  startOfDay,
  weekdayOf,
} from './calendar.js';
export type { CourseState, NextDose } from './courses.js';
export { courseState, loadingEndsByStatement, permanentDamageRisk } from './courses.js';
export type { CourseEndReason } from './decision-checks.js';
export {
  COURSE_END_REASONS,
  checkCloseAsBenign,
  checkEndOfCourse,
  checkFolicAcid,
  checkRouteDecision,
  checkStartOfCourse,
} from './decision-checks.js';
export type { Escalation, EventCourse } from './event-course.js';
export { followEvent } from './event-course.js';
export type {
  AdverseEventFacts,
  Allergen,
  Analyte,
  Assessment,
  Cause,
  ClinicDate,
  CourseFacts,
  CoursePhase,
  ExaminationFacts,
  InjectionFacts,
  Instant,
  LabResultFacts,
  Malabsorption,
  MonitoringPlan,
  PatientFacts,
  PatientProfile,
  Priority,
  Regimen,
  RiskGroup,
  Role,
  Route,
  RouteDecisionFacts,
  SiteId,
  SiteRestrictionFacts,
  Substance,
  TimeZone,
} from './facts.js';
export {
  ALLERGENS,
  ANALYTES,
  CAUSES,
  COBALAMINS,
  COURSE_PHASES,
  DISTRIBUTIONS,
  EVENT_COURSES,
  MALABSORPTIONS,
  MONITORING_PLANS,
  MOTORS,
  ONSETS,
  PRIORITIES,
  REGIMENS,
  RISK_GROUPS,
  ROLES,
  ROUTE_DECISIONS,
  ROUTES,
  SITE_FINDINGS,
  SITE_IDS,
  SUBSTANCES,
} from './facts.js';
export type { FindingCode } from './finding-codes.js';
export { FINDING_CODES } from './finding-codes.js';
export type { Finding, Milestone, MilestoneSubject } from './findings.js';
export type { DerivedRestriction, HoldState } from './hold.js';
export type { ProposedInjection } from './injection-check.js';
export { checkInjection, isBlocked } from './injection-check.js';
export type { Obligations } from './obligations.js';
export { deriveObligations } from './obligations.js';
export type { ProtocolParameters } from './protocol.js';
export { DEFAULT_PROTOCOL } from './protocol.js';
export { CONFLICTS, SOURCES } from './rule-sources.js';
export type { Conflict, ConflictId, Rule, RuleId, RuleKind, RuleSource, SourceDocument, SourceFile } from './rule-types.js';
export { proposedRegimen } from './regimen.js';
export { RULES } from './rules.js';
export type { AdviceOptions, SiteAdvice, SiteReason, SiteState } from './site-advice.js';
export { adviseSites } from './site-advice.js';
export type { Nerve, SiteDescription, SiteRegion, SiteStanding } from './sites.js';
export { limbSites, SITES, suspectedNerves } from './sites.js';
export type { Triage } from './triage.js';
export { triage } from './triage.js';
