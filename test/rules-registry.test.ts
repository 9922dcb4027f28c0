// The register of rules is complete in both directions: code cites no rule that is not in it, and no rule in it is said nowhere.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as clinical from '@vastus/clinical';
import { ENFORCED_IN, PROTOCOL_PARAMETERS, RULE_PLACES, RULES } from '@vastus/clinical';

const root = path.resolve(__dirname, '..');
const RULE_ID = /(?<![A-Za-z0-9-])(?:AE|NI|HOLD|SITE|TECH|DX|RX|REC|MON|PAIN|SELF)-[A-Z0-9]+(?:-[A-Z0-9]+)*(?![A-Za-z0-9])/g;
/** Where rules are written down rather than evaluated: naming one here is no proof that anything comes of it. */
const REGISTER = /packages\/clinical\/src\/(rules[^/]*|rule-[^/]*|finding-codes|absence|protocol[^/]*)\.ts$/;

const folders = ['apps/admin/src', ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/src`)];
const files = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)generated\//.test(file))
    .map((file) => `${folder}/${file}`),
);
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

test('every rule that code, tests or words cite is registered', () => {
  const cited = files.flatMap((file) => [...new Set(textOf(file).match(RULE_ID) ?? [])].map((id) => ({ id, file })));
  expect(cited.length).toBeGreaterThan(200);
  // A test may ask for the beginning of an id: startsWith('MON-3').
  const known = (id: string) => Object.keys(RULES).some((rule) => rule === id || rule.startsWith(`${id}-`));
  expect(cited.filter(({ id }) => !known(id)).map(({ id, file }) => `${file}: ${id}`)).toEqual([]);
});

test('every registered rule is evaluated by a function that names it, or is a field of the recorded injection', () => {
  const evaluated = new Set(
    files
      .filter((file) => file.startsWith('packages/clinical/') && !REGISTER.test(file) && !/\.(test|fixture)\.ts$/.test(file))
      .flatMap((file) => textOf(file).match(RULE_ID) ?? []),
  );
  const recorded: Record<string, RegExp> = { 'TECH-ASPIRATE': /\baspirated:/, 'TECH-NEEDLE': /\bneedleGauge:[\s\S]*\bneedleLengthMm:/ };
  const injections = textOf('packages/contract/src/routes/injections.ts');
  const silent = Object.keys(RULES).filter((id) => !evaluated.has(id) && !recorded[id]?.test(injections));
  expect(silent).toEqual([]);
});

test('the functions that are said to speak for a place exist', () => {
  const named = Object.values(RULE_PLACES).flatMap(({ by }) => by.split(', '));
  const contract = textOf('packages/contract/src/routes/injections.ts');
  expect(named.filter((name) => !(name in clinical) && !contract.includes(`export const ${name} `))).toEqual([]);
  expect(Object.keys(ENFORCED_IN).sort()).toEqual(Object.keys(RULES).sort());
});

test('every parameter of the protocol is read by code', () => {
  const code = files
    .filter((file) => file.startsWith('packages/clinical/') && !REGISTER.test(file) && !/\.test\.ts$/.test(file))
    .map(textOf)
    .join('\n');
  const unread = Object.keys(PROTOCOL_PARAMETERS).filter((name) => !new RegExp(`\\b${name}\\b`).test(code));
  expect(unread).toEqual([]);
});
