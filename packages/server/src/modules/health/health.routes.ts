// What machines ask: is the process alive, should it get traffic, how is it doing, what does it offer. Not part of the contract,
// and so plain Fastify routes, listed by name in platform/routing/completeness.ts.
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Database, findMigrations, pendingMigrations } from '@vastus/db';
import type { FastifyInstance } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { Config } from '../../platform/config.js';
import { LiveChanges } from '../../platform/live/live.js';
import { Metrics } from '../../platform/metrics.js';
import { Queues } from '../../platform/queue/queues.js';
import { shapesOf } from '../../platform/routing/completeness.js';
import { ALERT_LATE_MS } from '../alerts/alert-states.js';
import { serveDocs } from './docs-page.js';
import { openApiDocument } from './openapi.js';
import { unusualReadersNow } from './reading.js';

const PATIENCE_MS = 3_000;

interface Part {
  status: 'ok' | 'down' | 'unknown';
  detail?: string;
}

@Injectable()
export class HealthRoutes implements OnModuleInit {
  private migrated = false;

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly config: Config,
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly changes: LiveChanges,
  ) {}

  onModuleInit(): void {
    // The worker has no HTTP.
    const fastify = this.http.httpAdapter?.getInstance() as FastifyInstance | undefined;
    if (!fastify) return;
    this.declareGauges();
    let document: string | undefined;
    fastify.get('/healthz', async () => ({ status: 'ok' }));
    fastify.get('/readyz', async (_request, reply) => {
      const readiness = await this.readiness();
      reply.status(readiness.status === 'down' ? 503 : 200);
      return readiness;
    });
    fastify.get('/metrics', async (_request, reply) => {
      reply.type(this.metrics.registry.contentType);
      return this.metrics.registry.metrics();
    });
    fastify.get('/api/openapi.json', (_request, reply) => {
      document ??= JSON.stringify(openApiDocument(Object.fromEntries(shapesOf(this.config))));
      return reply.type('application/json; charset=utf-8').send(document);
    });
    serveDocs(fastify);
  }

  /** Without its database the process is of no use; without the queue alerts come late, and everything else works. */
  private async readiness() {
    const [database, queue] = await Promise.all([this.askDatabase(), this.askQueue()]);
    const migrations: Part = database.status === 'ok' ? await this.askMigrations() : { status: 'unknown' };
    const down = database.status === 'down' || migrations.status === 'down';
    return { status: down ? 'down' : queue.status === 'ok' ? 'ok' : 'degraded', parts: { database, migrations, queue } };
  }

  private async askDatabase(): Promise<Part> {
    return partOf(async () => {
      await this.database.anywhere((q) => q.query('SELECT 1'));
      return true;
    });
  }

  private async askQueue(): Promise<Part> {
    return partOf(() => this.queues.isReachable());
  }

  private async askMigrations(): Promise<Part> {
    if (this.migrated) return { status: 'ok' };
    let folder: string;
    try {
      folder = this.config.migrationsDir ?? findMigrations();
    } catch {
      return { status: 'unknown', detail: 'the migrations are not installed beside the program' };
    }
    return partOf(async () => {
      const pending = await pendingMigrations(this.database.pool, folder);
      this.migrated = pending.length === 0;
      return this.migrated;
    });
  }

  private declareGauges(): void {
    const { pool } = this.database;
    this.metrics.gauge('vastus_database_connections', 'Connections of the pool', () => pool.totalCount);
    this.metrics.gauge('vastus_database_connections_idle', 'Connections nobody uses', () => pool.idleCount);
    this.metrics.gauge('vastus_database_waiting', 'Requests that wait for a connection', () => pool.waitingCount);
    this.metrics.gauge('vastus_live_streams', 'Dashboards that listen for changes', () => this.changes.listening);
    this.metrics.gauge(
      'vastus_clinics_with_late_alerts',
      'Clinics with a milestone that opened more than five minutes ago and has no alert yet',
      () => this.lateClinics(),
    );
    this.metrics.gauge('vastus_milestones_without_alert', 'Milestones whose time has come and that have no alert yet', async () =>
      this.waiting().then(({ waiting }) => waiting),
    );
    this.metrics.gauge('vastus_alert_lag_seconds', 'How long the oldest of them has waited', async () =>
      this.waiting().then(({ oldest }) => (oldest === null ? 0 : Math.max(0, Date.parse(this.clock.now()) - Date.parse(oldest)) / 1000)),
    );
    this.metrics.gauge('vastus_unusual_readers', 'People who opened unusually many charts within the last hour', () =>
      unusualReadersNow(this.database, this.clock.now(), this.config.unusualChartsPerHour).catch(() => Number.NaN),
    );
    this.metrics.gauges(
      'vastus_queue_jobs',
      'Jobs in the queue; the next run of a schedule is a delayed one',
      ['queue', 'state'],
      async () =>
        ((await this.queues.depth()) ?? []).flatMap(({ name: queue, ...depth }) =>
          Object.entries(depth).map(([state, count]): [{ queue: string; state: string }, number] => [{ queue, state }, count]),
        ),
    );
    this.declareStored();
  }

  /** What other processes did, as they wrote it down. */
  private declareStored(): void {
    const { metrics, database } = this;
    const jobs = (column: string) => async () =>
      (await database.anywhere((q) => q.many<{ job: string; value: number }>(`SELECT job, ${column} AS value FROM job_run`))).map(
        ({ job, value }): [{ job: string }, number] => [{ job }, Number(value)],
      );
    metrics.gauges('vastus_job_last_run_timestamp_seconds', 'When each job last ended', ['job'], jobs('extract(epoch FROM last_run_at)'));
    metrics.gauges('vastus_job_failures_in_a_row', 'How often each job failed since it last did not', ['job'], jobs('failures_in_a_row'));
    metrics.gauges('vastus_last_backup_timestamp_seconds', 'When the last backup was taken', [], async () => {
      const sql = 'SELECT extract(epoch FROM max(taken_at)) AS value FROM backup_taken HAVING count(*) > 0';
      return (await database.anywhere((q) => q.many<{ value: number }>(sql))).map(({ value }) => [{}, Number(value)]);
    });
  }

  private async waiting(): Promise<{ waiting: number; oldest: string | null }> {
    try {
      return await this.database.anywhere((q) => q.one('SELECT waiting, oldest FROM milestones_to_raise_anywhere($1)', [this.clock.now()]));
    } catch {
      return { waiting: Number.NaN, oldest: null };
    }
  }

  private async lateClinics(): Promise<number> {
    const before = new Date(Date.parse(this.clock.now()) - ALERT_LATE_MS).toISOString();
    try {
      const { late } = await this.database.anywhere((q) =>
        q.one<{ late: number }>('SELECT count(*) AS late FROM clinics_with_milestones_to_raise($1)', [before]),
      );
      return late;
    } catch {
      // Numbers about the process are wanted most when the database is away.
      return Number.NaN;
    }
  }
}

async function partOf(ask: () => Promise<boolean>): Promise<Part> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return { status: (await Promise.race([ask(), tooLong])) ? 'ok' : 'down' };
  } catch {
    return { status: 'down' };
  } finally {
    clearTimeout(timer);
  }
}
