// Sections A and B through HTTP: what an assessment means, the nerve clock, and what an event does to further injections.
import {
  decideRoute,
  dismissAlert,
  endLoading,
  examineAdverseEvent,
  explainWhyNot,
  listAlerts,
  readChart,
  recordAdverseEvent,
  recordInjection,
} from '@vastus/contract';
import * as build from '../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../testing/index.js';

const GIVEN_AT = '2026-03-10T08:30:00.000Z';
const ONSET = '2026-03-10T08:31:00.000Z';
const REPORTED = '2026-03-10T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;
let given: Awaited<ReturnType<typeof build.treated>>;

beforeAll(async () => {
  api = await startTestApi({ now: REPORTED });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set(REPORTED);
  clinic = await api.newClinic();
  given = await build.treated(clinic, GIVEN_AT, { dose: { site: 'ventrogluteal-left' } });
});

const mild = {
  onset: 'hours',
  distribution: 'localized',
  motor: 'none',
  radiatingPain: false,
  lossOfConsciousness: false,
  course: 'stable',
  siteFindings: [] as string[],
};
const injury = { ...mild, onset: 'seconds-to-minutes', distribution: 'dermatomal', motor: 'foot-or-wrist-drop', radiatingPain: true };
const report = (assessment: object, of = given) =>
  clinic.nurse.ok(recordAdverseEvent, {
    params: { patientId: of.patient.id },
    body: { injectionId: of.injection.id, onsetAt: ONSET, reportedAt: REPORTED, assessment: assessment as never },
  });
const alertsOf = async (patientId = given.patient.id) =>
  (await clinic.physician.ok(listAlerts, { query: { patientId, limit: 100 } })).items.map(({ ruleId }) => ruleId);
const examine = (eventId: string, body: object) =>
  clinic.physician.call(examineAdverseEvent, { params: { eventId }, body: { examinedAt: api.clock.now(), ...body } as never });
const laterOn = async (now: string) => {
  await api.clock.set(now);
  await api.runJob('raise-due-alerts', {});
};

describe('assessment', () => {
  test('answers that were not given are shown as missing and lower nothing', async () => {
    const { event } = await report({ motor: 'weakness' });
    expect(event.triage).toMatchObject({
      level: 'urgent',
      missing: ['onset', 'distribution', 'radiatingPain', 'lossOfConsciousness', 'course', 'siteFindings'],
    });
  });

  test('diffuse numbness is a systemic reaction: an emergency on the physician’s list at once', async () => {
    const { changes } = await report({ ...mild, distribution: 'diffuse' });
    expect(changes.alertsRaised).toBeGreaterThan(0);
    const { items } = await clinic.physician.ok(listAlerts, { query: {} });
    expect(items[0]).toMatchObject({ ruleId: 'AE-SYSTEMIC', priority: 'emergency' });
  });

  test('a swollen, warm site asks for imaging', async () => {
    const { event } = await report({ ...mild, siteFindings: ['swelling', 'warmth'] });
    expect(event.triage.imagingSuggested).toBe(true);
    expect(await alertsOf()).toContain('AE-MASS');
  });

  test('onset after hours means inflammation; localized without a motor deficit is mild, warm compresses are named', async () => {
    const { event } = await report(mild);
    expect(event.triage).toMatchObject({ mechanism: 'inflammatory', severity: 'mild' });
    expect(event.triage.advice).toContain('AE-WARM');
  });

  test('foot drop after a buttock injection: sciatic nerve, what to examine, pain treatment and block are named', async () => {
    const { event } = await report(injury);
    expect(event.triage.suspectedNerves).toContain('sciatic');
    expect(event.triage.advice).toEqual(expect.arrayContaining(['AE-EXAM', 'AE-PAIN', 'NI-BLOCK']));
  });

  test('numbness of the arm after a deltoid injection: the radial nerve', async () => {
    const arm = await build.treated(clinic, GIVEN_AT, { dose: { site: 'deltoid-left' } });
    expect((await report(injury, arm)).event.triage.suspectedNerves).toContain('radial');
  });

  test('a foot drop is not closed as harmless: its alert stays, and “resolved” has to say that strength is back', async () => {
    const { event } = await report(injury);
    const { items } = await clinic.physician.ok(listAlerts, { query: { ruleId: 'AE-URGENT' } });
    const dismissed = await clinic.physician.call(dismissAlert, {
      params: { alertId: items[0]!.id },
      body: { reason: 'surely nothing, she walks' },
    });
    expect([dismissed.status, dismissed.body.code]).toEqual([409, 'blocked-by-rule']);
    for (const motorDeficit of [null, true]) {
      const refused = await examine(event.id, { course: 'resolved', motorDeficit });
      expect([refused.status, refused.body.findings?.[0]?.['ruleId']]).toEqual([409, 'AE-NODISMISS']);
    }
    expect((await examine(event.id, { course: 'resolved', motorDeficit: false })).status).toBe(201);
  });
});

describe('the nerve clock', () => {
  test.each([
    ['NI-24H', '2026-03-11T08:31:00.000Z'],
    ['NI-48H', '2026-03-12T08:31:00.000Z'],
  ])('%s: nothing one minute before, an alert at the minute', async (ruleId, due) => {
    await report(mild);
    const before = new Date(Date.parse(due) - 60_000).toISOString();
    await laterOn(before);
    expect(await alertsOf()).not.toContain(ruleId);
    await laterOn(due);
    expect(await alertsOf()).toContain(ruleId);
  });

  test.each([
    ['NI-2W', '2026-03-24'],
    ['NI-4W', '2026-04-07'],
    ['NI-6W', '2026-04-21'],
    ['NI-EMG60', '2026-05-09'],
    ['NI-SURG', '2026-05-19'],
  ])('%s is due while symptoms last, from its day on', async (ruleId, day) => {
    await report(injury);
    const midnight = Date.parse(`${day}T00:00:00.000Z`);
    await laterOn(new Date(midnight - 3 * 3_600_000).toISOString());
    expect(await alertsOf()).not.toContain(ruleId);
    await laterOn(new Date(midnight + 3_600_000).toISOString());
    expect(await alertsOf()).toContain(ruleId);
  });

  test('a study before day 60 stays on record and never closes the one that counts', async () => {
    const { event } = await report(injury);
    await api.clock.set('2026-04-20T09:00:00.000Z');
    await examine(event.id, { course: 'stable', motorDeficit: true, electrodiagnosticStudy: true });
    await laterOn('2026-05-10T09:00:00.000Z');
    expect(await alertsOf()).toContain('NI-EMG60');
    await examine(event.id, { course: 'stable', motorDeficit: true, electrodiagnosticStudy: true });
    expect(await alertsOf()).not.toContain('NI-EMG60');
  });

  test('a recovered patient is asked nothing any more, and the explanation says why', async () => {
    const { event } = await report(mild);
    await examine(event.id, { course: 'resolved', motorDeficit: false });
    await laterOn('2026-06-20T09:00:00.000Z');
    const params = { patientId: given.patient.id };
    expect((await alertsOf()).filter((ruleId) => ruleId.startsWith('NI-'))).toEqual([]);
    const { items } = await clinic.physician.ok(explainWhyNot, { params, query: { rule: 'NI-4W' } });
    expect(items).toMatchObject([{ verdict: 'cancelled-cause', reasons: [{ code: 'event-resolved', facts: { eventId: event.id } }] }]);
  });
});

describe('the collision: loading with neuropathy and a fresh nerve injury', () => {
  test('the route is held, the treatment is not: a decision within a day, and no silent gap', async () => {
    const loading = await build.treated(clinic, GIVEN_AT, {
      course: { neurologicalInvolvement: true, regimen: 'loading-alternate-days' },
      dose: { site: 'ventrogluteal-left' },
    });
    const params = { patientId: loading.patient.id };
    await report(injury, loading);
    const chart = await clinic.physician.ok(readChart, { params });
    expect(chart.courses[0]).toMatchObject({ phase: 'on-hold', endedOn: null, nextDueOn: '2026-03-12' });
    expect(chart.milestones.find(({ ruleId }) => ruleId === 'HOLD-DECIDE')).toMatchObject({ dueAt: '2026-03-11T09:00:00.000Z' });
    const stopped = await clinic.nurse.call(recordInjection, {
      params,
      body: build.dose(loading.course, loading.lot, api.clock.now(), { site: 'deltoid-right' }),
    });
    expect(stopped.body.findings?.map((finding) => finding['ruleId'])).toContain('HOLD-IM');
    expect(await alertsOf(loading.patient.id)).not.toContain('HOLD-GAP');
    await laterOn('2026-03-12T09:00:00.000Z');
    expect(await alertsOf(loading.patient.id)).toEqual(expect.arrayContaining(['HOLD-DECIDE', 'HOLD-GAP']));

    const oral = { decision: 'oral' as const, reason: 'tablets until the nerve is seen' };
    const refused = await clinic.physician.call(decideRoute, { params, body: oral });
    expect([refused.status, refused.body.findings?.[0]?.['ruleId']]).toEqual([409, 'RX-ORAL-NEURO']);
    await clinic.physician.ok(decideRoute, { params, body: { ...oral, overrideReason: 'both sides are painful' } });
    expect(await alertsOf(loading.patient.id)).not.toEqual(expect.arrayContaining(['HOLD-GAP']));
  });

  test('the injured limb stays closed after injections go on elsewhere', async () => {
    await report(injury);
    const params = { patientId: given.patient.id };
    await clinic.physician.ok(decideRoute, { params, body: { decision: 'continue-im', reason: 'severe malabsorption, other side' } });
    await api.clock.set('2026-05-10T09:00:00.000Z');
    const again = await clinic.nurse.call(recordInjection, {
      params,
      body: build.dose(given.course, given.lot, api.clock.now(), { site: 'ventrogluteal-left' }),
    });
    expect(again.body.findings?.map((finding) => finding['ruleId'])).toContain('HOLD-LIMB');
    const other = build.dose(given.course, given.lot, api.clock.now(), { site: 'deltoid-right' });
    expect((await clinic.nurse.call(recordInjection, { params, body: other })).status).toBe(201);
  });

  test('tablets are no question once loading has ended', async () => {
    const loading = await build.treated(clinic, GIVEN_AT, { course: { neurologicalInvolvement: true, regimen: 'loading-alternate-days' } });
    await clinic.nurse.ok(endLoading, {
      params: { courseId: loading.course.id },
      body: { on: '2026-03-10', statement: 'no further improvement' },
    });
    await report(injury, loading);
    const body = { decision: 'oral' as const, reason: 'tablets until the nerve is seen' };
    expect((await clinic.physician.call(decideRoute, { params: { patientId: loading.patient.id }, body })).status).toBe(201);
  });
});
