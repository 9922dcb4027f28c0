// A span for each request. Never a path as it was typed, a query, a body, an address or a person: a span leaves the house.
import { type Context, context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { shapesOf } from '../routing/completeness.js';
import { API_PREFIX } from '../routing/handles.js';

const tracer = trace.getTracer('@vastus/server');
const NO_ROUTE = '(none)';
/** Asked every few seconds by machines, and of no interest to anybody who looks for a slow request. */
const UNTRACED = ['/healthz', '/readyz', '/metrics'];

/** The template of the address, never the address. */
export const routeOf = (request: FastifyRequest): string => (request.is404 ? NO_ROUTE : (request.routeOptions.url ?? NO_ROUTE));

/** Must be told before the hooks whose work it covers. Does nothing where no endpoint is configured. */
export function traceRequests(fastify: FastifyInstance, config: Config): void {
  if (!config.otlpEndpoint) return;
  // A stream lasts as long as the dashboard is open: no span of that length says anything.
  const streams = shapesOf(config).flatMap(([, { stream, path }]) => (stream ? [`${API_PREFIX}${path}`] : []));
  const untraced = new Set([...UNTRACED, ...streams]);
  const begun = new WeakMap<FastifyRequest, { inside: Context; span: Span }>();
  const carryOn = (request: FastifyRequest, done: () => void) => {
    const found = begun.get(request);
    if (found) context.with(found.inside, done);
    else done();
  };
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = routeOf(request);
    if (untraced.has(route)) return done();
    // Anybody may send a header; a trace is carried on where a proxy of ours stands in front, and only then.
    const before = config.trustedProxies ? propagation.extract(ROOT_CONTEXT, request.headers) : ROOT_CONTEXT;
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, before);
    begun.set(request, { inside: trace.setSpan(before, span), span });
    carryOn(request, done);
  });
  // What comes after the body was read is called by the socket, which knows of no trace.
  fastify.addHook('preValidation', (request, _reply, done) => carryOn(request, done));
  // Before the line of the log that says what was answered, so that it names the trace.
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = begun.get(request)?.span;
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    carryOn(request, done);
  });
}
