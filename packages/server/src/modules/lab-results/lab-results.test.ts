import { amendLabResult, listAlerts, listLabResults, readChart, recordLabResult, voidLabResult } from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-03-10T09:00:00.000Z';
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
  given = await build.treated(clinic, '2025-12-10T08:30:00.000Z');
});

const record = (loinc: string, value: number, unit: string, collectedAt = '2026-03-09T08:00:00.000Z') =>
  clinic.nurse.ok(recordLabResult, { params: { patientId: given.patient.id }, body: { loinc, value, unit, collectedAt } });
const threeMonths = async () =>
  (await clinic.nurse.ok(readChart, { params: { patientId: given.patient.id } })).milestones.find(
    (m) => m.ruleId === 'MON-3-6-12' && m.dueOn === '2026-03-10',
  )!;
const alerts = async () =>
  (await clinic.physician.ok(listAlerts, { query: { patientId: given.patient.id } })).items.filter((a) => a.ruleId === 'MON-3-6-12');

test('B12 in pg/mL and pmol/L, MMA in µmol/L and nmol/L are harmonized, the original kept', async () => {
  expect((await record('2132-9', 400, 'pg/mL')).result).toMatchObject({
    value: 400,
    unit: 'pg/mL',
    harmonizedUnit: 'pmol/L',
    harmonizedValue: expect.closeTo(295.2, 1),
  });
  expect((await record('14685-2', 295, 'pmol/L')).result.harmonizedValue).toBeCloseTo(295);
  expect((await record('13964-2', 0.25, 'umol/L')).result.harmonizedValue).toBeCloseTo(
    (await record('13964-2', 250, 'nmol/L')).result.harmonizedValue,
  );
});

test('an unknown unit or code is refused, never guessed, and nothing is written', async () => {
  const pointer = async (body: object) =>
    (
      await clinic.nurse.call(recordLabResult, {
        params: { patientId: given.patient.id },
        body: { value: 1, collectedAt: NOW, ...body } as never,
      })
    ).body.issues?.map((i) => i.pointer);
  expect(await pointer({ loinc: '2132-9', unit: 'apples' })).toEqual(['/unit']);
  expect(await pointer({ loinc: '2132-9', unit: 'pmol/L' })).toEqual(['/unit']);
  expect(await pointer({ loinc: '99999-9', unit: 'pg/mL' })).toEqual(['/loinc']);
  expect(await pointer({ loinc: '2132-9', unit: 'pg/mL', collectedAt: '2026-03-11T09:00:00Z' })).toEqual(['/collectedAt']);
  expect(await pointer({ loinc: '2132-9', unit: 'pg/mL', value: 'high' })).toEqual(['/value']);
  expect(await pointer({ loinc: '2132-9', unit: 'pg/mL', collectedAt: '1950-01-01T09:00:00Z' })).toEqual(['/collectedAt']);
  expect((await clinic.nurse.ok(listLabResults, { query: {} })).items).toEqual([]);
});

test('the three-month check names what is missing and closes when the last result arrives', async () => {
  expect(await threeMonths()).toMatchObject({ state: 'raised', missing: ['b12', 'homocysteine', 'mma'] });
  await record('2132-9', 500, 'pg/mL');
  await record('13965-9', 8, 'umol/L');
  expect(await threeMonths()).toMatchObject({ state: 'raised', missing: ['mma'] });
  expect(await alerts()).toMatchObject([{ missing: ['mma'] }]);
  const { changes } = await record('13964-2', 180, 'nmol/L');
  expect(changes).toMatchObject({ milestonesMet: 1, alertsClosed: 1 });
  expect(await alerts()).toEqual([]);
});

test('a withdrawn or corrected result takes back what it had closed: the same alert opens again', async () => {
  const [before] = await alerts();
  await record('2132-9', 500, 'pg/mL');
  await record('13965-9', 8, 'umol/L');
  const { result } = await record('13964-2', 180, 'nmol/L');
  const { changes } = await clinic.nurse.ok(voidLabResult, {
    params: { resultId: result.id },
    body: { reason: 'the sample was of another patient' },
  });
  expect(changes).toMatchObject({ milestonesReopened: 1, alertsReopened: 1 });
  expect((await alerts()).map((a) => a.id)).toEqual([before!.id]);
  const again = await record('13964-2', 180, 'nmol/L');
  const moved = await clinic.nurse.ok(amendLabResult, {
    params: { resultId: again.result.id },
    body: { loinc: '13964-2', value: 180, unit: 'nmol/L', collectedAt: '2026-01-02T08:00:00Z', amendReason: 'it was collected in January' },
  });
  expect(moved.result).toMatchObject({ status: 'corrected', replacesId: again.result.id });
  expect(moved.changes).toMatchObject({ alertsReopened: 1 });
  expect(
    await clinic.nurse.call(voidLabResult, { params: { resultId: again.result.id }, body: { reason: 'superseded already, so no' } }),
  ).toMatchObject({ status: 409 });
});

test('a result from before the window does not count', async () => {
  await record('2132-9', 500, 'pg/mL', '2026-02-01T08:00:00.000Z');
  expect((await threeMonths()).missing).toEqual(['b12', 'homocysteine', 'mma']);
});
