import {
  amendInjection,
  decideRoute,
  dismissAlert,
  examineAdverseEvent,
  listAdverseEvents,
  listAlerts,
  readAdverseEvent,
  readChart,
  recordAdverseEvent,
  resolveAlert,
  voidAdverseEvent,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-03-10T09:00:00.000Z';
const ONSET = '2026-03-10T08:31:00.000Z';
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
  given = await build.treated(clinic, '2026-03-10T08:30:00.000Z', { dose: { site: 'ventrogluteal-left' } });
});

const injury = {
  onset: 'seconds-to-minutes',
  distribution: 'dermatomal',
  motor: 'foot-or-wrist-drop',
  radiatingPain: true,
  lossOfConsciousness: false,
  course: 'stable',
  siteFindings: [],
} as const;
const benign = {
  onset: 'hours',
  distribution: 'localized',
  motor: 'none',
  radiatingPain: false,
  lossOfConsciousness: false,
  course: 'improving',
  siteFindings: [],
} as const;
const report = (assessment: object, fields: object = {}) =>
  clinic.nurse.ok(recordAdverseEvent, {
    params: { patientId: given.patient.id },
    body: { injectionId: given.injection.id, onsetAt: ONSET, assessment: assessment as never, ...fields },
  });
const active = async (ruleId?: string) =>
  (await clinic.physician.ok(listAlerts, { query: { patientId: given.patient.id } })).items.filter((a) => !ruleId || a.ruleId === ruleId);

test('immediate numbness with foot drop: urgent alert, hold, closed limb and the whole clock, in one answer', async () => {
  const { event, changes } = await report(injury);
  expect(event.triage).toMatchObject({
    level: 'urgent',
    severity: 'moderate-severe',
    mechanism: 'direct-trauma',
    suspectedNerves: expect.arrayContaining(['sciatic']),
  });
  expect(changes).toMatchObject({ holdPlaced: true, sitesRestricted: expect.arrayContaining(['ventrogluteal-left', 'dorsogluteal-left']) });
  expect(event.clock.map((m) => m.ruleId)).toEqual(
    expect.arrayContaining(['NI-24H', 'NI-48H', 'NI-2W', 'NI-4W', 'NI-6W', 'NI-EMG60', 'NI-SURG']),
  );
  expect((await active()).slice(0, 1)).toMatchObject([{ ruleId: 'AE-URGENT', priority: 'urgent' }]);
  expect(await active('HOLD-DECIDE')).toHaveLength(1);
});

test('the clock counts from the onset, not from the report; what was missed is one examination now', async () => {
  await api.clock.set('2026-04-29T09:00:00.000Z');
  const { event } = await report(injury);
  const step = (ruleId: string) => event.clock.find((m) => m.ruleId === ruleId)!;
  expect(event.clock.filter(({ state }) => state === 'raised').map(({ ruleId }) => ruleId)).toEqual(['NI-2W', 'NI-6W']);
  expect(step('NI-EMG60').dueOn).toBe('2026-05-09');
  expect(step('NI-SURG')).toMatchObject({ dueOn: '2026-06-10', state: 'planned' });
  expect((await active('NI-2W')).length).toBe(1);
  expect([(await active('NI-24H')).length, (await active('NI-48H')).length]).toEqual([0, 0]);
});

test('mild, isolated and improving is benign: no hold, no closed limb, and still followed', async () => {
  const { event, changes } = await report(benign);
  expect(event.triage).toMatchObject({ level: 'benign', severity: 'mild', holdIm: false });
  expect(changes).toMatchObject({ holdPlaced: false, sitesRestricted: [], alertsRaised: 0 });
  expect(event.clock.map((m) => m.ruleId)).toContain('NI-24H');
});

test('fainting is an emergency beside the nerve pathway, and a missing answer is never “no”', async () => {
  expect((await report({ ...injury, lossOfConsciousness: true })).event.triage).toMatchObject({ level: 'emergency', holdIm: true });
  const { event } = await report({ onset: 'hours', distribution: 'localized', course: 'improving' });
  expect(event.triage).toMatchObject({
    level: 'suspected-injury',
    holdIm: true,
    missing: expect.arrayContaining(['motor', 'radiatingPain', 'lossOfConsciousness']),
  });
});

test('resolved ends the clock, worsening raises the urgency again', async () => {
  const { event } = await report(benign);
  await api.clock.set('2026-03-12T09:00:00.000Z');
  const worse = await clinic.nurse.ok(examineAdverseEvent, {
    params: { eventId: event.id },
    body: { examinedAt: '2026-03-12T08:50:00Z', course: 'worsening', motorDeficit: true },
  });
  expect(worse.changes).toMatchObject({ holdPlaced: true });
  expect(await active('AE-URGENT')).toHaveLength(1);
  await api.clock.set('2026-03-20T09:00:00.000Z');
  const well = await clinic.physician.ok(examineAdverseEvent, {
    params: { eventId: event.id },
    body: { examinedAt: '2026-03-20T08:00:00Z', course: 'resolved', motorDeficit: false },
  });
  expect(well.event).toMatchObject({ outcome: 'resolved', resolvedAt: '2026-03-20T08:00:00.000Z' });
  expect(well.event.clock.filter((m) => m.state === 'planned' || m.state === 'raised')).toEqual([]);
});

test('an alert of two weeks cannot be dismissed; the route decision closes its own alert and nothing else does', async () => {
  await report(injury);
  await api.clock.set('2026-03-25T09:00:00.000Z');
  await api.runJob('raise-due-alerts', {});
  const [twoWeeks] = await active('NI-2W');
  expect(
    await clinic.physician.call(dismissAlert, { params: { alertId: twoWeeks!.id }, body: { reason: 'seems better on the phone' } }),
  ).toMatchObject({ status: 409, body: { code: 'blocked-by-rule' } });
  const [decide] = await active('HOLD-DECIDE');
  expect(await clinic.physician.call(resolveAlert, { params: { alertId: decide!.id }, body: { outcome: 'done' } })).toMatchObject({
    status: 409,
    body: { code: 'blocked-by-rule' },
  });
  expect(
    await clinic.nurse.call(decideRoute, {
      params: { patientId: given.patient.id },
      body: { decision: 'continue-im', reason: 'severe malabsorption, other limb' },
    }),
  ).toMatchObject({ status: 403 });
  const { changes } = await clinic.physician.ok(decideRoute, {
    params: { patientId: given.patient.id },
    body: { decision: 'continue-im', reason: 'severe malabsorption, other limb' },
  });
  expect(changes).toMatchObject({ holdLifted: true });
  expect(await active('HOLD-DECIDE')).toEqual([]);
  const chart = await clinic.physician.ok(readChart, { params: { patientId: given.patient.id } });
  expect(chart).toMatchObject({ hold: null, restrictions: [{ sites: expect.arrayContaining(['ventrogluteal-left']) }] });
});

test('a voided event takes its clock, its hold and its restriction with it, and says so', async () => {
  const { event } = await report(injury);
  expect(
    await clinic.nurse.call(voidAdverseEvent, { params: { eventId: event.id }, body: { reason: 'was another patient' } }),
  ).toMatchObject({ status: 403 });
  const { changes } = await clinic.physician.ok(voidAdverseEvent, {
    params: { eventId: event.id },
    body: { reason: 'was another patient' },
  });
  expect(changes).toMatchObject({
    holdLifted: true,
    sitesReleased: expect.arrayContaining(['ventrogluteal-left']),
    alertsClosed: expect.any(Number),
  });
  expect(changes.milestonesRemoved).toBeGreaterThanOrEqual(8);
  expect(await active()).toEqual([]);
  const [row] = await clinic.transaction((tx) =>
    tx.many<{ n: number }>(`SELECT count(*) AS n FROM milestone WHERE state IN ('planned', 'raised') AND subject_type = 'adverse-event'`),
  );
  expect(row!.n).toBe(0);
});

test('when the injection’s site is corrected, the nerve and the closed limb follow', async () => {
  const { event } = await report(injury);
  const { changes } = await clinic.nurse.ok(amendInjection, {
    params: { injectionId: given.injection.id },
    body: {
      ...build.dose(given.course, given.lot, '2026-03-10T08:30:00.000Z', { site: 'deltoid-left' }),
      amendReason: 'it was the left arm',
    },
  });
  expect(changes.sitesRestricted).toContain('deltoid-left');
  expect((await clinic.nurse.ok(readAdverseEvent, { params: { eventId: event.id } })).triage.suspectedNerves).toContain('radial');
});

test('impossible times are refused with their field, and the list stays empty', async () => {
  const pointers = async (fields: object) => {
    const reply = await clinic.nurse.call(recordAdverseEvent, {
      params: { patientId: given.patient.id },
      body: { injectionId: given.injection.id, onsetAt: ONSET, assessment: injury, ...fields } as never,
    });
    expect(reply.status).toBe(422);
    return reply.body.issues!.map((i) => i.pointer);
  };
  expect(await pointers({ onsetAt: '2026-03-11T09:00:00Z' })).toEqual(['/onsetAt']);
  expect(await pointers({ onsetAt: '2026-03-10T08:00:00Z' })).toEqual(['/onsetAt']);
  expect(await pointers({ injectionId: '018f0000-0000-7000-8000-000000000000' })).toEqual(['/injectionId']);
  expect(await pointers({ assessment: { ...injury, motor: 'a bit' } })).toEqual(['/assessment/motor']);
  expect((await clinic.nurse.ok(listAdverseEvents, { query: {} })).items).toEqual([]);
});

describe('strength by muscle and sensation by region', () => {
  const strength = (grade: number, side: 'left' | 'right' = 'left') => [{ muscle: 'tibialis-anterior' as const, side, grade }];
  const examined = async (body: object) => {
    const { event } = await hurt();
    return clinic.physician.call(examineAdverseEvent, {
      params: { eventId: event.id },
      body: { examinedAt: NOW, course: 'stable', ...body } as never,
    });
  };
  /** Nothing was answered about strength when it was reported; the injection was at the left. */
  async function hurt() {
    return clinic.nurse.ok(recordAdverseEvent, {
      params: { patientId: given.patient.id },
      body: { site: 'ventrogluteal-left', onsetAt: NOW, assessment: {} as never },
    });
  }

  test('are kept as they were examined, and a grade below 5 on the injured side is a motor deficit by itself', async () => {
    const sensation = [{ region: 'foot-top', side: 'left', modality: 'pinprick', sensation: 'absent' }];
    const { status, body } = await examined({ strength: strength(3), sensation });
    expect(status).toBe(201);
    expect(body.event.examinations).toMatchObject([{ strength: strength(3), sensation, motorDeficit: true }]);
    expect(body.changes.alertsRaised).toBeGreaterThan(0);
  });

  test('full strength, or weakness of the other side, answers nothing: a missing answer stays missing', async () => {
    expect((await examined({ strength: strength(5) })).body.event.examinations[0]).toMatchObject({ motorDeficit: null });
    expect((await examined({ strength: strength(4, 'right') })).body.event.examinations[0]).toMatchObject({ motorDeficit: null });
  });

  test('contradictions and things named twice are refused by name, and nothing is written', async () => {
    expect(await examined({ strength: strength(4), motorDeficit: false })).toMatchObject({
      status: 422,
      body: { issues: [{ pointer: '/motorDeficit', code: 'contradiction' }] },
    });
    expect(await examined({ strength: [...strength(4), ...strength(5)] })).toMatchObject({
      status: 422,
      body: { issues: [{ pointer: '/strength' }] },
    });
    expect(await examined({ strength: [{ muscle: 'masseter', side: 'left', grade: 3 }] })).toMatchObject({
      status: 422,
      body: { issues: [{ pointer: '/strength/0/muscle' }] },
    });
  });
});
