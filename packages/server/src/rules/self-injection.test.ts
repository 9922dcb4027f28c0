// Section F through HTTP: from eligibility to suspension after an event.
import {
  amendInjection,
  applyForSelfInjection,
  approveSelfInjection,
  endCourse,
  endSelfInjection,
  listAlerts,
  listAudit,
  readChart,
  readSelfInjection,
  recordAdverseEvent,
  recordInjection,
  recordTraining,
  type SelfInjectionProgramme,
  voidTraining,
} from '@vastus/contract';
import * as build from '../testing/build.js';
import { APPLICATION } from '../testing/follow-up-requests.js';
import { startTestApi, type TestApi, type TestClinic } from '../testing/index.js';

const NOW = '2026-11-20T09:00:00.000Z';
const GIVEN_AT = '2026-11-18T09:00:00.000Z';
const ITEMS = ['needle-and-site', 'depth-and-angle', 'comfort', 'sharps-disposal', 'recognizing-reactions'] as const;
let api: TestApi;
let clinic: TestClinic;
let given: Awaited<ReturnType<typeof build.treated>>;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set(NOW);
  clinic = await api.newClinic();
  given = await build.treated(clinic, GIVEN_AT, { dose: { site: 'rectus-femoris-left' } });
});

const params = () => ({ patientId: given.patient.id });
const apply = (fields: object = {}) =>
  clinic.nurse.ok(applyForSelfInjection, { params: params(), body: { courseId: given.course.id, ...APPLICATION, ...fields } });
const train = (items: readonly string[] = ITEMS, trainedOn = '2026-11-18') =>
  clinic.nurse.ok(recordTraining, {
    params: params(),
    body: {
      courseId: given.course.id,
      trainedOn,
      items: items.map((item) => ({ item: item as 'comfort', injectionId: item === 'observed-dose' ? given.injection.id : null })),
    },
  });
const approve = (body: object = {}, as = clinic.physician) =>
  as.call(approveSelfInjection, { params: params(), body: { courseId: given.course.id, ...body } });
const approved = async (): Promise<SelfInjectionProgramme> => {
  await apply();
  await train([...ITEMS, 'observed-dose']);
  const { status, body } = await approve();
  expect(status).toBe(201);
  return body.programme;
};
const programme = async () => (await clinic.nurse.ok(readSelfInjection, { params: params() })).items[0]!;
const codes = (findings: readonly object[] = []) => findings.map((finding) => (finding as { code: string }).code).sort();
const reportHomeDose = (givenAt: string, fields: object = {}) =>
  clinic.nurse.call(recordInjection, {
    params: params(),
    body: build.dose(given.course, given.lot, givenAt, { lotId: null, selfReported: true, site: 'rectus-femoris-right', ...fields }),
  });

test('before anything is answered everything refuses, and the screen can say what', async () => {
  expect(await programme()).toMatchObject({ courseId: given.course.id, state: 'none', application: null, training: [], approvals: [] });
  expect(codes((await programme()).findings)).toEqual([
    'self-eligibility-unanswered',
    'self-first-dose-not-observed',
    'self-plan-incomplete',
    'self-training-incomplete',
  ]);
  const refused = await approve();
  expect([refused.status, refused.body.code]).toEqual([409, 'blocked-by-rule']);
});

test('a tremor refuses approval; a physician may judge otherwise with a reason, a nurse may not approve at all', async () => {
  await apply({ exclusions: { ...APPLICATION.exclusions, 'tremor-or-poor-coordination': true } });
  await train([...ITEMS, 'observed-dose']);
  const refused = await approve();
  expect(refused.body.findings).toMatchObject([{ ruleId: 'SELF-ELIG', facts: { exclusions: ['tremor-or-poor-coordination'] } }]);
  expect((await approve({}, clinic.nurse)).body.permission).toBe('self-injection.approve');
  const { status, body } = await approve({ overrideReason: 'the daughter holds the pen and was trained' });
  expect(status).toBe(201);
  expect(body.programme.approvals[0]).toMatchObject({
    overrideReason: 'the daughter holds the pen and was trained',
    findings: [{ ruleId: 'SELF-ELIG' }],
  });
});

test('while loading, with an unknown cause and no written plan, nobody injects at home', async () => {
  given = await build.treated(clinic, GIVEN_AT, { course: { regimen: 'loading-three-weekly', cause: 'unknown' } });
  await apply({ plan: { 'dosing-plan': 'as before' } });
  await train([...ITEMS, 'observed-dose']);
  const { body } = await approve();
  expect(codes(body.findings)).toEqual(['self-cause-unknown', 'self-not-stabilized', 'self-plan-incomplete']);
});

test('training is kept item by item; without the observed first dose no reason helps', async () => {
  await apply();
  await train(ITEMS.slice(0, 4));
  expect(codes((await approve({ overrideReason: 'she is a nurse herself' })).body.findings)).toEqual([
    'self-first-dose-not-observed',
    'self-training-incomplete',
  ]);
  const { programme: trained } = await train([ITEMS[4], 'observed-dose']);
  expect(trained.findings).toEqual([]);
  expect(trained.training).toHaveLength(6);
  const { programme: less } = await clinic.nurse.ok(voidTraining, {
    params: { trainingId: trained.training[0]!.id },
    body: { reason: 'was not shown at all' },
  });
  expect(codes(less.findings)).toEqual(['self-training-incomplete']);
});

test('the observed dose is one the clinic gave in this course, and is followed when it is corrected', async () => {
  await apply();
  const observe = (injectionId: string | null, item = 'observed-dose') =>
    clinic.nurse.call(recordTraining, {
      params: params(),
      body: { courseId: given.course.id, trainedOn: '2026-11-18', items: [{ item: item as 'comfort', injectionId }] },
    });
  const other = await build.treated(clinic, GIVEN_AT);
  for (const [id, item] of [[null], [other.injection.id], [given.injection.id, 'comfort']] as const)
    expect((await observe(id, item)).body.issues?.map(({ pointer }) => pointer)).toEqual(['/items/0/injectionId']);
  await train([...ITEMS, 'observed-dose']);
  const body = {
    ...build.dose(given.course, given.lot, GIVEN_AT, { site: 'rectus-femoris-right' }),
    amendReason: 'it was the other thigh',
  };
  const { injection } = await clinic.nurse.ok(amendInjection, { params: { injectionId: given.injection.id }, body });
  expect((await programme()).training.find(({ item }) => item === 'observed-dose')?.injectionId).toBe(injection.id);
  expect((await programme()).findings).toEqual([]);
});

test('a home dose is kept as reported by the patient and moves the schedule; one that is not reported is overdue like any', async () => {
  const { approvals } = await approved();
  expect(approvals).toMatchObject([{ trainedOn: '2026-11-18', plannedUntil: '2027-11-20' }]);
  await api.clock.set('2027-01-18T09:00:00.000Z');
  const { status, body } = await reportHomeDose('2027-01-18T08:00:00.000Z');
  expect([status, body.injection.selfReported, body.injection.againstStop, body.injection.lotId]).toEqual([201, true, false, null]);
  const chart = await clinic.nurse.ok(readChart, { params: params() });
  expect(chart.courses[0]).toMatchObject({ dosesGiven: 2, nextDueOn: '2027-03-18' });
  expect(chart.selfInjection).toMatchObject([{ state: 'approved', homeDoseIds: [body.injection.id] }]);
  await api.clock.set('2027-03-26T09:00:00.000Z');
  await api.runJob('raise-due-alerts', {});
  const { items } = await clinic.nurse.ok(listAlerts, { query: { patientId: given.patient.id, ruleId: 'RX-OVERDUE' } });
  expect(items).toMatchObject([{ facts: { lastDoseSelfReported: true } }]);
});

test('a home dose without an approval is stopped; one that was given all the same is the truth, and a physician hears of it', async () => {
  const stopped = await reportHomeDose(NOW);
  expect([stopped.status, codes(stopped.body.findings?.filter(({ severity }) => severity === 'block'))]).toEqual([
    409,
    ['self-injection-not-approved'],
  ]);
  const told = await reportHomeDose(NOW, { alreadyGiven: { reason: 'had vials left from last year' } });
  expect(told.body.injection.againstStop).toBe(true);
  const { items } = await clinic.physician.ok(listAlerts, { query: { patientId: given.patient.id, ruleId: 'REC-TRUTH' } });
  expect(items).toMatchObject([{ facts: { stopRuleIds: ['SELF-STOP'] } }]);
});

test('an adverse event suspends the approval at once', async () => {
  await approved();
  await api.clock.advance({ minutes: 5 });
  await clinic.nurse.ok(recordAdverseEvent, {
    params: params(),
    body: { injectionId: given.injection.id, onsetAt: '2026-11-18T09:01:00Z', assessment: { onset: 'hours', motor: 'none' } },
  });
  expect(await programme()).toMatchObject({ state: 'suspended', reasons: [{ code: 'adverse-event' }, { code: 'im-hold-active' }] });
  const stopped = await reportHomeDose(api.clock.now());
  expect(codes(stopped.body.findings)).toContain('self-injection-suspended');
  const again = await approve({ overrideReason: 'it was only a bruise, I think' });
  expect([again.status, codes(again.body.findings)]).toEqual([409, expect.arrayContaining(['self-event-unresolved', 'im-hold-active'])]);
});

test('training lapses after twelve months; trained again, a physician approves again', async () => {
  await approved();
  await api.clock.set('2027-11-18T09:00:00.000Z');
  expect((await programme()).state).toBe('approved');
  await api.clock.set('2027-11-19T09:00:00.000Z');
  expect(await programme()).toMatchObject({ state: 'suspended', reasons: [{ ruleId: 'SELF-STOP', code: 'training-lapsed' }] });
  await train(ITEMS, '2027-11-19');
  expect((await approve()).body.programme).toMatchObject({ state: 'approved', trainingValidUntil: '2028-11-19' });
});

test('an approval is taken back by anybody who treats the patient, and ends with its plan or its course', async () => {
  const { approvalId } = await approved();
  expect((await approve()).body.code).toBe('state-changed');
  const { programme: ended } = await clinic.nurse.ok(endSelfInjection, {
    params: { approvalId: approvalId! },
    body: { reason: 'the daughter moved away' },
  });
  expect(ended).toMatchObject({
    state: 'ended',
    reasons: [{ code: 'approval-ended' }],
    approvals: [{ endReason: 'the daughter moved away' }],
  });
  const twice = await clinic.nurse.call(endSelfInjection, {
    params: { approvalId: approvalId! },
    body: { reason: 'the daughter moved away' },
  });
  expect([twice.status, twice.body.code]).toEqual([409, 'state-changed']);
  await api.clock.advance({ hours: 1 });
  expect((await approve()).body.programme.state).toBe('approved');
  await clinic.physician.ok(endCourse, { params: { courseId: given.course.id }, body: { on: '2026-11-20', reason: 'moved-away' } });
  expect(await programme()).toMatchObject({
    state: 'ended',
    reasons: expect.arrayContaining([expect.objectContaining({ code: 'course-ended' })]),
  });
  const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'self-injection.end' } });
  expect(items).toHaveLength(1);
});

test('another clinic sees and changes nothing of it', async () => {
  const { training, approvalId } = await approved();
  const stranger = await api.newClinic();
  expect((await stranger.nurse.call(readSelfInjection, { params: params() })).status).toBe(404);
  expect((await stranger.physician.call(approveSelfInjection, { params: params(), body: { courseId: given.course.id } })).status).toBe(404);
  expect(
    (await stranger.nurse.call(voidTraining, { params: { trainingId: training[0]!.id }, body: { reason: 'just to see whether it goes' } }))
      .status,
  ).toBe(404);
  expect(
    (await stranger.nurse.call(endSelfInjection, { params: { approvalId: approvalId! }, body: { reason: 'just to see whether it goes' } }))
      .status,
  ).toBe(404);
});
