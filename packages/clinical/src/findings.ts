import type { Instant, Priority, Role } from './facts.js';

/** What a rule says about something that is about to happen. Data only: words live in the dashboard's and the API's catalogues. */
export interface Finding {
  ruleId: string;
  /** `block` needs a physician's override with a reason (where `mayOverride`), or a REC-TRUTH mark; `warn` is acknowledged with the record. */
  severity: 'block' | 'warn';
  /** Stable code within the rule, e.g. `dose-too-early`, used as a translation key. */
  code: string;
  /** The form field it speaks about: `site`, `lotId`, `productId`, `givenAt`, `volumeMl`, `baseline`, or `null` for the whole. */
  field: string | null;
  /** The facts the rule saw, ready to be shown: dates as ClinicDate, quantities with the unit in the key. */
  facts: Record<string, unknown>;
}

export type MilestoneSubject = 'course' | 'adverse-event' | 'injection' | 'patient';

/**
 * Something that will be due: the row from which an alert is raised. `key` is the natural key within a patient:
 * deriving twice from the same facts gives the same keys, which is why no alert can exist twice.
 */
export interface Milestone {
  key: string;
  ruleId: string;
  subjectType: MilestoneSubject;
  subjectId: string;
  /** When it becomes an alert. */
  opensAt: Instant;
  /** When it is due; shown as the date in the clinic's zone. */
  dueAt: Instant;
  /** When it is overdue and is escalated; `null` = never. */
  overdueAt: Instant | null;
  ownerRole: Role;
  priority: Priority;
  /** `true` once the facts satisfy it; `metAt` is when the satisfying fact happened, `metBy` the ids of those facts. */
  met: boolean;
  metAt: Instant | null;
  metBy: string[];
  /** What is still missing (analytes, answers), empty when met. */
  missing: string[];
  /** Whether a person may dismiss the alert with a reason (NI-2W: never). */
  dismissible: boolean;
  /** Why it exists: parameters used and facts seen, for the explanation. */
  facts: Record<string, unknown>;
}
