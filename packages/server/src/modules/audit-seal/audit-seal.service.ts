// Closes the audit trail block by block, reads it all to see whether it is as it was closed, and keeps what the readings found.
import { Injectable } from '@nestjs/common';
import type { Instant } from '@vastus/clinical';
import { type Answer, type Input, type readAuditSeal, verifyAudit } from '@vastus/contract';
import { Database, insert, json, newId, statement, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { notifyChange } from '../../platform/live/live.js';
import { Logger } from '../../platform/log.js';
import { problem } from '../../platform/problems/problem.js';
import { Queues } from '../../platform/queue/queues.js';
import type { Caller } from '../../platform/routing/caller.js';
import { BLOCK, readTrail, sealBlock } from './trail.js';

const STATE = statement(
  'audit-seal-state',
  `SELECT (SELECT jsonb_build_object('number', s.number, 'sealedAt', to_char(s.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'digest', s.digest)
             FROM audit_seal s WHERE s.clinic_id = $1 ORDER BY s.number DESC LIMIT 1) AS head,
          (SELECT count(*) FROM audit_unsealed u WHERE u.clinic_id = $1) AS entries_waiting`,
);
const LAST = statement(
  'last-audit-verification',
  `SELECT verified_at, seals, entries_sealed, entries_waiting, head_digest, faults, findings FROM audit_verification
    WHERE clinic_id = $1 ORDER BY verified_at DESC, id DESC LIMIT 1`,
);

@Injectable()
export class AuditSealService {
  constructor(
    private readonly commands: Commands,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly logger: Logger,
  ) {}

  read(caller: Caller): Promise<Answer<typeof readAuditSeal>> {
    return this.commands.read(caller, stateIn);
  }

  /** Asks for a reading of the whole trail; it is done by a worker and shows up in `read`. */
  async requestVerification(caller: Caller, input: Input<typeof verifyAudit>): Promise<Answer<typeof verifyAudit>> {
    const requestedAt = await this.commands.run(caller, verifyAudit, input, async (tx, now) => {
      await audit(tx, caller, now, { action: 'audit.verify', subjectType: 'audit-trail' });
      return now;
    });
    const asked = { clinicId: caller.clinicId, membershipId: caller.membershipId };
    if (!(await this.queues.enqueue('verify-audit-trail', asked)))
      throw problem('unavailable', { detail: 'The job queue is away, so nobody can read the trail now. It is read every day by itself.' });
    return { requestedAt };
  }

  /** Closes everything that waits, in every clinic. The digests are logged: whoever keeps the log can tell when the chain was made anew. */
  async sealAll(): Promise<{ seals: number; entries: number }> {
    const done = { seals: 0, entries: 0 };
    for (const clinicId of await this.clinics('clinics_with_unsealed_entries()')) {
      for (let entries = BLOCK; entries === BLOCK; ) {
        const sealed = await this.database.transaction({ clinicId }, (tx) => sealBlock(tx, this.clock.now()));
        entries = sealed.entries;
        if (!sealed.head) continue;
        this.logger.info({ clinicId, seal: sealed.head.number, digest: sealed.head.digest, entries }, 'the audit trail was sealed');
        done.seals += 1;
        done.entries += entries;
      }
    }
    return done;
  }

  async verify(clinicId: string, now: Instant, requestedBy: string | null): Promise<{ faults: number; entries: number }> {
    const reading = await readTrail(this.database, clinicId);
    await this.database.transaction({ clinicId, actorId: requestedBy }, async (tx) => {
      const { findings, ...counts } = reading;
      await insert(tx, 'audit_verification', { clinicId, id: newId(), verifiedAt: now, requestedBy, ...counts, findings: json(findings) });
      await notifyChange(tx, 'audit');
    });
    const { faults, entriesSealed: entries } = reading;
    if (faults > 0) this.logger.error({ clinicId, faults, first: reading.findings[0] }, 'the audit trail is not as it was sealed');
    return { faults, entries };
  }

  async verifyAll(now: Instant): Promise<{ clinics: number; faults: number }> {
    const clinics = await this.clinics('clinic_ids()');
    let faults = 0;
    for (const clinicId of clinics) faults += (await this.verify(clinicId, now, null)).faults;
    return { clinics: clinics.length, faults };
  }

  private async clinics(question: 'clinic_ids()' | 'clinics_with_unsealed_entries()'): Promise<string[]> {
    const rows = await this.database.anywhere((q) => q.many<{ clinicId: string }>(`SELECT clinic_id FROM ${question} AS clinic_id`));
    return rows.map(({ clinicId }) => clinicId);
  }
}

async function stateIn(tx: Tx): Promise<Answer<typeof readAuditSeal>> {
  type State = Pick<Answer<typeof readAuditSeal>, 'head' | 'entriesWaiting'>;
  const state = await tx.one<State>(STATE, [tx.clinicId]);
  const lastVerification = await tx.maybe<NonNullable<Answer<typeof readAuditSeal>['lastVerification']>>(LAST, [tx.clinicId]);
  return { ...state, lastVerification: lastVerification ?? null };
}
