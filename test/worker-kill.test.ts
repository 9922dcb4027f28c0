/** The worker is killed in the middle of raising 10,000 alerts and started again: every alert is there, once. Told to end, it ends well. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { DEFAULT_PROTOCOL, RULES_REVISION } from '@vastus/clinical';
import { insert, insertMany, json, newId } from '@vastus/db';
import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import pg from 'pg';

const DUE = 10_000;
const CLINICS = 2;
const PATIENTS = 50;
const AT = '2025-01-01T00:00:00.000Z';

let own: TestDatabase;
let owner: pg.Client;
const started: ChildProcess[] = [];

beforeAll(async () => {
  own = await createTestDatabase();
  owner = new pg.Client({ connectionString: own.ownerUrl });
  await owner.connect();
  for (let n = 0; n < CLINICS; n++) await clinicWithDueMilestones(DUE / CLINICS);
  // Each chunk takes long enough to be hit in the middle.
  await owner.query(`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.06); RETURN NULL; END'`);
  await owner.query('CREATE TRIGGER dawdle AFTER INSERT ON alert FOR EACH STATEMENT EXECUTE FUNCTION dawdle()');
}, 60_000);

afterAll(async () => {
  for (const worker of started) worker.kill('SIGKILL');
  await owner.end();
  await own.drop();
});

async function clinicWithDueMilestones(count: number): Promise<void> {
  const clinicId = newId();
  const protocolVersionId = newId();
  await own.database.transaction({ clinicId }, async (tx) => {
    await insert(tx, 'clinic', { id: clinicId, name: 'A clinic', timeZone: 'Europe/Berlin', createdAt: AT });
    await insert(tx, 'protocol_version', {
      clinicId,
      id: protocolVersionId,
      number: 1,
      parameters: json(DEFAULT_PROTOCOL),
      inForceFrom: AT,
      createdAt: AT,
    });
    const patients = Array.from({ length: PATIENTS }, (_, n) => ({
      clinicId,
      id: newId(),
      recordNumber: `R-${n}`,
      familyName: 'Family',
      givenName: 'Given',
      searchName: 'family given family',
      birthDate: '1960-01-01',
      sex: 'female',
      recordedAt: AT,
      // Up to date: otherwise the worker would rightly take these milestones, which follow from no fact, for leftovers.
      derivedUnder: protocolVersionId,
      derivedBy: RULES_REVISION,
    }));
    await insertMany(tx, 'patient', patients);
    await insertMany(
      tx,
      'milestone',
      Array.from({ length: count }, (_, n) => ({
        clinicId,
        id: newId(),
        patientId: patients[n % PATIENTS]!.id,
        naturalKey: `MON-3-6-12/${n}`,
        ruleId: 'MON-3-6-12',
        subjectType: 'course',
        subjectId: newId(),
        opensAt: AT,
        dueAt: AT,
        dueOn: '2025-01-01',
        overdueAt: null,
        ownerRole: 'physician',
        priority: 'normal',
        protocolVersionId,
        createdAt: AT,
      })),
    );
  });
}

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [path.join(__dirname, '../apps/worker/dist/main.js')], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'test', DATABASE_URL: own.appUrl, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  started.push(worker);
  return worker;
}

const alerts = async () => Number((await owner.query<{ n: string }>('SELECT count(*) AS n FROM alert')).rows[0]!.n);

async function until(what: string, done: (count: number) => boolean): Promise<number> {
  const deadline = performance.now() + 180_000;
  for (;;) {
    const count = await alerts();
    if (done(count)) return count;
    if (performance.now() > deadline) throw new Error(`${what}: ${count} alerts after 180 s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('killed twice in the middle, every one of 10,000 alerts exists once', async () => {
  for (const atLeast of [1_500, 5_000]) {
    const worker = startWorker();
    const seen = await until('the worker raises', (n) => n >= atLeast);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(seen).toBeLessThan(DUE);
    expect(await alerts()).toBeLessThan(DUE);
    // The lease of the killed worker has not run out: what wakes its successor is the scheduler, put in place anew.
  }
  const last = startWorker();
  await until('the last worker finishes', (n) => n >= DUE);
  const { rows } = await owner.query(`
    SELECT count(*)::int AS alerts, count(DISTINCT milestone_id)::int AS milestones, (SELECT count(*)::int FROM milestone WHERE state = 'raised') AS raised,
           (SELECT count(*)::int FROM alert_transition WHERE action = 'raised') AS transitions FROM alert`);
  expect(rows[0]).toEqual({ alerts: DUE, milestones: DUE, raised: DUE, transitions: DUE });
  last.kill('SIGTERM');
  await once(last, 'exit');
}, 600_000);

test('told to end in the middle, a worker finishes what it is doing', async () => {
  const before = await alerts();
  await clinicWithDueMilestones(2_500);
  const worker = startWorker();
  await until('the worker raises', (n) => n > before);
  worker.kill('SIGTERM');
  const [code] = await once(worker, 'exit');
  expect([code, await alerts()]).toEqual([0, before + 2_500]);
}, 300_000);
