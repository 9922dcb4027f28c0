/** What is stored of everything that is derived, read as it is: nothing here writes. */
import type { ClinicDate, Instant, Priority, Role, SiteId } from '@vastus/clinical';
import { statement, type Tx } from '@vastus/db';
import type { StoredMilestone } from './reconcile.js';

export interface StoredAlert {
  id: string;
  milestoneId: string;
  ruleId: string;
  state: NonNullable<StoredMilestone['alertState']>;
  ownerRole: Role;
  priority: Priority;
  dueAt: Instant;
  overdueAt: Instant | null;
  snoozedUntil: Instant | null;
  /** A person's act: who did it. */
  actedBy: string | null;
  /** Whether the latest entry of its history led to the state it is in. */
  told: boolean;
}

export interface StoredCourse {
  id: string;
  columns: (string | number | null)[];
}

export interface StoredProjections {
  alerts: StoredAlert[];
  hold: { since: Instant; causeEventIds: string[] } | undefined;
  restrictions: { causeEventId: string; sites: SiteId[]; since: ClinicDate }[];
  courses: StoredCourse[];
  /** Events whose outcome is not what their latest examination found. */
  outcomesNotFollowed: string[];
}

const ALERTS = statement(
  'replay-alerts',
  `SELECT a.id, a.milestone_id, a.rule_id, a.state, a.owner_role, a.priority, a.due_at, a.overdue_at, a.snoozed_until, a.acted_by,
          coalesce(a.state IN (SELECT t.to_state FROM alert_transition t WHERE t.clinic_id = a.clinic_id AND t.alert_id = a.id AND t.at = l.at), false) AS told
     FROM alert a
     LEFT JOIN LATERAL (SELECT max(t.at) AS at FROM alert_transition t WHERE t.clinic_id = a.clinic_id AND t.alert_id = a.id) l ON true
    WHERE a.clinic_id = $1 AND a.patient_id = $2 ORDER BY a.id`,
);
const HOLD = statement(
  'replay-hold',
  'SELECT since, cause_event_ids FROM hold WHERE clinic_id = $1 AND patient_id = $2 AND lifted_at IS NULL',
);
const RESTRICTIONS = statement(
  'replay-restrictions',
  `SELECT cause_event_id, sites, since FROM site_restriction
    WHERE clinic_id = $1 AND patient_id = $2 AND cause_event_id IS NOT NULL AND lifted_at IS NULL ORDER BY cause_event_id`,
);
// The order of the columns is that of courseColumns().
const COURSES = statement(
  'replay-courses',
  `SELECT id, jsonb_build_array(phase, first_dose_on, last_dose_on, doses_given, next_earliest_on, next_due_on, next_late_on,
                               contact_outcome, contact_on, contact_attempt_id) AS columns
     FROM course WHERE clinic_id = $1 AND patient_id = $2 ORDER BY id`,
);
const OUTCOMES = statement(
  'replay-outcomes',
  `SELECT e.id FROM adverse_event e
     LEFT JOIN LATERAL (SELECT course, examined_at FROM examination WHERE clinic_id = e.clinic_id AND event_id = e.case_id AND state = 'effective'
                         ORDER BY examined_at DESC, id DESC LIMIT 1) x ON true
    WHERE e.clinic_id = $1 AND e.patient_id = $2 AND e.state = 'effective'
      AND (e.outcome, e.resolved_at) IS DISTINCT FROM (
        coalesce(e.concluded_outcome, CASE x.course WHEN 'resolved' THEN 'resolved' WHEN 'improving' THEN 'recovering' ELSE 'ongoing' END), CASE x.course WHEN 'resolved' THEN x.examined_at END)
    ORDER BY e.id`,
);

export async function storedProjections(tx: Tx, patientId: string): Promise<StoredProjections> {
  const place = [tx.clinicId, patientId];
  return {
    alerts: await tx.many<StoredAlert>(ALERTS, place),
    hold: await tx.maybe<{ since: Instant; causeEventIds: string[] }>(HOLD, place),
    restrictions: await tx.many(RESTRICTIONS, place),
    courses: await tx.many<StoredCourse>(COURSES, place),
    outcomesNotFollowed: (await tx.many<{ id: string }>(OUTCOMES, place)).map(({ id }) => id),
  };
}

const PATIENTS = statement('replay-patients', 'SELECT id FROM patient WHERE clinic_id = $1 AND id > $2 ORDER BY id LIMIT $3');
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export async function patientIdsAfter(tx: Tx, after: string | undefined, limit: number): Promise<string[]> {
  return (await tx.many<{ id: string }>(PATIENTS, [tx.clinicId, after ?? BEFORE_ALL, limit])).map(({ id }) => id);
}
