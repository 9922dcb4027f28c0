/** The only place that calls fetch. Paths, queries, bodies and answers are typed by the contract's route declarations. */
import { type Answer, type Call, type Problem, pathOf, type RouteShape, type WaysToProve } from '@vastus/contract';
import { connectionFound, connectionLost, settledAfterWaiting, untilReachable } from '../connection/connection.js';
import { forgetTyped } from '../connection/typed.js';
import { noteSignInWith } from '../session/signInWith.js';
import { ApiProblem } from './problem.js';

type Optional<T, K extends keyof T> = undefined extends T[K] ? { [P in K]?: T[K] } : { [P in K]: T[K] };
export type Sent<R extends RouteShape> = Optional<Call<R>, 'params'> & { query?: Call<R>['query'] } & Optional<Call<R>, 'body'>;
export interface SendOptions {
  /** The same key gives the same answer: double clicks and retries are harmless. */
  idempotencyKey?: string;
  /** A question on the way to such a write: it waits for the server as the write does. */
  patient?: boolean;
  /** The version that was read, for edits. */
  ifMatch?: number;
  signal?: AbortSignal;
}

type SignInAgain = () => Promise<boolean>;
let signInAgain: SignInAgain | null = null;

/** Registers who asks for the password when a session ends in the middle of work; returns the way to take that back. */
export function onSessionLost(ask: SignInAgain): () => void {
  signInAgain = ask;
  return () => {
    if (signInAgain === ask) signInAgain = null;
  };
}

type AskForProof = (ways: WaysToProve) => Promise<boolean>;
let askForProof: AskForProof | null = null;

/** Registers who asks somebody to prove who they are before what binds the clinic or opens a door; returns the way to take that back. */
export function onProofAsked(ask: AskForProof): () => void {
  askForProof = ask;
  return () => {
    if (askForProof === ask) askForProof = null;
  };
}

let accessEnded: (() => void) | null = null;

/** Registers who says that an administrator has ended the access; returns the way to take that back. */
export function onAccessEnded(say: () => void): () => void {
  accessEnded = say;
  return () => {
    if (accessEnded === say) accessEnded = null;
  };
}

const IDLE_AFTER_MS = 60_000;
let lastTouched = performance.now();
for (const event of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
  window.addEventListener(
    event,
    () => {
      lastTouched = performance.now();
    },
    { passive: true, capture: true },
  );
/** What a page asks by itself while nobody touches it keeps no session alive. */
const isIdle = () => performance.now() - lastTouched > IDLE_AFTER_MS;

/**
 * Calls a route. When the session has ended, or a fresh proof is asked for, the person gives it in place and the request is repeated,
 * so nothing that was typed is lost. A write whose key makes it harmless to repeat waits until the server can be reached and is
 * sent then. Throws `ApiProblem`.
 */
export async function call<R extends RouteShape>(route: R, sent: Sent<R> & SendOptions): Promise<Answer<R>> {
  const response = await signedIn(route, () => deliver(route, sent));
  return (await response.json().catch(() => null)) as Answer<R>;
}

/** Reads a file and gives it to the browser to keep, under the name the server gave it, or `fileName` where the answer is no file of its own. Throws `ApiProblem`. */
export async function download<R extends RouteShape>(route: R, sent: Sent<R>, fileName?: string): Promise<void> {
  const response = await signedIn(route, () => send(route, sent as Sent<R> & SendOptions, route.file));
  const name = fileName ?? /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'vastus';
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // The browser takes the content when the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function signedIn(route: RouteShape, ask: () => Promise<Response>): Promise<Response> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code === 'access-ended') accessEnded?.();
    if (await mended(route, error)) return ask();
    throw error;
  }
}

/** Whether the person has done what the request was refused for: signed in again, or proven who they are. */
async function mended(route: RouteShape, { code, proof }: ApiProblem): Promise<boolean> {
  if (code === 'not-signed-in' && route.path !== '/session') return (await signInAgain?.()) ?? false;
  return code === 'proof-required' && proof !== null && ((await askForProof?.(proof)) ?? false);
}

/** Sends; a write that may be repeated, and a question on the way to one, wait while the server cannot be reached. */
async function deliver<R extends RouteShape>(route: R, sent: Sent<R> & SendOptions): Promise<Response> {
  const written = route.idempotent && sent.idempotencyKey !== undefined;
  for (let waited = false; ; waited = true) {
    try {
      const answer = await send(route, sent);
      if (waited && written) settledAfterWaiting(true);
      return answer;
    } catch (error) {
      const unreachable = error instanceof ApiProblem && error.isUnreachable;
      if (unreachable && (written || sent.patient) && (await untilReachable())) continue;
      if (waited && written && !unreachable) settledAfterWaiting(false);
      throw error;
    }
  }
}

async function send<R extends RouteShape>(route: R, sent: Sent<R> & SendOptions, accept = 'application/json'): Promise<Response> {
  const { params, query, body, idempotencyKey, ifMatch, signal } = sent as SendOptions & Record<'params' | 'query' | 'body', unknown>;
  const headers: Record<string, string> = { accept };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (isIdle()) headers['vastus-idle'] = '?1';
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey;
  if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`;

  let response: Response;
  try {
    response = await fetch(`/api${pathOf(route, params as Record<string, string> | undefined)}${queryString(query)}`, {
      method: route.method,
      headers,
      credentials: 'same-origin',
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    connectionLost();
    throw new ApiProblem({ status: 0, title: 'offline' });
  }
  if (response.ok) {
    connectionFound();
    // A check or a search while somebody types writes nothing, and signing in or proving who one is sends nothing of a form.
    if (route.method !== 'GET' && route.unversioned !== 'asks' && route.tag !== 'Session') forgetTyped();
    return response;
  }
  const answer: unknown = await response.json().catch(() => null);
  const retryAfter = Number(response.headers.get('retry-after')) || null;
  const problem = new ApiProblem({ ...(answer as Partial<Problem> | null), status: response.status }, retryAfter);
  if (problem.code === 'not-signed-in') noteSignInWith(problem.signInWith);
  if (problem.isUnreachable) connectionLost((retryAfter ?? 0) * 1000);
  else connectionFound();
  throw problem;
}

function queryString(query: unknown): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text && `?${text}`;
}
