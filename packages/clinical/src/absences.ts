/** For each rule: why a course, an event or a hold of this patient makes no milestone of it. */
import type { AbsenceCode, AbsenceVerdict, AlertRuleId, WeighedReason } from './absence.js';
import { dateInZone } from './calendar.js';
import { checkAbsences } from './check-absences.js';
import { b12Given } from './decision-checks.js';
import { followEvent } from './event-course.js';
import { COBALAMINS, type CourseFacts, type Instant, type PatientFacts } from './facts.js';
import type { Milestone } from './findings.js';
import { holdEpisodes } from './hold.js';
import { coveredSteps } from './nerve-clock.js';
import type { ProtocolParameters } from './protocol.js';
import { parameterOf } from './protocol-parameters.js';
import { scoresInOrder, stableOn, worsened } from './recovery.js';
import { latestEgfr } from './renal.js';

/** What a rule has to say where it made no open milestone; `own` are its milestones. */
export function absences(
  ruleId: AlertRuleId,
  own: readonly Milestone[],
  facts: PatientFacts,
  protocol: ProtocolParameters,
  now: Instant,
): WeighedReason[] {
  const { deceasedOn } = facts.patient;
  const death = deceasedOn === null ? [] : [reason('cancelled-cause', 'patient-deceased', { deceasedOn })];
  switch (ruleId) {
    case 'AE-SYSTEMIC':
    case 'AE-URGENT':
    case 'AE-MASS':
      return ofEvents(own, facts, ({ event, triage }) =>
        reason('not-applicable', 'triage-does-not-call-for-it', { eventId: event.id, level: triage.level, missingAnswers: triage.missing }),
      );
    case 'NI-24H':
    case 'NI-48H':
    case 'NI-2W':
    case 'NI-4W':
    case 'NI-6W':
    case 'NI-EMG60':
    case 'NI-SURG':
      return [
        ...death,
        ...ofEvents(own, facts, (course) => {
          const { event, resolution } = course;
          const by = coveredSteps(course, facts).get(ruleId);
          if (by) return reason('not-applicable', 'covered-by-later-step', { eventId: event.id, by, reportedAt: event.reportedAt });
          return resolution
            ? reason('cancelled-cause', 'event-resolved', { eventId: event.id, resolvedAt: resolution.at, factId: resolution.factId })
            : null;
        }),
      ];
    case 'HOLD-DECIDE':
    case 'HOLD-GAP':
      return [...death, ...holdAbsences(ruleId, own, facts)];
    case 'REC-TRUTH':
      return own.length > 0 ? [] : [reason('not-applicable', 'no-dose-against-stop')];
    case 'MON-RELAPSE':
      return [...death, ...relapseAbsences(own, facts, protocol)];
    default:
      return [...death, ...ofCourses(ruleId, own, facts, protocol, now)];
  }
}

function ofEvents(
  own: readonly Milestone[],
  facts: PatientFacts,
  why: (event: ReturnType<typeof followEvent>) => WeighedReason | null,
): WeighedReason[] {
  if (facts.events.length === 0) return [reason('not-applicable', 'no-adverse-event')];
  return facts.events
    .filter(({ id }) => !own.some(({ subjectId }) => subjectId === id))
    .flatMap((event) => why(followEvent(event, facts.examinations)) ?? []);
}

function holdAbsences(ruleId: AlertRuleId, own: readonly Milestone[], facts: PatientFacts): WeighedReason[] {
  const episodes = holdEpisodes(
    facts.events.map((event) => followEvent(event, facts.examinations)),
    facts.routeDecisions,
  );
  if (episodes.length === 0) return [reason('not-applicable', 'no-hold')];
  if (ruleId === 'HOLD-DECIDE' || own.length > 0) return [];
  const courses = b12Courses(facts);
  return courses.length === 0 ? [reason('not-applicable', 'no-b12-course')] : courses.flatMap(ended);
}

/** Of B12 courses; the ended ones are named only where none is running, or each old course would speak for ever. */
function ofCourses(
  ruleId: AlertRuleId,
  own: readonly Milestone[],
  facts: PatientFacts,
  protocol: ProtocolParameters,
  now: Instant,
): WeighedReason[] {
  // RX-OVERDUE and DX-CAUSE hold for every vitamin.
  const courses = ruleId === 'RX-OVERDUE' || ruleId === 'DX-CAUSE' ? facts.courses : b12Courses(facts);
  if (courses.length === 0) return [reason('not-applicable', 'no-b12-course')];
  const running = courses.filter(({ endedOn }) => endedOn === null);
  if (running.length === 0) return courses.flatMap(ended);
  return running.flatMap((course) => courseAbsences(ruleId, course, own, facts, protocol, now));
}

function courseAbsences(
  ruleId: AlertRuleId,
  course: CourseFacts,
  own: readonly Milestone[],
  facts: PatientFacts,
  protocol: ProtocolParameters,
  now: Instant,
): WeighedReason[] {
  const courseId = course.id;
  const hasOpen = own.some(({ subjectId, met }) => subjectId === courseId && !met);
  if (hasOpen) return [];
  switch (ruleId) {
    case 'DX-CAUSE':
      return [reason('met', 'cause-recorded', { courseId, cause: course.cause })];
    case 'RX-OVERDUE': {
      const hold = holdEpisodes(
        facts.events.map((event) => followEvent(event, facts.examinations)),
        facts.routeDecisions,
      ).at(-1);
      const held = hold && hold.lifted === null;
      return held ? [reason('cancelled-cause', 'im-hold-active', { courseId, since: hold.since, causeEventIds: hold.causeEventIds })] : [];
    }
    case 'RX-RENAL': {
      if (course.substance !== 'cyanocobalamin') {
        return [reason('not-applicable', 'not-cyanocobalamin', { courseId, substance: course.substance })];
      }
      const egfr = latestEgfr(facts, now);
      const seen = { courseId, eGfrMlPerMin: egfr?.value ?? null, eGfrCollectedOn: egfr?.collectedOn ?? null };
      const { renalDysfunction } = facts.patient;
      return [reason('not-applicable', 'kidneys-not-known-to-fail', { ...seen, renalDysfunction, eGfrThreshold: protocol.eGfrThreshold })];
    }
    case 'RX-FOLATE': {
      const { folicAcidMgPerDay } = facts.patient;
      const { folicAcidLimitMgPerDay } = protocol;
      if (folicAcidMgPerDay === null) return [reason('not-applicable', 'no-folic-acid-recorded')];
      if (folicAcidMgPerDay <= folicAcidLimitMgPerDay) {
        return [reason('not-applicable', 'folic-acid-within-limit', { folicAcidMgPerDay, folicAcidLimitMgPerDay })];
      }
      return b12Given(facts) ? [reason('met', 'b12-given', { courseId, folicAcidMgPerDay })] : [];
    }
    case 'MON-RULEOUT':
      if (!course.neurologicalInvolvement) return [reason('not-applicable', 'no-neurological-involvement', { courseId })];
      return facts.ruleOuts === undefined ? [reason('not-applicable', 'not-recorded', { courseId })] : [];
    default:
      return checkAbsences(ruleId, course, own, facts, protocol);
  }
}

function relapseAbsences(own: readonly Milestone[], facts: PatientFacts, protocol: ProtocolParameters): WeighedReason[] {
  if (own.some(({ met }) => !met)) return [];
  const scores = scoresInOrder(facts);
  const last = scores.at(-1);
  if (!last) return [reason('not-applicable', 'no-symptom-scores')];
  if (b12Courses(facts).length === 0) return [reason('not-applicable', 'no-b12-course')];
  const stabilizedOn = stableOn(dateInZone(last.at, facts.zone), facts);
  if (stabilizedOn === null) return [reason('not-yet', 'not-stabilized', { scoreId: last.id, at: last.at })];
  const points = parameterOf(protocol, 'relapseWorseningPoints');
  const changes = worsened(last, scores.slice(0, -1), Number.NEGATIVE_INFINITY);
  return [reason('not-applicable', 'no-worsening', { scoreId: last.id, stabilizedOn, changes, relapseWorseningPoints: points })];
}

const b12Courses = ({ courses }: PatientFacts): CourseFacts[] => courses.filter(({ substance }) => COBALAMINS.includes(substance));

function ended({ id, endedOn }: CourseFacts): WeighedReason[] {
  return endedOn === null ? [] : [reason('cancelled-cause', 'course-ended', { courseId: id, endedOn })];
}

function reason(verdict: AbsenceVerdict, code: AbsenceCode, facts: Record<string, unknown> = {}): WeighedReason {
  return { verdict, code, facts };
}
