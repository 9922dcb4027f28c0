import type { Instant } from '@vastus/clinical';
import type { AuditAction } from '@vastus/contract';
import { insert, json, newId, type Tx } from '@vastus/db';
import type { Actor } from './routing/caller.js';

export interface AuditedAct {
  /** The permission's word where there is one: `injection.record`. */
  action: AuditAction;
  subjectType: string;
  subjectId?: string | null;
  patientId?: string | null;
  before?: unknown;
  after?: unknown;
}

/** Says who did what, in the transaction that does it: the act and its entry exist together or not at all. */
export async function audit(
  tx: Tx,
  actor: Actor,
  now: Instant,
  { action, subjectType, subjectId, patientId, before, after }: AuditedAct,
): Promise<void> {
  await insert(tx, 'audit_entry', {
    clinicId: actor.clinicId,
    id: newId(),
    at: now,
    actorId: actor.membershipId,
    actorRole: actor.role,
    action,
    subjectType,
    subjectId: subjectId ?? null,
    patientId: patientId ?? null,
    before: json(before),
    after: json(after),
    requestId: actor.requestId,
  });
}

/**
 * Says who read a list of records: whose, where it was narrowed to one patient, and otherwise what was asked of everybody's. Of a patient
 * whom this clinic does not know there was nothing to read.
 */
export async function auditList(
  tx: Tx,
  actor: Actor,
  now: Instant,
  action: AuditAction,
  { patientId, limit: _limit, cursor: _cursor, ...filter }: { patientId?: string; limit?: number; cursor?: string },
): Promise<void> {
  if (patientId === undefined) return audit(tx, actor, now, { action, subjectType: 'list', after: filter });
  const known = await tx.maybe('SELECT id FROM patient WHERE clinic_id = $1 AND id = $2', [tx.clinicId, patientId]);
  if (known) await audit(tx, actor, now, { action, subjectType: 'patient', subjectId: patientId, patientId });
}
