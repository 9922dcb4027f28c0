// Path parameters, query and body against the route's schemas. Every issue of all three is reported at once.
import { type Input, ISSUE_CODES, type IssueCode, type ProblemIssue, type RouteShape } from '@vastus/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problem } from '../problems/problem.js';
import { pointerOf, textIssues } from './text-check.js';

const NOTHING = z.strictObject({});
const KEY_PATTERN = /^[\x21-\x7e]{1,200}$/;
// More would help nobody, and could be far longer than what was sent: one issue for every unknown key of a large body.
const MOST_ISSUES = 50;
const VERSION_PATTERN = /^(?:W\/)?"?(\d{1,9})"?$/;

type Part = 'params' | 'query' | 'body';
type Pointer = (path: readonly PropertyKey[]) => string;
const POINTERS: Record<Part, Pointer> = {
  params: (path) => `path:${path.map(String).join('.')}`,
  query: (path) => `query:${path.map(String).join('.')}`,
  body: pointerOf,
};

export interface Received<R extends RouteShape = RouteShape> {
  input: Input<R>;
  idempotencyKey?: string;
  ifMatch?: number;
}

/** What the handler receives, or a 422 that names every field that is wrong. */
export function readInput(shape: RouteShape, request: Pick<FastifyRequest, 'params' | 'query' | 'body' | 'headers'>): Received {
  const issues: ProblemIssue[] = [];
  const read = (part: Part, value: unknown) => {
    const broken = textIssues(value, POINTERS[part]);
    if (broken.length > 0) {
      issues.push(...broken);
      return undefined;
    }
    const parsed = (shape[part] ?? NOTHING).safeParse(value === undefined ? {} : value);
    for (const issue of parsed.error?.issues.slice(0, MOST_ISSUES) ?? []) issues.push(...toIssues(issue, value ?? {}, POINTERS[part]));
    return shape[part] ? parsed.data : undefined;
  };
  const input = { params: read('params', request.params), query: read('query', request.query), body: read('body', request.body) };
  const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key'], issues);
  const ifMatch = shape.ifMatch ? readVersion(request.headers['if-match'], issues) : undefined;
  if (issues.length > 0) throw problem('invalid-input', { issues: issues.slice(0, MOST_ISSUES) });
  return { input: input as Input<RouteShape>, idempotencyKey, ifMatch };
}

function readIdempotencyKey(header: string | string[] | undefined, issues: ProblemIssue[]): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && KEY_PATTERN.test(header)) return header;
  issues.push({
    pointer: 'header:Idempotency-Key',
    code: 'bad-header',
    message: 'must be 1 to 200 printable ASCII characters without spaces',
  });
  return undefined;
}

function readVersion(header: string | undefined, issues: ProblemIssue[]): number | undefined {
  if (header === undefined)
    throw problem('version-required', {
      issues: [{ pointer: 'header:If-Match', code: 'required', message: 'is required: the version that was read' }],
    });
  const version = VERSION_PATTERN.exec(header)?.[1];
  if (version === undefined) issues.push({ pointer: 'header:If-Match', code: 'bad-header', message: 'must be a version, "3"' });
  return version === undefined ? undefined : Number(version);
}

/** One or more issues of ours for an issue of zod's; never a word of the value itself. */
function toIssues(issue: z.core.$ZodIssue, root: unknown, pointer: Pointer, above: readonly PropertyKey[] = []): ProblemIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, MOST_ISSUES).map((key) => ({
      pointer: pointer([...path, key]),
      code: 'unknown-field',
      message: 'is not a field of this request',
    }));
  if (issue.code !== 'custom' && valueAt(root, path) === undefined)
    return [{ pointer: pointer(path), code: 'required', message: 'is required' }];
  if (issue.code === 'invalid_union') {
    // Of several shapes the one that came closest explains best.
    const [closest] = [...issue.errors].filter((errors) => errors.length > 0).sort((a, b) => a.length - b.length);
    if (closest) return closest.flatMap((inner) => toIssues(inner, root, pointer, path));
  }
  return [{ pointer: pointer(path), message: issue.message, ...codeOf(issue) }];
}

/** Texts are short or long, lists have few or many entries, numbers are small or big. */
const TOO_LITTLE: Readonly<Record<string, IssueCode>> = { string: 'too-short', array: 'too-few', set: 'too-few', map: 'too-few' };
const TOO_MUCH: Readonly<Record<string, IssueCode>> = { string: 'too-long', array: 'too-many', set: 'too-many', map: 'too-many' };

function codeOf(issue: z.core.$ZodIssue): Pick<ProblemIssue, 'code' | 'facts'> {
  switch (issue.code) {
    case 'too_small':
      return { code: TOO_LITTLE[issue.origin] ?? 'too-small', facts: { limit: Number(issue.minimum) } };
    case 'too_big':
      return { code: TOO_MUCH[issue.origin] ?? 'too-big', facts: { limit: Number(issue.maximum) } };
    case 'custom':
      return { code: known(issue.params?.code) };
    default:
      return { code: known(issue.code.replaceAll('_', '-')) };
  }
}

const known = (code: unknown): IssueCode => ISSUE_CODES.find((one) => one === code) ?? 'invalid';

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value: unknown, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), root);
}
