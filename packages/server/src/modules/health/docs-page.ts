/// <reference path="../../types/swagger-ui-dist.d.ts" />
// Swagger UI from our own node_modules, with the two inline scripts of its stock page in a file: the policy allows no inline script.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
// Not the package itself: that would run the whole browser bundle to tell where it lies.
import folderOf from 'swagger-ui-dist/absolute-path.js';
import { problem } from '../../platform/problems/problem.js';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vastus API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<main id="page"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/show.js"></script>
</body>
</html>
`;
const SHOW =
  "SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#page', deepLinking: true, displayRequestDuration: true, docExpansion: 'none', filter: true });\n";
const FROM_SWAGGER_UI: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

export function serveDocs(fastify: FastifyInstance): void {
  fastify.get('/api/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  fastify.get<{ Params: { file: string } }>('/api/docs/:file', async (request, reply) => {
    const { file } = request.params;
    reply.header('cache-control', 'public, max-age=3600');
    if (file === 'show.js') return reply.type('text/javascript; charset=utf-8').send(SHOW);
    const type = FROM_SWAGGER_UI[file];
    if (!Object.hasOwn(FROM_SWAGGER_UI, file) || !type) throw problem('not-found');
    return reply.type(type).send(await readFile(path.join(folderOf(), file)));
  });
}
