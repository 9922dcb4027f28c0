export type { Absence, AbsenceCode, AbsenceReason, AbsenceVerdict, AlertRuleId } from './absence.js';
export { ALERT_RULE_IDS } from './absence.js';
export type { AlertHandling, AlertOutcome, AlertWork } from './alert-handling.js';
export { ALERT_HANDLING, ALERT_OUTCOMES, ALERT_WORK, acknowledgesTogether, handlingOf, LONGEST_SNOOZE_MS } from './alert-handling.js';
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
export type { ContactIssue, ContactStanding, ProposedContact } from './contacts.js';
export { checkContact, contactStanding, needsPhysician } from './contacts.js';
export type { CourseState, NextDose } from './courses.js';
export { courseState, loadingEndsByStatement, permanentDamageRisk, stageOf } from './courses.js';
export type { CourseEndReason, FolicAcidChange } from './decision-checks.js';
export {
  COURSE_END_REASONS,
  checkCloseAsBenign,
  checkEndOfCourse,
  checkFolicAcid,
  checkRouteDecision,
  checkStartOfCourse,
  folicAcidOverrideInForce,
} from './decision-checks.js';
export type { DeficiencyPicture, PictureElement, PictureState, RiskGroupState } from './deficiency.js';
export { deficiencyPicture, impliesMalabsorption, PICTURE_ELEMENTS, riskGroups, UNANSWERED_PICTURE } from './deficiency.js';
export type { Escalation, EventCourse } from './event-course.js';
export { followEvent } from './event-course.js';
export type { EventRate } from './event-rates.js';
export { eventRate, poissonMidP } from './event-rates.js';
export type {
  AdverseEventFacts,
  Allergen,
  Analyte,
  Assessment,
  Cause,
  ClinicDate,
  ContactAttemptFacts,
  ContactOutcome,
  CourseFacts,
  CoursePhase,
  DeclineReason,
  DeficiencyPictureFacts,
  ExaminationFacts,
  InjectionFacts,
  Instant,
  LabResultFacts,
  Malabsorption,
  MonitoringPlan,
  PatientFacts,
  PatientProfile,
  Priority,
  ProtocolBefore,
  Regimen,
  RiskGroup,
  Role,
  Route,
  RouteDecisionFacts,
  RuleOutFacts,
  RuleOutItem,
  SelfInjectionApprovalFacts,
  SiteId,
  SiteRestrictionFacts,
  Substance,
  SymptomScoreFacts,
  TimeZone,
} from './facts.js';
export {
  ALLERGENS,
  ANALYTES,
  CAUSES,
  COBALAMINS,
  CONTACT_OUTCOMES,
  COURSE_PHASES,
  DECLINE_REASONS,
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
  RULE_OUT_ITEMS,
  SITE_FINDINGS,
  SITE_IDS,
  SUBSTANCES,
} from './facts.js';
export type { CareFindingCode, FindingCode } from './finding-codes.js';
export { CARE_FINDING_CODES, FINDING_CODES } from './finding-codes.js';
export type { Finding, Milestone, MilestoneSubject } from './findings.js';
export type { Gs1Issue, Gs1Reading } from './gs1.js';
export { looksLikeGs1, readGs1 } from './gs1.js';
export { gtin14 } from './gtin.js';
export type { DerivedRestriction, HoldState } from './hold.js';
export type { ProposedInjection } from './injection-check.js';
export { checkInjection, isBlocked, mayOverride } from './injection-check.js';
export type { Interpretation } from './interpretation.js';
export { interpretResult, onInjections } from './interpretation.js';
export type { MilestoneFact } from './milestone.js';
export { isShownFact, MILESTONE_FACTS } from './milestone.js';
export type {
  ExaminationPlan,
  Limb,
  Modality,
  Muscle,
  Sensation,
  SensationAt,
  SensoryRegion,
  Side,
  StrengthGrade,
} from './nerve-examination.js';
export {
  deficitOf,
  examinationPlan,
  LIMB_REGIONS,
  MODALITIES,
  MUSCLES,
  NERVE_TERRITORIES,
  SENSATIONS,
  SENSORY_REGIONS,
  SIDES,
} from './nerve-examination.js';
export type { DerivedCourse, Obligations } from './obligations.js';
export { deriveObligations } from './obligations.js';
export { observationEndsAt } from './observation.js';
export type { PainDrug, PainDrugReference, PainRemark } from './pain-plan.js';
export { checkPainDrug, PAIN_DRUGS, PAIN_REFERENCE } from './pain-plan.js';
export type { ChoiceName, ParameterName, ProtocolParameters } from './protocol.js';
export { DEFAULT_PROTOCOL, PROTOCOL_MONITORING_PLANS } from './protocol.js';
export type { ChoiceDescription, ParameterDescription, ProtocolIssue, ProtocolIssueCode } from './protocol-parameters.js';
export { checkProtocol, PROTOCOL_CHOICES, PROTOCOL_DEFAULTS, PROTOCOL_PARAMETERS, parameterOf } from './protocol-parameters.js';
export type { RecoveryStage } from './recovery.js';
export { recoveryTimeline, stabilizedOn } from './recovery.js';
export { proposedRegimen } from './regimen.js';
export type { Register } from './register-faults.js';
export { REGISTER, registerFaults } from './register-faults.js';
export type { ReportCompleteness, ReportDimension, ReportFacts, ReportQuestion } from './report-completeness.js';
export { REPORT_PENALTIES, REPORT_QUESTIONS, reportCompleteness } from './report-completeness.js';
export type { RuleOutState } from './rule-outs.js';
export { ruleOutStates } from './rule-outs.js';
export { ENFORCED_IN, RULE_PLACES } from './rule-places.js';
export { CONFLICTS, SOURCES } from './rule-sources.js';
export type { Conflict, ConflictId, Rule, RuleId, RuleKind, RulePlace, RuleSource, SourceDocument, SourceFile } from './rule-types.js';
export { RULES } from './rules.js';
export type { RulesRevision } from './rules-revision.js';
export { RULES_REVISION, RULES_REVISIONS } from './rules-revision.js';
export type {
  SelfExclusion,
  SelfInjectionApplication,
  SelfInjectionState,
  SelfPlanPart,
  SelfStopCode,
  SelfTrainingItem,
} from './self-injection.js';
export {
  checkSelfInjectionApproval,
  homeDoses,
  oldestTraining,
  SELF_EXCLUSIONS,
  SELF_OVERRIDABLE,
  SELF_PLAN_PARTS,
  SELF_TRAINING_ITEMS,
  selfInjectionState,
  trainingValidUntil,
} from './self-injection.js';
export type { AdviceOptions, SiteAdvice, SiteReason, SiteState } from './site-advice.js';
export { adviseSites } from './site-advice.js';
export type { Nerve, SiteDescription, SiteRegion, SiteStanding } from './sites.js';
export { limbSites, SITES, suspectedNerves } from './sites.js';
export type { Triage } from './triage.js';
export { triage } from './triage.js';
export type { KnownLot, KnownProduct, Vial, VialLot } from './vial.js';
export { matchLot, readVial } from './vial.js';
export { explainAbsence } from './why-not.js';
