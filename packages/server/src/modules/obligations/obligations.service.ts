/**
 * The one mechanism behind every write: what follows from a patient's facts is derived anew and the difference written,
 * in the transaction of the fact that changed. Recording, amending and voiding need nothing else.
 */
import { Injectable } from '@nestjs/common';
import { RULES_REVISION } from '@vastus/clinical';
import type { Changes } from '@vastus/contract';
import { statement, type Tx } from '@vastus/db';
import { notifyChange } from '../../platform/live/live.js';
import { problem } from '../../platform/problems/problem.js';
import { closeAlerts, lockMilestones, milestonesOf, type Raised, raiseAlerts, writeDifference } from './milestones.store.js';
import { type LoadedFacts, loadFacts } from './patient-facts.store.js';
import { writeCourses, writeEventOutcomes, writeHold, writeRestrictions } from './projections.store.js';
import { reconcile, type StoredMilestone } from './reconcile.js';
import { deriveKeepingHistory } from './settled.js';

const LOCK_PATIENT = statement('lock-patient', `SELECT id FROM patient WHERE clinic_id = $1 AND id = $2 FOR NO KEY UPDATE`);
const MARK_DERIVED = statement(
  'mark-derived',
  `UPDATE patient SET derived_under = $3, derived_by = $4
    WHERE clinic_id = $1 AND id = $2 AND (derived_under, derived_by) IS DISTINCT FROM ($3, $4)`,
);
// Far above what one patient can have at once.
const ALL = 100_000;

@Injectable()
export class ObligationsService {
  /** The revision of the rules that this instance derives by. */
  readonly revision: number = RULES_REVISION;

  /**
   * Takes the patient for this transaction: of two writes to one patient the second waits and then sees the first.
   * Call it before reading what a decision depends on. Throws `not-found` for a patient of another clinic or none.
   */
  async lock(tx: Tx, patientId: string): Promise<void> {
    const found = await tx.maybe(LOCK_PATIENT, [tx.clinicId, patientId]);
    if (!found) throw problem('not-found', { detail: 'There is no such patient.' });
  }

  /** The facts as the rules see them, with the protocol in force at `now`. */
  loadFacts(tx: Tx, patientId: string, now: string): Promise<LoadedFacts> {
    return loadFacts(tx, patientId, now);
  }

  /** All milestones of a patient with the state of their alerts, in order of due time. */
  milestonesOf(tx: Tx, patientId: string): Promise<StoredMilestone[]> {
    return milestonesOf(tx, patientId);
  }

  /** Turns at most `limit` milestones of the clinic whose time has come into alerts; see the store for why none can be there twice. */
  async raiseDue(tx: Tx, now: string, limit: number): Promise<Raised> {
    const raised = await raiseAlerts(tx, now, limit);
    if (raised.milestones > 0) await notifyChange(tx, 'alerts');
    return raised;
  }

  /**
   * Derives everything that follows from the facts as they are in this transaction, writes what differs, raises what is due
   * already (nothing urgent waits for a job) and answers what changed. Running it again changes nothing.
   */
  recompute(tx: Tx, patientId: string, now: string): Promise<Changes> {
    return this.recomputeUnder(tx, patientId, now);
  }

  /** The same under a version that need not be in force: only for a transaction that is rolled back. */
  tryUnder(tx: Tx, patientId: string, now: string, versionId: string): Promise<Changes> {
    return this.recomputeUnder(tx, patientId, now, versionId);
  }

  private async recomputeUnder(tx: Tx, patientId: string, now: string, versionId?: string): Promise<Changes> {
    await this.lock(tx, patientId);
    await writeEventOutcomes(tx, patientId);
    const loaded = await loadFacts(tx, patientId, now, versionId);
    const { zone } = loaded.facts;
    const stored = await lockMilestones(tx, patientId);
    const { obligations: derived, milestones } = deriveKeepingHistory(loaded, stored);
    const difference = reconcile(milestones, stored, zone, now);

    const met = difference.change.filter((c) => c.state === 'met').map((c) => c.stored.id);
    const early = difference.change
      .filter((c) => c.kind === 'moved' && c.state === 'planned' && c.stored.state === 'raised')
      .map((c) => c.stored.id);
    const alertsClosed =
      (await closeAlerts(tx, met, now, 'met')) +
      (await closeAlerts(
        tx,
        difference.cancel.map((m) => m.id),
        now,
        'cause-gone',
      )) +
      (await closeAlerts(tx, early, now, 'moved'));
    await writeDifference(tx, patientId, difference, zone, now);
    const hold = await writeHold(tx, patientId, derived.hold, now);
    const sites = await writeRestrictions(tx, patientId, derived.restrictions, now);
    await writeCourses(tx, derived.courses);
    await tx.query(MARK_DERIVED, [tx.clinicId, patientId, loaded.protocolVersionId, this.revision]);
    const raised = await raiseAlerts(tx, now, ALL, patientId);

    const count = (kind: 'moved' | 'met' | 'reopened') => difference.change.filter((c) => c.kind === kind).length;
    const changes: Changes = {
      milestonesAdded: difference.add.length,
      milestonesRemoved: difference.cancel.length,
      milestonesMoved: count('moved'),
      milestonesMet: count('met') + difference.add.filter((m) => m.met).length,
      milestonesReopened: count('reopened'),
      alertsRaised: raised.raised,
      alertsClosed,
      alertsReopened: raised.reopened,
      ...hold,
      ...sites,
    };
    await notifyChange(tx, 'patients');
    if (raised.milestones + alertsClosed > 0) await notifyChange(tx, 'alerts');
    return changes;
  }
}

export type { LoadedFacts };
