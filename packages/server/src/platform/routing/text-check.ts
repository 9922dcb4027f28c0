// No string with a NUL or half a surrogate pair reaches PostgreSQL, whatever the schemas forget: the first would be an error of
// the database, the second is no Unicode. Depth and width are bounded too, so that nothing behind this can be driven deep, and no
// schema counts millions of unknown keys.
import type { ProblemIssue } from '@vastus/contract';

const MAX_DEPTH = 40;
const MAX_WIDTH = 20_000;
const MAX_ISSUES = 20;

const isBroken = (text: string) => text.includes('\u0000') || !text.isWellFormed();
const escapeSegment = (key: string) => key.toWellFormed().replaceAll('\u0000', '').replaceAll('~', '~0').replaceAll('/', '~1');

/** JSON pointer of a path into the body. */
export const pointerOf = (path: readonly PropertyKey[]) => path.map((segment) => `/${escapeSegment(String(segment))}`).join('');

export function textIssues(root: unknown, pointerFor: (path: readonly PropertyKey[]) => string): ProblemIssue[] {
  const issues: ProblemIssue[] = [];
  const open: { value: unknown; path: readonly PropertyKey[] }[] = [{ value: root, path: [] }];
  while (issues.length < MAX_ISSUES) {
    const next = open.pop();
    if (!next) break;
    const { value, path } = next;
    if (typeof value === 'string') {
      if (isBroken(value)) issues.push({ pointer: pointerFor(path), code: 'bad-text', message: 'contains a NUL or a broken character' });
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= MAX_DEPTH) {
      issues.push({ pointer: pointerFor(path), code: 'too-deep', message: `is nested more than ${MAX_DEPTH} levels deep` });
      continue;
    }
    if ((Array.isArray(value) ? value : Object.keys(value)).length > MAX_WIDTH) {
      issues.push({ pointer: pointerFor(path), code: 'too-many', message: `has more than ${MAX_WIDTH} members` });
      continue;
    }
    for (const [key, child] of Object.entries(value)) {
      if (key === '__proto__')
        issues.push({ pointer: pointerFor([...path, key]), code: 'bad-name', message: 'is not a name a field can have' });
      if (isBroken(key))
        issues.push({ pointer: pointerFor([...path, key]), code: 'bad-text', message: 'is a name with a NUL or a broken character' });
      if (typeof child === 'string' ? isBroken(child) : typeof child === 'object' && child !== null)
        open.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return issues;
}
