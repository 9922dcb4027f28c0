/** Results as the API answers them. */
import type { LabResult } from '@vastus/contract';
import { decodeCursor, encodeCursor, type Tx } from '@vastus/db';

const SELECT = `
  SELECT r.id, jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
         r.loinc, r.analyte, r.value, r.unit, r.harmonized_value, r.harmonized_unit, r.collected_at, r.collected_on, r.resulted_at, r.status, r.source, r.note, r.state,
         r.replaces_id, r.void_reason, r.recorded_at
    FROM lab_result r JOIN patient p ON p.clinic_id = r.clinic_id AND p.id = r.patient_id
   WHERE r.clinic_id = $1`;

export interface LabResultFilter { patientId?: string; analyte?: string; limit: number; cursor?: string }

export async function pageOfLabResults(tx: Tx, { patientId, analyte, limit, cursor }: LabResultFilter): Promise<{ items: LabResult[]; nextCursor: string | null }> {
  const values: unknown[] = [tx.clinicId];
  let where = '';
  if (patientId) where += ` AND r.patient_id = $${values.push(patientId)}`;
  if (analyte) where += ` AND r.analyte = $${values.push(analyte)}`;
  if (cursor) {
    const [collectedAt, id] = decodeCursor(cursor, ['instant', 'uuid']);
    where += ` AND (r.collected_at, r.id) < ($${values.push(collectedAt)}, $${values.push(id)})`;
  }
  const rows = await tx.many<LabResult>(`${SELECT}${where} ORDER BY r.collected_at DESC, r.id DESC LIMIT ${limit + 1}`, values);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.collectedAt, last.id]) : null };
}

export function labResultById(tx: Tx, id: string): Promise<LabResult | undefined> {
  return tx.maybe<LabResult>(`${SELECT} AND r.id = $2`, [tx.clinicId, id]);
}
