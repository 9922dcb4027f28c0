// Courses and the orders that other systems sent, in SQL, as the API answers them.
import type { Course, CourseProposal } from '@vastus/contract';
import { decodeCursor, encodeCursor, json, statement, type Tx } from '@vastus/db';
import { inForce, maintenanceMonths, monitoringPlan } from '../obligations/protocol-in-force.js';

export type WorkUp = Pick<Course, 'cause' | 'deficiencyPicture'>;

const COURSE = `
  SELECT c.id, c.patient_id, c.product_id, d.name AS product_name, d.substance, c.dose_micrograms, c.indication, c.cause, c.neurological_involvement,
         c.symptoms_since, c.anemia_at_baseline, c.regimen, ${maintenanceMonths('c', 'v')} AS maintenance_months,
         ${monitoringPlan('c', 'v')} AS monitoring_plan,
         jsonb_build_object('maintenanceMonths', c.maintenance_months IS NULL, 'monitoringPlan', c.monitoring_plan IS NULL) AS follows_protocol, c.started_on, c.loading_ended_on, c.ended_on,
         c.end_reason, c.deficiency_picture, c.phase, c.first_dose_on, c.last_dose_on, c.doses_given, c.next_earliest_on, c.next_due_on, c.next_late_on, c.version, c.recorded_at
    FROM course c
    JOIN product d ON d.clinic_id = c.clinic_id AND d.id = c.product_id
    CROSS JOIN ${inForce('$1', '$3')} v
   WHERE c.clinic_id = $1`;
const BY_ID = statement('course-by-id', `${COURSE} AND c.id = $2`);
// Running ones first; of those the one that is due soonest.
const OF_PATIENT = statement(
  'courses-of-patient',
  `${COURSE} AND c.patient_id = $2 ORDER BY c.ended_on IS NOT NULL, c.ended_on DESC, c.next_due_on, c.started_on DESC, c.id`,
);

/** `now` chooses the protocol version that a course without values of its own follows. */
export function findCourse(tx: Tx, courseId: string, now: string): Promise<Course | undefined> {
  return tx.maybe<Course>(BY_ID, [tx.clinicId, courseId, now]);
}

export function coursesOf(tx: Tx, patientId: string, now: string): Promise<Course[]> {
  return tx.many<Course>(OF_PATIENT, [tx.clinicId, patientId, now]);
}

const END_LOADING = statement(
  'end-loading',
  'UPDATE course SET loading_ended_on = $3, version = version + 1 WHERE clinic_id = $1 AND id = $2',
);
const END = statement(
  'end-course',
  'UPDATE course SET ended_on = $3, end_reason = $4, version = version + 1 WHERE clinic_id = $1 AND id = $2',
);

export async function writeEndOfLoading(tx: Tx, courseId: string, on: string): Promise<void> {
  await tx.query(END_LOADING, [tx.clinicId, courseId, on]);
}

const WORK_UP = statement(
  'course-work-up',
  'UPDATE course SET cause = $3, deficiency_picture = $4, version = version + 1 WHERE clinic_id = $1 AND id = $2',
);

export async function writeWorkUp(tx: Tx, courseId: string, { cause, deficiencyPicture }: WorkUp): Promise<void> {
  await tx.query(WORK_UP, [tx.clinicId, courseId, cause, json(deficiencyPicture)]);
}

export async function writeEnd(tx: Tx, courseId: string, on: string, reason: string): Promise<void> {
  await tx.query(END, [tx.clinicId, courseId, on, reason]);
}

type StoredProposal = CourseProposal & { createdAt: string };
const PROPOSAL = `
  SELECT o.id, jsonb_build_object('id', p.id, 'recordNumber', p.record_number, 'familyName', p.family_name, 'givenName', p.given_name, 'birthDate', p.birth_date) AS patient,
         o.source, o.display, o.code, o.authored_on, o.state, o.course_id, o.reason, o.created_at
    FROM course_proposal o
    JOIN patient p ON p.clinic_id = o.clinic_id AND p.id = o.patient_id
   WHERE o.clinic_id = $1`;
const PROPOSAL_BY_ID = statement('proposal-by-id', `${PROPOSAL} AND o.id = $2`);
const PROPOSALS_OF_PATIENT = statement(
  'proposals-of-patient',
  `${PROPOSAL} AND o.patient_id = $2 AND o.state = 'proposed' ORDER BY o.created_at, o.id`,
);
const page = (after: string) => `${PROPOSAL} AND o.state = $2 ${after} ORDER BY o.created_at, o.id LIMIT $3`;
const PROPOSALS = statement('proposals', page(''));
const PROPOSALS_AFTER = statement('proposals-after', page('AND (o.created_at, o.id) > ($4, $5)'));
const DECIDE = statement(
  'decide-proposal',
  `UPDATE course_proposal SET state = $3, course_id = $4, reason = $5, decided_at = $6, decided_by = $7
    WHERE clinic_id = $1 AND id = $2 AND state = 'proposed'`,
);

export function findProposal(tx: Tx, proposalId: string): Promise<StoredProposal | undefined> {
  return tx.maybe<StoredProposal>(PROPOSAL_BY_ID, [tx.clinicId, proposalId]);
}

export function openProposalsOf(tx: Tx, patientId: string): Promise<CourseProposal[]> {
  return tx.many<CourseProposal>(PROPOSALS_OF_PATIENT, [tx.clinicId, patientId]);
}

/** Oldest first: an order waits its turn. */
export async function pageOfProposals(
  tx: Tx,
  { state, limit, cursor }: { state: CourseProposal['state']; limit: number; cursor?: string },
) {
  const after = cursor === undefined ? null : decodeCursor(cursor, ['instant', 'uuid']);
  const rows = await tx.many<StoredProposal>(after ? PROPOSALS_AFTER : PROPOSALS, [tx.clinicId, state, limit + 1, ...(after ?? [])]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null };
}

export interface ProposalDecision {
  state: 'accepted' | 'declined';
  courseId: string | null;
  reason: string | null;
  at: string;
  by: string;
}

export async function writeProposalDecision(
  tx: Tx,
  proposalId: string,
  { state, courseId, reason, at, by }: ProposalDecision,
): Promise<void> {
  await tx.query(DECIDE, [tx.clinicId, proposalId, state, courseId, reason, at, by]);
}
