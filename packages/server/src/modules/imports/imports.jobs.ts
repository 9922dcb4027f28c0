import { Injectable } from '@nestjs/common';
import type { JobOutcome, JobPayload } from '@vastus/jobs';
import { Queues } from '../../platform/queue/queues.js';
import { type JobContext, RunsJob } from '../../platform/queue/runs-job.js';
import { ImportsService } from './imports.service.js';

@Injectable()
export class ImportJobs {
  constructor(
    private readonly imports: ImportsService,
    private readonly queues: Queues,
  ) {}

  @RunsJob('run-import')
  async run({ clinicId, importRunId }: JobPayload<'run-import'>, { lastAttempt }: JobContext): Promise<JobOutcome> {
    try {
      return await this.imports.carryOut(clinicId, importRunId);
    } catch (error) {
      if (lastAttempt) await this.imports.fail(clinicId, importRunId);
      throw error;
    }
  }

  /** What the queue lost, or never took, is handed to it again. */
  @RunsJob('resume-imports')
  async resume(_payload: Record<string, never>, { now }: JobContext): Promise<JobOutcome> {
    const waiting = await this.imports.waiting(now);
    for (const run of waiting) await this.queues.enqueue('run-import', run);
    return { outcome: 'done', resumed: waiting.length };
  }
}
