// The real application on a database of its own: one `startTestApi()` a file, one `newClinic()` a test.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type ClinicDate, type Instant, ROLES, type Role } from '@vastus/clinical';
import { Database, newId, type Tx } from '@vastus/db';
import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import { JOBS, type JobName, type JobOutcome, type JobPayload, QUEUES } from '@vastus/jobs';
import { createApi } from '../create-api.js';
import { addMember, createClinic } from '../modules/clinics/clinics.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import type { Limits } from '../platform/http/limits.js';
import { createLogger } from '../platform/log.js';
import { JobHandlers } from '../platform/queue/job-handlers.js';
import { type QueueDepth, Queues } from '../platform/queue/queues.js';
import { createAccountWithHash } from '../platform/sign-in/accounts.js';
import { cookieName } from '../platform/sign-in/cookies.js';
import { openSession } from '../platform/sign-in/session-store.js';
import { Client, type Member } from './clients.js';

export interface EnqueuedJob {
  name: JobName;
  payload: Record<string, string>;
}

/** Keeps what was enqueued; nothing runs unless the test says `api.runJob(…)`. */
class RememberedQueues extends Queues {
  readonly jobs: EnqueuedJob[] = [];
  reachable = true;

  override async enqueue<N extends JobName>(name: N, payload: JobPayload<N>): Promise<boolean> {
    if (this.reachable) this.jobs.push({ name, payload });
    return this.reachable;
  }

  override async isReachable(): Promise<boolean> {
    return this.reachable;
  }

  override async depth(): Promise<QueueDepth[] | null> {
    if (!this.reachable) return null;
    return QUEUES.map((name) => ({
      name,
      waiting: this.jobs.filter((job) => JOBS[job.name].queue === name).length,
      active: 0,
      delayed: 0,
      failed: 0,
    }));
  }

  override async close(): Promise<void> {}
}

export interface TestApiOptions {
  /** Where the clock stands at the start; else the real time. */
  now?: Instant;
  /** Only these modules, and the session, instead of all. */
  modules?: readonly (new () => object)[];
  config?: Partial<Config>;
  limits?: Partial<Limits>;
  /** Puts something between the application and its database: is given the address, answers the one to use. */
  through?: (databaseUrl: string) => Promise<string>;
  /** The queue that the configuration names, instead of one that remembers. */
  realQueue?: boolean;
  /** Hears every line of the log. */
  onLog?: (line: string) => void;
}

export interface NewTestClinic {
  timeZone?: string;
  name?: string;
}

const DEFAULT_ZONE = 'Europe/Berlin';
// No password has this hash: those who sign in with one make their account with createAccount.
const NO_PASSWORD = 'none';
const DAY_MS = 86_400_000;

/** A clinic with one person of each role. */
export class TestClinic {
  constructor(
    private readonly api: TestApi,
    readonly id: string,
    readonly timeZone: string,
    readonly members: Record<Role, Member>,
  ) {}

  as(role: Role): Client {
    return new Client(this.api.app, this.members[role].cookie);
  }

  get nurse(): Client {
    return this.as('nurse');
  }

  get physician(): Client {
    return this.as('physician');
  }

  get administrator(): Client {
    return this.as('administrator');
  }

  get today(): ClinicDate {
    return this.api.app.get(Clock).today(this.timeZone);
  }

  /** Gives an account that exists a role here; answers the membership's id. */
  employ(userId: string, role: Role): Promise<string> {
    return this.transaction((tx) => addMember(tx, { clinicId: this.id, userId, role, now: this.api.clock.now() }));
  }

  /** Looks into the clinic's tables, or writes what no route writes. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.api.database.transaction({ clinicId: this.id, actorId: this.members.nurse.membershipId }, work);
  }
}

export class TestApi {
  /** The clinic of `api.as(…)`: made at the start, for files that need no second one. */
  clinic!: TestClinic;

  constructor(
    readonly app: NestFastifyApplication,
    readonly config: Config,
    private readonly queues: RememberedQueues,
    private readonly own: TestDatabase,
  ) {}

  get database(): Database {
    return this.app.get(Database);
  }

  /** The owner's URL, for what the application may not do. */
  get ownerUrl(): string {
    return this.own.ownerUrl;
  }

  /** What was handed to the queue so far. */
  get enqueued(): readonly EnqueuedJob[] {
    return this.queues.jobs;
  }

  /** Lets the queue be away, and come back. */
  setQueueReachable(reachable: boolean): void {
    this.queues.reachable = reachable;
  }

  readonly clock = {
    now: (): Instant => this.app.get(Clock).now(),
    set: (instant: Instant): Promise<void> => this.app.get(Clock).set(instant),
    advance: ({ days = 0, hours = 0, minutes = 0 }: { days?: number; hours?: number; minutes?: number }): Promise<void> =>
      this.app.get(Clock).advance(days * DAY_MS + hours * 3_600_000 + minutes * 60_000),
  };

  as(role: Role): Client {
    return this.clinic.as(role);
  }

  /** Nobody in particular. */
  get anonymous(): Client {
    return new Client(this.app);
  }

  /** Runs a job's handler here and now, as the worker would. */
  runJob<N extends JobName>(name: N, payload: JobPayload<N>): Promise<JobOutcome> {
    return this.app.get(JobHandlers).run(name, payload);
  }

  async newClinic({ timeZone = DEFAULT_ZONE, name }: NewTestClinic = {}): Promise<TestClinic> {
    const id = newId();
    const now = this.clock.now();
    const people = ROLES.map((role) => ({ role, name: `${role} ${id.slice(-4)}`, email: `${role}.${id}@example.org` }));
    const accounts = await Promise.all(
      people.map(async (person) =>
        this.database.anywhere(async (q) => ({
          ...person,
          userId: await createAccountWithHash(q, now, { ...person, passwordHash: NO_PASSWORD }),
        })),
      ),
    );
    const memberships = await this.database.transaction({ clinicId: id }, async (tx) => {
      await createClinic(tx, { name: name ?? `Clinic ${id.slice(-4)}`, timeZone, isDemo: false, now });
      const made: string[] = [];
      for (const { userId, role } of accounts) made.push(await addMember(tx, { clinicId: id, userId, role, now }));
      return made;
    });
    const members = await Promise.all(
      accounts.map(
        async (account, i) =>
          [account.role, { ...account, membershipId: memberships[i]!, cookie: await this.session(account.userId) }] as const,
      ),
    );
    return new TestClinic(this, id, timeZone, Object.fromEntries(members) as Record<Role, Member>);
  }

  /** A session without the slow hash of a password. */
  async session(userId: string): Promise<string> {
    const nowMs = this.app.get(Clock).machineMs();
    const { token } = await this.database.anywhere((q) =>
      openSession(q, {
        userId,
        stage: 'open',
        method: 'password',
        address: '127.0.0.1',
        device: 'a test',
        nowMs,
        expiresMs: nowMs + DAY_MS / 2,
        // Who sits there is what the tests of the proof ask; the others may take hours.
        provenMs: nowMs + DAY_MS / 2,
      }),
    );
    return `${cookieName(this.config)}=${token}`;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.own.drop();
  }
}

/** Starts the API on a clone of the migrated database. `afterAll(() => api.close())`. */
export async function startTestApi({
  now,
  modules,
  config: changes,
  limits,
  through,
  realQueue,
  onLog,
}: TestApiOptions = {}): Promise<TestApi> {
  const own = await createTestDatabase();
  const config: Config = {
    environment: 'test',
    databaseUrl: (await through?.(own.appUrl)) ?? own.appUrl,
    databasePoolSize: 8,
    queueUrl: own.appUrl,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost',
    trustedProxies: undefined,
    authSecret: 'a secret that is only good for tests, 32+',
    // Tests are quicker than people.
    requestsPerMinute: 1_000_000,
    unusualChartsPerHour: 60,
    logLevel: onLog ? 'debug' : 'error',
    testClock: true,
    staticDir: undefined,
    migrationsDir: undefined,
    singleSignOn: undefined,
    ...changes,
  };
  const queues = new RememberedQueues();
  const logger = createLogger(config, 'api', onLog && { write: onLog });
  const app = await createApi(config, { logger, queues: realQueue ? undefined : queues, modules, limits }).catch(async (error: unknown) => {
    await own.drop();
    throw error;
  });
  const api = new TestApi(app, config, queues, own);
  if (now !== undefined) await api.clock.set(now);
  api.clinic = await api.newClinic();
  return api;
}
