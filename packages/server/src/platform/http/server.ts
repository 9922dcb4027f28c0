// Fastify as every request meets it, before Nest: limits, request ids, headers, the cross-site check, the log of answers.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Config } from '../config.js';
import type { RootLogger } from '../log.js';
import type { Metrics } from '../metrics.js';
import { sendProblem } from '../problems/problem.filter.js';
import { problem } from '../problems/problem.js';
import { shapesOf, watchRoutes } from '../routing/completeness.js';
import { API_PREFIX } from '../routing/handles.js';
import { routeOf, traceRequests } from '../tracing/requests.js';
import { refuseCrossSite } from './cross-site.js';
import { securityHeaders } from './headers.js';
import { readJsonBodies } from './json-body.js';
import { keepWithin, type Limits, limitsOf } from './limits.js';

const BODY_LIMIT = 256 * 1024;
const REQUEST_ID = /^[\w.:-]{8,100}$/;

export function createAdapter(config: Config, logger: RootLogger, metrics: Metrics, chosen: Partial<Limits> = {}): FastifyAdapter {
  const limits = { ...limitsOf(config), ...chosen };
  const adapter = new FastifyAdapter({
    loggerInstance: logger as never,
    // Its lines hold addresses as they were typed; ours below hold templates.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustedProxies ?? false,
    requestTimeout: limits.requestMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.checkEveryMs },
    // Fastify's own answer is no problem+json; limits.ts gives one.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply, problem('malformed-request', { detail: 'The address could not be read.' }), request.id);
    },
  });
  const fastify = adapter.getInstance();
  watchRoutes(fastify as never);
  const bodyLimits = new Map(shapesOf(config).map(([, shape]) => [`${shape.method} ${API_PREFIX}${shape.path}`, shape.bodyLimit]));
  fastify.addHook('onRoute', (route) => {
    const limit = bodyLimits.get(`${route.method} ${route.url}`);
    if (limit !== undefined) route.bodyLimit = limit;
  });
  readJsonBodies(fastify as never);
  traceRequests(fastify as never, config);
  fastify.decorateRequest('vastus', null as never);
  fastify.addHook('onRequest', async (request) => {
    request.vastus = {};
  });
  fastify.addHook('onRequest', securityHeaders(config));
  fastify.addHook('onRequest', refuseCrossSite(config));
  keepWithin(limits, fastify as never, metrics);
  fastify.addHook('onResponse', async (request, reply) => {
    const route = routeOf(request);
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    const { clinicId, membershipId } = request.vastus?.caller ?? {};
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        clinicId,
        membershipId,
      },
      'answered',
    );
  });
  return adapter;
}
