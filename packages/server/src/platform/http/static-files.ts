// The dashboard's files. The build compresses them (name.js.br, name.js.gz beside name.js); here they are only picked.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '../problems/problem.js';
import { StartError } from '../stopping.js';
import { unknownAddress } from './addresses.js';

// Vite names what it emits after its content.
const HASHED = /-[\w-]{8}\.\w+$/;
const PACKED = /\.(br|gz)$/;

/**
 * The one script that may compile WebAssembly: it reads symbols in pictures of the camera, runs as a worker, and has this policy to
 * itself. The pages keep theirs, under which nothing is compiled.
 */
const COMPILES = /^\/assets\/vialReader\.worker-[\w-]+\.js$/;
const POLICY_OF_WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

export const STATIC_ROUTE = '/*';

export async function serveDashboard(fastify: FastifyInstance, root: string): Promise<void> {
  const folder = path.resolve(root);
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !PACKED.test(entry.name))
      .map((entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')}`),
  );
  if (!files.has('/index.html')) throw new StartError(`VASTUS_STATIC_DIR: there is no index.html in ${folder}`);
  await fastify.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, cacheControl: false, index: false });
  fastify.get(STATIC_ROUTE, async (request, reply) => {
    const file = pathOf(request);
    if (file.startsWith('/api/') || file === '/api') throw unknownAddress(request.url);
    if (files.has(file)) return send(reply, file);
    // Addresses inside the dashboard are its own business; a missing script is not a page.
    if (path.posix.extname(file) === '' && (request.headers.accept ?? '*/*').match(/text\/html|\*\/\*/)) return send(reply, '/index.html');
    throw problem('not-found', { detail: 'There is nothing at this address.' });
  });
}

function pathOf(request: FastifyRequest): string {
  try {
    return decodeURIComponent(request.url.split('?', 1)[0] ?? '/');
  } catch {
    throw problem('malformed-request', { detail: 'The address is not percent-encoded UTF-8.' });
  }
}

function send(reply: FastifyReply, file: string): FastifyReply {
  if (COMPILES.test(file)) reply.header('content-security-policy', POLICY_OF_WORKER);
  reply.header('cache-control', file.startsWith('/assets/') && HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
  return reply.sendFile(file.slice(1));
}
