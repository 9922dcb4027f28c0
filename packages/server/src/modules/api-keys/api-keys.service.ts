// Keys for machines, made and ended by administrators. Each is a member of the clinic, so that what it records has an author.
import { Injectable } from '@nestjs/common';
import {
  type Answer,
  type ApiKey,
  allows,
  createApiKey,
  type Input,
  type listApiKeys,
  type ProblemIssue,
  revokeApiKey,
} from '@vastus/contract';
import { insert, newId, type Tx } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { newApiKey } from '../../platform/sign-in/api-keys.js';

const DAY_MS = 24 * 60 * 60_000;
// Of nobody: mail to it goes nowhere (RFC 2606).
const DOMAIN = 'machines.invalid';

const KEYS = `
  SELECT k.id, u."name", k.prefix, m.role, k.scopes, k.created_at, c."name" AS created_by_name, k.expires_at, k.last_used_at,
         CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.expires_at <= $2 THEN 'expired' ELSE 'active' END AS state
    FROM api_key k
    JOIN membership m ON m.clinic_id = k.clinic_id AND m.id = k.membership_id
    JOIN auth."user" u ON u."id" = m.user_id
    JOIN membership a ON a.clinic_id = k.clinic_id AND a.id = k.created_by
    JOIN auth."user" c ON c."id" = a.user_id
   WHERE k.clinic_id = $1`;

@Injectable()
export class ApiKeysService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  list(caller: Caller): Promise<Answer<typeof listApiKeys>> {
    return this.commands.read(caller, async (tx) => ({
      items: await tx.many<ApiKey>(`${KEYS} ORDER BY k.created_at DESC, k.id DESC LIMIT 500`, [tx.clinicId, this.machineNow()]),
    }));
  }

  create(caller: Caller, input: Input<typeof createApiKey>): Promise<Answer<typeof createApiKey>> {
    const { name, role, scopes, expiresInDays } = input.body;
    const issues = scopes.flatMap((scope, place): ProblemIssue[] =>
      allows(role, scope) ? [] : [{ pointer: `/scopes/${place}`, code: 'not-allowed', message: 'is nothing that this role may do' }],
    );
    if (issues.length > 0) throw problem('invalid-input', { issues });
    const { token, prefix, tokenHash } = newApiKey();
    return this.commands.run(caller, createApiKey, input, async (tx, now) => {
      const { clinicId } = tx;
      const [id, membershipId, userId] = [newId(), newId(), newId()];
      const email = `key.${id}@${DOMAIN}`;
      await tx.query(
        'INSERT INTO auth."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") VALUES ($1, $2, $3, false, $4, $4)',
        [userId, name, email, now],
      );
      await insert(tx, 'membership', { clinicId, id: membershipId, userId, role, kind: 'machine', createdAt: now });
      // A key ends in real time, as sessions do.
      const expiresAt = new Date(this.clock.machineMs() + expiresInDays * DAY_MS).toISOString();
      const row = { id, membershipId, prefix, tokenHash, scopes, createdAt: now, createdBy: caller.membershipId, expiresAt };
      await insert(tx, 'api_key', { clinicId, ...row });
      await audit(tx, caller, now, {
        action: 'api-key.create',
        subjectType: 'api-key',
        subjectId: id,
        after: { name, prefix, role, scopes, expiresAt },
      });
      return { key: await this.keyById(tx, id), token };
    });
  }

  revoke(caller: Caller, input: Input<typeof revokeApiKey>): Promise<ApiKey> {
    const { keyId } = input.params;
    return this.commands.run(caller, revokeApiKey, input, async (tx, now) => {
      await tx.query('SELECT id FROM api_key WHERE clinic_id = $1 AND id = $2 FOR UPDATE', [tx.clinicId, keyId]);
      const before = await this.keyById(tx, keyId);
      if (before.state === 'revoked') throw problem('state-changed', { detail: 'The key was revoked already.' });
      await tx.query(
        `WITH ended AS (UPDATE api_key SET revoked_at = $3, revoked_by = $4 WHERE clinic_id = $1 AND id = $2 RETURNING membership_id)
         UPDATE membership SET active = false, deactivated_at = $3 WHERE clinic_id = $1 AND id IN (SELECT membership_id FROM ended)`,
        [tx.clinicId, keyId, now, caller.membershipId],
      );
      const { name, prefix } = before;
      await audit(tx, caller, now, { action: 'api-key.revoke', subjectType: 'api-key', subjectId: keyId, before: { name, prefix } });
      return this.keyById(tx, keyId);
    });
  }

  private async keyById(tx: Tx, id: string): Promise<ApiKey> {
    const found = await tx.maybe<ApiKey>(`${KEYS} AND k.id = $3`, [tx.clinicId, this.machineNow(), id]);
    if (!found) throw problem('not-found', { detail: 'There is no such key.' });
    return found;
  }

  private machineNow(): string {
    return new Date(this.clock.machineMs()).toISOString();
  }
}
