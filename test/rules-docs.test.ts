// docs/rules.md and docs/triage-grid.md are printed from the code. A change of a rule that forgets to print them fails here.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as clinical from '@vastus/clinical';
import { decisionRows, GRID_PROPERTIES, questions, rulesPage, triagePage } from '../infra/local/rules-pages.mjs';
import { testsNaming } from '../infra/local/rules-tested.mjs';

type Triage = ReturnType<typeof clinical.triage>;
interface Question {
  name: keyof clinical.Assessment;
  answers: unknown[];
}
interface Row {
  conditions: (unknown[] | null)[];
  outcome: string;
}

const root = path.resolve(__dirname, '..');
const committed = (page: string) => readFileSync(path.join(root, 'docs', page), 'utf8');
const testedIn = testsNaming(path.join(root, 'packages/clinical/src'));
const scenarios = JSON.parse(readFileSync(path.join(root, 'packages/server/src/rules/scenarios.json'), 'utf8')) as object;
const HOW = 'print the pages again: node infra/local/print-rules.mjs';

test(`docs/rules.md is what the register says (${HOW})`, () => {
  expect(committed('rules.md')).toBe(rulesPage(clinical, testedIn, scenarios));
});

test(`docs/triage-grid.md is what triage() says (${HOW})`, () => {
  expect(committed('triage-grid.md')).toBe(triagePage(clinical));
});

test('every rule is named by a test of the clinical package', () => {
  expect(Object.keys(clinical.RULES).filter((id) => testedIn(id).length === 0)).toEqual([]);
});

test('each combination of answers stands in exactly one row of each table, with the outcome triage() gives', () => {
  const asked = questions(clinical) as Question[];
  const text = (answer: unknown) => JSON.stringify(answer);
  const tables = (GRID_PROPERTIES as { heading: string; property: (triage: Triage) => unknown }[]).map(({ heading, property }) => ({
    heading,
    property,
    rows: decisionRows(clinical, property) as Row[],
  }));
  let combinations = 0;
  const visit = (index: number, answers: unknown[]): void => {
    const question = asked[index];
    if (question) {
      for (const answer of question.answers) visit(index + 1, [...answers, answer]);
      return;
    }
    combinations += 1;
    const outcome = clinical.triage(Object.fromEntries(asked.map(({ name }, at) => [name, answers[at]])) as never, null);
    for (const { heading, property, rows } of tables) {
      const matching = rows.filter(({ conditions }) =>
        conditions.every((own, at) => own === null || own.map(text).includes(text(answers[at]))),
      );
      const found = matching.map((row) => row.outcome);
      if (found.length !== 1 || found[0] !== String(property(outcome))) throw new Error(JSON.stringify({ heading, answers, found }));
    }
  };
  visit(0, []);
  expect(combinations).toBe(3 * 4 * 4 * 4 * 3 * 4 * 6);
});
