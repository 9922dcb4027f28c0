import type { Instant } from '@vastus/clinical';
import { insert, json, newId, type Tx } from '@vastus/db';
import type { Actor } from './routing/caller.js';

export interface AuditedAct {
  /** The permission's word where there is one: `injection.record`. */
  action: string;
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
