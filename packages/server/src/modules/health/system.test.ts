import fs from 'node:fs';
import path from 'node:path';
import { readSystem, type SystemStatus } from '@vastus/contract';
import { newId } from '@vastus/db';
import pg from 'pg';
import { Presence } from '../../platform/presence.js';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

let api: TestApi;
let owner: pg.Client;
let clinic: TestClinic;
const log: string[] = [];
beforeAll(async () => {
  api = await startTestApi({ onLog: (line) => log.push(line) });
  owner = new pg.Client({ connectionString: api.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await api?.close();
});
beforeEach(async () => {
  clinic = await api.newClinic();
  await owner.query('DELETE FROM job_run; DELETE FROM process_seen; DELETE FROM backup_taken');
});

const read = (): Promise<SystemStatus> => clinic.administrator.ok(readSystem);
const part = async <P extends keyof SystemStatus['parts']>(name: P) => (await read()).parts[name];
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const job = async (name: string) => (await part('jobs')).items.find((item) => item.name === name)!;
const seen = (kind: 'api' | 'worker', version: string, minutes = 0) =>
  owner.query('INSERT INTO process_seen (id, kind, version, started_at, seen_at) VALUES ($1, $2, $3, $4, $4)', [
    newId(),
    kind,
    version,
    ago(minutes),
  ]);
const ran = (name: string, minutes: number, failures = 0) =>
  owner.query(
    `INSERT INTO job_run (job, last_run_at, last_outcome, last_ms, last_failed_at, failures_in_a_row) VALUES ($1, $2, $3, 12, $4, $5)
     ON CONFLICT (job) DO UPDATE SET last_run_at = excluded.last_run_at, last_outcome = excluded.last_outcome, failures_in_a_row = excluded.failures_in_a_row`,
    [name, ago(minutes), failures > 0 ? 'failed' : 'done', failures > 0 ? ago(minutes) : null, failures],
  );
const allRan = async () => {
  for (const { name, everyMinutes } of (await part('jobs')).items) if (everyMinutes !== null) await ran(name, 0.5);
};

test('an installation where everything runs is in order', async () => {
  await allRan();
  await seen('api', '0.1.0');
  await seen('worker', '0.1.0');
  await owner.query(`INSERT INTO backup_taken (taken_at, method) VALUES (now() - interval '3 hours', 'pg_basebackup')`);
  const { state, parts, versions } = await read();
  for (const [name, { state: its, findings }] of Object.entries(parts)) expect([name, its, findings]).toEqual([name, 'ok', []]);
  expect(state).toBe('ok');
  expect(versions).toEqual({
    product: JSON.parse(fs.readFileSync(path.resolve(__dirname, '../../../../../package.json'), 'utf8')).version,
    rulesRevision: expect.any(Number),
    postgres: expect.stringMatching(/^\d+\.\d/),
    node: process.versions.node,
  });
  const applied = fs.readdirSync(path.resolve(__dirname, '../../../../../prisma/migrations')).sort();
  expect(parts.migrations).toMatchObject({ applied: applied.length, newest: applied.at(-1), pending: [] });
  expect(parts.queue).toMatchObject({
    backend: 'postgresql',
    queues: expect.arrayContaining([expect.objectContaining({ name: 'imports' })]),
  });
  expect(parts.backup).toMatchObject({ method: 'pg_basebackup', archive: { on: false, archivedAt: null, failing: false } });
});

test('only administrators see it', async () => {
  for (const role of ['nurse', 'physician'] as const) expect((await clinic.as(role).call(readSystem)).status).toBe(403);
});

describe('a job', () => {
  test('is written down whenever it ran, by what it came to', async () => {
    await api.runJob('raise-due-alerts', {});
    expect(await job('raise-due-alerts')).toMatchObject({
      state: 'ok',
      everyMinutes: 1,
      lastOutcome: 'done',
      lastRunAt: expect.any(String),
      lastMs: expect.any(Number),
      lastFailedAt: null,
      failuresInARow: 0,
    });
  });

  test('that fails is counted until it does not fail any more, and its last failure stays', async () => {
    const failing = { clinicId: newId(), importRunId: newId() };
    await owner.query('ALTER TABLE import_run RENAME TO import_run_away');
    try {
      for (let i = 0; i < 2; i++) await expect(api.runJob('run-import', failing)).rejects.toThrow('run-import');
    } finally {
      await owner.query('ALTER TABLE import_run_away RENAME TO import_run');
    }
    expect(await job('run-import')).toMatchObject({ state: 'attention', lastOutcome: 'failed', failuresInARow: 2 });
    await api.runJob('run-import', failing);
    expect(await job('run-import')).toMatchObject({
      state: 'ok',
      lastOutcome: 'skipped',
      failuresInARow: 0,
      lastFailedAt: expect.any(String),
    });
  });

  test('that did not come when it should is a problem, one that is asked for is never late', async () => {
    await allRan();
    await ran('raise-due-alerts', 8);
    await ran('verify-audit-trails', 47 * 60);
    const { state, findings, items } = await part('jobs');
    expect([state, findings]).toEqual(['problem', ['jobs-late']]);
    expect(items.filter((item) => item.state !== 'ok').map(({ name }) => name)).toEqual(['raise-due-alerts']);
    expect(items.find(({ name }) => name === 'run-import')).toMatchObject({ state: 'ok', everyMinutes: null, lastRunAt: null });
  });

  test('that failed once asks for attention, three times is a problem', async () => {
    await allRan();
    await ran('escalate-overdue-alerts', 1, 1);
    expect(await part('jobs')).toMatchObject({ state: 'attention', findings: ['jobs-failing'] });
    await ran('escalate-overdue-alerts', 1, 3);
    expect(await part('jobs')).toMatchObject({ state: 'problem', findings: ['jobs-failing'] });
  });

  test('that cannot be written down has done its work all the same', async () => {
    await owner.query('ALTER TABLE job_run RENAME TO job_run_away');
    try {
      expect(await api.runJob('raise-due-alerts', {})).toMatchObject({ outcome: 'done' });
    } finally {
      await owner.query('ALTER TABLE job_run_away RENAME TO job_run');
    }
    expect(log.some((line) => line.includes('could not be written down'))).toBe(true);
  });
});

test('a milestone that has no alert though its time has come is counted, with how long it waits', async () => {
  const { patient } = await build.treated(clinic, api.clock.now());
  const wait = (minutes: number) =>
    owner.query(`UPDATE milestone SET state = 'planned', opens_at = $2 WHERE clinic_id = $1 AND patient_id = $3`, [
      clinic.id,
      ago(minutes),
      patient.id,
    ]);
  await wait(2);
  const { waiting, ...fresh } = await part('alerts');
  expect([waiting > 0, fresh]).toEqual([true, { state: 'ok', findings: [], oldestAt: expect.any(String) }]);
  await wait(7);
  expect(await part('alerts')).toMatchObject({ state: 'attention', findings: ['alerts-late'], waiting });
  await wait(20);
  expect(await part('alerts')).toMatchObject({ state: 'problem', findings: ['alerts-late'] });
  const stranger = await api.newClinic();
  expect((await stranger.administrator.ok(readSystem)).parts.alerts).toMatchObject({ waiting: 0, oldestAt: null });
  const metrics = await api.anonymous.send<string>('GET', '/metrics');
  expect(metrics.body).toContain(`vastus_milestones_without_alert ${waiting}`);
  expect(Number(/^vastus_alert_lag_seconds (\S+)$/m.exec(metrics.body)?.[1])).toBeCloseTo(1200, -2);
  await owner.query(`DELETE FROM milestone WHERE clinic_id = $1`, [clinic.id]);
});

test('no backup for more than a day is said, and for three is a problem', async () => {
  expect(await part('backup')).toMatchObject({ state: 'attention', findings: ['no-backup'], takenAt: null });
  await owner.query(`INSERT INTO backup_taken VALUES (now() - interval '100 hours', 'npm run backup')`);
  expect(await part('backup')).toMatchObject({ state: 'problem', findings: ['backup-old'], method: 'npm run backup' });
  await owner.query(`INSERT INTO backup_taken VALUES (now() - interval '26 hours', 'npm run backup')`);
  expect(await part('backup')).toMatchObject({ state: 'attention', findings: ['backup-old'] });
  await owner.query(`INSERT INTO backup_taken VALUES (now() - interval '24 hours', 'npm run backup')`);
  expect(await part('backup')).toMatchObject({ state: 'ok', findings: [] });
});

test('faults in the audit trail are a problem, and a trail that nobody read asks for attention', async () => {
  await build.patient(clinic);
  await api.runJob('seal-audit-trail', {});
  expect(await part('audit')).toMatchObject({ state: 'attention', findings: ['audit-unread'], sealedAt: expect.any(String) });
  await api.runJob('verify-audit-trails', {});
  expect(await part('audit')).toMatchObject({ state: 'ok', faults: 0, verifiedAt: expect.any(String) });
  await owner.query('UPDATE audit_verification SET faults = 2 WHERE clinic_id = $1', [clinic.id]);
  expect(await part('audit')).toMatchObject({ state: 'problem', findings: ['audit-faults'], faults: 2 });
});

test('the queue being away is a problem, and everything else is still told', async () => {
  api.setQueueReachable(false);
  const { state, parts } = await read();
  api.setQueueReachable(true);
  expect([state, parts.queue]).toEqual(['problem', { state: 'problem', findings: ['queue-away'], backend: 'postgresql', queues: null }]);
  expect(parts.migrations.state).toBe('ok');
});

test('processes are those heard of lately; without a worker nothing falls due by itself', async () => {
  await seen('worker', '0.1.0', 3);
  await seen('api', '0.1.0');
  expect(await part('processes')).toMatchObject({ state: 'problem', findings: ['no-worker'], items: [{ kind: 'api' }] });
  await seen('worker', '0.2.0');
  expect(await part('processes')).toMatchObject({ state: 'attention', findings: ['versions-differ'] });
});

test('a process says that it lives, and takes away whoever has not for a day', async () => {
  await seen('worker', '0.0.1', 25 * 60);
  api.app.get(Presence).announce('api');
  const rows = async () => (await owner.query('SELECT kind, version FROM process_seen')).rows;
  for (let i = 0; i < 100 && (await rows())[0]?.kind !== 'api'; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await rows()).toEqual([{ kind: 'api', version: '0.1.0' }]);
});

test('what other processes did and what waits in the queue are metrics', async () => {
  await owner.query(`INSERT INTO backup_taken VALUES ('2026-01-02T03:04:05Z', 'pg_basebackup')`);
  await ran('seal-audit-trail', 1, 2);
  const { body } = await api.anonymous.send<string>('GET', '/metrics');
  expect(body).toContain('vastus_last_backup_timestamp_seconds 1767323045');
  expect(body).toContain('vastus_job_failures_in_a_row{job="seal-audit-trail"} 2');
  expect(body).toMatch(/vastus_job_last_run_timestamp_seconds\{job="seal-audit-trail"\} \d{10}/);
  expect(body).toMatch(/vastus_queue_jobs\{queue="imports",state="waiting"\} \d/);
  for (const name of [
    'vastus_http_request_seconds_bucket',
    'vastus_database_waiting',
    'vastus_clinics_with_late_alerts',
    'vastus_alert_lag_seconds 0',
  ])
    expect(body).toContain(name);
});
