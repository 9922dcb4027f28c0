/**
 * Facts of a patient that are recorded, corrected by a new version and voided, and never changed: the same three steps for every noun,
 * each followed by what follows from it. A noun brings its table, its columns and the query that reads it back.
 */
import { Injectable } from '@nestjs/common';
import type { Instant } from '@vastus/clinical';
import type { AuditAction, Changes } from '@vastus/contract';
import { insert, newId, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { ObligationsService } from './obligations.service.js';

export interface FactKind<Fact> {
  table: 'symptom_score' | 'rule_out' | 'pain_plan' | 'contact_attempt';
  /** The word of the audit trail: `symptom-score`. */
  noun: 'symptom-score' | 'rule-out' | 'pain-plan' | 'contact-attempt';
  find(tx: Tx, id: string): Promise<Fact | undefined>;
}

export interface Written<Fact> {
  fact: Fact;
  changes: Changes;
}

export interface Place {
  id: string;
  patientId: string;
}

@Injectable()
export class FactVersions {
  constructor(private readonly obligations: ObligationsService) {}

  /** `columns` are those of the noun itself. The patient is locked already. */
  async record<Fact>(
    tx: Tx,
    caller: Caller,
    now: Instant,
    kind: FactKind<Fact>,
    patientId: string,
    columns: Readonly<Record<string, unknown>>,
  ): Promise<Written<Fact>> {
    return this.write(tx, caller, now, kind, patientId, columns, null);
  }

  /** A new version that names the old one. */
  async amend<Fact>(
    tx: Tx,
    caller: Caller,
    now: Instant,
    kind: FactKind<Fact>,
    { id, patientId }: Place,
    columns: Readonly<Record<string, unknown>>,
    amendReason: string,
  ): Promise<Written<Fact>> {
    const before = await this.read(tx, kind, id);
    await tx.query(`UPDATE ${kind.table} SET state = 'superseded' WHERE clinic_id = $1 AND id = $2`, [tx.clinicId, id]);
    return this.write(tx, caller, now, kind, patientId, { ...columns, replacesId: id, amendReason }, before);
  }

  /** Entered in error: whatever followed from it goes. */
  async void<Fact>(
    tx: Tx,
    caller: Caller,
    now: Instant,
    kind: FactKind<Fact>,
    { id, patientId }: Place,
    reason: string,
  ): Promise<Written<Fact>> {
    const before = await this.read(tx, kind, id);
    await tx.query(
      `UPDATE ${kind.table} SET state = 'voided', voided_at = $3, voided_by = $4, void_reason = $5 WHERE clinic_id = $1 AND id = $2`,
      [tx.clinicId, id, now, caller.membershipId, reason],
    );
    const changes = await this.obligations.recompute(tx, patientId, now);
    const fact = await this.read(tx, kind, id);
    await audit(tx, caller, now, { action: `${kind.noun}.void`, subjectType: kind.noun, subjectId: id, patientId, before, after: fact });
    return { fact, changes };
  }

  /** Where the effective fact is, its patient taken for this transaction; a voided or superseded one is `state-changed`. */
  async effective(tx: Tx, { table }: FactKind<unknown>, id: string): Promise<Place> {
    const place = await this.placeOf(tx, table, id);
    await this.obligations.lock(tx, place.patientId);
    const { state } = await this.placeOf(tx, table, id);
    if (state !== 'effective') throw problem('state-changed', { detail: `The record is ${state} already.` });
    return { id, patientId: place.patientId };
  }

  private async placeOf(tx: Tx, table: string, id: string): Promise<{ patientId: string; state: string }> {
    const found = await tx.maybe<{ patientId: string; state: string }>(
      `SELECT patient_id, state FROM ${table} WHERE clinic_id = $1 AND id = $2`,
      [tx.clinicId, id],
    );
    if (!found) throw problem('not-found');
    return found;
  }

  private async write<Fact>(
    tx: Tx,
    caller: Caller,
    now: Instant,
    kind: FactKind<Fact>,
    patientId: string,
    columns: Readonly<Record<string, unknown>>,
    before: Fact | null,
  ): Promise<Written<Fact>> {
    const id = newId();
    await insert(tx, kind.table, { clinicId: tx.clinicId, id, patientId, ...columns, recordedAt: now, recordedBy: caller.membershipId });
    const changes = await this.obligations.recompute(tx, patientId, now);
    const fact = await this.read(tx, kind, id);
    await audit(tx, caller, now, {
      // A call is voided and never amended, so that there is no word for it.
      action: `${kind.noun}.${before ? 'amend' : 'record'}` as AuditAction,
      subjectType: kind.noun,
      subjectId: id,
      patientId,
      before: before ?? undefined,
      after: fact,
    });
    return { fact, changes };
  }

  private async read<Fact>(tx: Tx, { find }: FactKind<Fact>, id: string): Promise<Fact> {
    const fact = await find(tx, id);
    if (!fact) throw new Error('the record written a moment ago is gone');
    return fact;
  }
}

/** The columns that every version has, of the table called `v`, with the name of whoever recorded it from `BY`. */
export const VERSION_COLUMNS =
  'v.state, v.replaces_id, v.amend_reason, v.voided_at, v.void_reason, v.recorded_at, u.name AS recorded_by_name';
export const BY = `JOIN membership m ON m.clinic_id = v.clinic_id AND m.id = v.recorded_by JOIN auth."user" u ON u.id = m.user_id`;
