// A signed version takes effect: what follows from every patient's facts is derived anew, in chunks. The row of the version says how
// far that has come, in the transaction of the chunk: whoever comes next goes on from there, and doing it again changes nothing.
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

const BEGIN = statement(
  'begin-protocol-application',
  `INSERT INTO protocol_application (clinic_id, protocol_version_id, state, patients_total, started_at)
   SELECT $1, $2, 'running', (SELECT count(*) FROM patient WHERE clinic_id = $1), $3 ON CONFLICT DO NOTHING`,
);
const TAKE = statement(
  'take-protocol-application',
  `SELECT patients_done, last_patient_id, changes FROM protocol_application
    WHERE clinic_id = $1 AND protocol_version_id = $2 AND state = 'running' FOR UPDATE`,
);
const NEXT = statement(
  'next-patients-of-protocol',
  'SELECT id FROM patient WHERE clinic_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3',
);
const PROGRESS = statement(
  'protocol-application-progress',
  `UPDATE protocol_application SET patients_done = $3, patients_total = greatest(patients_total, $3), last_patient_id = $4, changes = $5
    WHERE clinic_id = $1 AND protocol_version_id = $2`,
);
const FINISH = statement(
  'finish-protocol-application',
  `UPDATE protocol_application SET state = $3, finished_at = $4 WHERE clinic_id = $1 AND protocol_version_id = $2 AND state = 'running'`,
);

type Totals = Record<string, number>;
interface InHand {
  patientsDone: number;
  lastPatientId: string | null;
  changes: Totals;
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

  /** Every version whose time has come and that is not carried out to the last patient. */
  async applyDue(now: Instant): Promise<Applied> {
    const due = await this.database.anywhere((q) =>
      q.many<{ clinicId: string; protocolVersionId: string }>('SELECT clinic_id, protocol_version_id FROM protocol_versions_to_apply($1)', [
        now,
      ]),
    );
    const applied: Applied = { versions: 0, patients: 0 };
    for (const { clinicId, protocolVersionId } of due) {
      const begun = await this.database.transaction({ clinicId }, (tx) => begin(tx, protocolVersionId, now));
      if (!begun) continue;
      for (let patients = CHUNK; patients === CHUNK; applied.patients += patients) {
        patients = await this.database.transaction({ clinicId }, (tx) => this.chunk(tx, protocolVersionId));
      }
      applied.versions += 1;
    }
    return applied;
  }

  /** Answers how many patients it computed anew; fewer than a chunk is the end. */
  private async chunk(tx: Tx, versionId: string): Promise<number> {
    const now = this.clock.now();
    const inHand = await tx.maybe<InHand>(TAKE, [tx.clinicId, versionId]);
    if (!inHand) return 0;
    if ((await protocolInForce(tx, now)).id !== versionId) {
      await finish(tx, versionId, 'superseded', now);
      return 0;
    }
    const patients = await tx.many<{ id: string }>(NEXT, [tx.clinicId, inHand.lastPatientId, CHUNK]);
    const changes = { ...inHand.changes };
    for (const { id } of patients) add(changes, await this.obligations.recompute(tx, id, now));
    const last = patients.at(-1)?.id ?? inHand.lastPatientId;
    await tx.query(PROGRESS, [tx.clinicId, versionId, inHand.patientsDone + patients.length, last, json(changes)]);
    if (patients.length < CHUNK) {
      await finish(tx, versionId, 'done', now);
      const after = { patients: inHand.patientsDone + patients.length, ...changes };
      await audit(tx, systemIn(tx.clinicId), now, {
        action: 'protocol.apply',
        subjectType: 'protocol-version',
        subjectId: versionId,
        after,
      });
      await notifyChange(tx, 'courses');
    }
    await notifyChange(tx, 'protocol');
    return patients.length;
  }
}

/** False where another version has taken its place before it was carried out: that one's turn covers every patient. */
async function begin(tx: Tx, versionId: string, now: Instant): Promise<boolean> {
  const { id } = await protocolInForce(tx, now);
  if (id === versionId) {
    await tx.query(BEGIN, [tx.clinicId, versionId, now]);
    return true;
  }
  const row = {
    clinicId: tx.clinicId,
    protocolVersionId: versionId,
    state: 'superseded',
    patientsTotal: 0,
    startedAt: now,
    finishedAt: now,
  };
  const inserted = await insert(tx, 'protocol_application', row, { onConflict: 'DO NOTHING' });
  if (inserted === 0) await finish(tx, versionId, 'superseded', now);
  return false;
}

async function finish(tx: Tx, versionId: string, state: 'done' | 'superseded', now: Instant): Promise<void> {
  await tx.query(FINISH, [tx.clinicId, versionId, state, now]);
}

function add(totals: Totals, changes: Changes): void {
  for (const [name, value] of Object.entries(changes))
    if (typeof value === 'number' && value > 0) totals[name] = (totals[name] ?? 0) + value;
}
