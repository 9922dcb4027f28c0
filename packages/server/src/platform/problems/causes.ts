// What an error that nobody threw on purpose means to the caller, and what of it may be logged. PostgreSQL's messages quote the
// values they complain about, so of its errors only codes and names are kept.
import { isNativeError } from 'node:util/types';
import { ProblemError } from './problem.js';

interface DatabaseFault {
  code: string;
  severity: string;
  constraint?: string;
  table?: string;
  column?: string;
  routine?: string;
}

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH']);
// 57P0x shut down, 53xxx out of resources, 08xxx connection, 55P03 and 57014 waited too long, 40xxx lost a race too often.
const UNAVAILABLE_STATES = /^(08|53|57P|55P03|57014|40)/;
// The messages of the pool's own errors, which carry no code.
const POOL_MESSAGES =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection error|Cannot use a pool after calling end|not queryable/i;

const isDatabaseFault = (error: unknown): error is Error & DatabaseFault =>
  isNativeError(error) && 'severity' in error && 'code' in error && typeof error.code === 'string' && error.code.length === 5;

function isConnectionFault(error: unknown): boolean {
  // Not `instanceof`: what Node itself throws may come from another realm than this file.
  if (!isNativeError(error)) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isConnectionFault);
  return ('code' in error && CONNECTION_CODES.has(String(error.code))) || POOL_MESSAGES.test(error.message);
}

const RETRY_AFTER_S = 5;

/** The problem an error amounts to. `expected` is false where the program itself is to blame and the error must be logged. */
export function causeOf(error: unknown): { answer: ProblemError; expected: boolean } {
  if (error instanceof ProblemError) return { answer: error, expected: true };
  if (error instanceof Error && error.name === 'BadCursorError')
    return {
      answer: new ProblemError('invalid-input', {
        issues: [{ pointer: 'query:cursor', code: 'bad-cursor', message: 'is not a cursor of this list' }],
      }),
      expected: true,
    };
  if (isDatabaseFault(error)) {
    if (UNAVAILABLE_STATES.test(error.code))
      return { answer: new ProblemError('unavailable', { retryAfter: RETRY_AFTER_S }), expected: false };
    if (error.code === '23505') return { answer: new ProblemError('already-exists'), expected: false };
    // A value the contract should have refused. The caller gets a 4xx, the log gets the hole in the contract.
    if (error.code.startsWith('22') || error.code === '23514' || error.code === '23503')
      return { answer: new ProblemError('invalid-input'), expected: false };
  }
  if (isConnectionFault(error)) return { answer: new ProblemError('unavailable', { retryAfter: RETRY_AFTER_S }), expected: false };
  const status = statusOf(error);
  if (status === undefined) return { answer: new ProblemError('internal'), expected: false };
  return { answer: frameworkProblem(status), expected: true };
}

function frameworkProblem(status: number): ProblemError {
  if (status === 404) return new ProblemError('not-found', { detail: 'There is nothing at this address.' });
  if (status === 413) return new ProblemError('body-too-large');
  if (status === 415) return new ProblemError('unsupported-media-type');
  if (status === 503) return new ProblemError('unavailable', { retryAfter: RETRY_AFTER_S });
  if (status >= 400 && status < 500) return new ProblemError('malformed-request');
  return new ProblemError('internal');
}

// Nest's HttpException and Fastify's own errors; both say their status, neither may say more to the caller.
function statusOf(error: unknown): number | undefined {
  if (!isNativeError(error)) return undefined;
  if ('getStatus' in error && typeof error.getStatus === 'function') return Number(error.getStatus());
  if (error.name === 'FastifyError' && 'statusCode' in error) return Number(error.statusCode);
  return undefined;
}

/** What of an error is written to the log: where and what kind, never values. */
export function loggable(error: unknown): Record<string, unknown> {
  if (!isNativeError(error)) return { type: typeof error };
  const frames = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  if (isDatabaseFault(error)) {
    const { code, constraint, table, column, routine } = error;
    return { type: 'DatabaseError', code, constraint, table, column, routine, stack: frames };
  }
  const cause = error.cause === undefined ? undefined : loggable(error.cause);
  return { type: error.name, message: error.message, code: 'code' in error ? error.code : undefined, stack: frames, cause };
}
