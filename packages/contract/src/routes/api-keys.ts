/** Keys for machines: laboratories that send results, practice systems that read. Shown once, kept as hashes. */
import { ROLES } from '@vastus/clinical';
import { z } from 'zod';
import { KEY_SCOPES } from '../permissions.js';
import { route } from '../route.js';
import { Id, InstantOut, text } from '../values.js';

const Scope = z.enum(KEY_SCOPES);

export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    /** The beginning of the key, by which it is recognised. */
    prefix: z.string(),
    role: z.enum(ROLES),
    scopes: z.array(Scope),
    state: z.enum(['active', 'expired', 'revoked']),
    createdAt: InstantOut,
    createdByName: z.string(),
    expiresAt: InstantOut,
    lastUsedAt: InstantOut.nullable(),
  })
  .meta({ id: 'ApiKey' });

const tag = 'API keys';
const access = { needs: 'api-key.manage' } as const;

export const listApiKeys = route({
  method: 'GET',
  path: '/api-keys',
  tag,
  summary: 'The clinic’s keys, those that ended included',
  access,
  response: z.object({ items: z.array(ApiKey) }),
});
export const createApiKey = route({
  method: 'POST',
  path: '/api-keys',
  tag,
  summary: 'Make a key; it is answered this once. It acts in a role, within the scopes it is given',
  access,
  proof: 'fresh',
  status: 201,
  body: z
    .strictObject({
      name: text(80),
      role: z.enum(ROLES),
      scopes: z
        .array(Scope)
        .min(1)
        .max(KEY_SCOPES.length)
        .transform((scopes) => [...new Set(scopes)]),
      expiresInDays: z.int().min(1).max(366),
    })
    .meta({ id: 'CreateApiKey' }),
  response: z.object({ key: ApiKey, token: z.string() }),
});
export const revokeApiKey = route({
  method: 'POST',
  path: '/api-keys/:keyId/revoke',
  tag,
  summary: 'End a key at once; what was recorded with it keeps its name',
  access,
  proof: { not: 'It only closes a door, and that must be quick.' },
  params: z.strictObject({ keyId: Id }),
  response: ApiKey,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type ApiKey = z.output<typeof ApiKey>;
