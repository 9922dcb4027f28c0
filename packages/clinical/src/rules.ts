/** The register of rules: what each one says, where it comes from, which parameters it reads. Boot checks walk it. */

import { ENFORCED_IN } from './rule-places.js';
import type { Rule, RuleEntry, RuleId, RuleSource } from './rule-types.js';
import { FOLLOW_UP_RULES } from './rules-follow-up.js';
import { REACTION_RULES } from './rules-reactions.js';
import { TREATMENT_RULES } from './rules-treatment.js';

/** Every rule by id, in the order of the protocol. `RX-COURSE` is ours: the protocol takes a living patient and an open course for granted. */
export const RULES: Readonly<Record<RuleId, Rule>> = register({ ...REACTION_RULES, ...TREATMENT_RULES, ...FOLLOW_UP_RULES });

function register(entries: Readonly<Record<RuleId, RuleEntry>>): Readonly<Record<RuleId, Rule>> {
  const rules = (Object.keys(entries) as RuleId[]).map((id): [RuleId, Rule] => {
    const { from, parameters = [], later, ...entry } = entries[id];
    return [
      id,
      { id, ...entry, sources: from.map(toSource), parameters, enforcedSince: later ? 'later' : 'now', enforcedIn: ENFORCED_IN[id] },
    ];
  });
  return Object.freeze(Object.fromEntries(rules)) as Readonly<Record<RuleId, Rule>>;
}

function toSource(text: string): RuleSource {
  const [file, ...pointer] = text.split(' | ') as [RuleSource['file'], ...string[]];
  return { file, pointer: pointer.join(': '), section: pointer.length > 1 ? (pointer[0] ?? null) : null, passage: pointer.at(-1) ?? '' };
}
