/** docs/security.md says where its claims can be seen: what it names has to exist, and its sums have to be right. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const text = readFileSync(path.join(ROOT, 'docs/security.md'), 'utf8');
const points = [...text.matchAll(/^\| (V\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, id, about, state, evidence]) => ({
  id: id!,
  about: about!,
  state: state!.replaceAll('*', ''),
  evidence: evidence!.trim(),
}));
const STATES = ['met', 'deployment', 'open', 'n/a'];
/** Points of level 2 by chapter, as the standard 4.0.3 has them. */
const OF_CHAPTER: Record<string, number> = {
  V1: 38,
  V2: 48,
  V3: 17,
  V4: 9,
  V5: 30,
  V6: 13,
  V7: 12,
  V8: 15,
  V9: 7,
  V10: 5,
  V11: 8,
  V12: 15,
  V13: 13,
  V14: 23,
};
const chapterOf = (id: string) => id.split('.')[0]!;

test('every point of level 2 is there once, with a state and evidence', () => {
  expect(new Set(points.map(({ id }) => id)).size).toBe(points.length);
  const counted = Object.fromEntries(
    Object.keys(OF_CHAPTER).map((chapter) => [chapter, points.filter(({ id }) => chapterOf(id) === chapter).length]),
  );
  expect(counted).toEqual(OF_CHAPTER);
  for (const { id, state, evidence } of points) expect([id, STATES.includes(state), evidence.length > 2]).toEqual([id, true, true]);
});

test('the table of chapters counts what stands below it', () => {
  for (const chapter of Object.keys(OF_CHAPTER)) {
    const row = new RegExp(`^\\| ${chapter} [^|]+\\|(.+)\\|$`, 'm').exec(text)?.[1];
    const counts = STATES.map((state) => points.filter((point) => chapterOf(point.id) === chapter && point.state === state).length);
    expect([chapter, row?.split('|').map(Number)]).toEqual([chapter, counts]);
  }
});

test('every file and every document that is named exists', () => {
  const named = [
    ...[...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+|\.?[\w-]+\.(?:md|yml|yaml|cjs))`/g)].map(([, file]) => file!),
    ...[...text.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => path.join('docs', file!)),
  ];
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
