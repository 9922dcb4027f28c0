// The house rules that a machine can check, over everything that is under version control.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const TOP_LEVEL = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'apps',
  'docker-compose.yml',
  'docs',
  'infra',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'prisma',
  'test',
  'tsconfig.base.json',
];
const LONGEST_FILE = 400;
/** Biome refuses the type `any`; these are the places where it is told not to. The number may be lowered, never raised. */
const ANY_ALLOWED = 0;
const ANY_EXCEPTION = ['biome-ignore', 'lint/suspicious/noExplicitAny'].join(' ');

const REFUSED_WORDS = /^(manager|helper|util|base|common|data|info|processor)s?$/i;
/** Words that a library chose for us. */
const NAMED_BY_LIBRARIES = new Set(['dataProvider']);

/** The places where the time of day is read: the clock itself, what keeps processes alive, and the migrator's own ledger. */
const CLOCK_READERS =
  /^(packages\/server\/src\/platform\/clock[./]|packages\/db\/src\/migrator\.ts|apps\/admin\/src\/injections\/clinicTime\.ts|infra\/|test\/)|\.test\.tsx?$/;
const AMBIENT_CLOCK =
  /new Date\(\s*\)|new Date\b(?!\s*\()|Date\.now\b|Temporal\.Now\b|(?<![.\w])now\(\)|\bCURRENT_(DATE|TIMESTAMP|TIME)\b|\bclock_timestamp\(|\bstatement_timestamp\(/;

const files = sourceFiles();
const code = files.filter((file) => /\.(ts|tsx|mjs|cjs)$/.test(file) && !/\/generated\/|\.d\.ts$/.test(file));
const product = code.filter((file) => /^(apps|packages)\//.test(file));
const linesOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8').split('\n');

function sourceFiles(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return listed.split('\0').filter((file) => file && existsSync(path.join(ROOT, file)));
  } catch {
    return walk(''); // unpacked from an archive, or owned by another user than the one who tests
  }
}

function walk(folder: string): string[] {
  const ignored = ['node_modules', 'dist', '.git', '.vastus', 'generated', 'coverage', '.cache'];
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !ignored.includes(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? walk(path.join(folder, entry.name)) : [path.join(folder, entry.name)]));
}

function findLines(among: string[], offence: RegExp): string[] {
  return among.flatMap((file) =>
    linesOf(file).flatMap((line, index) => (offence.test(withoutComment(line)) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

const withoutComment = (line: string) => (/^\s*(\/\/|\*|\/\*|--)/.test(line) ? '' : line);

const wordsOf = (identifier: string) => identifier.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/);

const hasRefusedWord = (identifier: string) =>
  !NAMED_BY_LIBRARIES.has(identifier) && wordsOf(identifier).some((word) => REFUSED_WORDS.test(word));

test('the top level holds what a newcomer expects and nothing else', () => {
  const entries = [...new Set(files.map((file) => file.split('/')[0]!))].filter((entry) => !entry.startsWith('.'));
  expect(entries.filter((entry) => !TOP_LEVEL.includes(entry))).toEqual([]);
});

test(`no file of code is longer than ${LONGEST_FILE} lines`, () => {
  const long = code.map((file) => `${linesOf(file).length - 1} ${file}`).filter((entry) => Number.parseInt(entry, 10) > LONGEST_FILE);
  expect(long).toEqual([]);
});

test('the time of day is an argument: only the clock reads the clock', () => {
  expect(
    findLines(
      product.filter((file) => !CLOCK_READERS.test(file)),
      AMBIENT_CLOCK,
    ),
  ).toEqual([]);
});

test('barrels name what they export', () => {
  expect(findLines(product, /^\s*export \* /)).toEqual([]);
});

test('no file and no exported class, type or function has a name that says nothing', () => {
  const named = product.filter((file) => hasRefusedWord(path.basename(file).replace(/\..*$/, '')));
  const exported = product.flatMap((file) =>
    linesOf(file).flatMap((line) => {
      const name = /^export (?:default )?(?:abstract |async )*(?:class|interface|type|enum|function) (\w+)/.exec(line)?.[1];
      return name && hasRefusedWord(name) ? [`${file}: ${name}`] : [];
    }),
  );
  expect([...named, ...exported]).toEqual([]);
});

test(`the type any is let through at most ${ANY_ALLOWED} times`, () => {
  const exceptions = code.flatMap((file) =>
    linesOf(file)
      .filter((line) => line.includes(ANY_EXCEPTION))
      .map(() => file),
  );
  expect(exceptions.length > ANY_ALLOWED ? exceptions : []).toEqual([]);
});

test('no test is left alone or switched off', () => {
  expect(
    findLines(code, /\b(test|it|describe)\.(only|skip)\(|\b(xit|xtest|xdescribe|fit|fdescribe)\(/).filter(
      (line) => !/^test\/tidy/.test(line),
    ),
  ).toEqual([]);
});

test('what is still to do has an issue number', () => {
  const unnumbered = code.flatMap((file) =>
    linesOf(file).flatMap((line, index) => (/\b(TODO|FIXME|XXX)\b(?!\s*\(?#\d)/.test(line) ? [`${file}:${index + 1}`] : [])),
  );
  expect(unnumbered.filter((place) => !place.startsWith('test/tidy.test.ts'))).toEqual([]);
});

test('the dashboard reads no schema of the contract: its build leaves them out, with zod', () => {
  const shown = product.filter((file) => file.startsWith('apps/admin/src/') && !/\.test\.tsx?$/.test(file));
  expect(findLines(shown, /\bROUTES\.\w+\.(params|query|body|response)\b|from 'zod'|\bROUTES\[/)).toEqual([]);
});
