/** Rules about decisions other than an injection: folic acid, ending a course, changing the route, closing an event. */
import type { AdverseEventFacts, CourseFacts, ExaminationFacts, PatientFacts, ROUTE_DECISIONS } from './facts.js';
import type { Finding } from './findings.js';
import type { ProtocolParameters } from './protocol.js';

export const COURSE_END_REASONS = [
  'levels-normalized', 'symptoms-improved', 'replaced-by-another-course', 'switched-to-oral', 'adverse-event', 'patient-wish', 'deceased', 'other',
] as const;
export type CourseEndReason = (typeof COURSE_END_REASONS)[number];

/** RX-FOLATE (S3, S4), `folicAcidLimitMgPerDay`: folic acid above the limit while no B12 has been given is refused. */
export function checkFolicAcid(_folicAcidMgPerDay: number | null, _facts: PatientFacts, _protocol: ProtocolParameters): Finding[] {
  throw new Error('not written yet');
}

/** RX-LIFELONG (S3, S4): a B12 course does not end because levels or symptoms got better. Also RX-ORAL-NEURO for `switched-to-oral`. */
export function checkEndOfCourse(
  _course: CourseFacts, _reason: CourseEndReason, _facts: PatientFacts, _protocol: ProtocolParameters,
): Finding[] {
  throw new Error('not written yet');
}

/** RX-ORAL-NEURO (S3): oral B12 is refused while a course with neurological involvement is still loading. */
export function checkRouteDecision(
  _decision: (typeof ROUTE_DECISIONS)[number], _facts: PatientFacts, _protocol: ProtocolParameters,
): Finding[] {
  throw new Error('not written yet');
}

/** AE-NODISMISS (S1): an event with a motor deficit, at the report or at any examination, is not closed as benign. */
export function checkCloseAsBenign(_event: AdverseEventFacts, _examinations: readonly ExaminationFacts[]): Finding[] {
  throw new Error('not written yet');
}
