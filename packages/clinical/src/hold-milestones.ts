/** HOLD-DECIDE and HOLD-GAP: a hold asks for a decision, and must not cost the patient the vitamin. */
import { addDays, addHours, compareDates, compareInstants, dateInZone, startOfDay } from './calendar.js';
import { byGivenAt, courseState } from './courses.js';
import { COBALAMINS, type Instant, type PatientFacts } from './facts.js';
import type { Milestone } from './findings.js';
import type { HoldEpisode } from './hold.js';
import { milestone } from './milestone.js';
import type { ProtocolParameters } from './protocol.js';

/** HOLD-DECIDE (`routeDecisionHours`): met by the first decision after the hold began, of whatever kind. One per hold, not per event. */
export function decideMilestone(episode: HoldEpisode, protocol: ProtocolParameters): Milestone {
  const { id, since, causeEventIds, decision } = episode;
  const dueAt = addHours(since, protocol.routeDecisionHours);
  return milestone({
    key: `HOLD-DECIDE/${id}`,
    ruleId: 'HOLD-DECIDE',
    subjectType: 'adverse-event',
    subjectId: causeEventIds[0] ?? id,
    opensAt: since,
    dueAt,
    overdueAt: dueAt,
    ownerRole: 'physician',
    priority: 'high',
    dismissible: false,
    missing: ['route-decision'],
    met: decision ? { at: decision.decidedAt, by: [decision.id] } : null,
    facts: { since, causeEventIds, decision: decision?.decision ?? null, routeDecisionHours: protocol.routeDecisionHours },
  });
}

/**
 * HOLD-GAP (S3, S4; `holdGapDays`): opens when the next B12 dose was due as things stood when the hold began, or `holdGapDays` after
 * that, whichever is first, but never before the hold. Met by `oral`, `continue-im`, or a B12 dose given all the same; `stop` replaces
 * nothing and leaves it open. Without a B12 course there is nothing to lose.
 */
export function gapMilestone(episode: HoldEpisode, facts: PatientFacts, protocol: ProtocolParameters): Milestone[] {
  const { id, since, causeEventIds, replacement, lifted } = episode;
  const sinceOn = dateInZone(since, facts.zone);
  const liftedOn = lifted ? dateInZone(lifted.decidedAt, facts.zone) : null;
  const courses = facts.courses.filter(
    ({ substance, startedOn, endedOn }) =>
      COBALAMINS.includes(substance) && (endedOn === null || endedOn > sinceOn) && (liftedOn === null || startedOn <= liftedOn),
  );
  const before = facts.injections.filter(({ givenAt }) => compareInstants(givenAt, since) <= 0);
  const patienceOn = addDays(sinceOn, protocol.holdGapDays);
  const watched = courses.map((course) => {
    const dueOn = courseState({ ...course, endedOn: null }, before, true, protocol).next?.dueOn ?? course.startedOn;
    // A course that begins during the hold has nothing to lose before it begins.
    const latestOn = compareDates(course.startedOn, patienceOn) > 0 ? course.startedOn : patienceOn;
    return { dueOn, opensOn: compareDates(dueOn, latestOn) < 0 ? dueOn : latestOn };
  });
  const opensOn = watched.map((entry) => entry.opensOn).sort()[0];
  const firstDueOn = watched.map(({ dueOn }) => dueOn).sort()[0];
  if (opensOn === undefined) return [];

  const opens = startOfDay(opensOn, facts.zone);
  const opensAt = compareInstants(opens, since) < 0 ? since : opens;
  const dose = facts.injections
    .filter(
      (injection) =>
        injection.status === 'given' && COBALAMINS.includes(injection.substance) && compareInstants(injection.givenAt, since) > 0,
    )
    .sort(byGivenAt)[0];
  const answers: { at: Instant; by: string[] }[] = [];
  if (replacement) answers.push({ at: replacement.decidedAt, by: [replacement.id] });
  if (dose) answers.push({ at: dose.givenAt, by: [dose.id] });
  answers.sort((a, b) => compareInstants(a.at, b.at));
  const met = answers[0] ?? null;
  // A course that has ended since owes no dose any more.
  if (met === null && courses.every(({ endedOn }) => endedOn !== null)) return [];
  return [
    milestone({
      key: `HOLD-GAP/${id}`,
      ruleId: 'HOLD-GAP',
      subjectType: 'adverse-event',
      subjectId: causeEventIds[0] ?? id,
      opensAt,
      overdueAt: startOfDay(addDays(dateInZone(opensAt, facts.zone), protocol.holdGapDays), facts.zone),
      ownerRole: 'physician',
      priority: 'high',
      missing: ['b12-replacement'],
      met,
      facts: { since, nextDoseDueOn: firstDueOn, holdGapDays: protocol.holdGapDays, courseIds: courses.map((course) => course.id).sort() },
    }),
  ];
}
