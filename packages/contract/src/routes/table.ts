/** Every route, by name. Walked at boot: each has exactly one handler, and no handler exists beside them. */
import type { RouteShape } from '../route.js';
import { recordAdverseEvent, listAdverseEvents, readAdverseEvent, examineAdverseEvent, voidAdverseEvent } from './adverse-events.js';
import { listAlerts, countAlerts, readAlert, acknowledgeAlert, snoozeAlert, resolveAlert, dismissAlert } from './alerts.js';
import { listAudit } from './audit.js';
import { startCourse, listCourses, endLoading, endCourse, recordWorkUp, listProposals, acceptProposal, declineProposal } from './courses.js';
import { previewImport, runImport, readImport, listImports } from './imports.js';
import { checkInjectionRoute, recordInjection, listInjections, readInjection, amendInjection, voidInjection } from './injections.js';
import { recordLabResult, listLabResults, amendLabResult, voidLabResult } from './lab-results.js';
import { amendPainPlan, recordPainPlan, voidPainPlan } from './pain-plans.js';
import { registerPatient, searchPatients, readPatient, editPatient, readChart, readFacts, restrictSites, liftRestriction, decideRoute } from './patients.js';
import { listProducts, listLots, receiveLot, changeLotStatus } from './products.js';
import { draftProtocol, editProtocolDraft, listProtocolVersions, readProtocolSimulation, readProtocolVersion, signProtocol, simulateProtocol, withdrawProtocolDraft } from './protocol.js';
import { listenToChanges } from './live.js';
import { amendRuleOut, recordRuleOut, voidRuleOut } from './rule-outs.js';
import { listRules } from './rules.js';
import { applyForSelfInjection, approveSelfInjection, endSelfInjection, readSelfInjection, recordTraining, voidTraining } from './self-injection.js';
import { readSession, signIn, signOut, switchClinic } from './session.js';
import { advanceTestClock, readTestClock, setTestClock } from './test-clock.js';
import { amendSymptomScore, recordSymptomScore, voidSymptomScore } from './symptom-scores.js';
import { explainWhyNot } from './why-not.js';
import { readToday, readSummary } from './worklists.js';

export const ROUTES = {
  recordAdverseEvent, listAdverseEvents, readAdverseEvent, examineAdverseEvent, voidAdverseEvent,
  listAlerts, countAlerts, readAlert, acknowledgeAlert, snoozeAlert, resolveAlert, dismissAlert,
  listAudit,
  startCourse, listCourses, endLoading, endCourse, recordWorkUp, listProposals, acceptProposal, declineProposal,
  previewImport, runImport, readImport, listImports,
  checkInjectionRoute, recordInjection, listInjections, readInjection, amendInjection, voidInjection,
  recordLabResult, listLabResults, amendLabResult, voidLabResult,
  registerPatient, searchPatients, readPatient, editPatient, readChart, readFacts, restrictSites, liftRestriction, decideRoute,
  listProducts, listLots, receiveLot, changeLotStatus,
  recordSymptomScore, amendSymptomScore, voidSymptomScore,
  recordRuleOut, amendRuleOut, voidRuleOut,
  recordPainPlan, amendPainPlan, voidPainPlan,
  readSelfInjection, applyForSelfInjection, recordTraining, voidTraining, approveSelfInjection, endSelfInjection,
  listProtocolVersions, readProtocolVersion, draftProtocol, editProtocolDraft, withdrawProtocolDraft, signProtocol, simulateProtocol, readProtocolSimulation,
  listRules, explainWhyNot,
  readToday, readSummary,
  signIn, readSession, signOut, switchClinic,
  listenToChanges,
  readTestClock, setTestClock, advanceTestClock,
} satisfies Record<string, RouteShape>;
