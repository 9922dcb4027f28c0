// BullMQ's PostgreSQL backend, used by logins that may do no more than vastus_app.
import { createPostgresBackend, Queue, QueueEvents, Worker } from 'bullmq';
import pg from 'pg';
import { queueConnection } from './queue-schema.js';
import { createTestDatabase, type TestDatabase } from './testing.js';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());

it('runs jobs, schedulers and bulk adds for two different logins, and creates nothing but its sequences', async () => {
  const owner = new pg.Client({ connectionString: test_.ownerUrl });
  await owner.connect();
  const other = `vastus_other_${process.pid}`;
  await owner.query(`CREATE ROLE ${other} LOGIN PASSWORD 'x' IN ROLE vastus_app`);
  const otherUrl = Object.assign(new URL(test_.appUrl), { username: other, password: 'x' }).toString();
  const queue = new Queue('ward', { connection: queueConnection(test_.appUrl, 2) }, createPostgresBackend);
  const queueOfOther = new Queue('ward', { connection: queueConnection(otherUrl, 2) }, createPostgresBackend);
  const events = new QueueEvents('ward', { connection: queueConnection(otherUrl, 2) }, createPostgresBackend);
  const done: string[] = [];
  let all: () => void;
  const finished = new Promise<void>((resolve) => {
    all = resolve;
  });
  const worker = new Worker(
    'ward',
    async (job) => {
      await job.updateProgress(50);
      if (job.name === 'twice' && job.attemptsMade === 0) throw new Error('once more');
      done.push(job.name);
      if (new Set(done).size === 5) all();
    },
    { connection: queueConnection(otherUrl, 2) },
    createPostgresBackend,
  );
  try {
    await events.waitUntilReady();
    await queue.add('one', {});
    await queueOfOther.add('two', {}, { delay: 50 });
    await queue.addBulk([{ name: 'bulk', data: {} }]);
    await queueOfOther.add('twice', {}, { attempts: 2 });
    await queue.upsertJobScheduler('clock', { every: 100 }, { name: 'tick' });
    await finished;
    expect(done).toEqual(expect.arrayContaining(['one', 'two', 'bulk', 'twice', 'tick']));
    await queue.removeJobScheduler('clock');
    const { rows } = await owner.query(`SELECT DISTINCT relkind FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
      WHERE relnamespace = 'bullmq'::regnamespace AND r.rolname = 'vastus_app'`);
    expect(rows).toEqual([{ relkind: 'S' }]);
  } finally {
    await worker.close();
    await queueOfOther.obliterate({ force: true });
    await Promise.all([queue.close(), queueOfOther.close(), events.close()]);
    await owner.query(`DROP ROLE ${other}`);
    await owner.end();
  }
});
