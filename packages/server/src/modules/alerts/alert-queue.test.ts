import {
  type AlertRow,
  acknowledgeAlert,
  acknowledgeAlerts,
  listAlerts,
  listAudit,
  readAlert,
  readAlertQueue,
  recordAdverseEvent,
  snoozeAlert,
  undoAlert,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-03-10T09:00:00.000Z';
const LONG_AGO = '2025-06-10T09:00:00.000Z';
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

const people = async (query: object = {}) => (await clinic.physician.ok(readAlertQueue, { query })).items;
const alertsOf = async (query: object): Promise<AlertRow[]> => (await clinic.physician.ok(listAlerts, { query })).items;
/** By a physician who has just looked at it. */
async function snooze(alertId: string, body: { until: string; reason?: string }) {
  const { version } = await clinic.physician.ok(readAlert, { params: { alertId } });
  await clinic.physician.ok(snoozeAlert, { params: { alertId }, body, headers: { 'if-match': `"${version}"` } });
}

/** Late with everything: several alerts for the physician. */
const neglected = () => build.treated(clinic, LONG_AGO);
async function injured() {
  const made = await build.treated(clinic, '2026-03-10T08:00:00.000Z');
  await clinic.nurse.ok(recordAdverseEvent, {
    params: { patientId: made.patient.id },
    body: {
      injectionId: made.injection.id,
      onsetAt: made.injection.givenAt,
      assessment: { onset: 'seconds-to-minutes', motor: 'weakness', radiatingPain: true },
    },
  });
  return made;
}

describe('the queue by person', () => {
  test('one person is one card, who has the worst alert first, with everything of theirs and nothing of anybody else', async () => {
    const late = await neglected();
    const hurt = await injured();
    const found = await people();
    expect(found.map(({ patient }) => patient.id)).toEqual([hurt.patient.id, late.patient.id]);
    expect(found[0]).toMatchObject({ imHold: 'undecided', patient: { recordNumber: hurt.patient.recordNumber } });
    for (const { patient, alerts, others } of found) {
      expect(alerts).toEqual(await alertsOf({ patientId: patient.id, ownerRole: 'physician' }));
      expect(alerts.length + others).toBe((await alertsOf({ patientId: patient.id })).length);
    }
    expect(found[1]!.alerts.length).toBeGreaterThan(1);
    expect((await (await api.newClinic()).physician.ok(readAlertQueue, { query: {} })).items).toEqual([]);
  });

  test('pages neither repeat nor lose a person, however small they are and however many alerts somebody has', async () => {
    for (let n = 0; n < 4; n++) await neglected();
    await injured();
    const whole = await people({ limit: 200 });
    expect(whole).toHaveLength(5);
    for (const limit of [1, 2, 3]) {
      const paged: string[] = [];
      for (let cursor: string | undefined, more = true; more; ) {
        const page = await clinic.physician.ok(readAlertQueue, { query: { limit, cursor } });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        paged.push(...page.items.map(({ patient }) => patient.id));
        cursor = page.nextCursor ?? undefined;
        more = page.nextCursor !== null;
      }
      expect(paged).toEqual(whole.map(({ patient }) => patient.id));
    }
    expect(await clinic.physician.call(readAlertQueue, { query: { cursor: 'nonsense' } })).toMatchObject({
      status: 422,
      body: { issues: [{ pointer: 'query:cursor' }] },
    });
  });

  test('a kind or a priority narrows the alerts, not only the people', async () => {
    await neglected();
    const hurt = await injured();
    const decide = await people({ ruleId: 'HOLD-DECIDE' });
    expect(decide.map(({ patient, alerts }) => [patient.id, alerts.map(({ ruleId }) => ruleId)])).toEqual([
      [hurt.patient.id, ['HOLD-DECIDE']],
    ]);
    expect(decide[0]!.others).toBeGreaterThan(0);
    for (const { alerts } of await people({ priority: 'high' }))
      expect(new Set(alerts.map(({ priority }) => priority))).toEqual(new Set(['high']));
  });

  test('somebody whose worst alert sleeps stands where the next one is, and under the snoozed with the sleeper alone', async () => {
    const { patient } = await neglected();
    const [worst, ...rest] = (await people())[0]!.alerts;
    await snooze(worst!.id, { until: '2026-03-12T06:00:00.000Z' });
    expect((await people())[0]!.alerts.map(({ id }) => id)).toEqual(rest.map(({ id }) => id));
    expect((await people({ show: 'snoozed' })).map((person) => [person.patient.id, person.alerts.map(({ id }) => id)])).toEqual([
      [patient.id, [worst!.id]],
    ]);
  });
});

describe('acknowledging several in one go', () => {
  test('takes on the harmless ones, refuses the rest one by one, and says which is which', async () => {
    await neglected();
    const hurt = await injured();
    const all = await alertsOf({ limit: 200 });
    const check = all.find(({ ruleId, priority }) => ruleId === 'MON-3-6-12' && priority === 'normal')!;
    const urgent = all.find(({ ruleId, patient }) => ruleId === 'AE-URGENT' && patient.id === hurt.patient.id)!;
    const foreign = (await api.newClinic()).id;
    const other = await build.treated(clinic, LONG_AGO);
    const taken = (await alertsOf({ patientId: other.patient.id, ruleId: 'MON-3-6-12' }))[0]!;
    await clinic.physician.ok(acknowledgeAlert, { params: { alertId: taken.id }, body: {} });
    const { results } = await clinic.physician.ok(acknowledgeAlerts, {
      body: { alertIds: [urgent.id, check.id, taken.id, foreign, check.id] },
    });
    expect(results.map(({ alertId, result }) => [alertId, result])).toEqual([
      [urgent.id, 'blocked-by-rule'],
      [check.id, 'acknowledged'],
      [taken.id, 'state-changed'],
      [foreign, 'not-found'],
    ]);
    const state = async (alertId: string) => (await clinic.physician.ok(readAlert, { params: { alertId } })).state;
    expect([await state(urgent.id), await state(check.id)]).toEqual(['open', 'acknowledged']);
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'alert.acknowledge' } });
    expect(items.filter(({ subjectId }) => subjectId === check.id)).toHaveLength(1);
    expect(items.filter(({ subjectId }) => subjectId === urgent.id)).toHaveLength(0);
  });

  test('a nurse takes on none of the physician’s', async () => {
    await neglected();
    const check = (await alertsOf({ ruleId: 'MON-3-6-12' }))[0]!;
    expect((await clinic.nurse.ok(acknowledgeAlerts, { body: { alertIds: [check.id] } })).results).toMatchObject([
      { result: check.ownerRole === 'nurse' ? 'acknowledged' : 'not-permitted' },
    ]);
    expect(await clinic.administrator.call(acknowledgeAlerts, { body: { alertIds: [check.id] } })).toMatchObject({ status: 403 });
  });
});

describe('taking a step back', () => {
  const one = async () => {
    await neglected();
    return (await alertsOf({ ruleId: 'MON-3-6-12' }))[0]!;
  };

  test('acknowledged waits again for everybody; snoozed goes back to whom it belonged', async () => {
    const params = { alertId: (await one()).id };
    await clinic.physician.ok(acknowledgeAlert, { params, body: {} });
    expect(await clinic.physician.ok(undoAlert, { params, body: {} })).toMatchObject({ state: 'open', actedByName: null, actedAt: null });
    expect(await clinic.physician.call(undoAlert, { params, body: {} })).toMatchObject({ status: 409, body: { code: 'state-changed' } });

    await clinic.physician.ok(acknowledgeAlert, { params, body: {} });
    await snooze(params.alertId, { until: '2026-03-12T06:00:00.000Z', reason: 'ordered' });
    expect(await clinic.physician.ok(undoAlert, { params, body: {} })).toMatchObject({
      state: 'acknowledged',
      snoozedUntil: null,
      reason: null,
      actedByName: clinic.members.physician.name,
    });
    const { transitions } = await clinic.physician.ok(readAlert, { params });
    expect(transitions.map(({ action }) => action)).toEqual(['raised', 'acknowledge', 'undo', 'acknowledge', 'snooze', 'undo']);
  });

  test('what was put off twice waits again, and what the system did since stays', async () => {
    const params = { alertId: (await one()).id };
    await snooze(params.alertId, { until: '2026-03-12T06:00:00.000Z' });
    await snooze(params.alertId, { until: '2026-03-14T06:00:00.000Z' });
    expect(await clinic.physician.ok(undoAlert, { params, body: {} })).toMatchObject({ state: 'open' });
    await snooze(params.alertId, { until: '2026-03-12T06:00:00.000Z' });
    await api.clock.set('2026-03-12T09:00:00.000Z');
    await api.runJob('escalate-overdue-alerts', {});
    expect(await clinic.physician.call(undoAlert, { params, body: {} })).toMatchObject({ status: 409 });
  });
});
