/** SELF-*: who may inject at home, after what, and when that ends. Missing answers refuse: they are never read as "no". */
import { addMonths, compareDates, compareInstants, dateInZone } from './calendar.js';
import { byGivenAt, givenDoses, stageOf } from './courses.js';
import { followEvent } from './event-course.js';
import type { ClinicDate, CourseFacts, Instant, PatientFacts, SelfInjectionApprovalFacts } from './facts.js';
import { finding } from './finding.js';
import type { Finding } from './findings.js';
import { holdAt, holdEpisodes } from './hold.js';
import type { ProtocolParameters } from './protocol.js';
import { parameterOf } from './protocol-parameters.js';
import type { RuleId } from './rule-types.js';

export const SELF_EXCLUSIONS = [
  'needle-phobia',
  'tremor-or-poor-coordination',
  'no-sterile-technique',
  'no-sharps-disposal',
  'rapid-neurological-progression',
  'skin-disease-at-site',
] as const;
export type SelfExclusion = (typeof SELF_EXCLUSIONS)[number];

export const SELF_PLAN_PARTS = ['dosing-plan', 'laboratory-plan', 'red-flags', 'planned-duration'] as const;
export type SelfPlanPart = (typeof SELF_PLAN_PARTS)[number];

/** A physician may judge a person fit in spite of these, with a reason; training, holds and reactions are no matter of judgement (S2). */
export const SELF_OVERRIDABLE = ['SELF-ELIG', 'SELF-STABLE'] as const satisfies readonly RuleId[];

export const SELF_TRAINING_ITEMS = ['needle-and-site', 'depth-and-angle', 'comfort', 'sharps-disposal', 'recognizing-reactions'] as const;
export type SelfTrainingItem = (typeof SELF_TRAINING_ITEMS)[number];

/** What is known when a physician is about to approve self-injection. */
export interface SelfInjectionApplication {
  courseId: string;
  /** SELF-ELIG: `true` = it applies to this patient; absent or `null` = not answered. */
  exclusions: Partial<Record<SelfExclusion, boolean | null>>;
  /** SELF-STABLE: the parts that are written down. The cause is that of the course. */
  plan: Partial<Record<SelfPlanPart, string | null>>;
  /** SELF-TRAIN: the latest training of each item. */
  training: { item: SelfTrainingItem; trainedOn: ClinicDate }[];
  /** The dose the patient gave under the eyes of the staff: an injection of the course, recorded by the clinic. */
  observedInjectionId: string | null;
}

/**
 * SELF-ELIG, SELF-STABLE, SELF-TRAIN, SELF-STOP, HOLD-IM, RX-COURSE (S2; `selfTrainingMonths`) before an approval. Every finding refuses. Unique by code.
 * A maintenance course is stable from its start; a loading one when its loading has ended.
 */
export function checkSelfInjectionApproval(
  application: SelfInjectionApplication,
  facts: PatientFacts,
  protocol: ProtocolParameters,
  now: Instant,
): Finding[] {
  const today = dateInZone(now, facts.zone);
  const course = facts.courses.find(({ id }) => id === application.courseId);
  return [
    ...checkCourse(course, facts, today),
    ...checkEligibility(application),
    ...(course ? checkStable(application, course, facts, today) : []),
    ...checkTraining(application, facts, protocol, now, today),
    ...checkEvents(facts, now),
  ];
}

function checkCourse(course: CourseFacts | undefined, { patient }: PatientFacts, today: ClinicDate): Finding[] {
  const { deceasedOn } = patient;
  const findings = deceasedOn !== null && deceasedOn <= today ? [finding('block', 'patient-deceased', null, { deceasedOn })] : [];
  if (!course) return [...findings, finding('block', 'course-unknown', 'courseId')];
  if (course.endedOn !== null) findings.push(finding('block', 'course-ended', 'courseId', { endedOn: course.endedOn }));
  return findings;
}

function checkEligibility({ exclusions }: SelfInjectionApplication): Finding[] {
  const present = SELF_EXCLUSIONS.filter((exclusion) => exclusions[exclusion] === true);
  const unanswered = SELF_EXCLUSIONS.filter((exclusion) => (exclusions[exclusion] ?? null) === null);
  return [
    ...(present.length > 0 ? [finding('block', 'self-exclusion-present', 'exclusions', { exclusions: present })] : []),
    ...(unanswered.length > 0 ? [finding('block', 'self-eligibility-unanswered', 'exclusions', { unanswered })] : []),
  ];
}

function checkStable({ plan }: SelfInjectionApplication, course: CourseFacts, facts: PatientFacts, today: ClinicDate): Finding[] {
  const findings: Finding[] = [];
  const doses = givenDoses(course, facts.injections).filter(({ givenOn }) => givenOn <= today);
  if (stageOf(course, doses.length, today) === 'loading') {
    findings.push(finding('block', 'self-not-stabilized', 'courseId', { regimen: course.regimen, dosesGiven: doses.length }));
  }
  if (course.cause === 'unknown') findings.push(finding('block', 'self-cause-unknown', 'courseId'));
  const missing = SELF_PLAN_PARTS.filter((part) => (plan[part] ?? '').trim() === '');
  if (missing.length > 0) findings.push(finding('block', 'self-plan-incomplete', 'plan', { missing }));
  return findings;
}

function checkTraining(
  { training, observedInjectionId, courseId }: SelfInjectionApplication,
  facts: PatientFacts,
  protocol: ProtocolParameters,
  now: Instant,
  today: ClinicDate,
): Finding[] {
  const findings: Finding[] = [];
  const done = training.filter(({ trainedOn }) => trainedOn <= today);
  const missing = SELF_TRAINING_ITEMS.filter((item) => !done.some((entry) => entry.item === item));
  if (missing.length > 0) findings.push(finding('block', 'self-training-incomplete', 'training', { missing }));
  const trainedOn = oldestTraining(done);
  const validUntil = trainedOn === null ? null : trainingValidUntil(trainedOn, protocol);
  if (validUntil !== null && validUntil < today) {
    findings.push(finding('block', 'self-training-out-of-date', 'training', { trainedOn, validUntil }));
  }
  const observed = facts.injections.find(({ id }) => id === observedInjectionId);
  const seen =
    observed !== undefined &&
    observed.courseId === courseId &&
    observed.status === 'given' &&
    observed.selfReported !== true &&
    compareInstants(observed.givenAt, now) <= 0;
  if (!seen) findings.push(finding('block', 'self-first-dose-not-observed', 'observedInjectionId'));
  return findings;
}

/** Nobody begins to inject at home while a reaction lasts or the clinic itself may not inject. */
function checkEvents(facts: PatientFacts, now: Instant): Finding[] {
  const events = facts.events
    .filter(({ reportedAt }) => compareInstants(reportedAt, now) <= 0)
    .map((event) => followEvent(event, facts.examinations));
  const unresolved = events
    .filter(({ resolution }) => resolution === null)
    .map(({ event }) => event.id)
    .sort();
  const hold = holdAt(holdEpisodes(events, facts.routeDecisions), now);
  return [
    ...(unresolved.length > 0 ? [finding('block', 'self-event-unresolved', null, { eventIds: unresolved })] : []),
    ...(hold ? [finding('block', 'im-hold-active', null, { since: hold.since, causeEventIds: hold.causeEventIds })] : []),
  ];
}

/** The day the oldest item was trained, of the latest training of each item: what `trainedOn` of an approval is. */
export function oldestTraining(training: SelfInjectionApplication['training']): ClinicDate | null {
  const latest = SELF_TRAINING_ITEMS.flatMap(
    (item) =>
      training
        .filter((entry) => entry.item === item)
        .map(({ trainedOn }) => trainedOn)
        .sort(compareDates)
        .at(-1) ?? [],
  );
  return latest.sort(compareDates)[0] ?? null;
}

/** SELF-STOP (`selfTrainingMonths`): the last day a training is good for. */
export function trainingValidUntil(trainedOn: ClinicDate, protocol: ProtocolParameters): ClinicDate {
  return addMonths(trainedOn, parameterOf(protocol, 'selfTrainingMonths'));
}

export type SelfStopCode =
  | 'adverse-event'
  | 'im-hold-active'
  | 'training-lapsed'
  | 'planned-duration-over'
  | 'approval-ended'
  | 'course-ended'
  | 'patient-deceased';

export interface SelfInjectionState {
  state: 'none' | 'approved' | 'suspended' | 'ended';
  /** The latest approval. */
  approvalId: string | null;
  courseId: string | null;
  trainingValidUntil: ClinicDate | null;
  reasons: { ruleId: 'SELF-STOP'; code: SelfStopCode; facts: Record<string, unknown> }[];
}

const ENDINGS: readonly SelfStopCode[] = ['planned-duration-over', 'approval-ended', 'course-ended', 'patient-deceased'];

/**
 * SELF-STOP (S2; `selfTrainingMonths`): where the latest of the approvals stands on a day. An adverse event reported after the approval –
 * a benign one too – an IM hold, or a training older than the parameter suspend it; only a new approval, with all its checks, lifts
 * that. Its planned end, its withdrawal and the end of the course end it. Pass the approvals of one course to ask about that course.
 */
export function selfInjectionState(
  approvals: readonly SelfInjectionApprovalFacts[],
  facts: PatientFacts,
  protocol: ProtocolParameters,
  today: ClinicDate,
): SelfInjectionState {
  const on = (instant: Instant): ClinicDate => dateInZone(instant, facts.zone);
  const approval = approvals
    .filter(({ approvedAt }) => on(approvedAt) <= today)
    .sort((a, b) => compareInstants(a.approvedAt, b.approvedAt) || (a.id < b.id ? -1 : 1))
    .at(-1);
  if (!approval) return { state: 'none', approvalId: null, courseId: null, trainingValidUntil: null, reasons: [] };

  const reasons: SelfInjectionState['reasons'] = [];
  const add = (code: SelfStopCode, seen: Record<string, unknown>): void => {
    reasons.push({ ruleId: 'SELF-STOP', code, facts: seen });
  };
  const { deceasedOn } = facts.patient;
  if (deceasedOn !== null && deceasedOn <= today) add('patient-deceased', { deceasedOn });
  const course = facts.courses.find(({ id }) => id === approval.courseId);
  if (course && course.endedOn !== null && course.endedOn <= today) add('course-ended', { endedOn: course.endedOn });
  if (approval.endedAt !== null && on(approval.endedAt) <= today) add('approval-ended', { endedAt: approval.endedAt });
  if (approval.plannedUntil !== null && approval.plannedUntil < today) {
    add('planned-duration-over', { plannedUntil: approval.plannedUntil });
  }

  const known = facts.events.filter(({ reportedAt }) => on(reportedAt) <= today);
  const since = known.filter(({ reportedAt }) => compareInstants(reportedAt, approval.approvedAt) > 0).map(({ id }) => id);
  if (since.length > 0) add('adverse-event', { eventIds: since.sort() });
  const episodes = holdEpisodes(
    known.map((event) => followEvent(event, facts.examinations)),
    facts.routeDecisions,
  );
  const hold = episodes.find((episode) => on(episode.since) <= today && (episode.lifted === null || on(episode.lifted.decidedAt) > today));
  if (hold) add('im-hold-active', { since: hold.since, causeEventIds: hold.causeEventIds });
  const validUntil = trainingValidUntil(approval.trainedOn, protocol);
  if (validUntil < today) add('training-lapsed', { trainedOn: approval.trainedOn, validUntil });

  const ended = reasons.some(({ code }) => ENDINGS.includes(code));
  return {
    state: ended ? 'ended' : reasons.length > 0 ? 'suspended' : 'approved',
    approvalId: approval.id,
    courseId: approval.courseId,
    trainingValidUntil: validUntil,
    reasons,
  };
}

/** SELF-LOG (S2): the doses a patient reported from home, oldest first. They count for the schedule like any other dose. */
export function homeDoses(course: CourseFacts, facts: PatientFacts): PatientFacts['injections'] {
  return facts.injections
    .filter(({ courseId, status, selfReported }) => courseId === course.id && status === 'given' && selfReported === true)
    .sort(byGivenAt);
}
