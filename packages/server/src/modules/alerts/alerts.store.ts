/** Alerts as lists and cards show them. Worklists compare stored columns; no clinical rule is restated here. */
import type { AlertDetail, AlertRow } from '@vastus/contract';
import { decodeCursor, encodeCursor, statement, type Tx } from '@vastus/db';
import { ALERT_LATE_MS } from './alert-states.js';

export const ACTIVE = `('open', 'acknowledged', 'snoozed')`;
/** With the clinic as `$1` and now as `$2`. */
export const SELECT_ALERT = `
  SELECT a.id, jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
         a.milestone_id, a.rule_id, a.owner_role, a.priority, a.state, a.due_at, a.due_on, a.overdue_at, coalesce(a.overdue_at <= $2 AND a.state IN ${ACTIVE}, false) AS overdue,
         a.raised_at, a.escalated_at, a.snoozed_until, a.outcome, a.reason, u.name AS acted_by_name, a.acted_at, g.missing, g.dismissible, g.subject_type, g.subject_id, g.facts,
         a.version, a.priority_rank
    FROM alert a
    JOIN milestone g ON g.clinic_id = a.clinic_id AND g.id = a.milestone_id
    JOIN patient p ON p.clinic_id = a.clinic_id AND p.id = a.patient_id
    LEFT JOIN membership m ON m.clinic_id = a.clinic_id AND m.id = a.acted_by
    LEFT JOIN auth."user" u ON u.id = m.user_id
   WHERE a.clinic_id = $1`;

type Row = AlertRow & { priorityRank: number };
export interface AlertFilter {
  ownerRole?: string;
  show: 'active' | 'open' | 'snoozed' | 'ended';
  priority?: string;
  ruleId?: string;
  patientId?: string;
  limit: number;
  cursor?: string;
}

// In the words of the partial indexes: PostgreSQL takes one of those only where it can prove that it holds every row asked for.
export const SHOWN: Record<AlertFilter['show'], string> = {
  active: `a.state IN ('open', 'acknowledged')`,
  open: `a.state IN ('open', 'acknowledged') AND a.state = 'open'`,
  snoozed: `a.state = 'snoozed'`,
  ended: `a.state NOT IN ${ACTIVE}`,
};

/** Worst first, then soonest due; ended ones latest first. */
export async function pageOfAlerts(tx: Tx, filter: AlertFilter, now: string): Promise<{ items: AlertRow[]; nextCursor: string | null }> {
  const values: unknown[] = [tx.clinicId, now];
  let where = ` AND ${SHOWN[filter.show]}`;
  for (const [column, value] of [
    ['owner_role', filter.ownerRole],
    ['priority', filter.priority],
    ['rule_id', filter.ruleId],
    ['patient_id', filter.patientId],
  ] as const) {
    if (value) where += ` AND a.${column} = $${values.push(value)}`;
  }
  const ended = filter.show === 'ended';
  if (filter.cursor && ended) {
    const [at, id] = decodeCursor(filter.cursor, ['instant', 'uuid']);
    where += ` AND (a.raised_at, a.id) < ($${values.push(at)}, $${values.push(id)})`;
  } else if (filter.cursor) {
    const [rank, at, id] = decodeCursor(filter.cursor, ['number', 'instant', 'uuid']);
    where += ` AND (a.priority_rank, a.due_at, a.id) > ($${values.push(rank)}::smallint, $${values.push(at)}, $${values.push(id)})`;
  }
  const order = ended ? 'a.raised_at DESC, a.id DESC' : 'a.priority_rank, a.due_at, a.id';
  const rows = await tx.many<Row>(`${SELECT_ALERT}${where} ORDER BY ${order} LIMIT ${filter.limit + 1}`, values);
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  const next = last && (ended ? [last.raisedAt, last.id] : [last.priorityRank, last.dueAt, last.id]);
  return { items, nextCursor: rows.length > filter.limit && next ? encodeCursor(next) : null };
}

export function alertById(tx: Tx, id: string, now: string): Promise<AlertRow | undefined> {
  return tx.maybe<AlertRow>(`${SELECT_ALERT} AND a.id = $3`, [tx.clinicId, now, id]);
}

/** A patient's alerts for the chart: the active ones, worst first, then what ended. */
export function alertsOfPatient(tx: Tx, patientId: string, now: string): Promise<AlertRow[]> {
  return tx.many<AlertRow>(
    `${SELECT_ALERT} AND a.patient_id = $3 ORDER BY a.state NOT IN ${ACTIVE}, a.priority_rank, a.due_at, a.id LIMIT 200`,
    [tx.clinicId, now, patientId],
  );
}

export function transitionsOf(tx: Tx, alertId: string): Promise<AlertDetail['transitions']> {
  return tx.many(
    `
    SELECT t.at, t.from_state, t.to_state, t.action, u.name AS by_name, t.outcome, t.reason, t.snoozed_until
      FROM alert_transition t
      LEFT JOIN membership m ON m.clinic_id = t.clinic_id AND m.id = t.by_membership_id LEFT JOIN auth."user" u ON u.id = m.user_id
     WHERE t.clinic_id = $1 AND t.alert_id = $2 ORDER BY t.at, t.id`,
    [tx.clinicId, alertId],
  );
}

/** The steps of an alert, latest first, without those that changed nothing but its urgency. */
export function lastStepsOf(
  tx: Tx,
  alertId: string,
): Promise<{ fromState: string | null; toState: string; action: string; byMembershipId: string | null; at: string }[]> {
  return tx.many(
    `
    SELECT from_state, to_state, action, by_membership_id, at FROM alert_transition
     WHERE clinic_id = $1 AND alert_id = $2 AND (action <> 'escalated' OR from_state IS DISTINCT FROM to_state) ORDER BY at DESC, id DESC`,
    [tx.clinicId, alertId],
  );
}

export interface AlertCounts {
  total: number;
  overdue: number;
  byPriority: Record<string, number>;
  byRule: Record<string, number>;
  lateSince: string | null;
}

export async function countAlerts(tx: Tx, ownerRole: string | undefined, now: string): Promise<AlertCounts> {
  const groups = await tx.many<{ ruleId: string; priority: string; count: number; overdue: number }>(
    `
    SELECT a.rule_id, a.priority, count(*) AS count, count(*) FILTER (WHERE a.overdue_at <= $2) AS overdue
      FROM alert a WHERE a.clinic_id = $1 AND ${SHOWN.active} AND ($3::text IS NULL OR a.owner_role = $3) GROUP BY 1, 2`,
    [tx.clinicId, now, ownerRole ?? null],
  );
  const { lateSince } = await tx.one<{ lateSince: string | null }>(
    `SELECT min(opens_at) AS late_since FROM milestone WHERE clinic_id = $1 AND state = 'planned' AND opens_at < $2`,
    [tx.clinicId, new Date(Date.parse(now) - ALERT_LATE_MS).toISOString()],
  );
  const counts: AlertCounts = { total: 0, overdue: 0, byPriority: {}, byRule: {}, lateSince };
  for (const g of groups) {
    counts.total += g.count;
    counts.overdue += g.overdue;
    counts.byPriority[g.priority] = (counts.byPriority[g.priority] ?? 0) + g.count;
    counts.byRule[g.ruleId] = (counts.byRule[g.ruleId] ?? 0) + g.count;
  }
  return counts;
}

/** Active alerts past their overdue time are marked once; sleepers whose time has come wake up. At most `limit` of each. */
export const ESCALATE = statement(
  'escalate-alerts',
  `
  WITH late AS (
    SELECT id, state FROM alert WHERE clinic_id = $1 AND state IN ${ACTIVE} AND escalated_at IS NULL AND overdue_at <= $2 ORDER BY overdue_at, id LIMIT $3 FOR UPDATE SKIP LOCKED),
  logged AS (
    INSERT INTO alert_transition (clinic_id, id, alert_id, at, from_state, to_state, action)
    SELECT $1, uuidv7(), id, $2, state, CASE state WHEN 'snoozed' THEN 'open' ELSE state END, 'escalated' FROM late)
  UPDATE alert a SET escalated_at = $2, version = a.version + 1, snoozed_until = NULL, state = CASE a.state WHEN 'snoozed' THEN 'open' ELSE a.state END
    FROM late WHERE a.clinic_id = $1 AND a.id = late.id RETURNING a.id`,
);
export const WAKE = statement(
  'wake-alerts',
  `
  WITH rested AS (
    SELECT id FROM alert WHERE clinic_id = $1 AND state = 'snoozed' AND snoozed_until <= $2 ORDER BY snoozed_until, id LIMIT $3 FOR UPDATE SKIP LOCKED),
  logged AS (
    INSERT INTO alert_transition (clinic_id, id, alert_id, at, from_state, to_state, action) SELECT $1, uuidv7(), id, $2, 'snoozed', 'open', 'woken' FROM rested)
  UPDATE alert a SET state = 'open', snoozed_until = NULL, version = a.version + 1 FROM rested WHERE a.clinic_id = $1 AND a.id = rested.id RETURNING a.id`,
);
