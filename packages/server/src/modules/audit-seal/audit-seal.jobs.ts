import { Injectable } from '@nestjs/common';
import type { JobOutcome, JobPayload } from '@vastus/jobs';
import { type JobContext, RunsJob } from '../../platform/queue/runs-job.js';
import { AuditSealService } from './audit-seal.service.js';

@Injectable()
export class AuditSealJobs {
  constructor(private readonly seal: AuditSealService) {}

  @RunsJob('seal-audit-trail')
  async sealAll(): Promise<JobOutcome> {
    return { outcome: 'done', ...(await this.seal.sealAll()) };
  }

  @RunsJob('verify-audit-trail')
  async verify({ clinicId, membershipId }: JobPayload<'verify-audit-trail'>, { now }: JobContext): Promise<JobOutcome> {
    return { outcome: 'done', ...(await this.seal.verify(clinicId, now, membershipId)) };
  }

  @RunsJob('verify-audit-trails')
  async verifyAll(_payload: Record<string, never>, { now }: JobContext): Promise<JobOutcome> {
    return { outcome: 'done', ...(await this.seal.verifyAll(now)) };
  }
}
