import { Injectable } from '@nestjs/common';
import type { JobOutcome, JobPayload } from '@vastus/jobs';
import { Queues } from '../../platform/queue/queues.js';
import { type JobContext, RunsJob } from '../../platform/queue/runs-job.js';
import { ProtocolApplications } from './applications.service.js';
import { SimulationsService } from './simulations.service.js';

@Injectable()
export class ProtocolJobs {
  constructor(
    private readonly applications: ProtocolApplications,
    private readonly simulations: SimulationsService,
    private readonly queues: Queues,
  ) {}

  @RunsJob('apply-protocol-versions')
  async apply(_payload: Record<string, never>, { now }: JobContext): Promise<JobOutcome> {
    return { outcome: 'done', ...(await this.applications.applyDue(now)) };
  }

  @RunsJob('simulate-protocol')
  async simulate({ clinicId, simulationId }: JobPayload<'simulate-protocol'>, { lastAttempt }: JobContext): Promise<JobOutcome> {
    try {
      return await this.simulations.carryOut(clinicId, simulationId);
    } catch (error) {
      if (lastAttempt) await this.simulations.fail(clinicId, simulationId, 'The trial could not be carried out; the log says why.');
      throw error;
    }
  }

  /** Trials that the queue lost, or never took, are handed to it again. */
  @RunsJob('resume-simulations')
  async resume(_payload: Record<string, never>, { now }: JobContext): Promise<JobOutcome> {
    const waiting = await this.simulations.waiting(now);
    for (const simulation of waiting) await this.queues.enqueue('simulate-protocol', simulation);
    return { outcome: 'done', resumed: waiting.length };
  }
}
