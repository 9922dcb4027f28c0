/** The queue by person. No clinical rule is restated here: what is worse than what is a stored rank and a due time. */
import type { AlertPerson, AlertRow } from '@vastus/contract';
import { decodeCursor, encodeCursor, type Tx } from '@vastus/db';
import { imHold } from '../patients/im-hold.js';
import { ACTIVE, SELECT_ALERT, SHOWN } from './alerts.store.js';

export interface QueueFilter {
  ownerRole?: string;
  show: 'active' | 'snoozed';
  priority?: string;
  ruleId?: string;
  patientId?: string;
  limit: number;
  cursor?: string;
}

/**
 * How many alerts a page passes at most for each person it shows. Somebody's second alert is passed over where it stands, because they
 * were shown with their worst: at the far end of a long queue nearly all are such. The page then ends early and says where to go on,
 * so that no page costs more than another, whatever the number of patients.
 */
const PASSED_FOR_EACH = 8;

interface Place {
  patientId: string;
  priorityRank: number;
  dueAt: string;
  id: string;
}

/** People by their worst alert, with all the alerts asked for. The cursor is the place of an alert in the queue. */
export async function pageOfPeople(tx: Tx, filter: QueueFilter, now: string): Promise<{ items: AlertPerson[]; nextCursor: string | null }> {
  const { limit } = filter;
  const values: unknown[] = [tx.clinicId];
  const asked = filtersOf(filter, values).join(' AND ');
  let after = '';
  if (filter.cursor) {
    const [rank, at, id] = decodeCursor(filter.cursor, ['number', 'instant', 'uuid']);
    after = ` AND (a.priority_rank, a.due_at, a.id) > ($${values.push(rank)}::smallint, $${values.push(at)}, $${values.push(id)})`;
  }
  const passed = limit * PASSED_FOR_EACH;
  const places = await tx.many<Place & { leads: boolean }>(
    `
    WITH passed AS MATERIALIZED (
      SELECT a.id, a.patient_id, a.priority_rank, a.due_at FROM alert a WHERE a.clinic_id = $1 AND ${asked}${after}
       ORDER BY a.priority_rank, a.due_at, a.id LIMIT ${passed})
    SELECT p.id, p.patient_id, p.priority_rank, p.due_at, NOT EXISTS (
             SELECT 1 FROM alert b WHERE b.clinic_id = $1 AND b.patient_id = p.patient_id AND ${asked.replaceAll('a.', 'b.')}
                AND (b.priority_rank, b.due_at, b.id) < (p.priority_rank, p.due_at, p.id)) AS leads
      FROM passed p ORDER BY p.priority_rank, p.due_at, p.id`,
    values,
  );
  const leading = places.filter(({ leads }) => leads);
  const shown = leading.slice(0, limit);
  const last = leading.length > limit ? shown.at(-1) : places.length === passed ? places.at(-1) : undefined;
  return {
    items: await peopleWith(tx, filter, shown, now),
    nextCursor: last ? encodeCursor([last.priorityRank, last.dueAt, last.id]) : null,
  };
}

function filtersOf(filter: QueueFilter, values: unknown[]): string[] {
  const conditions = [SHOWN[filter.show]];
  for (const [column, value] of [
    ['owner_role', filter.ownerRole],
    ['priority', filter.priority],
    ['rule_id', filter.ruleId],
    ['patient_id', filter.patientId],
  ] as const) {
    if (value) conditions.push(`a.${column} = $${values.push(value)}`);
  }
  return conditions;
}

/** The alerts of all of them in one question, and who they are in another. */
async function peopleWith(tx: Tx, filter: QueueFilter, places: readonly Place[], now: string): Promise<AlertPerson[]> {
  if (places.length === 0) return [];
  const ids = places.map(({ patientId }) => patientId);
  const values: unknown[] = [tx.clinicId, now, ids];
  const alerts = await tx.many<AlertRow>(
    `${SELECT_ALERT} AND a.patient_id = ANY ($3) AND ${filtersOf(filter, values).join(' AND ')} ORDER BY a.priority_rank, a.due_at, a.id`,
    values,
  );
  const about = await tx.many<{ id: string; phone: string | null; imHold: AlertPerson['imHold']; active: number }>(
    `
    SELECT p.id, p.phone, ${imHold('p.clinic_id', 'p.id')} AS im_hold,
           (SELECT count(*) FROM alert a WHERE a.clinic_id = p.clinic_id AND a.patient_id = p.id AND a.state IN ${ACTIVE}) AS active
      FROM patient p WHERE p.clinic_id = $1 AND p.id = ANY ($2)`,
    [tx.clinicId, ids],
  );
  return ids.flatMap((patientId) => {
    const theirs = alerts.filter(({ patient }) => patient.id === patientId);
    const person = about.find(({ id }) => id === patientId);
    if (!person || !theirs[0]) return [];
    const { phone, imHold, active } = person;
    return [{ patient: theirs[0].patient, phone, imHold, alerts: theirs, others: active - theirs.length }];
  });
}
