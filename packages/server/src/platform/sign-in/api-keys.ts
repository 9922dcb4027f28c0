// From `Authorization: Bearer …` to the machine that asks. No cookie is looked at then, and no key opens more than its scopes.
import { Injectable } from '@nestjs/common';
import type { Role } from '@vastus/clinical';
import type { Permission } from '@vastus/contract';
import { Database, statement } from '@vastus/db';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { problem } from '../problems/problem.js';
import type { Caller } from '../routing/caller.js';
import { Attempts } from './attempts.js';
import { hashOf, newToken } from './tokens.js';

/** Says whose key it is to whoever finds one lying about. */
const MARK = 'vastus_';
const PREFIX_LENGTH = MARK.length + 6;
const BEARER = /^Bearer +([\w-]{20,120})$/i;
const MINUTE_MS = 60_000;

interface Found {
  clinicId: string;
  id: string;
  membershipId: string;
  userId: string;
  role: Role;
  name: string;
  scopes: Permission[];
  timeZone: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

const FIND = statement('api-key-find', 'SELECT * FROM api_key_with($1)');
const USED = statement('api-key-used', 'UPDATE api_key SET last_used_at = $3 WHERE clinic_id = $1 AND id = $2');

export function newApiKey(): { token: string; prefix: string; tokenHash: string } {
  const token = `${MARK}${newToken()}`;
  return { token, prefix: token.slice(0, PREFIX_LENGTH), tokenHash: hashOf(token) };
}

/** Whether a request comes with a key rather than with a cookie; a browser adds this header for nobody. */
export const hasKey = (request: Pick<FastifyRequest, 'headers'>): boolean => request.headers.authorization !== undefined;

@Injectable()
export class ApiKeys {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly attempts: Attempts,
  ) {}

  /** The machine whose key this is, as a caller that may do what its scopes say. */
  async whoIs(request: FastifyRequest): Promise<Caller> {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const found = token && (await this.database.anywhere((q) => q.maybe<Found>(FIND, [hashOf(token)])));
    const nowMs = this.clock.machineMs();
    if (!found || Date.parse(found.expiresAt) <= nowMs)
      throw problem('not-signed-in', { detail: 'The key is unknown, revoked or expired.' });
    await this.attempts.keyUse(found.id);
    const { clinicId, id, membershipId, userId, role, name, scopes, timeZone, lastUsedAt } = found;
    if (lastUsedAt === null || nowMs - Date.parse(lastUsedAt) > MINUTE_MS)
      await this.database.transaction({ clinicId }, (tx) => tx.query(USED, [clinicId, id, new Date(nowMs).toISOString()]));
    return { clinicId, membershipId, userId, role, name, timeZone, requestId: request.id, scopes };
  }
}
