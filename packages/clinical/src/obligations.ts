/** Everything that follows from the facts of one patient. Time is not an input: the same facts give the same answer for ever. */
import type { CourseState } from './courses.js';
import type { PatientFacts } from './facts.js';
import type { Milestone } from './findings.js';
import type { DerivedRestriction, HoldState } from './hold.js';
import type { ProtocolParameters } from './protocol.js';

export interface Obligations {
  /** Sorted by due instant, then key. */
  milestones: Milestone[];
  hold: HoldState;
  /** Those that follow from events; restrictions entered by hand stay in the facts. */
  restrictions: DerivedRestriction[];
  courses: Record<string, CourseState>;
}

/** The milestones, hold, restrictions and course states of a patient. Keys of milestones are unique. */
export function deriveObligations(_facts: PatientFacts, _protocol: ProtocolParameters): Obligations {
  throw new Error('not written yet');
}
