// What the server takes on at once and how long it waits for anybody: more than it can do is refused while it can still say so.
import { listenToChanges } from '@vastus/contract';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import type { Metrics } from '../metrics.js';
import { problem } from '../problems/problem.js';
import { API_PREFIX } from '../routing/handles.js';

export interface Limits {
  /** Requests that are worked on at once; the rest is told to come back. */
  atOnce: number;
  /** Connections of this process, those of dashboards that listen among them; more are not accepted. */
  connections: number;
  /** For the headers to arrive, and for the whole request. */
  headersMs: number;
  requestMs: number;
  /** How often it is looked who is too slow. */
  checkEveryMs: number;
  /** For requests under way when the process is told to end; then they are cut off. */
  farewellMs: number;
}

// For each connection to the database so many may wait: at 10 ms each, the last of them is answered well within a second.
const WAITING_FOR_ONE = 20;
const RETRY_AFTER_S = 1;
/** Asked most when there is most to do; and a stream that stays open is no work. */
const ALWAYS_TAKEN = new Set(['/healthz', '/readyz', '/metrics', `${API_PREFIX}${listenToChanges.path}`]);
const SWEEP_MS = 50;

export const limitsOf = ({ databasePoolSize }: Pick<Config, 'databasePoolSize'>): Limits => ({
  atOnce: databasePoolSize * WAITING_FOR_ONE,
  connections: 4_000,
  headersMs: 15_000,
  requestMs: 60_000,
  checkEveryMs: 5_000,
  farewellMs: 10_000,
});

export function keepWithin({ atOnce, connections, farewellMs }: Limits, fastify: FastifyInstance, metrics: Metrics): void {
  let underWay = 0;
  let ending = false;
  fastify.server.maxConnections = connections;
  metrics.gauge('vastus_http_under_way', 'Requests that are worked on', () => underWay);
  fastify.addHook('onRequest', async (request, reply) => {
    // Only those who had a connection open can still ask; whoever connects anew reaches another process.
    if (ending) {
      reply.header('connection', 'close');
      throw problem('unavailable', { retryAfter: RETRY_AFTER_S, detail: 'This server is being stopped.' });
    }
    if (ALWAYS_TAKEN.has(request.routeOptions.url ?? '')) return;
    if (underWay >= atOnce) throw problem('unavailable', { retryAfter: RETRY_AFTER_S, detail: 'There is too much to do at the moment.' });
    underWay += 1;
    // Answered or given up, it closes once.
    reply.raw.once('close', () => {
      underWay -= 1;
    });
  });
  // Told to end, the server takes no new connections, lets go of each as soon as nothing is under way on it, and waits for the rest.
  fastify.addHook('preClose', (done) => {
    ending = true;
    if (fastify.server.listening) {
      const sweep = setInterval(() => fastify.server.closeIdleConnections(), SWEEP_MS);
      const farewell = setTimeout(() => fastify.server.closeAllConnections(), farewellMs);
      fastify.server.once('close', () => {
        clearInterval(sweep);
        clearTimeout(farewell);
      });
    }
    done();
  });
}
