// What an administrator sees of the installation. Every number is asked of whoever knows it, and nothing here says a word about a patient.
import { Injectable } from '@nestjs/common';
import { RULES_REVISION } from '@vastus/clinical';
import type { Answer, readSystem, SystemStatus } from '@vastus/contract';
import { Database, findMigrations, migrationState, statement, type Tx } from '@vastus/db';
import { JOBS, type Job } from '@vastus/jobs';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { Config } from '../../platform/config.js';
import { GONE_AFTER_MS } from '../../platform/presence.js';
import { Queues } from '../../platform/queue/queues.js';
import type { Caller } from '../../platform/routing/caller.js';
import { PRODUCT_VERSION } from '../../platform/version.js';
import { AuditSealService } from '../audit-seal/audit-seal.service.js';
import { unusualReaders } from './reading.js';
import {
  stateOfJob,
  verdictOfAlerts,
  verdictOfAudit,
  verdictOfBackup,
  verdictOfJobs,
  verdictOfMigrations,
  verdictOfProcesses,
  verdictOfQueue,
  verdictOfReading,
  worstOf,
} from './verdicts.js';

type Parts = SystemStatus['parts'];
type JobRun = Pick<Parts['jobs']['items'][number], 'lastRunAt' | 'lastOutcome' | 'lastMs' | 'lastFailedAt' | 'failuresInARow'>;

const SERVER = statement(
  'database-server',
  `SELECT current_setting('server_version') AS postgres, current_setting('archive_mode') <> 'off' AS archiving, a.last_archived_time AS archived_at,
          coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false) AS failing
     FROM pg_stat_archiver a`,
);
const LAST_BACKUP = statement('last-backup', 'SELECT taken_at, method FROM backup_taken ORDER BY taken_at DESC LIMIT 1');
const RUNS = statement('job-runs', 'SELECT job, last_run_at, last_outcome, last_ms, last_failed_at, failures_in_a_row FROM job_run');
const PROCESSES = statement(
  'processes-seen',
  'SELECT kind, version, started_at, seen_at FROM process_seen WHERE seen_at > $1 ORDER BY kind, started_at, id',
);
const TO_RAISE = statement(
  'milestones-to-raise',
  `SELECT count(*) AS waiting, min(opens_at) AS oldest_at FROM milestone WHERE clinic_id = $1 AND state = 'planned' AND opens_at <= $2`,
);
const NEVER: JobRun = { lastRunAt: null, lastOutcome: null, lastMs: null, lastFailedAt: null, failuresInARow: 0 };

@Injectable()
export class SystemService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly queues: Queues,
    private readonly seal: AuditSealService,
  ) {}

  async read(caller: Caller): Promise<Answer<typeof readSystem>> {
    // The machine's clock for what the machine does, the clinic's for what is due and sealed in it.
    const nowMs = this.clock.machineMs();
    const [queue, migrations, audit, stored] = await Promise.all([
      this.queue(),
      this.migrations(),
      this.audit(caller),
      this.commands.read(caller, (tx) => this.stored(tx, nowMs)),
    ]);
    const { postgres, ...rest } = stored;
    const parts = { migrations, queue, audit, ...rest };
    return {
      at: new Date(nowMs).toISOString(),
      state: worstOf(Object.values(parts).map(({ state }) => state)),
      versions: { product: PRODUCT_VERSION, rulesRevision: RULES_REVISION, postgres, node: process.versions.node },
      parts,
    };
  }

  private async queue(): Promise<Parts['queue']> {
    const queues = await this.queues.depth();
    const backend = /^redis/.test(this.config.queueUrl) ? 'redis' : 'postgresql';
    return { ...verdictOfQueue(queues !== null), backend, queues };
  }

  private async migrations(): Promise<Parts['migrations']> {
    let folder: string;
    try {
      folder = this.config.migrationsDir ?? findMigrations();
    } catch {
      return { ...verdictOfMigrations(false, []), applied: 0, newest: null, pending: [] };
    }
    const { applied, pending } = await migrationState(this.database.pool, folder);
    return { ...verdictOfMigrations(true, pending), applied: applied.length, newest: applied.at(-1) ?? null, pending };
  }

  private async audit(caller: Caller): Promise<Parts['audit']> {
    const { head, entriesWaiting, lastVerification } = await this.seal.read(caller);
    const found = {
      sealedAt: head?.sealedAt ?? null,
      verifiedAt: lastVerification?.verifiedAt ?? null,
      faults: lastVerification?.faults ?? 0,
    };
    return { ...verdictOfAudit(found, Date.parse(this.clock.now())), ...found, entriesWaiting };
  }

  private async stored(tx: Tx, nowMs: number) {
    const { postgres, archiving, archivedAt, failing } = await tx.one<{
      postgres: string;
      archiving: boolean;
      archivedAt: string | null;
      failing: boolean;
    }>(SERVER);
    const last = await tx.maybe<{ takenAt: string; method: string }>(LAST_BACKUP);
    const taken = {
      takenAt: last?.takenAt ?? null,
      method: last?.method ?? null,
      archive: { on: archiving, archivedAt: archiving ? archivedAt : null, failing: archiving && failing },
    };
    const runs = new Map((await tx.many<JobRun & { job: string }>(RUNS)).map(({ job, ...run }) => [job, run]));
    const items = Object.entries(JOBS as Record<string, Job>).map(([name, { schedule }]) => {
      const line = { name, everyMinutes: schedule ? schedule.everyMs / 60_000 : null, ...(runs.get(name) ?? NEVER) };
      return { ...line, state: stateOfJob(line, nowMs) };
    });
    const now = this.clock.now();
    const alerts = await tx.one<{ waiting: number; oldestAt: string | null }>(TO_RAISE, [tx.clinicId, now]);
    const seenSince = new Date(nowMs - GONE_AFTER_MS).toISOString();
    const { unusualChartsPerHour: moreThan } = this.config;
    const people = await unusualReaders(tx, now, moreThan);
    const processes = await tx.many<Parts['processes']['items'][number]>(PROCESSES, [seenSince]);
    return {
      postgres,
      backup: { ...verdictOfBackup(taken, nowMs), ...taken },
      jobs: { ...verdictOfJobs(items), items },
      alerts: { ...verdictOfAlerts(alerts.oldestAt, Date.parse(now)), ...alerts },
      reading: { ...verdictOfReading(people, Date.parse(now)), moreThan, people },
      processes: { ...verdictOfProcesses(processes), items: processes },
    };
  }
}
