// No text that somebody sends keeps a regular expression busy. Every expression of the product, and every pattern of the contract, is
// checked by a program that looks for a text that blows it up; what it finds is not a matter of how fast this machine is.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { checkSync, type Diagnostics } from 'recheck';
import { openApiDocument } from './modules/health/openapi.js';

const ROOT = path.resolve(__dirname, '../../..');
/** Read what comes from outside; what only builds or tests the product reads its own files. */
const FOLDERS = ['packages', 'apps'];
const CHECK = { timeout: 60_000 } as const;

interface Found {
  pattern: string;
  flags: string;
  where: string;
}

function walk(node: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node) visit(node as Record<string, unknown>);
  for (const child of Object.values(node)) walk(child, visit);
}

function expressionsIn(file: string): Found[] {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  const found: Found[] = [];
  walk(parseSync(source, { syntax: 'typescript', tsx: file.endsWith('x'), decorators: true }), (node) => {
    if (node['type'] === 'RegExpLiteral') found.push({ pattern: String(node['pattern']), flags: String(node['flags']), where: file });
    const callee = node['callee'] as { type?: string; value?: string } | undefined;
    if (node['type'] !== 'NewExpression' || callee?.value !== 'RegExp') return;
    const [first] = node['arguments'] as { expression: { type: string; value?: string } }[];
    if (first?.expression.type === 'StringLiteral') found.push({ pattern: first.expression.value!, flags: '', where: file });
    else made.push(file);
  });
  return found;
}

/** Files that put an expression together from parts. */
const made: string[] = [];
const files = execFileSync('git', ['ls-files', '--', ...FOLDERS], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|\/testing\/|\/generated\//.test(file));
const written = files.flatMap(expressionsIn);

const declared: Found[] = [];
(function collect(schema: unknown, where: string): void {
  if (typeof schema !== 'object' || schema === null) return;
  if ('pattern' in schema && typeof schema.pattern === 'string') declared.push({ pattern: schema.pattern, flags: 'u', where });
  for (const [key, child] of Object.entries(schema)) collect(child, key);
})(openApiDocument(), 'contract');

// Without anything that repeats there is nothing to blow up.
const all = [...new Map([...written, ...declared].map((one) => [`/${one.pattern}/${one.flags}`, one])).values()].filter(({ pattern }) =>
  /[*+{]/.test(pattern),
);

/** Quadratic and worse, or not decided. */
const dangerOf = (answer: Diagnostics): string | undefined => {
  if (answer.status === 'safe') return undefined;
  if (answer.status === 'unknown') return `not decided: ${answer.error.kind}`;
  return `${answer.complexity.summary}, for example ${answer.attack.pattern}`;
};

test('the check knows a bad one', () => {
  expect(dangerOf(checkSync('^(a+)+$', '', CHECK))).toContain('exponential');
  expect(dangerOf(checkSync('^\\d{4}-\\d\\d$', '', CHECK))).toBeUndefined();
  expect([written.length > 60, declared.length > 20]).toEqual([true, true]);
});

test('no regular expression can be blown up', () => {
  const dangers = all.flatMap(({ pattern, flags, where }) => {
    const danger = dangerOf(checkSync(pattern, flags, CHECK));
    return danger === undefined ? [] : [`${where}: /${pattern}/${flags} ${danger}`];
  });
  expect(dangers).toEqual([]);
}, 900_000);

test('expressions put together from parts are few, and their parts are ours', () => {
  // The addresses of the contract's routes, with `[^/]+` in place of each parameter.
  expect([...new Set(made)].sort()).toEqual(['packages/server/src/platform/http/addresses.ts']);
});
