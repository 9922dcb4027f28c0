export { allows, PERMISSIONS, type Permission, permissionsOf } from './permissions.js';
export { PROBLEMS, Problem, type ProblemCode, ProblemIssue } from './problems.js';
export { type Access, type Answer, type Call, type Input, type Method, pathOf, route, type RouteShape } from './route.js';
export { ClinicDate, DateOut, flag, Id, Instant, InstantOut, optionalText, page, pageQuery, Reason, text } from './values.js';
export { Changes, FindingOut, MilestoneOut, PatientName, PatientParams, versionFields } from './routes/shared.js';
export { ROUTES } from './routes/table.js';
export { recordAdverseEvent, listAdverseEvents, readAdverseEvent, examineAdverseEvent, voidAdverseEvent, AssessmentIn, CAUSALITIES, CTCAE_TERMS, OUTCOMES, RecordAdverseEvent, Triage, RecordExamination, Examination, AdverseEvent } from './routes/adverse-events.js';
export { listAlerts, countAlerts, readAlert, acknowledgeAlert, snoozeAlert, resolveAlert, dismissAlert, ALERT_STATES, ALERT_OUTCOMES, AlertRow, AlertTransition, AlertDetail } from './routes/alerts.js';
export { listAudit, AuditEntry } from './routes/audit.js';
export { END_REASONS, startCourse, listCourses, endLoading, endCourse, recordWorkUp, DeficiencyPictureIn, listProposals, acceptProposal, declineProposal, StartCourse, Course, CourseProposal } from './routes/courses.js';
export { previewImport, runImport, readImport, listImports, ImportReport, ImportRun } from './routes/imports.js';
export { checkInjectionRoute, recordInjection, listInjections, readInjection, amendInjection, voidInjection, LIMBS, Baseline, CheckInjection, RecordInjection, AmendInjection, Injection, SiteAdviceOut } from './routes/injections.js';
export { LIVE_TOPICS, LiveChange, listenToChanges, type LiveTopic } from './routes/live.js';
export { recordLabResult, listLabResults, amendLabResult, voidLabResult, RecordLabResult, AmendLabResult, LabResult } from './routes/lab-results.js';
export { AmendPainPlan, amendPainPlan, PainPlan, RecordPainPlan, recordPainPlan, voidPainPlan } from './routes/pain-plans.js';
export { registerPatient, searchPatients, readPatient, editPatient, readChart, readFacts, restrictSites, liftRestriction, decideRoute, RegisterPatient, EditPatient, Patient, PatientRow, SiteRestriction, Hold, RouteDecision, Chart, PatientFactsOut } from './routes/patients.js';
export { listProducts, listLots, receiveLot, changeLotStatus, Product, Lot } from './routes/products.js';
export { AmendRuleOut, amendRuleOut, RecordRuleOut, RuleOutEntry, recordRuleOut, voidRuleOut } from './routes/rule-outs.js';
export { listProtocolVersions, readProtocolVersion, draftProtocol, editProtocolDraft, withdrawProtocolDraft, signProtocol, simulateProtocol, readProtocolSimulation, DraftProtocol, PROTOCOL_STATES, ProtocolChanges, ProtocolSimulation, ProtocolVersion, ProtocolVersionDetail, SimulationFindings } from './routes/protocol.js';
export { listRules, RuleOut } from './routes/rules.js';
export {
  ApplyForSelfInjection, applyForSelfInjection, approveSelfInjection, endSelfInjection, RecordTraining, readSelfInjection, recordTraining, SelfInjectionProgramme, voidTraining,
} from './routes/self-injection.js';
export { AmendSymptomScore, amendSymptomScore, RecordSymptomScore, recordSymptomScore, SymptomScore, voidSymptomScore } from './routes/symptom-scores.js';
export { explainWhyNot, WhyNot } from './routes/why-not.js';
export { readToday, readSummary, TODAY_BUCKETS, TodayRow } from './routes/worklists.js';
export { readSession, Session, SignIn, signIn, signOut, switchClinic } from './routes/session.js';
export { advanceTestClock, readTestClock, setTestClock, TestClock } from './routes/test-clock.js';
