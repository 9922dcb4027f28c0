/** The texts of the register. In English they are those of packages/clinical, which the API answers, too; here they only get their keys. */
import { CONFLICTS, RULE_PLACES, RULES, SOURCES } from '@vastus/clinical';

function each<Key extends string, Value, Text>(register: Readonly<Record<Key, Value>>, text: (value: Value) => Text): Record<Key, Text> {
  return Object.fromEntries(Object.entries<Value>(register).map(([key, value]) => [key, text(value)])) as Record<Key, Text>;
}

const hazards = Object.values(RULES).flatMap(({ sources }) => sources.filter(({ file }) => file === 'safety-of-use'));

export const ruleTexts = {
  title: each(RULES, ({ title }) => title),
  summary: each(RULES, ({ summary }) => summary),
  conflict: each(CONFLICTS, ({ topic, decision, positions }) => ({
    topic,
    decision,
    position: Object.fromEntries(positions.map(({ file, position }) => [file, position])),
  })),
  place: each(RULE_PLACES, ({ title }) => title),
  /** Titles of the source documents; their passages are quoted in the language they were written in. */
  document: each(SOURCES, ({ title }) => title),
  hazard: Object.fromEntries(hazards.map(({ pointer }) => [pointer, pointer])),
};
