// A version of the protocol makes nothing due that lay before it took effect: not when it is tried, not when it is applied, not in a replay.
import { PROTOCOL_DEFAULTS } from '@vastus/clinical';
import { draftProtocol, explainWhyNot, readChart, recordLabResult, signProtocol, simulateProtocol } from '@vastus/contract';
import pg from 'pg';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { type Deviation, replayClinic } from '../obligations/replay.js';

const NOW = '2026-11-20T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;
let owner: pg.Client;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
  owner = new pg.Client({ connectionString: api.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await api?.close();
});
beforeEach(async () => {
  await api.clock.set(NOW);
  clinic = await api.newClinic();
});

type Parameters = Record<string, number | string>;

/** Tried, signed and applied; answers what the trial found. */
async function sign(parameters: Parameters) {
  const { id, version } = await clinic.administrator.ok(draftProtocol, { body: { parameters } });
  const { findings } = await clinic.physician.ok(simulateProtocol, { params: { versionId: id }, body: {} });
  await clinic.physician.ok(signProtocol, {
    params: { versionId: id },
    body: { inForceFrom: 'now' },
    headers: { 'if-match': `"${version}"` },
  });
  await api.runJob('apply-protocol-versions', {});
  return findings!;
}

const open = async (patientId: string, ruleId: RegExp) =>
  (await clinic.nurse.ok(readChart, { params: { patientId } })).milestones
    .filter((m) => ruleId.test(m.ruleId) && (m.state === 'planned' || m.state === 'raised'))
    .map((m) => `${m.ruleId} ${m.dueOn}`);
const whyNot = async (patientId: string, rule: 'MON-Q3' | 'MON-RETIC') =>
  (await clinic.physician.ok(explainWhyNot, { params: { patientId }, query: { rule } })).items[0]!;
async function deviations(): Promise<Deviation[]> {
  const all: Deviation[] = [];
  await replayClinic(api.database, clinic.id, api.clock.now(), ({ deviations: found }) => all.push(...found));
  return all;
}

test('MON-Q3 signed in month 11 makes no check of month 9 due: neither predicted nor raised, and explained', async () => {
  const { patient } = await build.treated(clinic, '2025-12-20T08:00:00.000Z');
  for (const collectedAt of ['2026-03-20T08:00:00.000Z', '2026-06-20T08:00:00.000Z'])
    for (const [loinc, value, unit] of [
      ['2132-9', 300, 'pg/mL'],
      ['13965-9', 8, 'umol/L'],
      ['13964-2', 0.2, 'umol/L'],
    ] as const)
      await clinic.nurse.ok(recordLabResult, {
        params: { patientId: patient.id },
        body: { loinc, value, unit, collectedAt, resultedAt: collectedAt },
      });
  const { byRule, newlyOverdue } = await sign({ monitoringPlan: 'MON-Q3' });
  expect(byRule['MON-Q3']).toMatchObject({ added: 1, alertsRaised: 0 });
  expect(newlyOverdue.count).toBe(0);
  expect(await open(patient.id, /^MON-(3-6-12|Q3)$/)).toEqual(['MON-Q3 2026-12-20']);
  expect(await whyNot(patient.id, 'MON-Q3')).toMatchObject({
    verdict: 'not-yet',
    reasons: expect.arrayContaining([{ code: 'before-version', facts: expect.objectContaining({ months: 9 }) }]),
  });
  expect(await deviations()).toEqual([]);
});

test('a check whose window the new plan finds open is asked for', async () => {
  const { patient } = await build.treated(clinic, '2026-02-10T08:00:00.000Z');
  expect((await sign({ monitoringPlan: 'MON-Q3' })).byRule['MON-Q3']).toMatchObject({ alertsRaised: 1 });
  expect(await open(patient.id, /^MON-Q3$/)).toEqual(['MON-Q3 2026-11-10', 'MON-Q3 2027-02-10']);
  // What the old plan asked for and missed has to be answered for as before.
  expect(await open(patient.id, /^MON-3-6-12$/)).toEqual(['MON-3-6-12 2026-05-10', 'MON-3-6-12 2026-08-10']);
  expect(await deviations()).toEqual([]);
});

test('a version that first asks for blood counts asks those under way, and no course of years ago', async () => {
  const { reticulocyteIntervalDays: _, ...without } = PROTOCOL_DEFAULTS;
  await owner.query("SET session_replication_role = 'replica'");
  await owner.query('UPDATE protocol_version SET parameters = $2 WHERE clinic_id = $1', [clinic.id, JSON.stringify(without)]);
  await owner.query("SET session_replication_role = 'origin'");
  const loading = { regimen: 'loading-three-weekly' as const, anemiaAtBaseline: true };
  const long = await build.treated(clinic, '2023-05-10T08:00:00.000Z', { course: loading });
  const recent = await build.treated(clinic, '2026-11-10T08:00:00.000Z', { course: loading });
  const { byRule, newlyOverdue } = await sign({ reticulocyteIntervalDays: 7 });
  expect([byRule['MON-RETIC']?.added, newlyOverdue.count]).toEqual([1, 0]);
  expect(await open(long.patient.id, /^MON-RETIC$/)).toEqual([]);
  expect(await open(recent.patient.id, /^MON-RETIC$/)).toEqual(['MON-RETIC 2026-11-24']);
  expect(await whyNot(long.patient.id, 'MON-RETIC')).toMatchObject({ verdict: 'not-applicable', reasons: [{ code: 'before-version' }] });
  expect(await deviations()).toEqual([]);
});

test('potassium of last month that was in order then raises no urgent alert when the limit is moved', async () => {
  const { patient } = await build.treated(clinic, '2026-10-10T08:00:00.000Z', { course: { regimen: 'loading-three-weekly' } });
  const collectedAt = '2026-10-11T08:00:00.000Z';
  await clinic.nurse.ok(recordLabResult, {
    params: { patientId: patient.id },
    body: { loinc: '2823-3', value: 3.8, unit: 'mmol/L', collectedAt, resultedAt: collectedAt },
  });
  const { alerts } = await sign({ potassiumUrgentMillimolesPerL: 4 });
  expect(alerts.raised).toBe(0);
  expect(await open(patient.id, /^MON-K48$/)).toEqual([]);
  expect(await deviations()).toEqual([]);
});
