/** A rule as a person reads it: what it says, where that stands, where the sources disagree, and the numbers it was evaluated with. */
import { CONFLICTS, type ProtocolParameters, parameterOf, RULES, type RuleId, SOURCES } from '@vastus/clinical';
import type { RuleOut } from '@vastus/contract';

/** Throws for an id that is not in the register: a stored rule id always is. */
export function explainRule(ruleId: string, protocol: ProtocolParameters): RuleOut {
  const rule = RULES[ruleId as RuleId];
  if (!rule) throw new Error(`rule ${ruleId} is not registered`);
  const conflict = rule.conflict ? CONFLICTS[rule.conflict] : null;
  return {
    id: rule.id,
    kind: rule.kinds.join(', '),
    title: rule.title,
    summary: rule.summary,
    enforced: rule.enforcedSince === 'now',
    sources: rule.sources.map(({ file, pointer }) =>
      file === 'safety-of-use'
        ? { file, title: 'Safety of use', pointer, reviewStatus: 'our own safeguard' }
        : { file, title: SOURCES[file].title, pointer, reviewStatus: SOURCES[file].reviewStatus },
    ),
    parameters: Object.fromEntries(rule.parameters.map((name) => [name, parameterOf(protocol, name)])),
    conflict: conflict && {
      topic: conflict.topic,
      positions: conflict.positions.map((p) => `${p.file}: ${p.position}`),
      decision: conflict.decision,
    },
  };
}
