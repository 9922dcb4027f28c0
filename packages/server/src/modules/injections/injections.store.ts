/** Injection rows as the API answers them. */
import type { Injection } from '@vastus/contract';
import { decodeCursor, encodeCursor, type Tx } from '@vastus/db';

const SELECT = `
  SELECT i.id, jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
         i.course_id, i.product_id, d.name AS product_name, d.substance, i.lot_id, l.lot_number, l.expires_on AS lot_expires_on, i.status, i.not_given_reason, i.dose_micrograms,
         i.volume_ml, i.route, i.site, i.needle_gauge, i.needle_length_mm, i.aspirated, i.skin_findings, i.given_at, i.given_on, i.self_reported, i.identity_checked,
         i.baseline, i.note, i.findings, i.override_reason, i.against_stop, i.stop_reason, i.state, i.replaces_id, i.amend_reason, i.voided_at, i.void_reason,
         i.recorded_at, u.name AS recorded_by_name
    FROM injection i
    JOIN patient p ON p.clinic_id = i.clinic_id AND p.id = i.patient_id
    JOIN product d ON d.clinic_id = i.clinic_id AND d.id = i.product_id
    LEFT JOIN lot l ON l.clinic_id = i.clinic_id AND l.id = i.lot_id
    JOIN membership m ON m.clinic_id = i.clinic_id AND m.id = i.recorded_by
    JOIN auth."user" u ON u.id = m.user_id
   WHERE i.clinic_id = $1`;

export interface InjectionFilter {
  patientId?: string;
  lotId?: string;
  site?: string;
  from?: string;
  to?: string;
  state?: string;
  againstStop?: boolean;
  limit: number;
  cursor?: string;
}

export async function pageOfInjections(tx: Tx, filter: InjectionFilter): Promise<{ items: Injection[]; nextCursor: string | null }> {
  const values: unknown[] = [tx.clinicId];
  const where: string[] = [];
  const add = (condition: string, ...given: unknown[]) => {
    let n = values.length;
    where.push(condition.replace(/\?/g, () => `$${++n}`));
    values.push(...given);
  };
  if (filter.patientId) add('i.patient_id = ?', filter.patientId);
  if (filter.lotId) add('i.lot_id = ?', filter.lotId);
  if (filter.site) add('i.site = ?', filter.site);
  if (filter.from) add('i.given_on >= ?', filter.from);
  if (filter.to) add('i.given_on <= ?', filter.to);
  if (filter.state) add('i.state = ?', filter.state);
  if (filter.againstStop !== undefined) where.push(filter.againstStop ? 'i.against_stop' : 'NOT i.against_stop');
  if (filter.cursor) add('(i.given_at, i.id) < (?, ?)', ...decodeCursor(filter.cursor, ['instant', 'uuid']));
  const sql = `${SELECT} ${where.map((w) => `AND ${w}`).join(' ')} ORDER BY i.given_at DESC, i.id DESC LIMIT ${filter.limit + 1}`;
  const rows = await tx.many<Injection>(sql, values);
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > filter.limit && last ? encodeCursor([last.givenAt, last.id]) : null };
}

export function injectionById(tx: Tx, id: string): Promise<Injection | undefined> {
  return tx.maybe<Injection>(`${SELECT} AND i.id = $2`, [tx.clinicId, id]);
}
