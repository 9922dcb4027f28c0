// Every rule can be traced to the sentence it comes from: the pointers of the register are looked up in the source documents, and no rule
// of the clinical protocol is missing. Both lie beside the repository and are not part of it.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES, type RuleSource, SOURCES, type SourceFile } from '@vastus/clinical';

const SEEDS = path.resolve(__dirname, '../../shared/seeds');
const PROTOCOL = path.resolve(__dirname, '../../shared/clinical-protocol.md');

const where = (present: string) => {
  if (existsSync(present)) return test;
  console.log(`SKIPPED: ${path.relative(process.cwd(), present)} is not there, so its part of the register is not checked`);
  return test.skip;
};

const cited = Object.values(RULES).flatMap(({ id, sources }) => sources.map((source) => ({ id, source })));
const ofFile = (file: SourceFile) => cited.filter(({ source }) => source.file === file);
const linesOf = (file: SourceFile) =>
  readFileSync(path.join(SEEDS, SOURCES[file].file), 'utf8')
    .split('\n')
    .map((line) => line.trim().replace(/^[•-]\s*/, ''));

/** Why a pointer leads nowhere; `null` when the passage stands under the nearest cited heading before it. */
function trouble({ section, passage }: RuleSource, lines: string[], headings: Set<string>): string | null {
  if (section === null || !lines.includes(section)) return `no heading "${section}"`;
  const passages = lines.flatMap((line, index) => (line.startsWith(passage) ? [index] : []));
  if (passages.length === 0) return `nothing begins with "${passage}"`;
  const under = passages.map((index) => lines.slice(0, index).findLast((line) => headings.has(line)));
  return under.includes(section) ? null : `"${passage}" stands under "${under.join('", "')}"`;
}

where(SEEDS)('every pointer leads to a passage of its document', () => {
  const lost = (Object.keys(SOURCES) as SourceFile[]).flatMap((file) => {
    const lines = linesOf(file);
    const headings = new Set(ofFile(file).map(({ source }) => source.section ?? ''));
    return ofFile(file).flatMap(({ id, source }) => {
      const reason = trouble(source, lines, headings);
      return reason === null ? [] : [`${id}: ${file}: ${reason}`];
    });
  });
  expect(lost).toEqual([]);
});

where(SEEDS)('a document that says it awaits review is registered so, and the others are not', () => {
  for (const file of Object.keys(SOURCES) as SourceFile[]) {
    const text = linesOf(file).join('\n');
    const pending = text.includes('content is pending human review');
    expect([file, SOURCES[file].reviewStatus]).toEqual([file, pending ? 'pending human review' : 'not stated']);
    expect(text).toContain(SOURCES[file].title);
  }
});

where(SEEDS)('a pointer that is wrong is found', () => {
  const lines = linesOf('S0');
  const [{ source } = { source: undefined }] = ofFile('S0');
  const headings = new Set(ofFile('S0').map((entry) => entry.source.section ?? ''));
  expect(trouble({ ...source!, passage: 'No such sentence' }, lines, headings)).toMatch(/nothing begins/);
  expect(trouble({ ...source!, section: 'Expected Outcomes' }, lines, headings)).toMatch(/stands under/);
});

where(PROTOCOL)('every rule of the protocol’s tables A to F is registered, with all of its sources', () => {
  const text = readFileSync(PROTOCOL, 'utf8');
  const tables = text.slice(text.indexOf('\n## A.'), text.indexOf('\n## Conflicts'));
  const rows = [...tables.matchAll(/^\| ([A-Z]+-[A-Z0-9-]+) \|.*\| ([^|]*) \|$/gm)].map(([, id = '', last = '']) => ({ id, last }));
  expect(rows.length).toBeGreaterThan(70);
  const missing = rows.filter(({ id }) => !(id in RULES)).map(({ id }) => id);
  expect(missing).toEqual([]);
  // Some rows keep the kind in the last column and the sources before it; the letter and digit is all that is compared.
  const uncited = rows.flatMap(({ id, last }) => {
    const files: string[] = RULES[id as keyof typeof RULES].sources.map(({ file }) => file);
    return [...last.matchAll(/\bS[0-4]\b/g)].filter(([file]) => !files.includes(file)).map(([file]) => `${id} does not cite ${file}`);
  });
  expect(uncited).toEqual([]);
});
