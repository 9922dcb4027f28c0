/** Every route, by name. Walked at boot: each has exactly one handler, and no handler exists beside them. */
import type { RouteShape } from '../route.js';
import { examineAdverseEvent, listAdverseEvents, readAdverseEvent, recordAdverseEvent, voidAdverseEvent } from './adverse-events.js';
import { acknowledgeAlert, countAlerts, dismissAlert, listAlerts, readAlert, resolveAlert, snoozeAlert } from './alerts.js';
import { listAudit, readAuditSeal, verifyAudit } from './audit.js';
import { recordContactAttempt, voidContactAttempt } from './contact-attempts.js';
import {
  acceptProposal,
  declineProposal,
  endCourse,
  endLoading,
  listCourses,
  listProposals,
  recordWorkUp,
  startCourse,
} from './courses.js';
import { listImports, previewImport, readImport, runImport } from './imports.js';
import { amendInjection, checkInjectionRoute, listInjections, readInjection, recordInjection, voidInjection } from './injections.js';
import { amendLabResult, listLabResults, recordLabResult, voidLabResult } from './lab-results.js';
import { listenToChanges } from './live.js';
import { amendPainPlan, recordPainPlan, voidPainPlan } from './pain-plans.js';
import {
  decideRoute,
  editPatient,
  liftRestriction,
  readChart,
  readFacts,
  readPatient,
  registerPatient,
  restrictSites,
  searchPatients,
} from './patients.js';
import { changeLotStatus, listLots, listProducts, readLotOfTheDay, receiveLot } from './products.js';
import {
  draftProtocol,
  editProtocolDraft,
  listProtocolVersions,
  readProtocolSimulation,
  readProtocolVersion,
  signProtocol,
  simulateProtocol,
  withdrawProtocolDraft,
} from './protocol.js';
import { amendRuleOut, recordRuleOut, voidRuleOut } from './rule-outs.js';
import { listRules } from './rules.js';
import {
  applyForSelfInjection,
  approveSelfInjection,
  endSelfInjection,
  readSelfInjection,
  recordTraining,
  voidTraining,
} from './self-injection.js';
import { readSession, signIn, signOut, switchClinic } from './session.js';
import { amendSymptomScore, recordSymptomScore, voidSymptomScore } from './symptom-scores.js';
import { advanceTestClock, readTestClock, setTestClock } from './test-clock.js';
import { explainWhyNot } from './why-not.js';
import { readSummary, readToday } from './worklists.js';

export const ROUTES = {
  recordAdverseEvent,
  listAdverseEvents,
  readAdverseEvent,
  examineAdverseEvent,
  voidAdverseEvent,
  listAlerts,
  countAlerts,
  readAlert,
  acknowledgeAlert,
  snoozeAlert,
  resolveAlert,
  dismissAlert,
  listAudit,
  readAuditSeal,
  verifyAudit,
  recordContactAttempt,
  voidContactAttempt,
  startCourse,
  listCourses,
  endLoading,
  endCourse,
  recordWorkUp,
  listProposals,
  acceptProposal,
  declineProposal,
  previewImport,
  runImport,
  readImport,
  listImports,
  checkInjectionRoute,
  recordInjection,
  listInjections,
  readInjection,
  amendInjection,
  voidInjection,
  recordLabResult,
  listLabResults,
  amendLabResult,
  voidLabResult,
  registerPatient,
  searchPatients,
  readPatient,
  editPatient,
  readChart,
  readFacts,
  restrictSites,
  liftRestriction,
  decideRoute,
  listProducts,
  listLots,
  readLotOfTheDay,
  receiveLot,
  changeLotStatus,
  recordSymptomScore,
  amendSymptomScore,
  voidSymptomScore,
  recordRuleOut,
  amendRuleOut,
  voidRuleOut,
  recordPainPlan,
  amendPainPlan,
  voidPainPlan,
  readSelfInjection,
  applyForSelfInjection,
  recordTraining,
  voidTraining,
  approveSelfInjection,
  endSelfInjection,
  listProtocolVersions,
  readProtocolVersion,
  draftProtocol,
  editProtocolDraft,
  withdrawProtocolDraft,
  signProtocol,
  simulateProtocol,
  readProtocolSimulation,
  listRules,
  explainWhyNot,
  readToday,
  readSummary,
  signIn,
  readSession,
  signOut,
  switchClinic,
  listenToChanges,
  readTestClock,
  setTestClock,
  advanceTestClock,
} satisfies Record<string, RouteShape>;
