// What follows from the facts of a whole panel is derived anew, in chunks: when a signed version takes effect, and when the software brings
// other rules. Each patient's row says what it was derived by, so that whoever comes next finds the rest, whichever worker was killed and
// whatever an instance of an older software wrote meanwhile; the row of the application says how far it has come.
import { Injectable } from '@nestjs/common';
import type { Instant } from '@vastus/clinical';
import type { Changes } from '@vastus/contract';
import { Database, insert, json, statement, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { notifyChange } from '../../platform/live/live.js';
import { systemIn } from '../../platform/routing/caller.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { protocolInForce } from '../obligations/protocol-in-force.js';

/** Patients a transaction: somebody who records for one of them waits that long at most. */
const CHUNK = 25;

/** Patients whose stored rows come from another version than $2 or from older rules than $3; what newer rules derived stays. */
const STALE = 'clinic_id = $1 AND (derived_under IS DISTINCT FROM $2 OR derived_by < $3)';
const COUNT = `(SELECT count(*) FROM patient WHERE ${STALE})`;
const BEGIN = statement(
  'begin-protocol-application',
  `INSERT INTO protocol_application (clinic_id, protocol_version_id, rules_revision, state, patients_total, started_at)
   VALUES ($1, $2, $3, 'running', ${COUNT}, $4) ON CONFLICT (clinic_id, protocol_version_id, rules_revision) DO NOTHING`,
);
// Whoever waited for another worker counts what that one left: in a statement of its own, since one that waits sees what was before.
const HOLD = statement(
  'hold-protocol-application',
  `SELECT FROM protocol_application WHERE clinic_id = $1 AND protocol_version_id = $2 AND rules_revision = $3 FOR UPDATE`,
);
const BEGIN_AGAIN = statement(
  'begin-protocol-application-again',
  `UPDATE protocol_application SET state = 'running', patients_total = ${COUNT}, patients_done = 0, changes = '{}', started_at = $4,
          finished_at = NULL, runs = runs + 1
    WHERE clinic_id = $1 AND protocol_version_id = $2 AND rules_revision = $3 AND state <> 'running' AND ${COUNT} > 0`,
);
// Held by another worker: that one is at it, and a second would only wait behind it.
const TAKE = statement(
  'take-protocol-application',
  `SELECT a.patients_done, a.changes, v.state = 'signed' AND a.runs = 1 AND NOT EXISTS (
            SELECT FROM protocol_application o WHERE o.clinic_id = a.clinic_id AND o.protocol_version_id = a.protocol_version_id
               AND o.rules_revision <> a.rules_revision AND o.finished_at IS NOT NULL) AS takes_effect
     FROM protocol_application a JOIN protocol_version v ON v.clinic_id = a.clinic_id AND v.id = a.protocol_version_id
    WHERE a.clinic_id = $1 AND a.protocol_version_id = $2 AND a.rules_revision = $3 AND a.state = 'running' FOR UPDATE OF a SKIP LOCKED`,
);
// Held until the chunk is written: of two instances the second looks at what the first left.
const NEXT = statement('next-patients-of-protocol', `SELECT id FROM patient WHERE ${STALE} ORDER BY id LIMIT $4 FOR NO KEY UPDATE`);
const PROGRESS = statement(
  'protocol-application-progress',
  `UPDATE protocol_application SET patients_done = $4, patients_total = greatest(patients_total, $4), changes = $5
    WHERE clinic_id = $1 AND protocol_version_id = $2 AND rules_revision = $3`,
);
const FINISH = statement(
  'finish-protocol-application',
  `UPDATE protocol_application SET state = $4, finished_at = $5
    WHERE clinic_id = $1 AND protocol_version_id = $2 AND rules_revision = $3 AND state = 'running'`,
);

type Totals = Record<string, number>;
interface InHand {
  patientsDone: number;
  changes: Totals;
  /** The version's first time; else it is in force already, and only the rules are others. */
  takesEffect: boolean;
}
/** A version of the protocol, carried out by a revision of the rules. */
interface Step {
  versionId: string;
  revision: number;
}
export interface Applied {
  versions: number;
  patients: number;
}

@Injectable()
export class ProtocolApplications {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly obligations: ObligationsService,
  ) {}

  /** Every version whose time has come and that is not carried out to the last patient by these rules. */
  async applyDue(now: Instant): Promise<Applied> {
    const due = await this.database.anywhere((q) =>
      q.many<{ clinicId: string; protocolVersionId: string }>('SELECT clinic_id, protocol_version_id FROM derivations_to_apply($1, $2)', [
        now,
        this.obligations.revision,
      ]),
    );
    const applied: Applied = { versions: 0, patients: 0 };
    for (const { clinicId, protocolVersionId } of due) {
      const begun = await this.database.transaction({ clinicId }, (tx) => begin(tx, this.step(protocolVersionId), now));
      if (!begun) continue;
      for (let patients = CHUNK; patients === CHUNK; applied.patients += patients) {
        patients = await this.database.transaction({ clinicId }, (tx) => this.chunk(tx, this.step(protocolVersionId)));
      }
      applied.versions += 1;
    }
    return applied;
  }

  private step(versionId: string): Step {
    return { versionId, revision: this.obligations.revision };
  }

  /** Answers how many patients it computed anew; fewer than a chunk is the end. */
  private async chunk(tx: Tx, step: Step): Promise<number> {
    const now = this.clock.now();
    const { versionId, revision } = step;
    const inHand = await tx.maybe<InHand>(TAKE, [tx.clinicId, versionId, revision]);
    if (!inHand) return 0;
    if ((await protocolInForce(tx, now)).id !== versionId) {
      await finish(tx, step, 'superseded', now);
      return 0;
    }
    const patients = await tx.many<{ id: string }>(NEXT, [tx.clinicId, versionId, revision, CHUNK]);
    const changes = { ...inHand.changes };
    for (const { id } of patients) add(changes, await this.obligations.recompute(tx, id, now));
    await tx.query(PROGRESS, [tx.clinicId, versionId, revision, inHand.patientsDone + patients.length, json(changes)]);
    if (patients.length < CHUNK) {
      await finish(tx, step, 'done', now);
      const after = { rulesRevision: revision, patients: inHand.patientsDone + patients.length, ...changes };
      const action = inHand.takesEffect ? 'protocol.apply' : 'rules.apply';
      // Whoever came second found nothing left, which is nothing to tell.
      if (inHand.takesEffect || after.patients > 0)
        await audit(tx, systemIn(tx.clinicId), now, { action, subjectType: 'protocol-version', subjectId: versionId, after });
      await notifyChange(tx, 'courses');
    }
    await notifyChange(tx, 'protocol');
    return patients.length;
  }
}

/** False where another version has taken its place before it was carried out: that one's turn covers every patient. */
async function begin(tx: Tx, step: Step, now: Instant): Promise<boolean> {
  const { versionId, revision } = step;
  const { id } = await protocolInForce(tx, now);
  if (id === versionId) {
    await tx.query(BEGIN, [tx.clinicId, versionId, revision, now]);
    await tx.query(HOLD, [tx.clinicId, versionId, revision]);
    await tx.query(BEGIN_AGAIN, [tx.clinicId, versionId, revision, now]);
    return true;
  }
  const row = {
    clinicId: tx.clinicId,
    protocolVersionId: versionId,
    rulesRevision: revision,
    state: 'superseded',
    patientsTotal: 0,
    startedAt: now,
    finishedAt: now,
  };
  const inserted = await insert(tx, 'protocol_application', row, { onConflict: 'DO NOTHING' });
  if (inserted === 0) await finish(tx, step, 'superseded', now);
  return false;
}

async function finish(tx: Tx, { versionId, revision }: Step, state: 'done' | 'superseded', now: Instant): Promise<void> {
  await tx.query(FINISH, [tx.clinicId, versionId, revision, state, now]);
}

function add(totals: Totals, changes: Changes): void {
  for (const [name, value] of Object.entries(changes))
    if (typeof value === 'number' && value > 0) totals[name] = (totals[name] ?? 0) + value;
}
