/** What was said on the phone about a dose, and how long it counts: until the dose is given or somebody is told otherwise. */
import { addDays, addMonths, compareDates, compareInstants, dateInZone } from './calendar.js';
import {
  type ClinicDate,
  type ContactOutcome,
  type CourseFacts,
  DECLINE_REASONS,
  type DeclineReason,
  type InjectionFacts,
  type Instant,
  type PatientFacts,
} from './facts.js';

/** Nobody makes an appointment for a dose further ahead than this; a later day is a slip of the finger. */
const FURTHEST_MONTHS = 6;

/** What stands about the dose that is due: the last word, whoever said it. */
export interface ContactStanding {
  attemptId: string;
  outcome: Exclude<ContactOutcome, 'wrong-number' | 'died'>;
  /** The day agreed on; `null` where there is none. */
  on: ClinicDate | null;
  attemptedAt: Instant;
  declineReason: DeclineReason | null;
}

/**
 * The standing of the dose that follows `after` (`null` = the first) and is given at `until` (`null` = not yet). A call on the day of a dose
 * belongs to that dose, whichever of the two is written down first. A wrong number told nobody anything and changes nothing; a death speaks
 * for itself. Of two calls at the same instant the one recorded later counts.
 */
export function contactStanding(
  course: Pick<CourseFacts, 'id'>,
  after: Pick<InjectionFacts, 'givenOn'> | null,
  until: Pick<InjectionFacts, 'givenOn'> | null,
  { contactAttempts = [], zone }: Pick<PatientFacts, 'contactAttempts' | 'zone'>,
): ContactStanding | null {
  const belongs = (on: ClinicDate) => (after === null || on > after.givenOn) && (until === null || on <= until.givenOn);
  const last = contactAttempts
    .filter(
      ({ courseId, attemptedAt, outcome }) =>
        courseId === course.id && outcome !== 'wrong-number' && outcome !== 'died' && belongs(dateInZone(attemptedAt, zone)),
    )
    .sort((a, b) => compareInstants(a.attemptedAt, b.attemptedAt) || (a.id < b.id ? -1 : 1))
    .at(-1);
  if (!last) return null;
  const { id, outcome, on, attemptedAt, declineReason } = last;
  return { attemptId: id, outcome: outcome as ContactStanding['outcome'], on, attemptedAt, declineReason };
}

/** Whether a physician has to decide how it goes on: the patient does not want the dose, or wants it somewhere else. */
export function needsPhysician(standing: ContactStanding | null): standing is ContactStanding {
  return standing?.outcome === 'declined' || standing?.outcome === 'transferred';
}

export interface ContactIssue {
  field: 'on' | 'declineReason' | 'note' | 'attemptedAt';
  code: 'required' | 'not-allowed' | 'past' | 'future' | 'too-far-ahead' | 'before-birth';
}

export interface ProposedContact {
  outcome: ContactOutcome;
  on: ClinicDate | null;
  declineReason: DeclineReason | null;
  note: string | null;
}

/** What cannot be right about a call, all of it; empty = nothing. `today` is the clinic's. */
export function checkContact(
  { outcome, on, declineReason, note }: ProposedContact,
  { today, birthDate }: { today: ClinicDate; birthDate: ClinicDate },
): ContactIssue[] {
  const issues: ContactIssue[] = [];
  const dated = outcome === 'will-come' || outcome === 'call-again' || outcome === 'died';
  if (dated && on === null) issues.push({ field: 'on', code: 'required' });
  if (!dated && on !== null) issues.push({ field: 'on', code: 'not-allowed' });
  if (on !== null && outcome === 'died') {
    if (compareDates(on, today) > 0) issues.push({ field: 'on', code: 'future' });
    else if (compareDates(on, birthDate) < 0) issues.push({ field: 'on', code: 'before-birth' });
  } else if (on !== null && dated) {
    const earliest = outcome === 'will-come' ? today : addDays(today, 1);
    if (compareDates(on, earliest) < 0) issues.push({ field: 'on', code: 'past' });
    else if (compareDates(on, addMonths(today, FURTHEST_MONTHS)) > 0) issues.push({ field: 'on', code: 'too-far-ahead' });
  }
  if (outcome === 'declined' && declineReason === null) issues.push({ field: 'declineReason', code: 'required' });
  if (outcome !== 'declined' && declineReason !== null) issues.push({ field: 'declineReason', code: 'not-allowed' });
  // "Other" says nothing to the physician who reads it.
  if (outcome === 'declined' && declineReason === DECLINE_REASONS.at(-1) && note === null) issues.push({ field: 'note', code: 'required' });
  return issues;
}
