import { KEY_SCOPES, type Permission, PROBLEMS, Problem, type ProblemCode, ROUTES, type RouteShape } from '@vastus/contract';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { PRODUCT_VERSION } from '../../platform/version.js';

const COOKIE = 'vastus.session';

/** OpenAPI 3.1 of every declared route; nothing in it is written by hand a second time. */
export function openApiDocument(routes: Record<string, RouteShape> = ROUTES): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, shape] of Object.entries(routes)) {
    const path = `/api${shape.path.replace(/:([A-Za-z]+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [shape.method.toLowerCase()]: operation(name, shape) };
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Vastus',
        version: PRODUCT_VERSION,
        description:
          'Tracks intramuscular vitamin injections. It supports clinical judgement and does not replace it. Errors are application/problem+json (RFC 9457).',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: [...new Set(Object.values(routes).map(({ tag }) => tag))].map((name) => ({ name })),
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: COOKIE, description: 'Set by POST /api/session.' },
          key: {
            type: 'http',
            scheme: 'bearer',
            description: 'A key of the clinic, made by an administrator; it needs the scope of the permission.',
          },
        },
      },
      paths,
    },
    { allowEmptySchema: { unknown: true, any: true, transform: { output: true }, custom: true } },
  );
}

function operation(name: string, shape: RouteShape): ZodOpenApiOperationObject {
  const { access } = shape;
  return {
    operationId: name,
    tags: [shape.tag],
    summary: shape.summary,
    description: describeAccess(shape),
    security: 'public' in access ? [] : [{ session: [] }, ...(isForKeys(shape) ? [{ key: [] }] : [])],
    requestParams: given({ path: shape.params, query: shape.query, header: headersOf(shape) }),
    requestBody: shape.body ? { required: true, content: { 'application/json': { schema: shape.body } } } : undefined,
    responses: {
      [String(shape.status ?? 200)]: {
        description: shape.stream ? 'Events, as long as the connection lasts' : shape.file ? 'A file to keep' : 'Done',
        content: { [shape.file ?? (shape.stream ? 'text/event-stream' : 'application/json')]: { schema: shape.response } },
      },
      ...problemResponses(shape),
    },
  } as ZodOpenApiOperationObject;
}

const isForKeys = ({ access }: RouteShape) => 'needs' in access && (KEY_SCOPES as readonly Permission[]).includes(access.needs);

// The library takes an absent part, and no `undefined`.
const given = (parts: Record<string, z.ZodType | undefined>) =>
  Object.fromEntries(Object.entries(parts).filter(([, schema]) => schema !== undefined));

function describeAccess({ access, bodyLimit, proof }: RouteShape): string {
  const who =
    'needs' in access
      ? `Needs the permission \`${access.needs}\`.`
      : 'signedIn' in access
        ? `Needs a session: ${access.signedIn}.`
        : `Public: ${access.public}.`;
  if (proof === 'fresh')
    return `${who} Asks who sits there: the session was proven within the last ten minutes, by signing in or by \`POST /session/proof\`.`;
  return bodyLimit ? `${who} At most ${bodyLimit / 1024 / 1024} MiB.` : who;
}

function headersOf({ idempotent, ifMatch }: RouteShape): z.ZodObject | undefined {
  if (!idempotent && !ifMatch) return undefined;
  return z.object({
    ...(idempotent
      ? {
          'Idempotency-Key': z
            .string()
            .min(1)
            .max(200)
            .optional()
            .meta({ description: 'The same key and request give the same answer, and one effect.' }),
        }
      : {}),
    ...(ifMatch ? { 'If-Match': z.string().meta({ description: 'The version that was read, as its ETag says it.', example: '"3"' }) } : {}),
  });
}

/** Every problem the route can answer, by status; several codes of one status share a response. */
function problemResponses(shape: RouteShape): ZodOpenApiOperationObject['responses'] {
  const codes = new Set<ProblemCode>(['malformed-request', 'invalid-input', 'internal', 'unavailable', ...(shape.problems ?? [])]);
  if (!('public' in shape.access)) codes.add('not-signed-in').add('too-many-requests');
  if ('needs' in shape.access) codes.add('not-permitted');
  if (shape.proof === 'fresh') codes.add('proof-required');
  if (shape.path.includes(':')) codes.add('not-found');
  // Whoever sends a body is told what is wrong with it, also where none is asked for.
  if (shape.method !== 'GET') codes.add('cross-site-request').add('body-too-large').add('unsupported-media-type');
  if (shape.idempotent) codes.add('idempotency-key-reused');
  if (shape.ifMatch) codes.add('version-required').add('stale-version');
  const statuses = [...new Set([...codes].map((code) => PROBLEMS[code].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const same = [...codes].filter((code) => PROBLEMS[code].status === status);
      return [
        String(status),
        {
          description: same.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join(' · '),
          content: { 'application/problem+json': { schema: Problem } },
        },
      ];
    }),
  );
}
