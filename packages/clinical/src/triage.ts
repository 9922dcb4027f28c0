/** AE-*: what an assessment of numbness after an injection means. A total function: every combination of answers has one outcome. */
import type { Assessment, SiteId } from './facts.js';
import type { RuleId } from './rules.js';
import type { Nerve } from './sites.js';

export interface Triage {
  level: 'emergency' | 'urgent' | 'suspected-injury' | 'benign';
  severity: 'mild' | 'moderate-severe' | 'undetermined';
  mechanism: 'direct-trauma' | 'inflammatory' | 'undetermined';
  /** HOLD-IM. */
  holdIm: boolean;
  /** HOLD-LIMB; `false` when the site is not known, because there is nothing to restrict. */
  restrictLimb: boolean;
  /** AE-MASS. */
  imagingSuggested: boolean;
  suspectedNerves: Nerve[];
  /** Unanswered questions, in the order of the form. They never count as "no". */
  missing: (keyof Assessment)[];
  /** The rules that spoke. */
  ruleIds: RuleId[];
  /** Informative rules to show beside the event: AE-WARM, AE-PAIN, AE-EXAM, NI-BLOCK. */
  advice: RuleId[];
}

/** AE-ASSESS, AE-SYSTEMIC, AE-URGENT, AE-SEVERITY, AE-BENIGN, AE-INFLAMMATORY, AE-MASS, AE-NERVE (S0, S1). */
export function triage(_assessment: Assessment, _site: SiteId | null): Triage {
  throw new Error('not written yet');
}
