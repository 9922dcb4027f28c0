import { addDays, dateInZone, daysBetween, type ParameterName, PROTOCOL_CHOICES, PROTOCOL_PARAMETERS } from '@vastus/clinical';
import {
  draftProtocol,
  editProtocolDraft,
  listAlerts,
  type ProtocolSimulation,
  readProtocolSimulation,
  readProtocolVersion,
  recordAdverseEvent,
  recordInjection,
  recordLabResult,
  resolveAlert,
  signProtocol,
  simulateProtocol,
} from '@vastus/contract';
import { insertMany, newId } from '@vastus/db';
import fc from 'fast-check';
import pg from 'pg';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { numbness } from '../../testing/scene.js';
import { replayPatient } from '../obligations/replay.js';

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

const draft = (parameters: object) => clinic.administrator.ok(draftProtocol, { body: { parameters } });
const simulate = (versionId: string) => clinic.physician.ok(simulateProtocol, { params: { versionId }, body: {} });
const findingsOf = async (parameters: object) => (await simulate((await draft(parameters)).id)).findings!;
const takeEffect = async ({ id, version }: { id: string; version: number }) => {
  await clinic.physician.ok(signProtocol, {
    params: { versionId: id },
    body: { inForceFrom: 'now' },
    headers: { 'if-match': `"${version}"` },
  });
  await api.runJob('apply-protocol-versions', {});
};

interface Row {
  key: string;
  ruleId: string;
  state: string;
  opensAt: string;
  dueAt: string;
  overdueAt: string | null;
  alertState: string | null;
  patientId: string;
}
const OPEN = ['planned', 'raised'];
const ACTIVE = ['open', 'acknowledged', 'snoozed'];
const panel = async () => {
  const rows = await clinic.transaction((tx) =>
    tx.many<Row>(
      `SELECT m.patient_id || m.natural_key AS key, m.patient_id, m.rule_id, m.state, m.opens_at, m.due_at, m.overdue_at, a.state AS alert_state
         FROM milestone m LEFT JOIN alert a ON a.clinic_id = m.clinic_id AND a.milestone_id = m.id WHERE m.clinic_id = $1`,
      [tx.clinicId],
    ),
  );
  const doses = await clinic.transaction((tx) =>
    tx.many<{ patientId: string }>(
      'SELECT DISTINCT patient_id FROM course WHERE clinic_id = $1 AND ended_on IS NULL AND next_due_on < $2',
      [tx.clinicId, clinic.today],
    ),
  );
  return { rows: new Map(rows.map((row) => [row.key, row])), late: new Set(doses.map(({ patientId }) => patientId)) };
};
type Panel = Awaited<ReturnType<typeof panel>>;

/** What really happened, counted from the tables without the code that predicted it. */
function whatHappened(before: Panel, after: Panel, asOf: string) {
  const keys = [...new Set([...before.rows.keys(), ...after.rows.keys()])];
  const pairs = keys.map((key) => [before.rows.get(key), after.rows.get(key)] as const);
  const open = (row?: Row) => row !== undefined && OPEN.includes(row.state);
  const active = (row?: Row) => row !== undefined && ACTIVE.includes(row.alertState ?? '');
  const count = (test: (a: Row | undefined, b: Row | undefined) => boolean) => pairs.filter(([a, b]) => test(a, b)).length;
  const overdue = ({ rows, late }: Panel) => {
    const people = [...rows.values()].filter(
      (row) => open(row) && row.overdueAt !== null && row.overdueAt <= asOf && !['resolved', 'dismissed'].includes(row.alertState ?? ''),
    );
    return new Set([...late, ...people.map(({ patientId }) => patientId)]);
  };
  const was = overdue(before);
  const today = dateInZone(asOf, clinic.timeZone);
  const perWeek = ({ rows }: Panel) => {
    const weeks = Array.from({ length: 26 }, () => 0);
    for (const row of rows.values()) {
      const week = Math.floor(daysBetween(today, dateInZone(row.opensAt, clinic.timeZone)) / 7);
      if (row.state === 'planned' && week >= 0 && week < 26) weeks[week]! += 1;
    }
    return weeks;
  };
  return {
    milestones: {
      added: count((a, b) => open(b) && !open(a) && a?.state !== 'met'),
      moved: count(
        (a, b) => open(a) && open(b) && [a!.opensAt, a!.dueAt, a!.overdueAt].join() !== [b!.opensAt, b!.dueAt, b!.overdueAt].join(),
      ),
      removed: count((a, b) => open(a) && !open(b) && b?.state !== 'met'),
      met: count((a, b) => b?.state === 'met' && a?.state !== 'met'),
      reopened: count((a, b) => a?.state === 'met' && open(b)),
    },
    alerts: { raised: count((a, b) => active(b) && !active(a)), closed: count((a, b) => active(a) && !active(b)) },
    overdue: [...overdue(after)].filter((id) => !was.has(id)).sort(),
    before: perWeek(before),
    after: perWeek(after),
  };
}

/** Rebuilt from the facts: nothing may be stored otherwise. */
const deviations = async () => {
  const patients = await clinic.transaction((tx) => tx.many<{ id: string }>('SELECT id FROM patient WHERE clinic_id = $1', [tx.clinicId]));
  const found = patients.map(({ id }) => clinic.transaction((tx) => replayPatient(tx, id, api.clock.now())));
  return (await Promise.all(found)).flat();
};

const predicted = ({ findings }: ProtocolSimulation) => ({
  milestones: findings!.milestones,
  alerts: findings!.alerts,
  overdue: findings!.newlyOverdue.patients.map(({ patient }) => patient.id).sort(),
  before: findings!.weeks.map(({ before }) => before),
  after: findings!.weeks.map(({ after }) => after),
});

/** People at every point of their treatment: some follow the protocol, some have values of their own, one has an injured nerve. */
async function aPanel() {
  const daysAgo = (days: number) => `${addDays('2026-11-20', -days)}T08:00:00.000Z`;
  for (const [place, days] of [1, 12, 40, 63, 75, 100, 170, 200, 300, 400].entries()) {
    const course = place % 4 === 3 ? { maintenanceMonths: 1, monitoringPlan: 'MON-3-6-12' as const } : {};
    const {
      patient,
      course: started,
      lot,
    } = await build.treated(clinic, daysAgo(days), { course: { ...course, anemiaAtBaseline: place % 3 === 0 } });
    const params = { patientId: patient.id };
    if (place % 2 === 0 && days > 60)
      await clinic.nurse.ok(recordInjection, {
        params,
        body: build.dose(started, lot, daysAgo(days - 58), { site: 'vastus-lateralis-left' }),
      });
    for (const [loinc, value, unit] of [
      ['2132-9', 300, 'pg/mL'],
      ['13965-9', 11, 'umol/L'],
      ['13964-2', 0.2, 'umol/L'],
    ] as const) {
      const collectedAt = daysAgo(days - 88);
      const body = { loinc, value, unit, collectedAt, resultedAt: collectedAt };
      if (days > 90 && place % 2 === 1) await clinic.nurse.ok(recordLabResult, { params, body });
    }
  }
  const { patient, injection } = await build.treated(clinic, '2026-11-18T09:00:00.000Z');
  await clinic.nurse.ok(recordAdverseEvent, { params: { patientId: patient.id }, body: numbness(injection.id) });
  await api.runJob('raise-due-alerts', {});
  const { items } = await clinic.physician.ok(listAlerts, { query: { ruleId: 'RX-OVERDUE' } });
  for (const { id } of items.slice(0, 1)) await clinic.physician.ok(resolveAlert, { params: { alertId: id }, body: { outcome: 'done' } });
}

const parameters = fc.record(
  {
    ...(Object.fromEntries(
      Object.entries(PROTOCOL_PARAMETERS).map(([name, { min, max, integer }]) => [
        name,
        integer
          ? fc.integer({ min, max })
          : fc.integer({ min: Math.ceil(min * 10), max: Math.floor(max * 10) }).map((tenths) => tenths / 10),
      ]),
    ) as Record<ParameterName, fc.Arbitrary<number>>),
    monitoringPlan: fc.constantFrom(...PROTOCOL_CHOICES.monitoringPlan.options),
  },
  { requiredKeys: [] },
);

/** Everything of every table but what says that somebody asked. */
async function content(): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('_prisma_migrations', 'test_clock', 'process_seen', 'protocol_simulation', 'audit_entry', 'audit_unsealed')
      ORDER BY 1`,
  );
  const counts = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS hash FROM "${name}" t`,
  );
  const { rows } = await owner.query(counts.join(' UNION ALL '));
  return rows.map(({ name, rows: n, hash }) => `${name} ${n} ${hash}`).join('\n');
}

test('what a simulation says is what happens when the draft is signed, and the simulation itself leaves nothing behind', async () => {
  await aPanel();
  const drafts: object[] = [
    { maintenanceMonths: 1 },
    { maintenanceMonths: 3 },
    { monitoringPlan: 'MON-Q3' },
    { monitoringPlan: 'MON-3-6-12', monitoringWindowAfterDays: 0 },
    ...fc.sample(parameters, { numRuns: 12, seed: 20_261_120 }),
  ];
  let [simulated, differences] = [0, 0];
  for (const [place, changes] of drafts.entries()) {
    const { status, body: version } = await clinic.administrator.call(draftProtocol, { body: { parameters: changes } });
    // Told to the physician before the nurse, or nothing new: refused, and none of this test's business.
    if (status === 422) continue;
    simulated += 1;
    const [before, tables] = [await panel(), await content()];
    const simulation = await simulate(version.id);
    expect(simulation).toMatchObject({ state: 'done', patientsTotal: 11, patientsDone: 11, versionNumber: version.number });
    expect(await content()).toBe(tables);
    await takeEffect(version);
    expect([place, predicted(simulation)]).toEqual([place, whatHappened(before, await panel(), api.clock.now())]);
    expect([place, await deviations()]).toEqual([place, []]);
    differences += simulation.findings!.patientsChanged;
    // A month goes by with its alerts.
    await api.clock.advance({ days: 30 });
    await api.runJob('raise-due-alerts', {});
  }
  expect([simulated > 8, differences > 50]).toEqual([true, true]);
}, 120_000);

test('people newly overdue are named, with what is late', async () => {
  const { patient } = await build.treated(clinic, '2026-10-12T08:00:00.000Z');
  await build.treated(clinic, '2026-10-12T08:00:00.000Z', { course: { maintenanceMonths: 2 } });
  const { newlyOverdue, patientsChanged, byRule, weeks } = await findingsOf({ maintenanceMonths: 1 });
  expect([newlyOverdue.count, patientsChanged]).toEqual([1, 1]);
  expect(newlyOverdue.patients).toEqual([
    {
      patient: {
        id: patient.id,
        recordNumber: patient.recordNumber,
        familyName: patient.familyName,
        givenName: 'Given',
        birthDate: '1960-05-17',
      },
      because: expect.arrayContaining([{ ruleId: 'RX-MAINT', dueOn: '2026-11-12' }]),
    },
  ]);
  expect(byRule['RX-OVERDUE']).toMatchObject({ moved: 2, alertsRaised: 1 });
  expect(weeks).toHaveLength(26);
  expect(weeks.slice(0, 2).map(({ startsOn }) => startsOn)).toEqual(['2026-11-20', '2026-11-27']);
});

test('what is due already and has no alert yet is no effect of the draft', async () => {
  await build.treated(clinic, '2026-11-10T08:00:00.000Z');
  await api.clock.advance({ days: 200 });
  const before = await findingsOf({ rotationDays: 28 });
  expect([before.patientsChanged, before.alerts]).toEqual([0, { raised: 0, closed: 0 }]);
});

test('administrators and physicians ask; drafts only; a draft that was edited is to be tried again', async () => {
  const version = await draft({ maintenanceMonths: 3 });
  const params = { versionId: version.id };
  expect((await clinic.nurse.call(simulateProtocol, { params, body: {} })).body.permission).toBe('protocol.simulate');
  const { id } = await clinic.administrator.ok(simulateProtocol, { params, body: {} });
  const { simulation } = await clinic.nurse.ok(readProtocolVersion, { params });
  expect(simulation).toMatchObject({ id, state: 'done', isCurrent: true });
  expect((await (await api.newClinic()).physician.call(readProtocolSimulation, { params: { simulationId: id } })).status).toBe(404);
  await clinic.administrator.ok(editProtocolDraft, {
    params,
    body: { parameters: { maintenanceMonths: 1 } },
    headers: { 'if-match': '"1"' },
  });
  expect((await clinic.nurse.ok(readProtocolVersion, { params })).simulation).toMatchObject({ id, isCurrent: false });
  await takeEffect({ id: version.id, version: 2 });
  expect((await clinic.physician.call(simulateProtocol, { params, body: {} })).body.code).toBe('state-changed');
});

describe('a large panel', () => {
  const many = (count: number) =>
    clinic.transaction((tx) =>
      insertMany(
        tx,
        'patient',
        Array.from({ length: count }, (_, n) => ({
          clinicId: clinic.id,
          id: newId(),
          recordNumber: `M-${n}`,
          familyName: 'Many',
          givenName: String(n),
          searchName: `many ${n} many`,
          birthDate: '1950-01-01',
          sex: 'unknown',
          recordedAt: NOW,
        })),
      ),
    );

  test('is a job with progress that goes on where it stopped, while people go on recording', async () => {
    await many(500);
    const { patient, course, lot } = await build.treated(clinic, '2026-10-12T08:00:00.000Z');
    const { id: versionId } = await draft({ maintenanceMonths: 1 });
    const asked = await simulate(versionId);
    expect(asked).toMatchObject({ state: 'queued', patientsTotal: 501, patientsDone: 0, findings: null });
    const job = { clinicId: clinic.id, simulationId: asked.id };
    expect(api.enqueued.at(-1)).toEqual({ name: 'simulate-protocol', payload: job });
    const reading = () => clinic.physician.ok(readProtocolSimulation, { params: { simulationId: asked.id } });

    const running = Promise.all([api.runJob('simulate-protocol', job), api.runJob('simulate-protocol', job)]);
    const body = build.dose(course, lot, NOW, { site: 'vastus-lateralis-left' });
    const started = performance.now();
    await clinic.nurse.ok(recordInjection, { params: { patientId: patient.id }, body });
    expect(performance.now() - started).toBeLessThan(5_000);
    await running;
    expect(await reading()).toMatchObject({ state: 'done', patientsDone: 501, findings: { newlyOverdue: expect.anything() } });
    expect((await api.runJob('simulate-protocol', job)).outcome).toBe('skipped');
  }, 120_000);

  test('one that nobody works on is handed to the queue again; one whose draft has changed ends', async () => {
    await many(501);
    const version = await draft({ maintenanceMonths: 1 });
    api.setQueueReachable(false);
    const { id: simulationId } = await simulate(version.id);
    api.setQueueReachable(true);
    const job = { clinicId: clinic.id, simulationId };
    const before = api.enqueued.length;
    await api.runJob('resume-simulations', {});
    expect(api.enqueued.slice(before)).toEqual([]);
    await api.clock.advance({ minutes: 2 });
    await api.runJob('resume-simulations', {});
    expect(api.enqueued.slice(before)).toEqual([{ name: 'simulate-protocol', payload: job }]);
    await takeEffect(version);
    expect(await api.runJob('simulate-protocol', job)).toEqual({ outcome: 'skipped', reason: 'the draft has changed' });
    expect(await clinic.physician.ok(readProtocolSimulation, { params: { simulationId } })).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('meanwhile'),
    });
  }, 120_000);
});
