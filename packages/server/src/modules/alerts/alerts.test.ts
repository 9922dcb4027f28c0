import {
  type AlertRow,
  acknowledgeAlert,
  countAlerts,
  dismissAlert,
  listAlerts,
  readAlert,
  resolveAlert,
  snoozeAlert,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-03-10T09:00:00.000Z';
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

const list = async (query: object = {}): Promise<AlertRow[]> => (await clinic.physician.ok(listAlerts, { query })).items;
const asRead = ({ version }: AlertRow) => ({ 'if-match': `"${version}"` });

describe('the year after a first dose', () => {
  test('three, six and twelve months and then every year: one alert each, however often the job runs', async () => {
    const { patient } = await build.treated(clinic, NOW);
    const seen: string[][] = [];
    for (const day of ['2026-06-10', '2026-09-10', '2027-03-10', '2028-03-10']) {
      await api.clock.set(`${day}T09:00:00.000Z`);
      await Promise.all([api.runJob('raise-due-alerts', {}), api.runJob('raise-due-alerts', {})]);
      await api.runJob('raise-due-alerts', {});
      seen.push(
        (await list({ patientId: patient.id }))
          .filter((a) => a.ruleId.startsWith('MON-3') || a.ruleId === 'MON-ANNUAL')
          .map((a) => `${a.ruleId} ${a.dueOn}`),
      );
    }
    expect(seen).toEqual([
      ['MON-3-6-12 2026-06-10'],
      ['MON-3-6-12 2026-06-10', 'MON-3-6-12 2026-09-10'],
      ['MON-3-6-12 2026-06-10', 'MON-3-6-12 2026-09-10', 'MON-3-6-12 2027-03-10'],
      ['MON-3-6-12 2026-06-10', 'MON-3-6-12 2026-09-10', 'MON-3-6-12 2027-03-10', 'MON-ANNUAL 2028-03-10'],
    ]);
    expect((await list({ patientId: patient.id })).find((a) => a.dueOn === '2026-06-10')).toMatchObject({ overdue: true });
  });

  test('while nobody raises what is due, everybody is told since when the lists may be incomplete', async () => {
    await build.treated(clinic, NOW);
    const lateSince = async () => (await clinic.nurse.ok(countAlerts, { query: {} })).lateSince;
    expect(await lateSince()).toBeNull();
    await api.clock.set('2027-04-10T09:00:00.000Z');
    const since = await lateSince();
    expect(since! < '2026-06-10T23:00:00.000Z').toBe(true);
    expect((await clinic.physician.ok(countAlerts, { query: { ownerRole: 'nurse' } })).lateSince).toBe(since);
    await api.runJob('raise-due-alerts', {});
    expect(await lateSince()).toBeNull();
  });

  test('the job does nothing for a milestone whose cause was voided before it ran', async () => {
    const { injection } = await build.treated(clinic, NOW);
    await clinic.transaction((tx) => tx.query(`UPDATE milestone SET state = 'cancelled' WHERE clinic_id = $1`, [tx.clinicId]));
    await api.clock.set('2027-06-10T09:00:00.000Z');
    await api.runJob('raise-due-alerts', {});
    expect(await list()).toEqual([]);
    expect(injection.state).toBe('effective');
  });
});

describe('acting', () => {
  const overdue = async () => {
    await build.treated(clinic, '2025-11-10T09:00:00.000Z');
    const alerts = await list({ ruleId: 'RX-OVERDUE' });
    return alerts[0]!;
  };

  test('acknowledged, snoozed, woken, resolved: each step once, all of them in the history', async () => {
    const alert = await overdue();
    const params = { alertId: alert.id };
    expect(await clinic.physician.ok(acknowledgeAlert, { params, body: {} })).toMatchObject({
      state: 'acknowledged',
      actedByName: clinic.members.physician.name,
    });
    expect(await clinic.physician.call(acknowledgeAlert, { params, body: {} })).toMatchObject({
      status: 409,
      body: { code: 'state-changed' },
    });
    // Whoever puts it off says which state of it they saw: it was taken on meanwhile.
    const putOff = { params, body: { until: '2026-03-12T09:00:00Z', reason: 'calls back on Thursday' } };
    expect(await clinic.physician.call(snoozeAlert, putOff)).toMatchObject({ status: 428 });
    expect(await clinic.physician.call(snoozeAlert, { ...putOff, headers: asRead(alert) })).toMatchObject({ status: 412 });
    expect(await clinic.physician.ok(snoozeAlert, { ...putOff, headers: { 'if-match': '"2"' } })).toMatchObject({ state: 'snoozed' });
    expect((await list()).map((a) => a.id)).not.toContain(alert.id);
    expect((await list({ show: 'snoozed' })).map((a) => a.id)).toContain(alert.id);
    await api.clock.set('2026-03-12T09:00:00.000Z');
    await api.runJob('escalate-overdue-alerts', {});
    await api.runJob('escalate-overdue-alerts', {});
    expect((await list()).map((a) => a.id)).toContain(alert.id);
    expect(await clinic.physician.ok(resolveAlert, { params, body: { outcome: 'dose-arranged' } })).toMatchObject({
      state: 'resolved',
      outcome: 'dose-arranged',
    });
    expect(
      await clinic.physician.call(snoozeAlert, { params, body: { until: '2026-04-12T09:00:00Z' }, headers: asRead(alert) }),
    ).toMatchObject({
      status: 409,
    });
    const detail = await clinic.physician.ok(readAlert, { params });
    expect(detail.transitions.map((t) => t.action)).toEqual(['raised', 'acknowledge', 'snooze', 'woken', 'resolve']);
    expect(detail.why).toMatchObject({ ruleId: 'RX-OVERDUE', protocolVersion: 1, facts: expect.objectContaining({ dueOn: '2026-01-10' }) });
    expect(detail.why.sources.length).toBeGreaterThan(0);
  });

  test('a nurse does not close a physician’s alert, an administrator closes none', async () => {
    const { id } = await overdue();
    expect(await clinic.nurse.call(resolveAlert, { params: { alertId: id }, body: { outcome: 'done' } })).toMatchObject({
      status: 403,
      body: { permission: 'alert.act' },
    });
    expect(await clinic.administrator.call(resolveAlert, { params: { alertId: id }, body: { outcome: 'done' } })).toMatchObject({
      status: 403,
    });
    expect(
      await (await api.newClinic()).physician.call(resolveAlert, { params: { alertId: id }, body: { outcome: 'done' } }),
    ).toMatchObject({ status: 404 });
  });

  test('dismissing needs a reason, putting off needs a future', async () => {
    const { id: alertId } = await overdue();
    expect((await clinic.physician.call(dismissAlert, { params: { alertId }, body: { reason: 'no' } })).body.issues).toMatchObject([
      { pointer: '/reason' },
    ]);
    expect(
      (
        await clinic.physician.call(snoozeAlert, {
          params: { alertId },
          body: { until: '2026-03-01T09:00:00Z' },
          headers: { 'if-match': '"1"' },
        })
      ).body.issues,
    ).toMatchObject([{ pointer: '/until' }]);
    expect(await clinic.physician.ok(dismissAlert, { params: { alertId }, body: { reason: 'moved to another town' } })).toMatchObject({
      state: 'dismissed',
    });
  });
});

test('each role sees its own queue, worst first, in pages that neither repeat nor lose a row', async () => {
  for (let n = 0; n < 5; n++) await build.treated(clinic, `2025-11-1${n}T09:00:00.000Z`);
  const own = await clinic.nurse.ok(listAlerts, { query: {} });
  expect(own.items.length).toBeGreaterThan(0);
  expect(own.items.every((a) => a.ownerRole === 'nurse')).toBe(true);
  const whole = await list({ limit: 200 });
  const paged: string[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await clinic.physician.ok(listAlerts, { query: { limit: 2, cursor } });
    paged.push(...page.items.map((a) => a.id));
    cursor = page.nextCursor ?? undefined;
    more = page.nextCursor !== null;
  }
  expect(paged).toEqual(whole.map((a) => a.id));
  const rank = ['emergency', 'urgent', 'high', 'normal', 'low'];
  expect(whole.map((a) => rank.indexOf(a.priority))).toEqual(whole.map((a) => rank.indexOf(a.priority)).sort());
  expect((await clinic.physician.ok(countAlerts, { query: {} })).total).toBe(whole.length);
  expect(await clinic.physician.call(listAlerts, { query: { cursor: 'nonsense' } })).toMatchObject({
    status: 422,
    body: { issues: [{ pointer: 'query:cursor' }] },
  });
});
