/** Time passing: milestones whose time has come become alerts, late alerts are escalated, sleepers wake. */
import { Injectable } from '@nestjs/common';
import { Database } from '@vastus/db';
import type { JobOutcome } from '@vastus/jobs';
import { notifyChange } from '../../platform/live/live.js';
import { type JobContext, RunsJob } from '../../platform/queue/runs-job.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { ESCALATE, WAKE } from './alerts.store.js';

/** Rows a transaction: small enough that a killed worker loses little and nobody waits long for a lock. */
const CHUNK = 500;

@Injectable()
export class AlertJobs {
  constructor(
    private readonly database: Database,
    private readonly obligations: ObligationsService,
  ) {}

  /** Each chunk is a transaction of its own: after a kill in the middle the next run goes on where it stopped. */
  @RunsJob('raise-due-alerts')
  async raise(_payload: Record<string, never>, { now }: JobContext): Promise<JobOutcome> {
    const total = { raised: 0, reopened: 0 };
    for (const clinicId of await this.clinics('clinics_with_milestones_to_raise', now)) {
      for (let taken = CHUNK; taken === CHUNK; ) {
        taken = await this.database.transaction({ clinicId }, async (tx) => {
          const { milestones, raised, reopened } = await this.obligations.raiseDue(tx, now, CHUNK);
          total.raised += raised;
          total.reopened += reopened;
          return milestones;
        });
      }
    }
    return { outcome: 'done', ...total };
  }

  @RunsJob('escalate-overdue-alerts')
  async escalate(_payload: Record<string, never>, { now }: JobContext): Promise<JobOutcome> {
    const total = { escalated: 0, woken: 0 };
    for (const clinicId of await this.clinics('clinics_with_alerts_to_escalate', now)) {
      for (let taken = CHUNK; taken === CHUNK; ) {
        taken = await this.database.transaction({ clinicId }, async (tx) => {
          const { count: escalated } = await tx.query(ESCALATE, [clinicId, now, CHUNK]);
          const { count: woken } = await tx.query(WAKE, [clinicId, now, CHUNK]);
          total.escalated += escalated;
          total.woken += woken;
          if (escalated + woken > 0) await notifyChange(tx, 'alerts');
          return Math.max(escalated, woken);
        });
      }
    }
    return { outcome: 'done', ...total };
  }

  private async clinics(question: 'clinics_with_milestones_to_raise' | 'clinics_with_alerts_to_escalate', now: string): Promise<string[]> {
    const rows = await this.database.anywhere((q) =>
      q.many<{ clinicId: string }>(`SELECT clinic_id FROM ${question}($1) AS clinic_id`, [now]),
    );
    return rows.map((row) => row.clinicId);
  }
}
