import { Injectable, Module } from '@nestjs/common';
import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import { JOBS, type JobName, type JobOutcome, QUEUES } from '@vastus/jobs';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createWorker, type WorkerProcess } from '../../create-worker.js';
import type { Config } from '../config.js';
import { createLogger } from '../log.js';
import { Metrics } from '../metrics.js';
import { queueBackend } from './backend.js';
import { BullQueues } from './queues.js';
import { type JobContext, type JobHandler, RunsJob } from './runs-job.js';

const IDS = { clinicId: '01890000-0000-7000-8000-000000000001', importRunId: '01890000-0000-7000-8000-000000000002' };
const runs: { name: JobName; payload: unknown; context: JobContext }[] = [];
let behave: (run: { name: JobName; attempt: number }) => Promise<JobOutcome> | JobOutcome;

@Injectable()
class Hands {}
for (const name of Object.keys(JOBS) as JobName[]) {
  const run: JobHandler<JobName> = async (payload, context) => {
    runs.push({ name, payload, context });
    return behave({ name, attempt: context.attempt });
  };
  const descriptor = { value: run, configurable: true, writable: true };
  RunsJob(name)(Hands.prototype, name, descriptor);
  Object.defineProperty(Hands.prototype, name, descriptor);
}
@Module({ providers: [Hands] })
class HandsModule {}

let own: TestDatabase;
const log: string[] = [];
const configFor = (queueUrl: string): Config => ({
  environment: 'test',
  databaseUrl: own.appUrl,
  databasePoolSize: 4,
  queueUrl,
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'http://localhost',
  trustedProxies: undefined,
  authSecret: 'x'.repeat(32),
  requestsPerMinute: 1_200,
  unusualChartsPerHour: 60,
  logLevel: 'debug',
  testClock: false,
  singleSignOn: undefined,
  staticDir: undefined,
  migrationsDir: undefined,
});
const logger = () => createLogger(configFor(own.appUrl), 'worker', { write: (line) => log.push(line) });
const until = async (check: () => boolean | Promise<boolean>, seconds = 12) => {
  for (const end = performance.now() + seconds * 1000; performance.now() < end && !(await check()); )
    await new Promise((resolve) => setTimeout(resolve, 25));
  expect(await check()).toBe(true);
};
const imports = () => runs.filter(({ name }) => name === 'run-import');

beforeAll(async () => {
  own = await createTestDatabase();
});
afterAll(() => own?.drop());
beforeEach(() => {
  runs.length = 0;
  log.length = 0;
  behave = () => ({ outcome: 'done' });
});

// A database of its own: other files use the same queues on the same server.
const REDIS_DB = 11;
const redis = process.env.TEST_REDIS_URL && Object.assign(new URL(process.env.TEST_REDIS_URL), { pathname: `/${REDIS_DB}` }).toString();
const backends: [string, () => string][] = [
  ['PostgreSQL', () => own.appUrl],
  ...(redis ? [['Redis', () => redis] as [string, () => string]] : []),
];

describe.each(backends)('a queue on %s', (kind, urlOf) => {
  let worker: WorkerProcess;
  let queues: BullQueues;
  beforeAll(async () => {
    worker = await createWorker({ ...configFor(urlOf()), metricsPort: 0 }, { logger: logger(), modules: [HandsModule] });
    queues = new BullQueues(queueBackend(urlOf(), logger()), logger(), new Metrics(false));
  });
  afterAll(async () => {
    await queues?.close();
    await worker?.close();
  });
  const inside = async <T>(work: (queue: Queue) => Promise<T>): Promise<T> => {
    const backend = queueBackend(urlOf(), logger());
    const queue = new Queue('imports', { connection: backend.connection('ask') }, backend.factory) as Queue;
    try {
      return await work(queue);
    } finally {
      await queue.close();
      await backend.close();
    }
  };

  test('a job that was handed over is done, at the clock’s time', async () => {
    expect(await queues.enqueue('run-import', IDS)).toBe(true);
    await until(() => imports().length === 1);
    expect(imports()[0]).toMatchObject({ payload: IDS, context: { attempt: 1, lastAttempt: false } });
    expect(Math.abs(Date.now() - Date.parse(imports()[0]!.context.now))).toBeLessThan(5_000);
    expect(await queues.isReachable()).toBe(true);
  });

  test('what waits in each queue is told', async () => {
    const depth = await queues.depth();
    expect(depth?.map(({ name }) => name)).toEqual([...QUEUES]);
    // The next run of each schedule is a job that waits for its time.
    expect(depth?.find(({ name }) => name === 'schedule')).toMatchObject({ waiting: expect.any(Number), failed: expect.any(Number) });
    expect(depth!.find(({ name }) => name === 'schedule')!.delayed).toBeGreaterThan(3);
  });

  test('the worker tells Prometheus how its jobs went, and nothing else', async () => {
    await queues.enqueue('run-import', IDS);
    await until(() => imports().length > 0);
    const at = `http://127.0.0.1:${worker.metricsPort}`;
    await until(async () =>
      (await (await fetch(`${at}/metrics`)).text()).includes('vastus_job_seconds_count{job="run-import",outcome="done"}'),
    );
    expect(await (await fetch(`${at}/healthz`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${at}/api/session`)).status).toBe(404);
    expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  test('what fails is tried again, and the queue keeps nothing of why but the kind', async () => {
    behave = ({ attempt }) => {
      if (attempt < 3) throw new TypeError('Maria Muster has no birth date');
      return { outcome: 'skipped', reason: 'nothing to do' };
    };
    await queues.enqueue('run-import', IDS);
    await until(() => imports().some(({ context }) => context.attempt === 2));
    const reasons = await inside(async (queue) =>
      (await queue.getJobs(['delayed', 'active', 'waiting', 'completed'])).map((job) => `${job.failedReason} ${job.stacktrace}`),
    );
    expect(reasons.join()).toContain('run-import: TypeError');
    expect(reasons.join()).not.toContain('Maria');
    await until(() => imports().some(({ context }) => context.attempt === 3));
    expect(log.some((line) => line.includes('"a job failed"') && line.includes(IDS.importRunId))).toBe(true);
  }, 30_000);

  const schedulers = async (): Promise<string[]> => {
    const backend = queueBackend(urlOf(), logger());
    const found: string[] = [];
    for (const name of QUEUES) {
      const queue = new Queue(name, { connection: backend.connection('ask') }, backend.factory);
      found.push(...(await queue.getJobSchedulers()).map(({ key }) => key));
      await queue.close();
    }
    await backend.close();
    return found.sort();
  };
  const scheduled = Object.entries(JOBS)
    .filter(([, job]) => 'schedule' in job)
    .map(([name]) => name)
    .sort();

  test('what is woken by the clock is in place after every start, once', async () => {
    await queues.schedule();
    await queues.schedule();
    expect(await schedulers()).toEqual(scheduled);
    expect(scheduled).toEqual(expect.arrayContaining(['raise-due-alerts', 'escalate-overdue-alerts']));
    expect(await queues.mendSchedule(Date.now())).toEqual([]);
  });

  test('a queue that lost everything while the worker stayed connected is whole again, and what it would have woken is done', async () => {
    if (kind === 'PostgreSQL') {
      const owner = new pg.Client(own.ownerUrl);
      await owner.connect();
      const { rows } = await owner.query(
        `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS tables FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
      );
      await owner.query(`TRUNCATE ${rows[0].tables}`);
      await owner.end();
    } else {
      const client = new Redis(urlOf());
      await client.flushdb();
      await client.quit();
    }
    runs.length = 0;
    await until(() => runs.some(({ name }) => name === 'raise-due-alerts'), 40);
    await until(async () => (await schedulers()).join() === scheduled.join(), 10);
    expect(log.some((line) => line.includes('it is back in place'))).toBe(true);
  }, 60_000);

  test('a payload that does not fit is a fault of the program and is not sent', async () => {
    await expect(queues.enqueue('run-import', { clinicId: 'x' } as never)).rejects.toThrow();
  });

  test('the worker comes back after its connections broke', async () => {
    if (kind === 'PostgreSQL') {
      const owner = new pg.Client(own.ownerUrl);
      await owner.connect();
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      await owner.end();
    } else {
      const client = new Redis(urlOf());
      const clients = String(await client.client('LIST'))
        .split('\n')
        .filter((line) => line.includes(` db=${REDIS_DB} `));
      const others = clients
        .map((line) => /^id=(\d+)/.exec(line)![1]!)
        .filter((id) => !clients.find((line) => line.startsWith(`id=${id} `))?.includes('cmd=client'));
      for (const id of others) await client.client('KILL', 'ID', id);
      await client.quit();
    }
    await until(() => queues.enqueue('run-import', IDS));
    await until(() => imports().length > 0, 15);
  }, 40_000);
});

test('a worker that is told to end does not wait for ever for a job that never does', async () => {
  const worker = await createWorker(configFor(own.appUrl), { logger: logger(), modules: [HandsModule] });
  const queues = new BullQueues(queueBackend(own.appUrl, logger()), logger(), new Metrics(false));
  let letGo = () => {};
  behave = ({ name }) =>
    name === 'run-import' ? new Promise((resolve) => (letGo = () => resolve({ outcome: 'done' }))) : { outcome: 'done' };
  await queues.enqueue('run-import', IDS);
  await until(() => imports().length === 1);
  await worker.close();
  expect(log.some((line) => line.includes('it will be done again'))).toBe(true);
  letGo();
  await queues.close();
}, 40_000);

test('without its queue the API goes on: the job is refused, logged and counted', async () => {
  for (const url of ['postgres://nobody@127.0.0.1:1/none', 'redis://127.0.0.1:1']) {
    const metrics = new Metrics(false);
    const queues = new BullQueues(queueBackend(url, logger()), logger(), metrics);
    expect(await queues.enqueue('run-import', IDS)).toBe(false);
    expect(await queues.isReachable()).toBe(false);
    expect(await queues.depth()).toBeNull();
    expect(await metrics.registry.metrics()).toContain('vastus_jobs_not_queued_total{job="run-import"} 1');
    await queues.close();
  }
  expect(log.join()).toContain('the queue did not take a job');
}, 40_000);

describe('a worker does not start', () => {
  const start = (module: new () => object) => createWorker(configFor(own.appUrl), { logger: logger(), modules: [module] });

  test('while a job has no handler', async () => {
    @Module({})
    class EmptyModule {}
    await expect(start(EmptyModule)).rejects.toThrow(/job "raise-due-alerts" has no handler/);
  });

  test('or two', async () => {
    @Injectable()
    class OtherHands {
      @RunsJob('run-import')
      async again(): Promise<JobOutcome> {
        return { outcome: 'done' };
      }
    }
    @Module({ imports: [HandsModule], providers: [OtherHands] })
    class TwiceModule {}
    await expect(start(TwiceModule)).rejects.toThrow(
      /job "run-import" has 2 handlers: Hands.run-import, OtherHands.again|OtherHands.again, Hands.run-import/,
    );
  });
});
