/** Everything that follows from the facts of one patient. Time is not an input: the same facts give the same answer for ever. */
import { compareInstants } from './calendar.js';
import { type ContactStanding, contactStanding } from './contacts.js';
import { type CourseState, courseState, givenDoses } from './courses.js';
import { causeMilestone, doseMilestones, folateMilestone, truthMilestone } from './dosing.js';
import { followEvent } from './event-course.js';
import type { PatientFacts } from './facts.js';
import type { Milestone } from './findings.js';
import { type DerivedRestriction, type HoldState, holdEpisodes, holdState, limbRestrictions } from './hold.js';
import { decideMilestone, gapMilestone } from './hold-milestones.js';
import { monitoringMilestones } from './monitoring.js';
import { immediateAlerts, nerveClock } from './nerve-clock.js';
import type { ProtocolParameters } from './protocol.js';
import { relapseMilestones } from './recovery.js';
import { renalMilestone } from './renal.js';
import { ruleOutMilestone } from './rule-outs.js';

export interface DerivedCourse extends CourseState {
  /** What was said about the next dose; `null` where nothing was, and where there is no next dose. */
  contact: ContactStanding | null;
}

export interface Obligations {
  /** Sorted by due instant, then key. */
  milestones: Milestone[];
  hold: HoldState;
  /** Those that follow from events; restrictions entered by hand stay in the facts. */
  restrictions: DerivedRestriction[];
  courses: Record<string, DerivedCourse>;
}

/** What outlives a patient: the review of what happened. Nobody is to be injected, drawn or examined any more. */
const AFTER_DEATH: readonly string[] = ['AE-SYSTEMIC', 'AE-URGENT', 'REC-TRUTH'];

/**
 * The milestones, hold, restrictions and course states of a patient. Keys of milestones are unique, and the order of the facts does not
 * matter. Of an ended course and of a deceased patient only what was met remains, and what a person still has to review.
 */
export function deriveObligations(facts: PatientFacts, protocol: ProtocolParameters): Obligations {
  const events = facts.events.map((event) => followEvent(event, facts.examinations));
  const episodes = holdEpisodes(events, facts.routeDecisions);
  const hold = holdState(episodes);
  const deceased = facts.patient.deceasedOn !== null;
  const courses: Record<string, DerivedCourse> = {};
  const milestones: Milestone[] = [];
  for (const course of facts.courses) {
    const state = courseState(course, facts.injections, hold.active, protocol);
    const next = deceased ? null : state.next;
    const last = givenDoses(course, facts.injections).at(-1) ?? null;
    courses[course.id] = { ...state, next, contact: next && contactStanding(course, last, null, facts) };
    const owed = [
      ...doseMilestones(course, state, facts, protocol),
      ...causeMilestone(course, facts),
      ...folateMilestone(course, facts, protocol),
      ...renalMilestone(course, facts, protocol),
      ...ruleOutMilestone(course, facts),
      ...monitoringMilestones(course, state, facts, protocol),
    ];
    milestones.push(...(course.endedOn === null ? owed : owed.filter(({ met }) => met)));
  }
  for (const event of events) milestones.push(...immediateAlerts(event), ...nerveClock(event, facts, protocol));
  for (const episode of episodes) milestones.push(decideMilestone(episode, protocol), ...gapMilestone(episode, facts, protocol));
  for (const injection of facts.injections) milestones.push(...truthMilestone(injection));
  milestones.push(...relapseMilestones(facts, protocol));

  return {
    milestones: milestones.filter(({ met, ruleId }) => !deceased || met || AFTER_DEATH.includes(ruleId)).sort(byDue),
    hold,
    restrictions: limbRestrictions(events, facts.zone),
    courses,
  };
}

function byDue(a: Milestone, b: Milestone): number {
  return compareInstants(a.dueAt, b.dueAt) || (a.key < b.key ? -1 : 1);
}
