import type { Instant } from './facts.js';
import type { Milestone } from './findings.js';
import type { RuleId } from './rule-types.js';

/**
 * Names of the facts a milestone may carry in `facts`, ids of records aside: the dashboard has a word for each of them. Quantities have
 * their unit in the name.
 */
export const MILESTONE_FACTS = [
  'alternatives',
  'analytes',
  'b12BaselinePicomolesPerL',
  'b12PicomolesPerL',
  'collectedOn',
  'contactOutcome',
  'contactedOn',
  'covers',
  'day',
  'decision',
  'declineReason',
  'dueOn',
  'eGfrCollectedOn',
  'eGfrMlPerMin',
  'eGfrThreshold',
  'earlyStudyMayReassureFalsely',
  'firstDoseAt',
  'firstDoseOn',
  'folicAcidLimitMgPerDay',
  'folicAcidMgPerDay',
  'givenAt',
  'holdGapDays',
  'homocysteineMicromolesPerL',
  'homocysteineTargetMicromolesPerL',
  'lastDoseOn',
  'lastDoseSelfReported',
  'level',
  'maintenanceMonths',
  'missingAnswers',
  'mmaMicromolesPerL',
  'months',
  'motorDeficit',
  'nextDoseDueOn',
  'onsetAt',
  'potassiumMillimolesPerL',
  'potassiumUrgentMillimolesPerL',
  'regimen',
  'reason',
  'relapseWorseningPoints',
  'renalDysfunction',
  'reportedAt',
  'routeDecisionHours',
  'severity',
  'signs',
  'since',
  'site',
  'siteFindings',
  'stabilizedOn',
  'stage',
  'stopRuleIds',
  'substance',
  'suspectedNerves',
  'transsacralBlockUntil',
  'windowClosesOn',
  'windowFrom',
  'windowUntil',
  'worsened',
] as const;
export type MilestoneFact = (typeof MILESTONE_FACTS)[number];

/** Ids of records explain nothing to a person, those of rules do. */
export const isShownFact = (name: string): boolean => name === 'stopRuleIds' || !/Ids?$/.test(name);

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
