// Far more charts than a day at a clinic explains: shown to the administrators of that clinic, and counted for an alarm.
import { createApiKey, readChart, readSystem } from '@vastus/contract';
import * as build from '../../testing/build.js';
import { type Client, startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const MORE_THAN = 5;
let api: TestApi;
let clinic: TestClinic;
let patients: string[];

beforeAll(async () => {
  api = await startTestApi({ config: { unusualChartsPerHour: MORE_THAN } });
});
afterAll(() => api?.close());
beforeEach(async () => {
  await api.clock.set('2026-11-20T09:10:00.000Z');
  clinic = await api.newClinic();
  patients = [];
  for (let i = 0; i <= MORE_THAN; i++) patients.push((await build.patient(clinic)).id);
  await api.clock.advance({ hours: 2 });
});

const open = async (client: Client, ids: readonly string[], headers?: Record<string, string>) => {
  for (const patientId of ids) await client.ok(readChart, { params: { patientId }, headers });
};
const reading = async (of = clinic) => (await of.administrator.ok(readSystem)).parts.reading;
const readersNow = async () => {
  const { body } = await api.anonymous.send<string>('GET', '/metrics');
  return Number(/^vastus_unusual_readers (\S+)$/m.exec(body)?.[1]);
};

test('whoever opens the charts of more patients than the limit within an hour is named, with the hour and the number', async () => {
  const before = await readersNow();
  await open(clinic.nurse, patients);
  await open(clinic.physician, patients.slice(1));
  expect(await reading()).toEqual({
    state: 'attention',
    findings: ['unusual-reading'],
    moreThan: MORE_THAN,
    people: [
      {
        membershipId: clinic.members.nurse.membershipId,
        name: clinic.members.nurse.name,
        hour: '2026-11-20T11:00:00.000Z',
        charts: MORE_THAN + 1,
      },
    ],
  });
  expect(await readersNow()).toBe(before + 1);
  // A day later it stays on the list, and asks for nobody's attention; after a week it is gone.
  await api.clock.advance({ hours: 26 });
  expect(await reading()).toMatchObject({ state: 'ok', findings: [], people: [{ charts: MORE_THAN + 1 }] });
  expect(await readersNow()).toBe(0);
  await api.clock.advance({ days: 7 });
  expect((await reading()).people).toEqual([]);
});

test('the same chart again and again is one chart, and what is read in another hour is counted there', async () => {
  for (let i = 0; i < MORE_THAN + 2; i++) await open(clinic.nurse, patients.slice(0, 1));
  await open(clinic.physician, patients.slice(0, 3));
  await api.clock.advance({ hours: 1 });
  await open(clinic.physician, patients.slice(3));
  expect(await reading()).toMatchObject({ state: 'ok', people: [] });
});

test('machines, and people of other clinics, are not on the list', async () => {
  const body = { name: 'Practice system', role: 'physician' as const, scopes: ['patient.read' as const], expiresInDays: 5 };
  const { token } = await clinic.administrator.ok(createApiKey, { body });
  await open(api.anonymous, patients, { authorization: `Bearer ${token}` });
  expect(await reading()).toMatchObject({ state: 'ok', people: [] });
  await open(clinic.nurse, patients);
  expect((await reading(await api.newClinic())).people).toEqual([]);
});
