import { type Method, ROUTES, type RouteShape } from '@vastus/contract';
import { type ProblemError, problem } from '../problems/problem.js';
import { API_PREFIX } from '../routing/handles.js';

const PATTERNS = Object.values(ROUTES as Record<string, RouteShape>)
  .filter((shape) => shape.onlyWith === undefined)
  .map((shape) => ({
    shape,
    pattern: new RegExp(`^${API_PREFIX}${shape.path.replace(/:[A-Za-z]+/g, '[^/]+')}/?$`),
  }));

/** Why there is nothing at an address: it does not exist, or it takes other methods. */
export function unknownAddress(url: string): ProblemError {
  const path = url.split('?', 1)[0] ?? '';
  const allow = new Set<Method>(PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ shape }) => shape.method));
  if (allow.size > 0) return problem('method-not-allowed', { allow: [...allow] });
  return problem('not-found', { detail: 'There is nothing at this address.' });
}
