// Applications, training and approvals in SQL; where a programme stands is derived from them by the rules.
import type { SelfTrainingItem } from '@vastus/clinical';
import type { SelfInjectionProgramme } from '@vastus/contract';
import { statement, type Tx } from '@vastus/db';

type OfCourse<T> = T & { courseId: string };
export type Application = OfCourse<NonNullable<SelfInjectionProgramme['application']>>;
export type Training = OfCourse<SelfInjectionProgramme['training'][number]>;
export type Approval = OfCourse<SelfInjectionProgramme['approvals'][number]>;
export type TrainedItem = Training & { item: SelfTrainingItem };

const BY = `JOIN membership m ON m.clinic_id = v.clinic_id AND m.id = v.recorded_by JOIN auth."user" u ON u.id = m.user_id`;
const APPLICATIONS = statement(
  'self-injection-applications',
  `SELECT v.id, v.course_id, v.exclusions, v.plan, v.planned_until, v.recorded_at, u.name AS recorded_by_name
     FROM self_injection_application v ${BY} WHERE v.clinic_id = $1 AND v.patient_id = $2 AND v.state = 'effective'`,
);
const TRAININGS = statement(
  'self-injection-trainings',
  `SELECT v.id, v.course_id, v.item, v.trained_on, v.observed_by, v.injection_id, v.recorded_at, u.name AS recorded_by_name
     FROM self_injection_training v ${BY} WHERE v.clinic_id = $1 AND v.patient_id = $2 AND v.state = 'effective' ORDER BY v.trained_on, v.recorded_at, v.id`,
);
const APPROVALS = statement(
  'self-injection-approvals',
  `SELECT v.id, v.course_id, v.trained_on, v.planned_until, v.findings, v.override_reason, v.approved_at, u.name AS approved_by_name, v.ended_at,
          e.name AS ended_by_name, v.end_reason
     FROM self_injection_approval v
     JOIN membership m ON m.clinic_id = v.clinic_id AND m.id = v.approved_by JOIN auth."user" u ON u.id = m.user_id
     LEFT JOIN membership n ON n.clinic_id = v.clinic_id AND n.id = v.ended_by LEFT JOIN auth."user" e ON e.id = n.user_id
    WHERE v.clinic_id = $1 AND v.patient_id = $2 ORDER BY v.approved_at DESC, v.id DESC`,
);

export interface Records {
  applications: Application[];
  trainings: Training[];
  approvals: Approval[];
}

export async function recordsOf(tx: Tx, patientId: string): Promise<Records> {
  const place = [tx.clinicId, patientId];
  return {
    applications: await tx.many<Application>(APPLICATIONS, place),
    trainings: await tx.many<Training>(TRAININGS, place),
    approvals: await tx.many<Approval>(APPROVALS, place),
  };
}

const SUPERSEDE = statement(
  'supersede-self-injection-application',
  `UPDATE self_injection_application SET state = 'superseded' WHERE clinic_id = $1 AND course_id = $2 AND state = 'effective' RETURNING id`,
);

/** The id of the application that gives way, if there is one. */
export async function supersedeApplication(tx: Tx, courseId: string): Promise<string | null> {
  return (await tx.maybe<{ id: string }>(SUPERSEDE, [tx.clinicId, courseId]))?.id ?? null;
}

export interface TrainingPlace {
  patientId: string;
  courseId: string;
  item: string;
  state: string;
}
const TRAINING = statement(
  'self-injection-training-by-id',
  'SELECT patient_id, course_id, item, state FROM self_injection_training WHERE clinic_id = $1 AND id = $2',
);
export const trainingPlace = (tx: Tx, id: string) => tx.maybe<TrainingPlace>(TRAINING, [tx.clinicId, id]);

const VOID_TRAINING = statement(
  'void-self-injection-training',
  `UPDATE self_injection_training SET state = 'voided', voided_at = $3, voided_by = $4, void_reason = $5 WHERE clinic_id = $1 AND id = $2`,
);
export async function writeVoidTraining(tx: Tx, id: string, at: string, by: string, reason: string): Promise<void> {
  await tx.query(VOID_TRAINING, [tx.clinicId, id, at, by, reason]);
}

export interface ApprovalPlace {
  patientId: string;
  courseId: string;
  endedAt: string | null;
}
const APPROVAL = statement(
  'self-injection-approval-by-id',
  'SELECT patient_id, course_id, ended_at FROM self_injection_approval WHERE clinic_id = $1 AND id = $2',
);
export const approvalPlace = (tx: Tx, id: string) => tx.maybe<ApprovalPlace>(APPROVAL, [tx.clinicId, id]);

const END = statement(
  'end-self-injection-approval',
  'UPDATE self_injection_approval SET ended_at = $3, ended_by = $4, end_reason = $5 WHERE clinic_id = $1 AND id = $2',
);
export async function writeEndOfApproval(tx: Tx, id: string, at: string, by: string, reason: string): Promise<void> {
  await tx.query(END, [tx.clinicId, id, at, by, reason]);
}
