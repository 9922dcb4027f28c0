/** Hold, limb restrictions and course schedules: what follows from the facts, kept as rows so that lists and walls can read it. */
import { type DerivedCourse, type DerivedRestriction, type HoldState, type SiteId } from '@vastus/clinical';
import { insert, newId, statement, type Tx } from '@vastus/db';

const OPEN_HOLD = statement(
  'open-hold',
  `SELECT id, since, cause_event_ids FROM hold WHERE clinic_id = $1 AND patient_id = $2 AND lifted_at IS NULL`,
);

/** One open hold a patient at most. */
export async function writeHold(
  tx: Tx,
  patientId: string,
  hold: HoldState,
  now: string,
): Promise<{ holdPlaced: boolean; holdLifted: boolean }> {
  const open = await tx.maybe<{ id: string; since: string; causeEventIds: string[] }>(OPEN_HOLD, [tx.clinicId, patientId]);
  if (hold.active && !open) {
    await insert(tx, 'hold', { clinicId: tx.clinicId, id: newId(), patientId, since: hold.since, causeEventIds: hold.causeEventIds });
    return { holdPlaced: true, holdLifted: false };
  }
  if (hold.active && open && (open.since !== hold.since || open.causeEventIds.join() !== hold.causeEventIds.join())) {
    await tx.query(`UPDATE hold SET since = $3, cause_event_ids = $4 WHERE clinic_id = $1 AND id = $2`, [
      tx.clinicId,
      open.id,
      hold.since,
      hold.causeEventIds,
    ]);
  }
  if (!hold.active && open) {
    await tx.query(`UPDATE hold SET lifted_at = $3, route_decision_id = $4 WHERE clinic_id = $1 AND id = $2`, [
      tx.clinicId,
      open.id,
      now,
      hold.liftedBy,
    ]);
    return { holdPlaced: false, holdLifted: true };
  }
  return { holdPlaced: false, holdLifted: false };
}

interface EventRestriction {
  id: string;
  sites: SiteId[];
  since: string;
  causeEventId: string;
  lifted: boolean;
}
const EVENT_RESTRICTIONS = statement(
  'event-restrictions',
  `
  SELECT id, sites, since, cause_event_id, lifted_at IS NOT NULL AS lifted FROM site_restriction WHERE clinic_id = $1 AND patient_id = $2 AND cause_event_id IS NOT NULL`,
);

/** HOLD-LIMB: a limb is closed while its event stands, for ever; it opens again only when the event was entered in error. */
export async function writeRestrictions(tx: Tx, patientId: string, derived: readonly DerivedRestriction[], now: string) {
  const stored = await tx.many<EventRestriction>(EVENT_RESTRICTIONS, [tx.clinicId, patientId]);
  const sitesRestricted: SiteId[] = [];
  const sitesReleased: SiteId[] = [];
  for (const restriction of derived) {
    const row = stored.find((s) => s.causeEventId === restriction.causeEventId);
    if (!row) {
      await insert(tx, 'site_restriction', {
        clinicId: tx.clinicId,
        id: newId(),
        patientId,
        sites: restriction.sites,
        reason: 'nerve-injury',
        since: restriction.since,
        causeEventId: restriction.causeEventId,
        recordedAt: now,
      });
      sitesRestricted.push(...restriction.sites);
    } else if (row.lifted || row.sites.join() !== restriction.sites.join() || row.since !== restriction.since) {
      await tx.query(
        `UPDATE site_restriction SET sites = $3, since = $4, lifted_at = NULL, lift_reason = NULL WHERE clinic_id = $1 AND id = $2`,
        [tx.clinicId, row.id, restriction.sites, restriction.since],
      );
      sitesRestricted.push(...restriction.sites.filter((s) => row.lifted || !row.sites.includes(s)));
    }
  }
  for (const row of stored) {
    if (row.lifted || derived.some((d) => d.causeEventId === row.causeEventId)) continue;
    await tx.query(
      `UPDATE site_restriction SET lifted_at = $3, lift_reason = 'the event no longer stands' WHERE clinic_id = $1 AND id = $2`,
      [tx.clinicId, row.id, now],
    );
    sitesReleased.push(...row.sites);
  }
  return { sitesRestricted, sitesReleased };
}

const COURSE = statement(
  'write-course-state',
  `
  UPDATE course SET phase = $3, first_dose_on = $4, last_dose_on = $5, doses_given = $6, next_earliest_on = $7, next_due_on = $8, next_late_on = $9,
         contact_outcome = $10, contact_on = $11, contact_attempt_id = $12
   WHERE clinic_id = $1 AND id = $2
     AND (phase, first_dose_on, last_dose_on, doses_given, next_earliest_on, next_due_on, next_late_on, contact_outcome, contact_on, contact_attempt_id)
       IS DISTINCT FROM ($3, $4::date, $5::date, $6, $7::date, $8::date, $9::date, $10, $11::date, $12::uuid)`,
);

export async function writeCourses(tx: Tx, courses: Record<string, DerivedCourse>): Promise<void> {
  for (const [courseId, state] of Object.entries(courses)) await tx.query(COURSE, [tx.clinicId, courseId, ...courseColumns(state)]);
}

/** phase, first dose, last dose, doses given, earliest, due, late, and what was said about the next dose: in the order of the columns. */
export function courseColumns(state: DerivedCourse) {
  const { phase, firstDoseOn, lastDoseOn, dosesGiven, next, contact } = state;
  const window = [next?.earliestOn ?? null, next?.dueOn ?? null, next?.lateOn ?? null] as const;
  return [
    ...([phase, firstDoseOn, lastDoseOn, dosesGiven] as const),
    ...window,
    ...([contact?.outcome ?? null, contact?.on ?? null, contact?.attemptId ?? null] as const),
  ] as const;
}

const OUTCOMES = statement(
  'write-event-outcomes',
  `
  UPDATE adverse_event e SET outcome = x.outcome, resolved_at = x.resolved_at
    FROM (SELECT e.id,
                 coalesce(e.concluded_outcome, CASE latest.course WHEN 'resolved' THEN 'resolved' WHEN 'improving' THEN 'recovering' ELSE 'ongoing' END) AS outcome,
                 CASE latest.course WHEN 'resolved' THEN latest.examined_at END AS resolved_at
            FROM adverse_event e
            LEFT JOIN LATERAL (SELECT course, examined_at FROM examination WHERE clinic_id = e.clinic_id AND event_id = e.case_id AND state = 'effective'
                                ORDER BY examined_at DESC, id DESC LIMIT 1) latest ON true
           WHERE e.clinic_id = $1 AND e.patient_id = $2 AND e.state = 'effective') x
   WHERE e.clinic_id = $1 AND e.id = x.id AND (e.outcome, e.resolved_at) IS DISTINCT FROM (x.outcome, x.resolved_at)`,
);

/** The outcome of an event is what a physician concluded, and before that what its latest examination found. */
export async function writeEventOutcomes(tx: Tx, patientId: string): Promise<void> {
  await tx.query(OUTCOMES, [tx.clinicId, patientId]);
}
