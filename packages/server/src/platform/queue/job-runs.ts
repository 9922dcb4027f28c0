// How each job went when it last ran, for whoever looks after the installation. Kept apart from the job's own transaction: a job that
// fails is written down, and one that cannot be written down has still done its work.
import { Injectable } from '@nestjs/common';
import { Database, statement } from '@vastus/db';
import type { JobName, JobOutcome } from '@vastus/jobs';
import { Clock } from '../clock.js';
import { Logger } from '../log.js';
import { loggable } from '../problems/causes.js';

const RECORD = statement(
  'record-job-run',
  `INSERT INTO job_run AS r (job, last_run_at, last_outcome, last_ms, last_failed_at, failures_in_a_row)
   VALUES ($1, $2, $3, $4, CASE WHEN $3 = 'failed' THEN $2::timestamptz END, CASE WHEN $3 = 'failed' THEN 1 ELSE 0 END)
   ON CONFLICT (job) DO UPDATE SET last_run_at = excluded.last_run_at, last_outcome = excluded.last_outcome, last_ms = excluded.last_ms,
     last_failed_at = coalesce(excluded.last_failed_at, r.last_failed_at),
     failures_in_a_row = CASE WHEN $3 = 'failed' THEN r.failures_in_a_row + 1 ELSE 0 END`,
);

@Injectable()
export class JobRuns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Begins to measure; the answer is called once, with how it ended. */
  started(job: JobName): (outcome: JobOutcome['outcome'] | 'failed') => Promise<void> {
    const startedMs = this.clock.machineMs();
    return async (outcome) => {
      const ms = Math.max(0, this.clock.machineMs() - startedMs);
      try {
        await this.database.anywhere((q) => q.query(RECORD, [job, new Date(startedMs + ms).toISOString(), outcome, ms]));
      } catch (error) {
        this.logger.warn({ job, err: loggable(error) }, 'how a job went could not be written down');
      }
    };
  }
}
