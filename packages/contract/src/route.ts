/**
 * One declaration per route. The server's guard, validation, answers and OpenAPI document and the dashboard's client all read it;
 * a controller method without a declaration, or a declaration without a handler, stops the start.
 */
import type { z } from 'zod';
import type { Permission } from './permissions.js';
import type { ProblemCode } from './problems.js';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Who may call: a permission of the table, `signedIn` (any staff member), or `public` with the reason why. */
export type Access = { needs: Permission } | { signedIn: string } | { public: string };

/**
 * Why two people at once cannot overwrite each other where a route changes a record without asking for its version. What is said here
 * is tried by a test: the same request is sent twice.
 */
export const UNVERSIONED = {
  adds: 'It adds a record. What was recorded before stays as it is.',
  once: 'It leads out of a state that is left once, or names the one version it takes the place of: whoever comes second is told, and changes nothing.',
  repeats: 'It says what shall be, and nothing of it comes from what was read before: asked again, it changes nothing.',
  asks: 'It asks, or computes, and changes no record.',
} as const;
export type Unversioned = keyof typeof UNVERSIONED;

/**
 * Whether an act asks who sits there once more. `fresh`: the person proved it within the last minutes, in this session; on a route that is
 * public, whoever is signed in. `not` says why an act that might be expected to ask does not.
 */
export type ProofAsked = 'fresh' | { not: string };

export interface RouteShape {
  method: Method;
  /** Below `/api`, with `:name` parameters: `/patients/:patientId/injections`. */
  path: string;
  tag: string;
  summary: string;
  access: Access;
  /** Said by every route that changes an account, or writes under one of the `PROVEN_PERMISSIONS`. */
  proof?: ProofAsked;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType;
  /** 200 unless said: 201 for what was recorded, 202 for what was queued. */
  status?: 200 | 201 | 202;
  /** A write that stores its answer under the `Idempotency-Key` header: the same key gives the same answer. */
  idempotent?: boolean;
  /** The edit of a versioned record: `If-Match` is required. */
  ifMatch?: boolean;
  /** In place of `ifMatch`, on a route that changes something about the record in its path: why it needs none. */
  unversioned?: Unversioned;
  /** Problems beyond the ones every route may answer (422, 401, 403, 404, 500). */
  problems?: readonly ProblemCode[];
  /** Bytes; 256 KiB unless said. */
  bodyLimit?: number;
  /** Answers a file of this type to be kept; `response` is its text. */
  file?: 'text/csv' | 'application/pdf';
  /** Answers `text/event-stream`; `response` is the shape of one event. */
  stream?: boolean;
  /** Exists only where that is switched on. */
  onlyWith?: 'test-clock' | 'single-sign-on';
}

/** Declares a route and keeps its exact types. */
export function route<const R extends RouteShape>(shape: R): R {
  return shape;
}

type Out<T> = T extends z.ZodType ? z.output<T> : undefined;
type In<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives: parsed path parameters, query and body. */
export interface Input<R extends RouteShape> {
  params: Out<R['params']>;
  query: Out<R['query']>;
  body: Out<R['body']>;
}
/** What a handler returns and the client receives. */
export type Answer<R extends RouteShape> = z.output<R['response']>;
/** What a client sends. */
export interface Call<R extends RouteShape> {
  params: In<R['params']>;
  query?: In<R['query']>;
  body: In<R['body']>;
}

/** The declared path with its parameters filled in and percent-encoded, below `/api`. */
export function pathOf(shape: Pick<RouteShape, 'path'>, params: Record<string, string> = {}): string {
  return shape.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`path parameter ${name} is missing`);
    return encodeURIComponent(value);
  });
}
