/** Adverse events as the API answers them: in lists without, alone with their clock and examinations. */
import type { AdverseEvent, Examination } from '@vastus/contract';
import { decodeCursor, encodeCursor, type Tx } from '@vastus/db';
import type { StoredMilestone } from '../obligations/reconcile.js';

type EventRow = Omit<AdverseEvent, 'clock' | 'examinations'>;

const SELECT = `
  SELECT e.id, jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
         e.injection_id, e.site, e.onset_at, e.reported_at, e.narrative, e.assessment, e.triage, e.ctcae_term, e.ctcae_grade, e.serious, e.causality, e.outcome, e.resolved_at,
         l.lot_number, d.name AS product_name, e.state, e.void_reason, e.recorded_at, u.name AS recorded_by_name
    FROM adverse_event e
    JOIN patient p ON p.clinic_id = e.clinic_id AND p.id = e.patient_id
    LEFT JOIN injection i ON i.clinic_id = e.clinic_id AND i.id = e.injection_id
    LEFT JOIN lot l ON l.clinic_id = i.clinic_id AND l.id = i.lot_id
    LEFT JOIN product d ON d.clinic_id = i.clinic_id AND d.id = i.product_id
    JOIN membership m ON m.clinic_id = e.clinic_id AND m.id = e.recorded_by
    JOIN auth."user" u ON u.id = m.user_id
   WHERE e.clinic_id = $1`;

const EXAMINATIONS = `
  SELECT x.id, x.event_id, x.examined_at, x.course, x.motor_deficit, x.electrodiagnostic_study, x.pain, x.strength, x.sensation, x.sensory, x.note, x.state, u.name AS recorded_by_name
    FROM examination x JOIN membership m ON m.clinic_id = x.clinic_id AND m.id = x.recorded_by JOIN auth."user" u ON u.id = m.user_id
   WHERE x.clinic_id = $1`;

export interface EventFilter {
  patientId?: string;
  level?: string;
  outcome?: string;
  limit: number;
  cursor?: string;
}

export async function pageOfEvents(
  tx: Tx,
  { patientId, level, outcome, limit, cursor }: EventFilter,
): Promise<{ items: AdverseEvent[]; nextCursor: string | null }> {
  const values: unknown[] = [tx.clinicId];
  let where = '';
  if (patientId) where += ` AND e.patient_id = $${values.push(patientId)}`;
  if (level) where += ` AND e.triage_level = $${values.push(level)}`;
  if (outcome) where += ` AND e.outcome = $${values.push(outcome)}`;
  if (cursor) {
    const [reportedAt, id] = decodeCursor(cursor, ['instant', 'uuid']);
    where += ` AND (e.reported_at, e.id) < ($${values.push(reportedAt)}, $${values.push(id)})`;
  }
  const rows = await tx.many<EventRow>(`${SELECT}${where} ORDER BY e.reported_at DESC, e.id DESC LIMIT ${limit + 1}`, values);
  const items = rows.slice(0, limit).map((row) => ({ ...row, clock: [], examinations: [] }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.reportedAt, last.id]) : null };
}

/** The patient's events with their clocks, taken from the patient's milestones, and their examinations. */
export async function eventsOfPatient(tx: Tx, patientId: string, milestones: readonly StoredMilestone[]): Promise<AdverseEvent[]> {
  const rows = await tx.many<EventRow>(`${SELECT} AND e.patient_id = $2 ORDER BY e.reported_at DESC, e.id DESC`, [tx.clinicId, patientId]);
  if (rows.length === 0) return [];
  const examinations = await tx.many<Examination>(`${EXAMINATIONS} AND x.patient_id = $2 ORDER BY x.examined_at, x.id`, [
    tx.clinicId,
    patientId,
  ]);
  return rows.map((row) => ({
    ...row,
    clock: milestones.filter((m) => m.subjectId === row.id && m.ruleId.startsWith('NI-')),
    examinations: examinations.filter((x) => x.eventId === row.id),
  }));
}

export function eventRowById(tx: Tx, id: string): Promise<EventRow | undefined> {
  return tx.maybe<EventRow>(`${SELECT} AND e.id = $2`, [tx.clinicId, id]);
}
