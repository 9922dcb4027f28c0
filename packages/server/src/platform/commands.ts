// The one way to write: one transaction that knows clinic and actor, one `now`, and an Idempotency-Key that gives the same answer
// twice. Whatever fails leaves nothing behind, not even the key.
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { addHours, type Instant } from '@vastus/clinical';
import type { RouteShape } from '@vastus/contract';
import { Database, json, statement, type Tx } from '@vastus/db';
import { Clock } from './clock.js';
import { problem } from './problems/problem.js';
import type { Actor, Caller } from './routing/caller.js';

/** A key older than this is a new one: whoever repeats a request does it within minutes. */
export const keysExpireBefore = (now: Instant): Instant => addHours(now, -24);

// A second request with the same key waits here until the first has committed or rolled back; an expired key is taken over.
const CLAIM = statement(
  'idempotency-claim',
  `INSERT INTO idempotency_key (clinic_id, actor_id, key, request_hash, response, created_at) VALUES ($1, $2, $3, $4, 'null', $5)
   ON CONFLICT (clinic_id, actor_id, key) DO UPDATE SET request_hash = excluded.request_hash, response = excluded.response, created_at = excluded.created_at
    WHERE idempotency_key.created_at < $6`,
);
const RECALL = statement(
  'idempotency-recall',
  'SELECT request_hash, response FROM idempotency_key WHERE clinic_id = $1 AND actor_id = $2 AND key = $3',
);
const KEEP = statement('idempotency-keep', 'UPDATE idempotency_key SET response = $4 WHERE clinic_id = $1 AND actor_id = $2 AND key = $3');

@Injectable()
export class Commands {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` for a request. `input` is everything the request said (the handler's whole input): it decides whether a repeated
   * key is the same request. `work` may run again after a lost race, so it touches nothing but the transaction.
   */
  async run<T>(caller: Caller, shape: RouteShape, input: unknown, work: (tx: Tx, now: Instant) => Promise<T>): Promise<T> {
    const now = this.clock.now();
    const key = shape.idempotent ? caller.idempotencyKey : undefined;
    return this.database.transaction({ clinicId: caller.clinicId, actorId: caller.membershipId }, async (tx) => {
      if (key === undefined) return work(tx, now);
      const place = [caller.clinicId, caller.membershipId, key];
      const hash = requestHash(shape, input, caller.ifMatch);
      const { count } = await tx.query(CLAIM, [...place, hash, now, keysExpireBefore(now)]);
      if (count === 0) return this.recall<T>(tx, place, hash);
      const answer = await work(tx, now);
      await tx.query(KEEP, [...place, json(answer)]);
      return answer;
    });
  }

  /** The same for the system itself: a job, an import. */
  async runAsSystem<T>(actor: Actor, work: (tx: Tx, now: Instant) => Promise<T>): Promise<T> {
    const now = this.clock.now();
    return this.database.transaction({ clinicId: actor.clinicId, actorId: actor.membershipId }, (tx) => work(tx, now));
  }

  /** Reading in the caller's clinic; the database refuses to write. */
  async read<T>(caller: Pick<Actor, 'clinicId' | 'membershipId'>, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction({ clinicId: caller.clinicId, actorId: caller.membershipId, readOnly: true }, work);
  }

  private async recall<T>(tx: Tx, place: string[], hash: string): Promise<T> {
    const kept = await tx.one<{ requestHash: string; response: T }>(RECALL, place);
    if (kept.requestHash !== hash) throw problem('idempotency-key-reused');
    return kept.response;
  }
}

function requestHash(shape: RouteShape, input: unknown, ifMatch: number | undefined): string {
  return createHash('sha256')
    .update(`${shape.method} ${shape.path}\n${JSON.stringify(input, sortedKeys)}\n${ifMatch ?? ''}`)
    .digest('base64url');
}

// The same fields in another order are the same request.
function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
