/** What became of an adverse event after its report: worsening, motor deficits found later, resolution and relapse. */
import { compareInstants } from './calendar.js';
import type { AdverseEventFacts, ExaminationFacts, Instant } from './facts.js';
import { hasMotorDeficit, triage, type Triage } from './triage.js';

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
  let resolution = event.resolvedAt === null ? null : { at: event.resolvedAt, factId: event.id };
  for (const { id, examinedAt, course, motorDeficit: deficit } of examinations) {
    if (course === 'worsening') escalations.push({ examinationId: id, at: examinedAt, reason: 'worsening' });
    else if (deficit === true && !motorDeficit) escalations.push({ examinationId: id, at: examinedAt, reason: 'new-motor-deficit' });
    motorDeficit ||= deficit === true;
    if (course === 'resolved' && deficit !== true) {
      if (resolution === null || compareInstants(examinedAt, resolution.at) < 0) resolution = { at: examinedAt, factId: id };
    } else if (resolution !== null && compareInstants(examinedAt, resolution.at) > 0) {
      resolution = null;
    }
  }
  return { event, triage: triage(event.assessment, event.site), examinations, escalations, motorDeficit, resolution };
}

function byExaminedAt(a: ExaminationFacts, b: ExaminationFacts): number {
  return compareInstants(a.examinedAt, b.examinedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
