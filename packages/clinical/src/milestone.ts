import type { Instant } from './facts.js';
import type { Milestone } from './findings.js';
import type { RuleId } from './rule-types.js';

/** A milestone with what most of them have in common: due when it opens, never overdue, dismissible, nothing missing, not met. */
export function milestone(
  parts: Pick<Milestone, 'key' | 'subjectType' | 'subjectId' | 'opensAt' | 'ownerRole' | 'priority'> &
    Partial<Pick<Milestone, 'dueAt' | 'overdueAt' | 'missing' | 'dismissible' | 'facts'>> & {
      ruleId: RuleId;
      met?: { at: Instant; by: string[] } | null;
    },
): Milestone {
  const { met = null, ...rest } = parts;
  return {
    dueAt: parts.opensAt,
    overdueAt: null,
    dismissible: true,
    facts: {},
    ...rest,
    met: met !== null,
    metAt: met?.at ?? null,
    metBy: met ? [...met.by].sort() : [],
    missing: met ? [] : (parts.missing ?? []),
  };
}
