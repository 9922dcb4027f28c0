/** What the rules are asked about self-injection: the eligibility as typed, and the training as recorded. */
import {
  SELF_EXCLUSIONS,
  SELF_PLAN_PARTS,
  SELF_TRAINING_ITEMS,
  type SelfExclusion,
  type SelfInjectionApplication,
  type SelfPlanPart,
} from '@vastus/clinical';
import type { SelfInjectionProgramme } from '@vastus/contract';

export interface EligibilityDraft {
  exclusions: Record<SelfExclusion, boolean | null>;
  plan: Record<SelfPlanPart, string>;
  plannedUntil: string;
}

export const TRAINED_ITEMS = [...SELF_TRAINING_ITEMS, 'observed-dose'] as const;
export type TrainedItem = (typeof TRAINED_ITEMS)[number];
type Entry = SelfInjectionProgramme['training'][number];

function keyed<K extends string, T>(keys: readonly K[], value: (key: K) => T): Record<K, T> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, T>;
}

export function draftOf({ application }: SelfInjectionProgramme): EligibilityDraft {
  return {
    exclusions: keyed(SELF_EXCLUSIONS, (key) => application?.exclusions[key] ?? null),
    plan: keyed(SELF_PLAN_PARTS, (key) => application?.plan[key] ?? ''),
    plannedUntil: application?.plannedUntil ?? '',
  };
}

export function toApplication(draft: EligibilityDraft, { courseId, training }: SelfInjectionProgramme): SelfInjectionApplication {
  return {
    courseId,
    exclusions: draft.exclusions,
    plan: draft.plan,
    training: training.flatMap(({ item, trainedOn }) => (item === 'observed-dose' ? [] : [{ item, trainedOn }])),
    observedInjectionId: training.findLast(({ item }) => item === 'observed-dose')?.injectionId ?? null,
  };
}

/** The entries of an item, latest first: the first one counts. */
export function entriesOf(training: readonly Entry[], item: TrainedItem): Entry[] {
  return training
    .filter((entry) => entry.item === item)
    .toSorted((a, b) => b.trainedOn.localeCompare(a.trainedOn) || b.recordedAt.localeCompare(a.recordedAt));
}

export const sameDraft = (a: EligibilityDraft, b: EligibilityDraft) => JSON.stringify(a) === JSON.stringify(b);
