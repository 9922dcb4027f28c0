/** Milestones and the alerts that are raised from them, in SQL. The only writer of either table's derived columns. */
import { dateInZone, type Milestone } from '@vastus/clinical';
import { insertMany, json, newId, statement, type Tx } from '@vastus/db';
import type { Difference, StoredMilestone } from './reconcile.js';
import type { Derived } from './settled.js';

const COLUMNS = `m.id, m.natural_key AS key, m.rule_id, m.subject_type, m.subject_id, m.opens_at, m.due_at, m.due_on, m.overdue_at, m.owner_role, m.priority,
  m.state, m.state = 'met' AS met, m.met_at, m.met_by, m.missing, m.dismissible, m.facts, m.protocol_version_id`;

const LOCK = statement('lock-milestones', `SELECT id FROM milestone WHERE clinic_id = $1 AND patient_id = $2 ORDER BY id FOR UPDATE`);
const STORED = statement(
  'stored-milestones',
  `
  SELECT ${COLUMNS}, a.id AS alert_id, a.state AS alert_state
    FROM milestone m LEFT JOIN alert a ON a.clinic_id = m.clinic_id AND a.milestone_id = m.id
   WHERE m.clinic_id = $1 AND m.patient_id = $2 ORDER BY m.due_at, m.id`,
);

/** A patient's milestones, held until the transaction ends: the raising job works around them, and what it raised before is seen. */
export async function lockMilestones(tx: Tx, patientId: string): Promise<StoredMilestone[]> {
  // Two statements: one that waited for a lock would still join the alerts of the time before it waited.
  await tx.query(LOCK, [tx.clinicId, patientId]);
  return milestonesOf(tx, patientId);
}

export function milestonesOf(tx: Tx, patientId: string): Promise<StoredMilestone[]> {
  return tx.many<StoredMilestone>(STORED, [tx.clinicId, patientId]);
}

const CLOSE = statement(
  'close-alerts',
  `
  WITH ending AS (
    SELECT id, state FROM alert WHERE clinic_id = $1 AND milestone_id = ANY ($2) AND state IN ('open', 'acknowledged', 'snoozed') FOR UPDATE),
  logged AS (
    INSERT INTO alert_transition (clinic_id, id, alert_id, at, from_state, to_state, action)
    SELECT $1, uuidv7(), id, $3, state, 'closed', $4 FROM ending)
  UPDATE alert a SET state = 'closed', snoozed_until = NULL, acted_by = NULL, acted_at = $3, version = a.version + 1
    FROM ending WHERE a.clinic_id = $1 AND a.id = ending.id RETURNING a.id`,
);

/** Alerts whose cause is met or gone are closed by the system; a person's decision is never overwritten. */
export async function closeAlerts(tx: Tx, milestoneIds: string[], now: string, action: 'met' | 'cause-gone' | 'moved'): Promise<number> {
  if (milestoneIds.length === 0) return 0;
  return (await tx.query(CLOSE, [tx.clinicId, milestoneIds, now, action])).count;
}

const raise = (filter: string) => `
  WITH due AS (
    SELECT id, patient_id, rule_id, owner_role, priority, due_at, due_on, overdue_at FROM milestone
     WHERE clinic_id = $1 AND state = 'planned' AND opens_at <= $2 ${filter}
     ORDER BY opens_at, id LIMIT $3 FOR UPDATE SKIP LOCKED),
  raised AS (
    INSERT INTO alert AS a (clinic_id, id, patient_id, milestone_id, rule_id, owner_role, priority, state, due_at, due_on, overdue_at, raised_at)
    SELECT $1, uuidv7(), patient_id, id, rule_id, owner_role, priority, 'open', due_at, due_on, overdue_at, $2 FROM due
    ON CONFLICT (clinic_id, milestone_id) DO UPDATE
       SET state = 'open', due_at = excluded.due_at, due_on = excluded.due_on, overdue_at = excluded.overdue_at, escalated_at = NULL,
           outcome = NULL, reason = NULL, acted_by = NULL, acted_at = NULL, version = a.version + 1
     WHERE a.state = 'closed'
    RETURNING a.id, a.version),
  logged AS (
    INSERT INTO alert_transition (clinic_id, id, alert_id, at, from_state, to_state, action)
    SELECT $1, uuidv7(), id, $2, CASE WHEN version > 1 THEN 'closed' END, 'open', CASE WHEN version > 1 THEN 'reopened' ELSE 'raised' END FROM raised),
  marked AS (UPDATE milestone m SET state = 'raised' FROM due WHERE m.clinic_id = $1 AND m.id = due.id)
  SELECT (SELECT count(*) FROM due) AS milestones, count(*) FILTER (WHERE version = 1) AS raised, count(*) FILTER (WHERE version > 1) AS reopened FROM raised`;
const RAISE = statement('raise-alerts', raise(''));
const RAISE_PATIENT = statement('raise-alerts-of-patient', raise('AND patient_id = $4'));

export interface Raised {
  milestones: number;
  raised: number;
  reopened: number;
}

/**
 * Turns at most `limit` milestones whose time has come into alerts. One obligation is one alert, however often this runs:
 * rows that another transaction holds are passed over, and the unique milestone_id refuses a second alert.
 */
export function raiseAlerts(tx: Tx, now: string, limit: number, patientId?: string): Promise<Raised> {
  return patientId ? tx.one<Raised>(RAISE_PATIENT, [tx.clinicId, now, limit, patientId]) : tx.one<Raised>(RAISE, [tx.clinicId, now, limit]);
}

const CHANGE = statement(
  'change-milestone',
  `
  UPDATE milestone SET rule_id = $3, subject_type = $4, subject_id = $5, opens_at = $6, due_at = $7, due_on = $8, overdue_at = $9, owner_role = $10, priority = $11,
         state = $12, met_at = $13, met_by = $14, missing = $15, dismissible = $16, facts = $17, protocol_version_id = $18
   WHERE clinic_id = $1 AND id = $2`,
);
const FOLLOW = statement(
  'alert-follows-milestone',
  `
  UPDATE alert a SET due_at = m.due_at, due_on = m.due_on, overdue_at = m.overdue_at, priority = m.priority, owner_role = m.owner_role, version = a.version + 1
    FROM milestone m WHERE m.clinic_id = a.clinic_id AND m.id = a.milestone_id AND a.clinic_id = $1 AND a.milestone_id = ANY ($2)
     AND a.state IN ('open', 'acknowledged', 'snoozed')
     AND (a.due_at, a.overdue_at, a.owner_role, a.priority) IS DISTINCT FROM (m.due_at, m.overdue_at, m.owner_role, m.priority)`,
);
const CANCEL = statement(
  'cancel-milestones',
  `UPDATE milestone SET state = 'cancelled', met_at = NULL, met_by = '{}' WHERE clinic_id = $1 AND id = ANY ($2)`,
);

/** The row of a milestone as the rules derived it. */
export function milestoneRow(m: Milestone, zone: string) {
  return {
    naturalKey: m.key,
    ruleId: m.ruleId,
    subjectType: m.subjectType,
    subjectId: m.subjectId,
    opensAt: m.opensAt,
    dueAt: m.dueAt,
    dueOn: dateInZone(m.dueAt, zone),
    overdueAt: m.overdueAt,
    ownerRole: m.ownerRole,
    priority: m.priority,
    state: m.met ? 'met' : 'planned',
    metAt: m.metAt,
    metBy: m.metBy,
    missing: m.missing,
    dismissible: m.dismissible,
    facts: m.facts,
  };
}

/** Writes a difference; alerts are not touched here but for following a moved date. */
export async function writeDifference(
  tx: Tx,
  patientId: string,
  difference: Difference<Derived>,
  zone: string,
  now: string,
): Promise<void> {
  if (difference.add.length > 0) {
    await insertMany(
      tx,
      'milestone',
      difference.add.map((m) => {
        const row = milestoneRow(m, zone);
        return {
          ...row,
          facts: json(row.facts),
          clinicId: tx.clinicId,
          id: newId(),
          patientId,
          protocolVersionId: m.protocolVersionId,
          createdAt: now,
        };
      }),
    );
  }
  for (const { stored, derived, dueOn, state } of difference.change) {
    await tx.query(CHANGE, [
      tx.clinicId,
      stored.id,
      derived.ruleId,
      derived.subjectType,
      derived.subjectId,
      derived.opensAt,
      derived.dueAt,
      dueOn,
      derived.overdueAt,
      derived.ownerRole,
      derived.priority,
      state,
      derived.metAt,
      derived.metBy,
      derived.missing,
      derived.dismissible,
      json(derived.facts),
      derived.protocolVersionId,
    ]);
  }
  const moved = difference.change.filter((c) => c.kind === 'moved').map((c) => c.stored.id);
  if (moved.length > 0) await tx.query(FOLLOW, [tx.clinicId, moved]);
  if (difference.cancel.length > 0) await tx.query(CANCEL, [tx.clinicId, difference.cancel.map((m) => m.id)]);
}
