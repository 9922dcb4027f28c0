// Every rule of the register is shown to work through HTTP by at least one scenario, named as a clinician would say it. The table says
// which; a rule without a line, and a line whose scenario is gone, fail here.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES, type RuleId } from '@vastus/clinical';

type Scenario = readonly [file: string, name: string];

/** Rule → file and name of the tests; docs/rules.md is printed from the same table. */
const SCENARIOS = JSON.parse(readFileSync(path.join(__dirname, 'rules/scenarios.json'), 'utf8')) as Partial<
  Record<RuleId, readonly Scenario[]>
>;

/** The name as the first argument of a call; that no test is switched off is a house rule of its own. */
function isThere([file, name]: Scenario): boolean {
  const text = readFileSync(path.join(__dirname, file), 'utf8');
  return [`'${name}'`, `"${name}"`, `\`${name}\``].some((literal) => new RegExp(`\\(\\s*${escaped(literal)}\\s*,`).test(text));
}
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('every rule of the register has a scenario through HTTP', () => {
  const without = (Object.keys(RULES) as RuleId[]).filter((ruleId) => (SCENARIOS[ruleId] ?? []).length === 0);
  expect(without).toEqual([]);
  expect(Object.keys(SCENARIOS).filter((ruleId) => !(ruleId in RULES))).toEqual([]);
});

test('every scenario of the table is a test of its file', () => {
  const gone = Object.entries(SCENARIOS).flatMap(([ruleId, scenarios]) =>
    scenarios.filter((scenario) => !isThere(scenario)).map(([file, name]) => `${ruleId}: ${file}: ${name}`),
  );
  expect(gone).toEqual([]);
  expect(isThere(['rules/reactions.test.ts', 'a scenario nobody wrote'])).toBe(false);
});
