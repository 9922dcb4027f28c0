export { guessedFirst, judgedPart, ownLetters, PASSWORD_STRENGTH } from './passwords.js';
export { actsFor, allows, KEY_SCOPES, PERMISSIONS, type Permission, PROVEN_PERMISSIONS, permissionsOf } from './permissions.js';
export { ISSUE_CODES, type IssueCode, PROBLEMS, Problem, type ProblemCode, ProblemIssue, WaysToProve } from './problems.js';
export {
  type Access,
  type Answer,
  type Call,
  type Input,
  type Method,
  type ProofAsked,
  pathOf,
  type RouteShape,
  route,
  UNVERSIONED,
  type Unversioned,
} from './route.js';
export {
  ACCOUNT_CHANGES,
  Account,
  AccountChange,
  AccountSession,
  changePassword,
  confirmSecondFactor,
  endAccountSession,
  endOtherSessions,
  linkSingleSignOn,
  listAccountChanges,
  listAccountSessions,
  noteAccountChanges,
  PASSWORD_LENGTH,
  proposeSecondFactor,
  readAccount,
  removeSecondFactor,
  renewRecoveryCodes,
  unlinkSingleSignOn,
} from './routes/account.js';
export {
  AdverseEvent,
  AmendAdverseEvent,
  AssessmentIn,
  amendAdverseEvent,
  CAUSALITIES,
  CONCLUDED_OUTCOMES,
  CTCAE_HIGHEST_GRADE,
  CTCAE_TERMS,
  EVENT_LEVELS,
  EventCompleteness,
  EventFiling,
  EventVersion,
  Examination,
  examineAdverseEvent,
  listAdverseEvents,
  OUTCOMES,
  RecordAdverseEvent,
  RecordExamination,
  readAdverseEvent,
  recordAdverseEvent,
  SERIOUSNESS_CRITERIA,
  Triage,
  voidAdverseEvent,
} from './routes/adverse-events.js';
export {
  ALERT_STATES,
  AlertDetail,
  AlertPerson,
  AlertRow,
  AlertTransition,
  acknowledgeAlert,
  acknowledgeAlerts,
  countAlerts,
  dismissAlert,
  listAlerts,
  readAlert,
  readAlertQueue,
  resolveAlert,
  snoozeAlert,
  undoAlert,
} from './routes/alerts.js';
export { ApiKey, createApiKey, listApiKeys, revokeApiKey } from './routes/api-keys.js';
export {
  AUDIT_ACTIONS,
  type AuditAction,
  AuditEntry,
  AuditFault,
  AuditSealState,
  exportAudit,
  listAudit,
  listAuditActors,
  READING_ACTIONS,
  readAuditSeal,
  verifyAudit,
} from './routes/audit.js';
export { ContactAttempt, RecordContactAttempt, recordContactAttempt, voidContactAttempt } from './routes/contact-attempts.js';
export {
  acceptProposal,
  Course,
  CourseProposal,
  DeficiencyPictureIn,
  declineProposal,
  END_REASONS,
  endCourse,
  endLoading,
  listCourses,
  listProposals,
  recordWorkUp,
  StartCourse,
  startCourse,
} from './routes/courses.js';
export {
  EventRates,
  EventReport,
  exportAdverseEvents,
  NoteEventFiling,
  noteEventFiling,
  PRINTED_LANGUAGES,
  type PrintedLanguage,
  printEventReport,
  readEventRates,
  readEventReport,
} from './routes/event-reports.js';
export { ImportReport, ImportRun, listImports, previewImport, readImport, runImport } from './routes/imports.js';
export {
  AmendInjection,
  amendInjection,
  Baseline,
  CheckInjection,
  checkInjectionRoute,
  Injection,
  LIMBS,
  listInjections,
  RecordInjection,
  readInjection,
  recordInjection,
  SiteAdviceOut,
  voidInjection,
} from './routes/injections.js';
export {
  AmendLabResult,
  amendLabResult,
  LabResult,
  listLabResults,
  RecordLabResult,
  recordLabResult,
  voidLabResult,
} from './routes/lab-results.js';
export { LIVE_TOPICS, LiveChange, type LiveTopic, listenToChanges } from './routes/live.js';
export {
  exportLotRecipients,
  LotRecall,
  LotRecipient,
  listLotRecipients,
  RECALL_OUTCOMES,
  readLotRecall,
  recordRecallContact,
} from './routes/lot-recalls.js';
export { AmendPainPlan, amendPainPlan, PainPlan, RecordPainPlan, recordPainPlan, voidPainPlan } from './routes/pain-plans.js';
export {
  Chart,
  decideRoute,
  EditPatient,
  editPatient,
  FolicAcidOverride,
  Hold,
  liftRestriction,
  Patient,
  PatientFactsOut,
  PatientRow,
  RegisterPatient,
  RouteDecision,
  readChart,
  readFacts,
  readPatient,
  registerPatient,
  restrictSites,
  SiteRestriction,
  searchPatients,
} from './routes/patients.js';
export { addGtin, changeLotStatus, Lot, listLots, listProducts, Product, readLotOfTheDay, receiveLot } from './routes/products.js';
export {
  DraftProtocol,
  draftProtocol,
  editProtocolDraft,
  listProtocolVersions,
  PROTOCOL_STATES,
  ProtocolChanges,
  ProtocolSimulation,
  ProtocolVersion,
  ProtocolVersionDetail,
  readProtocolSimulation,
  readProtocolVersion,
  SimulationFindings,
  signProtocol,
  simulateProtocol,
  withdrawProtocolDraft,
} from './routes/protocol.js';
export { AmendRuleOut, amendRuleOut, RecordRuleOut, RuleOutEntry, recordRuleOut, voidRuleOut } from './routes/rule-outs.js';
export { listRules, RuleOut } from './routes/rules.js';
export {
  ApplyForSelfInjection,
  applyForSelfInjection,
  approveSelfInjection,
  endSelfInjection,
  RecordTraining,
  readSelfInjection,
  recordTraining,
  SelfInjectionProgramme,
  voidTraining,
} from './routes/self-injection.js';
export {
  finishSingleSignOn,
  giveSecondFactor,
  NextStep,
  proveSession,
  readSession,
  Session,
  SignIn,
  SignInAnswer,
  signIn,
  signOut,
  startSingleSignOn,
  switchClinic,
} from './routes/session.js';
export { Changes, FindingOut, ImHold, MilestoneOut, PatientName, PatientParams, versionFields } from './routes/shared.js';
export {
  acceptInvitation,
  changeStaffRole,
  deactivateStaff,
  editSignInPolicy,
  Invitation,
  inviteStaff,
  listStaff,
  reactivateStaff,
  readInvitation,
  resetStaffFactor,
  revokeInvitation,
  SignInPolicy,
  StaffMember,
  unlinkStaffSingleSignOn,
} from './routes/staff.js';
export {
  AmendSymptomScore,
  amendSymptomScore,
  RecordSymptomScore,
  recordSymptomScore,
  SymptomScore,
  voidSymptomScore,
} from './routes/symptom-scores.js';
export { readSystem, SYSTEM_FINDINGS, SYSTEM_STATES, type SystemFinding, type SystemState, SystemStatus } from './routes/system.js';
export { ROUTES } from './routes/table.js';
export { advanceTestClock, readTestClock, setTestClock, TestClock } from './routes/test-clock.js';
export { readTimeline, TIMELINE_KINDS, TimelineEntry, type TimelineKind } from './routes/timeline.js';
export { explainWhyNot, WhyNot } from './routes/why-not.js';
export { DUE_PHASES, readSummary, readToday, TODAY_BUCKETS, TodayRow } from './routes/worklists.js';
export { ClinicDate, DateOut, flag, Id, Instant, InstantOut, optionalText, page, pageQuery, Reason, text } from './values.js';
