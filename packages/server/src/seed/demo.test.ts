import { countAlerts, listAlerts, listLots, readChart, readSummary, readToday, searchPatients, signIn } from '@vastus/contract';
import { newId } from '@vastus/db';
import { createTestDatabase } from '@vastus/db/testing';
import { ObligationsService } from '../modules/obligations/obligations.service.js';
import { type Deviation, replayClinic } from '../modules/obligations/replay.js';
import { hashPassword } from '../platform/sign-in/password.js';
import { Client, startTestApi, type TestApi } from '../testing/index.js';
import { createDemoClinic, fillDemoClinic } from './demo.js';
import { SEED_PASSWORD } from './seed-clinic.js';

const NOW = '2026-11-20T10:30:00.000Z';

let api: TestApi;
let clinicId: string;
let nurse: Client;
let physician: Client;
beforeAll(async () => {
  api = await startTestApi({ now: NOW });
  clinicId = newId();
  const hash = await hashPassword(SEED_PASSWORD);
  await api.database.transaction({ clinicId }, (tx) => fillDemoClinic(tx, NOW, '2026-11-20', hash));
  const enter = async (role: string) => {
    const { headers } = await api.anonymous.call(signIn, { body: { email: `${role}@demo.vastus.local`, password: SEED_PASSWORD } });
    return new Client(api.app, String(headers['set-cookie']).split(';')[0]);
  };
  nurse = await enter('nurse');
  physician = await enter('physician');
});
afterAll(() => api.close());

test('every page has life at the first sign-in', async () => {
  for (const bucket of ['overdue', 'due', 'early', 'done'] as const) {
    const { items } = await nurse.ok(readToday, { query: { bucket } });
    expect([bucket, items.length]).toEqual([bucket, expect.any(Number)]);
    expect(items.length).toBeGreaterThanOrEqual(2);
  }
  const summary = await physician.ok(readSummary, {});
  expect(summary.holds).toBeGreaterThanOrEqual(3);
  expect(summary.events.ongoing).toBeGreaterThanOrEqual(3);
  expect(summary.injectionsPerDay.filter(({ count }) => count > 0).length).toBeGreaterThan(5);
  const { byPriority, byRule } = await physician.ok(countAlerts, { query: {} });
  expect(byPriority.urgent).toBeGreaterThanOrEqual(1);
  expect(Object.keys(byRule)).toEqual(expect.arrayContaining(['AE-URGENT', 'HOLD-DECIDE', 'MON-3-6-12', 'NI-2W', 'RX-OVERDUE']));
  expect((await nurse.ok(listAlerts, { query: {} })).items.length).toBeGreaterThanOrEqual(3);
  const lots = (await nurse.ok(listLots, { query: {} })).items;
  expect(lots.some(({ status }) => status === 'recalled')).toBe(true);
  expect(lots.some(({ expiresOn }) => expiresOn < '2026-11-20')).toBe(true);
  expect(lots.some(({ expiresOn }) => expiresOn > '2026-11-20' && expiresOn < '2026-12-20')).toBe(true);
});

test('names are written in scripts the dashboard’s own font can draw', async () => {
  const { items } = await physician.ok(searchPatients, { query: { limit: 100 }, body: {} });
  const others = items.filter(
    ({ familyName, givenName }) => !/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}’ -]+$/u.test(familyName + givenName),
  );
  expect(others).toEqual([]);
  expect(items.some(({ familyName }) => /\p{Script=Cyrillic}|\p{Script=Greek}/u.test(familyName))).toBe(true);
});

test('somebody is on hold with a nerve event on day 20, the clock running', async () => {
  const { items } = await physician.ok(searchPatients, { query: { limit: 100 }, body: {} });
  expect(items.length).toBeGreaterThan(38);
  const charts = [];
  for (const { id } of items.filter(({ imHold }) => imHold)) charts.push(await physician.ok(readChart, { params: { patientId: id } }));
  const chart = charts.find(({ events }) => events.some(({ onsetAt }) => onsetAt.startsWith('2026-10-31')));
  expect(chart).toMatchObject({
    hold: { causeEventIds: [chart!.events[0]!.id] },
    routeDecisions: [{ decision: 'oral' }],
    courses: [{ phase: 'on-hold' }],
  });
  expect(chart!.restrictions[0]!.sites.length).toBeGreaterThan(0);
  expect(chart!.milestones.map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining(['NI-2W', 'NI-4W', 'NI-EMG60', 'NI-SURG']));
});

test('it is what the rules would have made of it', async () => {
  const obligations = new ObligationsService();
  const ids = await api.database.transaction({ clinicId }, (tx) => tx.many<{ id: string }>('SELECT id FROM patient'));
  for (const { id } of ids) {
    const changes = await api.database.transaction({ clinicId }, (tx) => obligations.recompute(tx, id, NOW));
    expect(
      Object.values(changes).filter((change) => change !== 0 && change !== false && !(Array.isArray(change) && change.length === 0)),
    ).toEqual([]);
  }
});

test('a year later, with nobody there but the jobs, a replay finds nothing', async () => {
  const yearLater = '2027-11-20T10:30:00.000Z';
  await api.clock.set(yearLater);
  await api.runJob('raise-due-alerts', {});
  await api.runJob('escalate-overdue-alerts', {});
  const found: Deviation[] = [];
  await replayClinic(api.database, clinicId, yearLater, ({ deviations }) => found.push(...deviations));
  expect(found).toEqual([]);
});

test('it is made once, and quickly', async () => {
  const own = await createTestDatabase();
  try {
    const began = performance.now();
    expect(await createDemoClinic(own.database, NOW, '2026-11-20', async () => 'none')).toBeDefined();
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await createDemoClinic(own.database, NOW, '2026-11-20', async () => 'none')).toBeUndefined();
  } finally {
    await own.drop();
  }
});
