/** Results as the API answers them. */
import { COBALAMINS, interpretResult, onInjections, type Substance } from '@vastus/clinical';
import type { LabResult } from '@vastus/contract';
import { decodeCursor, encodeCursor, type Tx } from '@vastus/db';

const SELECT = `
  SELECT r.id, jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
         r.loinc, r.analyte, r.value, r.unit, r.harmonized_value, r.harmonized_unit, r.collected_at, r.collected_on, r.resulted_at, r.status, r.source, r.note, r.state,
         r.replaces_id, r.void_reason, r.recorded_at, dose.given_on AS dose_on, dose.substance AS dose_substance
    FROM lab_result r
    JOIN patient p ON p.clinic_id = r.clinic_id AND p.id = r.patient_id
    LEFT JOIN LATERAL (
      SELECT i.given_on, d.substance FROM injection i JOIN product d ON d.clinic_id = i.clinic_id AND d.id = i.product_id
       WHERE r.analyte = 'b12' AND i.clinic_id = r.clinic_id AND i.patient_id = r.patient_id AND i.state = 'effective' AND i.status = 'given'
         AND i.given_on <= r.collected_on AND d.substance = ANY ($2)
       ORDER BY i.given_at DESC LIMIT 1) dose ON true
   WHERE r.clinic_id = $1`;

export interface LabResultFilter {
  patientId?: string;
  analyte?: string;
  limit: number;
  cursor?: string;
}

export async function pageOfLabResults(
  tx: Tx,
  { patientId, analyte, limit, cursor }: LabResultFilter,
): Promise<{ items: LabResult[]; nextCursor: string | null }> {
  const values: unknown[] = [tx.clinicId, COBALAMINS];
  let where = '';
  if (patientId) where += ` AND r.patient_id = $${values.push(patientId)}`;
  if (analyte) where += ` AND r.analyte = $${values.push(analyte)}`;
  if (cursor) {
    const [collectedAt, id] = decodeCursor(cursor, ['instant', 'uuid']);
    where += ` AND (r.collected_at, r.id) < ($${values.push(collectedAt)}, $${values.push(id)})`;
  }
  const rows = await tx.many<Row>(`${SELECT}${where} ORDER BY r.collected_at DESC, r.id DESC LIMIT ${limit + 1}`, values);
  const items = rows.slice(0, limit).map(interpreted);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.collectedAt, last.id]) : null };
}

export async function labResultById(tx: Tx, id: string): Promise<LabResult | undefined> {
  const row = await tx.maybe<Row>(`${SELECT} AND r.id = $3`, [tx.clinicId, COBALAMINS, id]);
  return row && interpreted(row);
}

// Of the doses by then the latest decides whether the patient was on injections: the one that the query brings.
type Row = Omit<LabResult, 'interpretation'> & { doseOn: string | null; doseSubstance: Substance | null };

function interpreted({ doseOn, doseSubstance, ...result }: Row): LabResult {
  const injections = doseOn && doseSubstance ? [{ status: 'given' as const, substance: doseSubstance, givenOn: doseOn }] : [];
  const treated = onInjections({ injections }, result.collectedOn);
  return { ...result, interpretation: interpretResult(result.analyte, result.harmonizedValue, { onInjections: treated }) };
}
