/** What is owed to a course besides laboratory checks: the next dose, the cause, B12 before folic acid; and truth about doses given. */
import { addDays, addHours, compareInstants, dateInZone, startOfDay } from './calendar.js';
import { type ContactStanding, contactStanding, needsPhysician } from './contacts.js';
import { type CourseState, givenDoses, nextDoseAfter, stageOf } from './courses.js';
import { folicAcidAheadOfB12 } from './decision-checks.js';
import { COBALAMINS, type CourseFacts, type InjectionFacts, type PatientFacts, type TimeZone } from './facts.js';
import type { Milestone } from './findings.js';
import { milestone } from './milestone.js';
import type { ProtocolParameters } from './protocol.js';
import { heldSince } from './protocol-history.js';

const CAUSE_DUE_DAYS = 28;
const TRUTH_ESCALATION_HOURS = 24;

/**
 * RX-OVERDUE (S3, S4): for the dose that follows the latest one, and – met – for the latest one itself, so that its alert closes with the
 * dose that satisfied it. Older ones say nothing the injections do not. On hold and after the end of a course nothing is overdue:
 * HOLD-GAP watches over a hold. In loading there is only the nurse's alert, escalated after as many days again. A dose that the patient
 * declined, or wants somewhere else, is the physician's from that call on, whether it is due already or not; what was agreed with the
 * nurse – a day, another call – changes no alert.
 */
export function doseMilestones(course: CourseFacts, state: CourseState, facts: PatientFacts, protocol: ProtocolParameters): Milestone[] {
  const doses = givenDoses(course, facts.injections);
  const milestones: Milestone[] = [];
  const latest = doses.at(-1);
  if (latest) {
    const stage = stageOf(course, doses.length - 1, latest.givenOn);
    milestones.push(...overdue(course, doses.at(-2) ?? null, stage, latest, facts, protocol));
  }
  if (state.phase === 'loading' || state.phase === 'maintenance') {
    milestones.push(...overdue(course, latest ?? null, state.stage, null, facts, protocol));
  }
  return milestones;
}

function overdue(
  course: CourseFacts,
  after: InjectionFacts | null,
  stage: CourseState['stage'],
  metBy: InjectionFacts | null,
  facts: PatientFacts,
  protocol: ProtocolParameters,
): Milestone[] {
  const { zone } = facts;
  const window = nextDoseAfter(course, after, stage, protocol);
  const dueAt = startOfDay(window.dueOn, zone);
  const shared = {
    ruleId: 'RX-OVERDUE' as const,
    subjectType: 'course' as const,
    subjectId: course.id,
    dueAt,
    met: metBy ? { at: metBy.givenAt, by: [metBy.id] } : null,
    facts: {
      stage,
      regimen: course.regimen,
      lastDoseOn: after?.givenOn ?? null,
      // SELF-LOG: a dose at home counts like any other, and says where it came from.
      ...(after?.selfReported === true ? { lastDoseSelfReported: true } : {}),
      dueOn: window.dueOn,
      maintenanceMonths: course.maintenanceMonths,
    },
  };
  const key = `RX-OVERDUE/${course.id}/after:${after?.id ?? 'start'}`;
  const escalatedOn = stage === 'loading' ? addDays(window.lateOn, protocol.loadingOverdueNurseDays) : null;
  const nurse = milestone({
    ...shared,
    key: `${key}/nurse`,
    opensAt: startOfDay(window.lateOn, zone),
    ownerRole: 'nurse',
    priority: stage === 'loading' && course.neurologicalInvolvement ? 'high' : 'normal',
    overdueAt: escalatedOn ? startOfDay(escalatedOn, zone) : null,
  });
  const contact = contactStanding(course, after, metBy, facts);
  const said = needsPhysician(contact) ? contact : null;
  const relapseAt = window.relapseOn === null ? null : startOfDay(window.relapseOn, zone);
  const opensAt = said && (relapseAt === null || compareInstants(said.attemptedAt, relapseAt) < 0) ? said.attemptedAt : relapseAt;
  if (opensAt === null) return [nurse];
  const physician = milestone({
    ...shared,
    key: `${key}/physician`,
    opensAt,
    ownerRole: 'physician',
    priority: 'high',
    facts: said ? { ...shared.facts, ...whatWasSaid(said, zone) } : shared.facts,
  });
  return [nurse, physician];
}

function whatWasSaid({ outcome, attemptedAt, declineReason, attemptId }: ContactStanding, zone: TimeZone) {
  return { contactOutcome: outcome, contactedOn: dateInZone(attemptedAt, zone), declineReason, contactAttemptId: attemptId };
}

/** DX-CAUSE (S2, S3, S4): an unknown cause stays open, low, until it is recorded. */
export function causeMilestone(course: CourseFacts, { zone }: PatientFacts): Milestone[] {
  if (course.cause !== 'unknown' || course.endedOn !== null) return [];
  return [
    milestone({
      key: `DX-CAUSE/${course.id}`,
      ruleId: 'DX-CAUSE',
      subjectType: 'course',
      subjectId: course.id,
      opensAt: startOfDay(course.startedOn, zone),
      dueAt: startOfDay(addDays(course.startedOn, CAUSE_DUE_DAYS), zone),
      ownerRole: 'physician',
      priority: 'low',
      missing: ['cause'],
    }),
  ];
}

/** RX-FOLATE (S3, S4): folic acid above the limit while a B12 course waits for its first dose. It goes when B12 has been given. */
export function folateMilestone(course: CourseFacts, facts: PatientFacts, protocol: ProtocolParameters): Milestone[] {
  const { folicAcidMgPerDay } = facts.patient;
  if (course.endedOn !== null || !COBALAMINS.includes(course.substance)) return [];
  if (folicAcidMgPerDay === null || !folicAcidAheadOfB12(folicAcidMgPerDay, facts, protocol)) return [];
  const courseBegins = startOfDay(course.startedOn, facts.zone);
  const limitSince = heldSince(facts, (version) => folicAcidMgPerDay > version.folicAcidLimitMgPerDay);
  return [
    milestone({
      key: `RX-FOLATE/${course.id}`,
      ruleId: 'RX-FOLATE',
      subjectType: 'course',
      subjectId: course.id,
      ownerRole: 'physician',
      priority: 'high',
      opensAt: limitSince !== null && compareInstants(limitSince, courseBegins) > 0 ? limitSince : courseBegins,
      missing: ['b12-dose'],
      facts: { folicAcidMgPerDay, folicAcidLimitMgPerDay: protocol.folicAcidLimitMgPerDay },
    }),
  ];
}

/** REC-TRUTH: a dose given against a stop is brought to a physician when it is recorded; only a person closes it. */
export function truthMilestone(injection: InjectionFacts): Milestone[] {
  if (!injection.againstStop || injection.status !== 'given') return [];
  const { id, recordedAt, givenAt, site, substance, stopRuleIds, courseId } = injection;
  return [
    milestone({
      key: `REC-TRUTH/${id}`,
      ruleId: 'REC-TRUTH',
      subjectType: 'injection',
      subjectId: id,
      opensAt: recordedAt,
      overdueAt: addHours(recordedAt, TRUTH_ESCALATION_HOURS),
      ownerRole: 'physician',
      priority: 'urgent',
      dismissible: false,
      facts: { courseId, givenAt, site, substance, stopRuleIds: [...stopRuleIds].sort() },
    }),
  ];
}
