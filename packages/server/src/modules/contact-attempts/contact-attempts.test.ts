import {
  type Answer,
  listAlerts,
  listAudit,
  readChart,
  readPatient,
  readSummary,
  readToday,
  recordContactAttempt,
  recordInjection,
  type TodayRow,
  voidContactAttempt,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { replayPatient } from '../obligations/replay.js';

const NOW = '2026-11-20T09:00:00.000Z';
const REASON = 'the wrong patient was phoned';
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set(NOW);
  clinic = await api.newClinic();
});

type Treated = Awaited<ReturnType<typeof build.treated>>;
/** The next dose was due on 20 September. */
const overdue = (phone: string | null = '030 1') => build.treated(clinic, '2026-07-20T08:00:00.000Z', { patient: { phone } });
const phoned = ({ patient, course }: Treated, said: object, as = clinic.nurse) =>
  as.call(recordContactAttempt, { params: { patientId: patient.id }, body: { courseId: course.id, ...said } as never });
const call = async (made: Treated, said: object): Promise<Answer<typeof recordContactAttempt>> => {
  const { status, body } = await phoned(made, said);
  expect([status, body]).toEqual([201, expect.anything()]);
  return body as never;
};
const listed = async (bucket: TodayRow['bucket']) => (await clinic.nurse.ok(readToday, { query: { bucket } })).items;
const place = async () => {
  const names = ['overdue', 'due', 'early', 'arranged', 'physician', 'done'] as const;
  const counted = (await clinic.nurse.ok(readSummary)).doses;
  const found = await Promise.all(names.map(async (name) => ((await listed(name)).length > 0 ? [name] : [])));
  expect(names.filter((name) => counted[name] > 0)).toEqual(found.flat());
  return found.flat();
};
const alertsOf = async ({ patient }: Treated) =>
  (await clinic.physician.ok(listAlerts, { query: { patientId: patient.id } })).items
    .filter(({ ruleId }) => ruleId === 'RX-OVERDUE')
    .map(({ ownerRole, state }) => `${ownerRole} ${state}`)
    .sort();
const nothingDiffers = async ({ patient }: Treated) =>
  expect(await clinic.transaction((tx) => replayPatient(tx, patient.id, api.clock.now()))).toEqual([]);

describe('what a call does to the nurse’s day', () => {
  test('somebody who will come is on the list of that day, and overdue again when they did not', async () => {
    const made = await overdue();
    expect(await place()).toEqual(['overdue']);
    await call(made, { outcome: 'will-come', on: '2026-11-23', note: 'after work' });
    expect(await place()).toEqual(['arranged']);
    expect((await listed('arranged'))[0]).toMatchObject({
      contact: { outcome: 'will-come', on: '2026-11-23', note: 'after work', recordedByName: clinic.members.nurse.name },
      daysLate: 61,
    });
    await api.clock.set('2026-11-23T08:00:00.000Z');
    expect(await place()).toEqual(['due']);
    await api.clock.set('2026-11-24T08:00:00.000Z');
    expect(await place()).toEqual(['overdue']);
    expect((await listed('overdue'))[0]?.contact?.on).toBe('2026-11-23');
    await nothingDiffers(made);
  });

  test('somebody to be called again is back where the dose belongs on that day', async () => {
    const made = await overdue();
    await call(made, { outcome: 'call-again', on: '2026-11-21' });
    expect(await place()).toEqual(['arranged']);
    await api.clock.set('2026-11-21T08:00:00.000Z');
    expect(await place()).toEqual(['overdue']);
  });

  test('no alert sleeps because of what was agreed', async () => {
    const made = await overdue();
    const before = await alertsOf(made);
    expect(before).toEqual(['nurse open', 'physician open']);
    const { changes } = await call(made, { outcome: 'will-come', on: '2026-11-23' });
    expect([changes.alertsClosed, changes.alertsRaised, await alertsOf(made)]).toEqual([0, 0, before]);
  });

  test('a declined dose goes to a physician at once, says why, and comes back when the call was entered in error', async () => {
    const made = await build.treated(clinic, '2026-10-10T08:00:00.000Z');
    expect([await place(), await alertsOf(made)]).toEqual([['early'], []]);
    const { contactAttempt, changes } = await call(made, { outcome: 'declined', declineReason: 'afraid' });
    expect([changes.alertsRaised, await place(), await alertsOf(made)]).toEqual([1, ['physician'], ['physician open']]);
    const chart = await clinic.physician.ok(readChart, { params: { patientId: made.patient.id } });
    expect(chart.alerts.find(({ ruleId }) => ruleId === 'RX-OVERDUE')?.facts).toMatchObject({
      contactOutcome: 'declined',
      contactedOn: '2026-11-20',
      declineReason: 'afraid',
    });
    expect(chart.contactAttempts).toEqual([contactAttempt]);
    await nothingDiffers(made);
    const back = await clinic.nurse.ok(voidContactAttempt, {
      params: { contactAttemptId: contactAttempt.id },
      body: { reason: REASON },
    });
    expect(back.contactAttempt).toMatchObject({ state: 'voided', voidReason: REASON });
    expect([back.changes.alertsClosed, await place(), await alertsOf(made)]).toEqual([1, ['early'], []]);
    await nothingDiffers(made);
  });

  test('the dose that is given after all closes the alert and ends what was said', async () => {
    const made = await overdue();
    await call(made, { outcome: 'declined', declineReason: 'prefers-tablets' });
    await clinic.nurse.ok(recordInjection, {
      params: { patientId: made.patient.id },
      body: build.dose(made.course, made.lot, NOW, { site: 'deltoid-left' }),
    });
    expect([await place(), await alertsOf(made)]).toEqual([['done'], []]);
    await nothingDiffers(made);
  });

  test('somebody treated elsewhere waits for a physician, who ends the course', async () => {
    const made = await overdue();
    await call(made, { outcome: 'transferred', note: 'now with Dr Weber' });
    expect([await place(), await alertsOf(made)]).toEqual([['physician'], ['nurse open', 'physician open']]);
  });

  test('a wrong number stays on the list, marked, until the number is corrected', async () => {
    const made = await overdue('030 1');
    await call(made, { outcome: 'wrong-number' });
    expect(await place()).toEqual(['overdue']);
    expect((await listed('overdue'))[0]).toMatchObject({ phone: '030 1', phoneWrong: true, contact: null });
    await clinic.transaction((tx) => tx.query(`UPDATE patient SET phone = '030 2' WHERE clinic_id = $1`, [tx.clinicId]));
    expect((await listed('overdue'))[0]).toMatchObject({ phone: '030 2', phoneWrong: false });
  });

  test('a death stops everything, is in the record and the trail, and is taken back with the call', async () => {
    const made = await overdue();
    const { contactAttempt, changes } = await call(made, { outcome: 'died', on: '2026-11-02' });
    expect([changes.alertsClosed, await place(), await alertsOf(made)]).toEqual([3, [], []]);
    const patient = () => clinic.nurse.ok(readPatient, { params: { patientId: made.patient.id } });
    expect((await patient()).deceasedOn).toBe('2026-11-02');
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'patient.edit' } });
    expect(items[0]).toMatchObject({ before: { deceasedOn: null }, after: { deceasedOn: '2026-11-02' } });
    expect((await phoned(made, { outcome: 'wrong-number' })).body.code).toBe('state-changed');
    await nothingDiffers(made);
    await clinic.nurse.ok(voidContactAttempt, { params: { contactAttemptId: contactAttempt.id }, body: { reason: REASON } });
    expect([(await patient()).deceasedOn, await place(), await alertsOf(made)]).toEqual([
      null,
      ['overdue'],
      ['nurse open', 'physician open'],
    ]);
    await nothingDiffers(made);
  });
});

describe('a call is a fact', () => {
  test('it is on record with who phoned, the number, and cannot be voided twice', async () => {
    const made = await overdue('030 1');
    const { contactAttempt } = await call(made, { outcome: 'call-again', on: '2026-11-25', note: 'nobody answered' });
    expect(contactAttempt).toMatchObject({ phone: '030 1', productName: expect.stringContaining('ydroxocobalamin'), state: 'effective' });
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'contact-attempt.record' } });
    expect(items[0]).toMatchObject({ actorName: clinic.members.nurse.name, after: { outcome: 'call-again' } });
    const request = { params: { contactAttemptId: contactAttempt.id }, body: { reason: REASON } };
    expect((await clinic.nurse.call(voidContactAttempt, request)).status).toBe(200);
    expect((await clinic.nurse.call(voidContactAttempt, request)).body.code).toBe('state-changed');
    const { nurse } = await api.newClinic();
    expect((await nurse.call(voidContactAttempt, request)).status).toBe(404);
  });

  test.each([
    [{ outcome: 'will-come' }, ['/on']],
    [{ outcome: 'will-come', on: '2026-11-19' }, ['/on']],
    [{ outcome: 'declined' }, ['/declineReason']],
    [{ outcome: 'declined', declineReason: 'other' }, ['/note']],
    [{ outcome: 'wrong-number', attemptedAt: '2026-11-20T09:10:00.000Z' }, ['/attemptedAt']],
    [{ outcome: 'transferred', courseId: '018f0000-0000-7000-8000-000000000000' }, ['/courseId']],
    [{ outcome: 'hung-up' }, ['/outcome']],
  ])('%j is refused at %j and nothing is written', async (said, pointers) => {
    const made = await overdue();
    const { status, body } = await phoned(made, said);
    expect([status, body.issues?.map(({ pointer }) => pointer)]).toEqual([422, pointers]);
    expect((await clinic.nurse.ok(readChart, { params: { patientId: made.patient.id } })).contactAttempts).toEqual([]);
  });

  test('an administrator reads it in the chart and records none', async () => {
    const made = await overdue();
    expect((await phoned(made, { outcome: 'wrong-number' }, clinic.administrator)).body.permission).toBe('contact.record');
  });
});
