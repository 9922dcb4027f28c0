// One valid request for every route of the contract, with the records it speaks about. A route without an entry does not compile:
// whatever walks the contract – hostile input, the role matrix – knows every route there is.
import type { Role } from '@vastus/clinical';
import { acknowledgeAlert, PERMISSIONS, ROUTES, type RouteShape, restrictSites, simulateProtocol } from '@vastus/contract';
import * as build from './build.js';
import type { Request } from './clients.js';
import { FOLLOW_UP_REQUESTS, PICTURE } from './follow-up-requests.js';
import { bundleOf, CALL, GIVEN_AT, numbness, PASSWORD, RESULT, SCENE_NOW, type Scene } from './scene.js';
import { STAFF_REQUESTS } from './staff-requests.js';

const REASON = 'a reason that is long enough';

type Routes = typeof ROUTES;
/** All but the stream, which has no end, and what needs a provider of identities: single-sign-on.test.ts asks with a real one. */
export type RouteName = Exclude<keyof Routes, 'listenToChanges' | 'startSingleSignOn' | 'linkSingleSignOn' | 'finishSingleSignOn'>;

const record = (recordNumber: string) => ({
  recordNumber,
  familyName: 'Muster',
  givenName: 'Maria',
  birthDate: '1960-05-17',
  sex: 'female' as const,
  phone: '+49 30 1234',
  email: 'm@example.org',
  interpreterLanguage: 'Polish',
  deceasedOn: null,
  renalDysfunction: false,
  malabsorption: ['post-bariatric' as const],
  riskGroups: ['long-term-metformin' as const],
  allergies: ['other' as const],
  allergyNote: 'rash',
  anticoagulated: false,
  folicAcidMgPerDay: 0,
  neurotoxicDrugs: 'none',
  note: 'hard of hearing',
  overrideReason: REASON,
});

async function dose(scene: Scene) {
  const { course, lot } = await scene.treated();
  return build.dose(course, lot, '2026-11-20T08:00:00.000Z', {
    status: 'given',
    notGivenReason: null,
    volumeMl: 1,
    route: 'IM',
    needleGauge: 23,
    needleLengthMm: 38,
    aspirated: 'no',
    skinFindings: ['deltoid-left'],
    selfReported: false,
    baseline: { pain: 2, sensory: 'symmetric', limbs: ['left-leg'], motor: 'normal' },
    note: 'calm',
    override: null,
    alreadyGiven: { reason: REASON },
  });
}

async function course(scene: Scene) {
  const { id: productId } = await build.product(scene.clinic);
  return {
    productId,
    doseMicrograms: 1000,
    indication: 'fatigue',
    cause: 'pernicious-anemia' as const,
    neurologicalInvolvement: false,
    symptomsSince: '2026-09-01',
    anemiaAtBaseline: true,
    regimen: 'maintenance' as const,
    maintenanceMonths: 2,
    monitoringPlan: 'MON-3-6-12' as const,
    startedOn: '2026-11-20',
    deficiencyPicture: PICTURE,
  };
}

const patientOf = async (scene: Scene) => ({ patientId: (await scene.treated()).patient.id });

/** Everything that may be sent is sent, so that every field can be spoiled. Asked again, an entry makes what its request uses up. */
export const VALID: { [N in RouteName]: (scene: Scene, asker: Role) => Promise<Request<Routes[N]>> } = {
  recordAdverseEvent: async (scene) => {
    const { patient, injection } = await build.treated(scene.clinic, GIVEN_AT);
    return { params: { patientId: patient.id }, body: numbness(injection.id) };
  },
  listAdverseEvents: async (scene) => ({
    query: {
      patientId: (await scene.newEvent()).patientId,
      level: 'urgent',
      outcome: 'ongoing',
      causality: 'none',
      serious: 'unknown',
      site: 'ventrogluteal-right',
      lotId: (await scene.treated()).lot.id,
      productId: (await build.product(scene.clinic)).id,
      from: '2026-11-01',
      to: '2026-11-30',
      completeness: 'poor',
      againstStop: 'false',
      limit: '10',
    },
  }),
  readAdverseEvent: async (scene) => ({ params: { eventId: (await scene.newEvent()).eventId } }),
  examineAdverseEvent: async (scene) => ({
    params: { eventId: (await scene.newEvent()).eventId },
    body: {
      examinedAt: '2026-11-19T09:00:00.000Z',
      course: 'stable',
      motorDeficit: true,
      electrodiagnosticStudy: false,
      pain: 3,
      strength: [{ muscle: 'tibialis-anterior', side: 'right', grade: 3 }],
      sensation: [{ region: 'foot-top', side: 'right', modality: 'pinprick', sensation: 'reduced' }],
      sensory: 'dull',
      note: 'seen at home',
    },
  }),
  amendAdverseEvent: async (scene) => {
    const { eventId, injectionId } = await scene.newEvent();
    return {
      params: { eventId },
      body: { ...numbness(injectionId), concludedOutcome: null, amendReason: REASON },
      headers: { 'if-match': '"1"' },
    };
  },
  voidAdverseEvent: async (scene) => ({ params: { eventId: (await scene.newEvent()).eventId }, body: { reason: REASON } }),

  readEventRates: async () => ({ query: { from: '2026-01-01', to: '2026-11-30', harm: 'true' } }),
  noteEventFiling: async (scene) => ({
    params: { eventId: (await scene.newEvent()).eventId },
    body: {
      authority: 'National agency',
      authorityReference: 'A-17',
      filedOn: '2026-11-19',
      manufacturer: 'Maker',
      manufacturerInformedOn: '2026-11-19',
      productKept: 'kept',
      note: 'vial in the fridge',
    },
    headers: { 'if-match': '"0"' },
  }),
  exportAdverseEvents: async (scene) => ({
    query: { patientId: (await scene.newEvent()).patientId, level: 'urgent', from: '2026-11-01', identify: 'initials' },
  }),
  readEventReport: async (scene) => ({ params: { eventId: (await scene.newEvent()).eventId }, query: { identify: 'initials' } }),
  printEventReport: async (scene) => ({ params: { eventId: (await scene.newEvent()).eventId }, query: { identify: 'record-number' } }),

  listAlerts: async (scene) => ({
    query: {
      ownerRole: 'nurse',
      show: 'active',
      priority: 'normal',
      ruleId: 'RX-OVERDUE',
      patientId: (await patientOf(scene)).patientId,
      limit: '10',
    },
  }),
  readAlertQueue: async (scene) => ({
    query: {
      ownerRole: 'nurse',
      show: 'active',
      priority: 'normal',
      ruleId: 'RX-OVERDUE',
      patientId: (await patientOf(scene)).patientId,
      limit: '10',
    },
  }),
  countAlerts: async () => ({ query: { ownerRole: 'nurse' } }),
  readAlert: async (scene) => ({ params: { alertId: await scene.newAlert() } }),
  acknowledgeAlert: async (scene) => ({ params: { alertId: await scene.newAlert() }, body: {} }),
  acknowledgeAlerts: async (scene, asker) => ({ body: { alertIds: [await scene.newReminder(asker)] } }),
  undoAlert: async (scene) => {
    const alertId = await scene.newAlert();
    await scene.clinic.nurse.ok(acknowledgeAlert, { params: { alertId }, body: {} });
    return { params: { alertId }, body: {} };
  },
  snoozeAlert: async (scene) => ({
    params: { alertId: await scene.newAlert() },
    body: { until: '2026-11-21T09:00:00.000Z', reason: 'phones tomorrow' },
    headers: { 'if-match': '"1"' },
  }),
  resolveAlert: async (scene) => ({ params: { alertId: await scene.newAlert() }, body: { outcome: 'done', reason: 'seen' } }),
  dismissAlert: async (scene) => ({ params: { alertId: await scene.newAlert() }, body: { reason: REASON } }),

  listAudit: async (scene) => ({
    query: {
      patientId: (await patientOf(scene)).patientId,
      actorId: scene.clinic.members.nurse.membershipId,
      action: 'patient.register',
      from: '2026-11-01',
      to: '2026-11-30',
      changes: 'true',
      limit: '10',
    },
  }),

  exportAudit: async (scene) => ({
    query: { patientId: (await patientOf(scene)).patientId, action: 'patient.register', from: '2026-11-01', changes: 'true' },
  }),
  listAuditActors: async () => ({}),
  recordContactAttempt: async (scene) => {
    const { patient, course: running } = await build.treated(scene.clinic, GIVEN_AT);
    return { params: { patientId: patient.id }, body: { ...CALL, courseId: running.id } };
  },
  voidContactAttempt: async (scene) => ({ params: { contactAttemptId: await scene.newCall() }, body: { reason: REASON } }),

  startCourse: async (scene) => ({ params: { patientId: (await build.patient(scene.clinic)).id }, body: await course(scene) }),
  listCourses: async (scene) => ({ params: await patientOf(scene) }),
  endLoading: async (scene) => ({
    params: { courseId: await scene.newCourse({ neurologicalInvolvement: true, regimen: 'loading-alternate-days' }) },
    body: { on: '2026-11-19', statement: 'no further improvement' },
  }),
  endCourse: async (scene) => ({
    params: { courseId: await scene.newCourse() },
    body: { on: '2026-11-19', reason: 'moved-away', note: 'to the coast', overrideReason: REASON },
  }),
  listProposals: async () => ({ query: { state: 'proposed', limit: '10' } }),
  acceptProposal: async (scene) => ({ params: { proposalId: await scene.newProposal() }, body: await course(scene) }),
  declineProposal: async (scene) => ({ params: { proposalId: await scene.newProposal() }, body: { reason: REASON } }),

  previewImport: async (scene) => ({ body: bundleOf(scene.next()) }),
  runImport: async (scene) => ({ params: { importRunId: await scene.newImport() }, body: {} }),
  readImport: async (scene) => ({ params: { importRunId: await scene.newImport() } }),
  listImports: async () => ({ query: { limit: '10' } }),

  checkInjectionRoute: async (scene) => {
    const { site, givenAt, ...sent } = await dose(scene);
    const { courseId, productId, lotId, route, doseMicrograms, volumeMl, skinFindings } = sent;
    return {
      params: await patientOf(scene),
      body: {
        courseId,
        productId,
        lotId,
        route,
        site,
        doseMicrograms,
        volumeMl,
        givenAt,
        skinFindings,
        selfReported: false,
        baselineRecorded: true,
      },
    };
  },
  recordInjection: async (scene) => ({ params: await patientOf(scene), body: await dose(scene) }),
  listInjections: async (scene) => {
    const { patient, lot } = await scene.treated();
    return {
      query: {
        patientId: patient.id,
        lotId: lot.id,
        site: 'ventrogluteal-right',
        from: '2026-11-01',
        to: '2026-11-30',
        state: 'effective',
        againstStop: 'false',
        limit: '10',
      },
    };
  },
  readInjection: async (scene) => ({ params: { injectionId: (await scene.treated()).injection.id } }),
  amendInjection: async (scene) => {
    const { course: running, lot, injection } = await build.treated(scene.clinic, GIVEN_AT);
    const body = { ...(await dose(scene)), courseId: running.id, productId: running.productId, lotId: lot.id, amendReason: REASON };
    return { params: { injectionId: injection.id }, body };
  },
  voidInjection: async (scene) => ({ params: { injectionId: await scene.newInjection() }, body: { reason: REASON } }),

  recordLabResult: async (scene) => ({ params: await patientOf(scene), body: RESULT }),
  listLabResults: async (scene) => ({ query: { patientId: (await patientOf(scene)).patientId, analyte: 'b12', limit: '10' } }),
  amendLabResult: async (scene) => ({
    params: { resultId: await scene.newResult() },
    body: { ...RESULT, value: 220, amendReason: REASON },
  }),
  voidLabResult: async (scene) => ({ params: { resultId: await scene.newResult() }, body: { reason: REASON } }),

  registerPatient: async (scene) => ({ body: record(`V-${scene.next()}`) }),
  searchPatients: async () => ({ query: { limit: '10' }, body: { q: 'muster', bornOn: '1960-05-17' } }),
  readPatient: async (scene) => ({ params: await patientOf(scene) }),
  editPatient: async (scene) => ({
    params: { patientId: (await build.patient(scene.clinic)).id },
    body: record(`E-${scene.next()}`),
    headers: { 'if-match': '"1"' },
  }),
  readTimeline: async (scene) => ({ params: await patientOf(scene), query: { kind: 'injection', limit: '10' } }),
  readChart: async (scene) => ({ params: await patientOf(scene) }),
  readFacts: async (scene) => ({ params: await patientOf(scene) }),
  restrictSites: async (scene) => ({
    params: await patientOf(scene),
    body: { sites: ['deltoid-right'], reason: 'lymphoedema', since: '2026-11-01', until: null },
  }),
  liftRestriction: async (scene) => {
    const body = { sites: ['deltoid-right' as const], reason: 'lymphoedema', since: '2026-11-01' };
    const { restriction } = await scene.clinic.nurse.ok(restrictSites, { params: await patientOf(scene), body });
    return { params: { restrictionId: restriction.id }, body: { reason: REASON } };
  },
  decideRoute: async (scene) => ({
    params: { patientId: (await scene.newEvent()).patientId },
    body: { decision: 'oral', reason: REASON, overrideReason: REASON },
  }),

  listProducts: async () => ({}),
  addGtin: async (scene) => ({
    params: { productId: (await build.product(scene.clinic)).id },
    body: { gtin: scene.nextGtin() },
  }),
  readLotRecall: async (scene) => ({ params: { lotId: (await scene.treated()).lot.id } }),
  listLotRecipients: async (scene) => ({ params: { lotId: (await scene.treated()).lot.id }, query: { contact: 'open', limit: '10' } }),
  exportLotRecipients: async (scene) => ({ params: { lotId: (await scene.treated()).lot.id }, query: { contact: 'open' } }),
  recordRecallContact: async (scene) => {
    const { lot, patient } = await build.treated(scene.clinic, GIVEN_AT);
    return {
      params: { lotId: lot.id, patientId: patient.id },
      body: { outcome: 'advised', note: 'told to watch the arm', contactedAt: '2026-11-20T08:30:00.000Z' },
    };
  },
  listLots: async (scene) => ({
    query: { productId: (await build.product(scene.clinic)).id, usable: 'true', stopped: 'false', lotNumber: 'V-1', limit: '10' },
  }),
  readLotOfTheDay: async (scene) => ({ query: { productId: (await build.product(scene.clinic)).id } }),
  receiveLot: async (scene) => ({
    body: {
      productId: (await build.product(scene.clinic)).id,
      lotNumber: `V-${scene.next()}`,
      expiresOn: '2028-05-31',
      receivedOn: '2026-11-19',
    },
  }),
  changeLotStatus: async (scene) => ({
    params: { lotId: (await build.lot(scene.clinic)).id },
    body: { status: 'on-hold', reason: REASON },
    headers: { 'if-match': '"1"' },
  }),

  ...FOLLOW_UP_REQUESTS,

  listProtocolVersions: async () => ({ query: { state: 'draft', limit: '10' } }),
  readProtocolVersion: async (scene) => ({ params: { versionId: await scene.newDraft() } }),
  draftProtocol: async (scene) => ({ body: await scene.draft() }),
  editProtocolDraft: async (scene) => ({
    params: { versionId: await scene.newDraft() },
    body: await scene.draft(),
    headers: { 'if-match': '"1"' },
  }),
  withdrawProtocolDraft: async (scene) => ({ params: { versionId: await scene.newDraft() }, body: { reason: REASON } }),
  signProtocol: async (scene) => ({
    params: { versionId: await scene.newDraft() },
    body: { inForceFrom: '2026-11-21' },
    headers: { 'if-match': '"1"' },
  }),
  simulateProtocol: async (scene) => ({ params: { versionId: await scene.newDraft() }, body: {} }),
  readProtocolSimulation: async (scene) => {
    const params = { versionId: await scene.newDraft() };
    return { params: { simulationId: (await scene.clinic.physician.ok(simulateProtocol, { params, body: {} })).id } };
  },

  listRules: async () => ({}),
  readToday: async (scene) => ({
    query: { bucket: 'due', productId: (await build.product(scene.clinic)).id, phase: 'maintenance', limit: '10' },
  }),
  readSummary: async () => ({}),

  ...STAFF_REQUESTS,

  signIn: async (scene) => ({ body: { email: await scene.email(), password: PASSWORD } }),
  readSession: async () => ({}),
  signOut: async () => ({}),
  switchClinic: async (scene) => ({ body: { clinicId: scene.clinic.id } }),

  readSystem: async () => ({}),
  readAuditSeal: async () => ({}),
  verifyAudit: async () => ({ body: {} }),

  readTestClock: async () => ({}),
  setTestClock: async () => ({ body: { now: SCENE_NOW } }),
  advanceTestClock: async () => ({ body: { days: 0, hours: 0, minutes: 1 } }),
};

export const ROUTE_NAMES = Object.keys(VALID) as RouteName[];

/** The declaration, and a valid request for it, of a route known by its name only. */
export const shapeOf = (name: RouteName): RouteShape => ROUTES[name];
export interface LooseRequest {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
}
/** `asker`: who will send it, for what speaks about oneself. */
export const validRequest = async (name: RouteName, scene: Scene, asker = callerOf(shapeOf(name))): Promise<LooseRequest> =>
  (await VALID[name](scene, asker)) as LooseRequest;

/** A role that may call the route; where several may, the first of the permission table. */
export function callerOf({ access }: RouteShape): Role {
  return 'needs' in access ? PERMISSIONS[access.needs][0] : 'nurse';
}
