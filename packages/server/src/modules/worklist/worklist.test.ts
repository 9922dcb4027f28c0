import {
  decideRoute,
  editPatient,
  endCourse,
  readSummary,
  readToday,
  recordAdverseEvent,
  recordContactAttempt,
  recordInjection,
  type TodayRow,
  voidInjection,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-11-20T09:00:00.000Z';
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

const bucket = async (name: TodayRow['bucket'], of: TestClinic = clinic) =>
  (await of.nurse.ok(readToday, { query: { bucket: name } })).items;
const names = async (name: TodayRow['bucket']) => (await bucket(name)).map(({ patient }) => patient.familyName);

/** A maintenance course whose last dose was given on that day; the next is due two months later. */
const lastDose = (familyName: string, on: string) =>
  build.treated(clinic, `${on}T08:00:00.000Z`, { patient: { familyName, phone: '030 1' } });

describe('the nurse’s day', () => {
  test('overdue, due, early window and done are told apart, and what is none of them is not shown', async () => {
    await lastDose('Overdue', '2026-09-19');
    await lastDose('LongOverdue', '2026-08-01');
    await lastDose('Due', '2026-09-20');
    await lastDose('Early', '2026-10-10');
    await lastDose('NotYet', '2026-11-15');
    const done = await lastDose('Done', '2026-11-20');
    await build.course(clinic, (await build.patient(clinic, { familyName: 'FirstDose' })).id);
    await build.course(clinic, (await build.patient(clinic, { familyName: 'Planned' })).id, { startedOn: '2026-12-01' });

    expect(await names('overdue')).toEqual(['LongOverdue', 'Overdue']);
    expect((await names('due')).sort()).toEqual(['Due', 'FirstDose']);
    expect(await names('early')).toEqual(['Early']);
    expect(await names('done')).toEqual(['Done']);
    const [longest] = await bucket('overdue');
    expect(longest).toMatchObject({
      dueOn: '2026-10-01',
      daysLate: 50,
      lastDoseOn: '2026-08-01',
      phone: '030 1',
      imHold: null,
      phase: 'maintenance',
      injectionId: null,
    });
    expect((await bucket('early'))[0]).toMatchObject({ daysLate: -20 });
    expect((await bucket('done'))[0]).toMatchObject({ injectionId: done.injection.id, site: 'ventrogluteal-right', dueOn: '2027-01-20' });
  });

  test('a dose moves from overdue to done, and back when it is voided', async () => {
    const { patient, course, lot } = await lastDose('Overdue', '2026-09-01');
    const { injection } = await clinic.nurse.ok(recordInjection, {
      params: { patientId: patient.id },
      body: build.dose(course, lot, NOW, { site: 'deltoid-left' }),
    });
    expect([await names('overdue'), await names('done')]).toEqual([[], ['Overdue']]);
    await clinic.nurse.ok(voidInjection, { params: { injectionId: injection.id }, body: { reason: 'recorded for the wrong patient' } });
    expect([await names('overdue'), await names('done')]).toEqual([['Overdue'], []]);
  });

  test('a dose that was not given is not done', async () => {
    const { patient, course, lot } = await lastDose('Refused', '2026-09-01');
    const body = build.dose(course, lot, NOW, { status: 'not-given', notGivenReason: 'the patient was unwell' });
    await clinic.nurse.ok(recordInjection, { params: { patientId: patient.id }, body });
    expect([await names('overdue'), await names('done')]).toEqual([['Refused'], []]);
  });

  test('the dead and the ended are gone; who is on hold is overdue for nothing and waits for a physician', async () => {
    const dead = await lastDose('Dead', '2026-09-01');
    const ended = await lastDose('Ended', '2026-09-01');
    const held = await lastDose('Held', '2026-09-01');
    const { recordNumber, familyName, givenName, birthDate, sex } = dead.patient;
    await clinic.nurse.ok(editPatient, {
      params: { patientId: dead.patient.id },
      body: { recordNumber, familyName, givenName, birthDate, sex, deceasedOn: '2026-11-19' },
      headers: { 'if-match': '1' },
    });
    await clinic.physician.ok(endCourse, { params: { courseId: ended.course.id }, body: { on: NOW.slice(0, 10), reason: 'moved-away' } });
    await clinic.nurse.ok(recordAdverseEvent, {
      params: { patientId: held.patient.id },
      body: {
        injectionId: held.injection.id,
        onsetAt: held.injection.givenAt,
        assessment: { onset: 'seconds-to-minutes', motor: 'foot-or-wrist-drop', radiatingPain: true },
      },
    });
    expect(await bucket('overdue')).toEqual([]);
    expect((await bucket('physician')).map(({ patient, imHold, phase }) => [patient.familyName, imHold, phase])).toEqual([
      ['Held', 'undecided', 'on-hold'],
    ]);
    expect((await clinic.nurse.ok(readSummary)).doses).toMatchObject({ overdue: 0, physician: 1 });
  });

  test('a hold moves the dose to the physician wherever it stood, once, and its end moves it back', async () => {
    const overdue = await lastDose('Overdue', '2026-09-01');
    const due = await lastDose('Due', '2026-09-20');
    const early = await lastDose('Early', '2026-10-10');
    const arranged = await lastDose('Arranged', '2026-09-02');
    const declined = await lastDose('Declined', '2026-09-03');
    const notYet = await lastDose('NotYet', '2026-11-15');
    await clinic.nurse.ok(recordContactAttempt, {
      params: { patientId: arranged.patient.id },
      body: { courseId: arranged.course.id, outcome: 'will-come', on: '2026-11-25' },
    });
    await clinic.nurse.ok(recordContactAttempt, {
      params: { patientId: declined.patient.id },
      body: { courseId: declined.course.id, outcome: 'declined', declineReason: 'afraid' },
    });
    for (const { patient, injection } of [overdue, due, early, arranged, declined, notYet])
      await clinic.nurse.ok(recordAdverseEvent, {
        params: { patientId: patient.id },
        body: { injectionId: injection.id, onsetAt: injection.givenAt, assessment: { onset: 'seconds-to-minutes', radiatingPain: true } },
      });
    for (const name of ['overdue', 'due', 'early', 'arranged'] as const) expect([name, await names(name)]).toEqual([name, []]);
    const waiting = ['Overdue', 'Arranged', 'Declined', 'Due', 'Early'];
    expect(await names('physician')).toEqual(waiting);
    const page = await clinic.nurse.ok(readToday, { query: { bucket: 'physician', limit: 2 } });
    const rest = await clinic.nurse.ok(readToday, { query: { bucket: 'physician', cursor: page.nextCursor! } });
    expect([...page.items, ...rest.items].map(({ patient }) => patient.familyName)).toEqual(waiting);
    expect((await clinic.nurse.ok(readSummary)).doses).toEqual({ overdue: 0, due: 0, early: 0, arranged: 0, physician: 5, done: 0 });

    for (const { patient } of [overdue, arranged, declined])
      await clinic.physician.ok(decideRoute, {
        params: { patientId: patient.id },
        body: { decision: 'continue-im', reason: 'severe malabsorption, other limbs are free' },
      });
    expect([await names('overdue'), await names('arranged'), await names('physician')]).toEqual([
      ['Overdue'],
      ['Arranged'],
      ['Declined', 'Due', 'Early'],
    ]);
  });

  test('a dose given today says until when the patient is observed; a dose at home does not', async () => {
    await lastDose('Here', '2026-11-20');
    await build.treated(clinic, '2026-11-20T07:00:00.000Z', {
      patient: { familyName: 'Home' },
      dose: { selfReported: true, alreadyGiven: { reason: 'told on the phone, no approval yet' } },
    });
    expect((await bucket('done')).map((row) => [row.patient.familyName, row.givenAt, row.observeUntil, row.lotNumber])).toEqual([
      ['Home', '2026-11-20T07:00:00.000Z', null, expect.any(String)],
      ['Here', '2026-11-20T08:00:00.000Z', '2026-11-20T08:15:00.000Z', expect.any(String)],
    ]);
  });

  test('it can be narrowed to a product and a phase', async () => {
    const hydroxo = await lastDose('Hydroxo', '2026-09-01');
    await build.treated(clinic, '2026-09-01T08:00:00.000Z', { patient: { familyName: 'Cyano' }, course: { substance: 'cyanocobalamin' } });
    await build.treated(clinic, '2026-11-10T08:00:00.000Z', {
      patient: { familyName: 'Loading' },
      course: { regimen: 'loading-three-weekly' },
    });
    const narrowed = async (query: object) =>
      (await clinic.nurse.ok(readToday, { query: { bucket: 'overdue', ...query } })).items.map(({ patient }) => patient.familyName);
    expect((await narrowed({})).sort()).toEqual(['Cyano', 'Hydroxo', 'Loading']);
    expect((await narrowed({ productId: hydroxo.course.productId })).sort()).toEqual(['Hydroxo', 'Loading']);
    expect(await narrowed({ productId: hydroxo.course.productId, phase: 'maintenance' })).toEqual(['Hydroxo']);
    expect(await narrowed({ phase: 'loading' })).toEqual(['Loading']);
  });

  test('it comes in pages, and the day is the clinic’s own', async () => {
    for (const name of ['One', 'Two', 'Three']) await lastDose(name, '2026-09-19');
    const first = await clinic.nurse.ok(readToday, { query: { bucket: 'overdue', limit: 2 } });
    const rest = await clinic.nurse.ok(readToday, { query: { bucket: 'overdue', limit: 2, cursor: first.nextCursor ?? '' } });
    expect([...first.items, ...rest.items].map(({ patient }) => patient.familyName).sort()).toEqual(['One', 'Three', 'Two']);
    expect(rest.nextCursor).toBeNull();
    expect(
      (await clinic.nurse.call(readToday, { query: { bucket: 'done', cursor: first.nextCursor ?? '' } })).body.issues?.[0]?.pointer,
    ).toBe('query:cursor');

    // At nine in the morning of Berlin it is the 20th in Honolulu only in the evening.
    const honolulu = await api.newClinic({ timeZone: 'Pacific/Honolulu' });
    await build.course(honolulu, (await build.patient(honolulu)).id, { startedOn: '2026-11-20' });
    expect([(await bucket('due', honolulu)).length, (await honolulu.nurse.ok(readSummary)).today]).toEqual([0, '2026-11-19']);
  });

  test('another clinic’s doses are not in it; an administrator has no such list; a bucket must be one of four', async () => {
    await lastDose('Overdue', '2026-09-01');
    const other = await api.newClinic();
    expect(await bucket('overdue', other)).toEqual([]);
    expect((await clinic.administrator.call(readToday, { query: { bucket: 'overdue' } })).body.permission).toBe('worklist.today');
    expect((await clinic.nurse.call(readToday, { query: { bucket: 'tomorrow' } as never })).body.issues?.[0]?.pointer).toBe('query:bucket');
  });
});

test('the summary counts doses, alerts, events, holds and the doses of fourteen days', async () => {
  await lastDose('Overdue', '2026-09-01');
  await lastDose('Early', '2026-10-22');
  await lastDose('Recent', '2026-11-08');
  const { patient, injection } = await lastDose('Done', '2026-11-20');
  const { changes } = await clinic.nurse.ok(recordAdverseEvent, {
    params: { patientId: patient.id },
    body: {
      injectionId: injection.id,
      onsetAt: injection.givenAt,
      assessment: { onset: 'seconds-to-minutes', motor: 'foot-or-wrist-drop', radiatingPain: true },
    },
  });
  expect(changes.alertsRaised).toBeGreaterThan(0);
  const summary = await clinic.administrator.ok(readSummary);
  expect(summary).toMatchObject({
    today: '2026-11-20',
    doses: { overdue: 1, due: 0, early: 0, done: 1 },
    events: { ongoing: 1, last30Days: 1, injectionsLast30Days: 3 },
    holds: 1,
    proposals: 0,
  });
  expect(summary.alerts.physician).toBeGreaterThan(0);
  expect(summary.alerts.urgent).toBeGreaterThan(0);
  expect(summary.injectionsPerDay).toHaveLength(14);
  expect(summary.injectionsPerDay.filter(({ count }) => count > 0)).toEqual([
    { on: '2026-11-08', count: 1 },
    { on: '2026-11-20', count: 1 },
  ]);
  expect(summary.injectionsPerDay[0]?.on).toBe('2026-11-07');
  expect(summary.eventsPerWeek).toHaveLength(12);
  expect(summary.eventsPerWeek.filter(({ count }) => count > 0)).toEqual([{ on: '2026-11-20', count: 1 }]);
  expect(summary.eventsPerWeek[0]?.on).toBe('2026-09-04');
  // Each role sees the alerts raised for itself, by the clinic's days.
  expect(summary.alertsPerDay.every(({ count }) => count === 0)).toBe(true);
  const physicians = await clinic.physician.ok(readSummary);
  expect(physicians.alertsPerDay).toHaveLength(14);
  // What was raised and has ended since was raised all the same.
  const raised = physicians.alertsPerDay.filter(({ count }) => count > 0);
  expect(raised.map(({ on }) => on)).toEqual(['2026-11-20']);
  expect(raised[0]?.count).toBeGreaterThanOrEqual(physicians.alerts.physician);
  const empty = await (await api.newClinic()).nurse.ok(readSummary);
  expect([empty.doses, empty.alerts, empty.holds]).toEqual([
    { overdue: 0, due: 0, early: 0, arranged: 0, physician: 0, done: 0 },
    { nurse: 0, physician: 0, administrator: 0, urgent: 0, overdue: 0 },
    0,
  ]);
});
