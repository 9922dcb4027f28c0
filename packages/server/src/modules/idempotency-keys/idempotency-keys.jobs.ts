import { Injectable } from '@nestjs/common';
import { Database } from '@vastus/db';
import type { JobOutcome } from '@vastus/jobs';
import { keysExpireBefore } from '../../platform/commands.js';
import { type JobContext, RunsJob } from '../../platform/queue/runs-job.js';

const CHUNK = 5_000;

@Injectable()
export class IdempotencyKeyJobs {
  constructor(private readonly database: Database) {}

  /** Keys that are older than a repeated request can be. */
  @RunsJob('forget-idempotency-keys')
  async forget(_payload: Record<string, never>, { now }: JobContext): Promise<JobOutcome> {
    const before = keysExpireBefore(now);
    const clinics = await this.database.anywhere((q) =>
      q.many<{ clinicId: string }>('SELECT clinic_id FROM clinics_with_idempotency_keys_before($1) AS clinic_id', [before]),
    );
    let forgotten = 0;
    for (const { clinicId } of clinics) {
      for (let count = CHUNK; count === CHUNK; forgotten += count) {
        count = await this.database.transaction({ clinicId }, async (tx) => {
          const { count: deleted } = await tx.query(
            `DELETE FROM idempotency_key WHERE clinic_id = $1 AND (actor_id, key) IN
               (SELECT actor_id, key FROM idempotency_key WHERE clinic_id = $1 AND created_at < $2 LIMIT $3)`,
            [clinicId, before, CHUNK],
          );
          return deleted;
        });
      }
    }
    return { outcome: 'done', forgotten };
  }
}
