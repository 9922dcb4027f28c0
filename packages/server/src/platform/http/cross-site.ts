import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { problem } from '../problems/problem.js';
import { hasKey } from '../sign-in/api-keys.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses what a browser sends here because another site told it to. Programs that are no browser send neither header. */
export function refuseCrossSite(config: Config): (request: FastifyRequest) => Promise<void> {
  const publicHost = new URL(config.publicUrl).host;
  return async (request) => {
    // With a key no cookie is looked at, and a browser adds a key to nothing that another site sends.
    if (SAFE.has(request.method) || hasKey(request)) return;
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw problem('cross-site-request');
    const { origin } = request.headers;
    if (origin === undefined) return;
    const host = URL.canParse(origin) ? new URL(origin).host : undefined;
    if (!host || (host !== publicHost && host !== request.host)) throw problem('cross-site-request');
  };
}
