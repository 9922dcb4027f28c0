/** Which protocol version is in force: of the signed ones the last to take effect. Drafts are never among them. */
import type { Instant, ProtocolParameters } from '@vastus/clinical';
import { statement, type Tx } from '@vastus/db';

/** Asks of a version `v` whether it was decided on at all. */
export const DECIDED = `v.state IN ('initial', 'signed')`;

/**
 * `(id, number, parameters)` of the version in force in `clinic` at `now`; both are SQL. A version that is being applied to the panel
 * is in force for everybody: a transaction that began a moment before its time must not undo for one patient what the job just did.
 */
export const inForce = (clinic: string, now: string): string => `(
  SELECT v.id, v.number, v.parameters FROM protocol_version v
   WHERE v.clinic_id = ${clinic} AND ${DECIDED}
     AND (v.in_force_from <= ${now} OR EXISTS (SELECT FROM protocol_application b WHERE b.clinic_id = v.clinic_id AND b.protocol_version_id = v.id))
   ORDER BY v.in_force_from DESC, v.number DESC LIMIT 1)`;

/** What a course follows that says nothing of its own; `course` and `version` are SQL aliases. */
export const maintenanceMonths = (course: string, version: string): string =>
  `coalesce(${course}.maintenance_months, (${version}.parameters ->> 'maintenanceMonths')::integer)`;
export const monitoringPlan = (course: string, version: string): string =>
  `coalesce(${course}.monitoring_plan, ${version}.parameters ->> 'monitoringPlan', 'MON-3-6-12')`;

export interface ProtocolInForce {
  id: string;
  number: number;
  parameters: ProtocolParameters;
}

const IN_FORCE = statement('protocol-in-force', `SELECT id, number, parameters FROM ${inForce('$1', '$2')} v`);

export function protocolInForce(tx: Tx, now: Instant): Promise<ProtocolInForce> {
  return tx.one<ProtocolInForce>(IN_FORCE, [tx.clinicId, now]);
}
