/** What became of an adverse event after its report: worsening, motor deficits found later, resolution and relapse. */
import { compareInstants } from './calendar.js';
import type { AdverseEventFacts, ExaminationFacts, Instant } from './facts.js';
import { hasMotorDeficit, type Triage, triage } from './triage.js';

export interface Escalation {
  examinationId: string;
  at: Instant;
  reason: 'worsening' | 'new-motor-deficit';
}

export interface EventCourse {
  event: AdverseEventFacts;
  triage: Triage;
  /** Oldest first. */
  examinations: ExaminationFacts[];
  /** Examinations that make the event urgent (again). */
  escalations: Escalation[];
  /** A motor deficit at the report or at any examination. */
  motorDeficit: boolean;
  /** When it was resolved, and the fact that says so; `null` while symptoms last or after they came back. */
  resolution: { at: Instant; factId: string } | null;
}

/**
 * Follows one event through its examinations. An examination that finds a deficit does not resolve anything, whatever its course says,
 * and any examination with symptoms after a resolution takes the resolution back.
 */
export function followEvent(event: AdverseEventFacts, allExaminations: readonly ExaminationFacts[]): EventCourse {
  const examinations = allExaminations.filter((examination) => examination.eventId === event.id).sort(byExaminedAt);
  const escalations: Escalation[] = [];
  let motorDeficit = hasMotorDeficit(event.assessment);
  for (const { id, examinedAt, course, motorDeficit: deficit } of examinations) {
    if (course === 'worsening') escalations.push({ examinationId: id, at: examinedAt, reason: 'worsening' });
    else if (deficit === true && !motorDeficit) escalations.push({ examinationId: id, at: examinedAt, reason: 'new-motor-deficit' });
    motorDeficit ||= deficit === true;
  }
  const resolution = resolutionOf(event, examinations);
  return { event, triage: triage(event.assessment, event.site), examinations, escalations, motorDeficit, resolution };
}

/** The first fact that says "resolved" after the last one that says otherwise. */
function resolutionOf(event: AdverseEventFacts, examinations: readonly ExaminationFacts[]): EventCourse['resolution'] {
  const said = examinations.map(({ id, examinedAt, course, motorDeficit }) => ({
    at: examinedAt,
    factId: id,
    resolved: course === 'resolved' && motorDeficit !== true,
  }));
  // Of one instant, the resolution of the event itself is the last word.
  if (event.resolvedAt !== null) said.push({ at: event.resolvedAt, factId: event.id, resolved: true });
  said.sort((a, b) => compareInstants(a.at, b.at) || Number(a.factId === event.id) - Number(b.factId === event.id));
  const first = said[said.findLastIndex(({ resolved }) => !resolved) + 1];
  return first ? { at: first.at, factId: first.factId } : null;
}

function byExaminedAt(a: ExaminationFacts, b: ExaminationFacts): number {
  return compareInstants(a.examinedAt, b.examinedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
