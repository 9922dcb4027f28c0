/** Rules about decisions other than an injection: folic acid, ending a course, changing the route, closing an event. */
import { givenDoses, stageOf } from './courses.js';
import { followEvent } from './event-course.js';
import {
  type AdverseEventFacts,
  COBALAMINS,
  type CourseFacts,
  type ExaminationFacts,
  type Instant,
  type PatientFacts,
  type ROUTE_DECISIONS,
  type Substance,
} from './facts.js';
import { finding } from './finding.js';
import type { Finding } from './findings.js';
import { checkSubstance } from './injection-check.js';
import type { ProtocolParameters } from './protocol.js';

export const COURSE_END_REASONS = [
  'levels-normalized',
  'symptoms-improved',
  'replaced-by-another-course',
  'switched-to-oral',
  'adverse-event',
  'patient-wish',
  'deceased',
  'other',
] as const;
/** What was given so far: enough to know whether any B12 was. */
type Given = Pick<PatientFacts, 'injections'>;

export type CourseEndReason = (typeof COURSE_END_REASONS)[number];

/** What becomes of the folic acid on record, in mg a day; `null` = none is recorded. */
export interface FolicAcidChange {
  before: number | null;
  after: number | null;
}

/**
 * RX-FOLATE (S3, S4), `folicAcidLimitMgPerDay`: folic acid that is new or more than before, above the limit and ahead of the first B12, is
 * refused. What stands on record already, or is made less, is not asked about again.
 */
export function checkFolicAcid({ before, after }: FolicAcidChange, facts: Given, protocol: ProtocolParameters): Finding[] {
  if (after === null || after <= (before ?? 0) || !folicAcidAheadOfB12(after, facts, protocol)) return [];
  return [
    finding('block', 'folic-acid-before-b12', 'folicAcidMgPerDay', {
      folicAcidMgPerDay: after,
      folicAcidLimitMgPerDay: protocol.folicAcidLimitMgPerDay,
    }),
  ];
}

/**
 * The physician's override of RX-FOLATE that speaks for what is on record, `null` where there is none: of all of them the latest, while the
 * amount is more than the limit, no more than was decided on, and still no B12 has been given. Less folic acid or the first dose of B12 ends
 * it; where that dose is voided it speaks again.
 */
export function folicAcidOverrideInForce<T extends { folicAcidMgPerDay: number }>(
  latestFirst: readonly T[],
  facts: Pick<PatientFacts, 'patient' | 'injections'>,
  protocol: ProtocolParameters,
): T | null {
  const [latest] = latestFirst;
  const { folicAcidMgPerDay } = facts.patient;
  if (!latest || folicAcidMgPerDay === null || folicAcidMgPerDay > latest.folicAcidMgPerDay) return null;
  return folicAcidAheadOfB12(folicAcidMgPerDay, facts, protocol) ? latest : null;
}

/** Whether this much folic acid a day is above the limit while no B12 has been given. */
export function folicAcidAheadOfB12(folicAcidMgPerDay: number, facts: Given, protocol: ProtocolParameters): boolean {
  return folicAcidMgPerDay > protocol.folicAcidLimitMgPerDay && !b12Given(facts);
}

/**
 * RX-RENAL, RX-ALLERGY, RX-VITD, RX-VITA (S3, S4, S0) before a course is started: what would stop each of its intramuscular doses is said
 * once, at the start. Nothing is asked of the laboratory first: a course begins on suspicion (DX-START).
 */
export function checkStartOfCourse(substance: Substance, facts: PatientFacts, protocol: ProtocolParameters, now: Instant): Finding[] {
  return checkSubstance({ substance, route: 'IM' }, facts, protocol, now);
}

/**
 * RX-LIFELONG (S3, S4): a B12 course does not end because levels or symptoms got better, in loading as little as in maintenance.
 * Also RX-ORAL-NEURO for `switched-to-oral`.
 */
export function checkEndOfCourse(
  course: CourseFacts,
  reason: CourseEndReason,
  facts: PatientFacts,
  _protocol: ProtocolParameters,
): Finding[] {
  if (!COBALAMINS.includes(course.substance)) return [];
  if (reason === 'levels-normalized' || reason === 'symptoms-improved') {
    return [finding('block', 'ending-because-improved', 'reason', { reason, courseId: course.id })];
  }
  return reason === 'switched-to-oral' && loadingWithNeuropathy(course, facts) ? [oralWhileLoading([course.id], 'reason')] : [];
}

/** RX-ORAL-NEURO (S3): oral B12 is refused while a course with neurological involvement is still loading. */
export function checkRouteDecision(
  decision: (typeof ROUTE_DECISIONS)[number],
  facts: PatientFacts,
  _protocol: ProtocolParameters,
): Finding[] {
  if (decision !== 'oral') return [];
  const loading = facts.courses.filter((course) => course.endedOn === null && loadingWithNeuropathy(course, facts)).map(({ id }) => id);
  return loading.length > 0 ? [oralWhileLoading(loading.sort(), 'decision')] : [];
}

/** AE-NODISMISS (S1): an event with a motor deficit, at the report or at any examination, is not closed as benign. */
export function checkCloseAsBenign(event: AdverseEventFacts, examinations: readonly ExaminationFacts[]): Finding[] {
  return followEvent(event, examinations).motorDeficit
    ? [finding('block', 'motor-deficit-not-benign', 'outcome', { eventId: event.id })]
    : [];
}

/** Whether any B12 has been given at all. */
export function b12Given(facts: Given): boolean {
  return facts.injections.some(({ status, substance }) => status === 'given' && COBALAMINS.includes(substance));
}

function loadingWithNeuropathy(course: CourseFacts, facts: PatientFacts): boolean {
  return (
    course.neurologicalInvolvement &&
    COBALAMINS.includes(course.substance) &&
    stageOf(course, givenDoses(course, facts.injections).length) === 'loading'
  );
}

function oralWhileLoading(courseIds: string[], field: string): Finding {
  return finding('block', 'oral-while-loading-neurological', field, { courseIds });
}
