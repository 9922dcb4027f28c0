import { createHash } from 'node:crypto';
import { type Database, newId } from '@vastus/db';
import type { Clock } from '../clock.js';
import { problem } from '../problems/problem.js';

const WINDOW_MS = 5 * 60_000;
const KEPT_MS = 24 * 60 * 60_000;
const PER_ACCOUNT_AND_ADDRESS = 10;
const PER_ADDRESS = 100;

// The key keeps no address and no account, only whether they are the same as before.
const keyOf = (...parts: string[]) => `sign-in:${createHash('sha256').update(parts.join('\n')).digest('base64url')}`;

/** Counts attempts to sign in, in the database, so that all instances count together. A window begins with its first attempt. */
export class SignInAttempts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts this attempt, or refuses it. Answers how to take the count back when the password was right. */
  async count(email: string, address: string): Promise<() => Promise<void>> {
    const account = keyOf(email.toLowerCase(), address);
    const everybody = keyOf(address);
    await this.countOne(account, PER_ACCOUNT_AND_ADDRESS);
    await this.countOne(everybody, PER_ADDRESS);
    return async () => {
      await this.database.anywhere(async (q) => {
        await q.query('DELETE FROM auth."rateLimit" WHERE "key" = $1', [account]);
        await q.query('UPDATE auth."rateLimit" SET "count" = greatest("count" - 1, 0) WHERE "key" = $1', [everybody]);
        await q.query('DELETE FROM auth."rateLimit" WHERE "lastRequest" < $1', [this.clock.machineMs() - KEPT_MS]);
      });
    };
  }

  private async countOne(key: string, limit: number): Promise<void> {
    const now = this.clock.machineMs();
    const row = await this.database.anywhere((q) =>
      q.one<{ count: number; lastRequest: number }>(
        `INSERT INTO auth."rateLimit" AS r ("id", "key", "count", "lastRequest") VALUES ($1, $2, 1, $3)
         ON CONFLICT ("key") DO UPDATE SET "count" = CASE WHEN r."lastRequest" <= $4 THEN 1 ELSE least(r."count" + 1, 1000000) END,
           "lastRequest" = CASE WHEN r."lastRequest" <= $4 THEN $3 ELSE r."lastRequest" END
         RETURNING "count", "lastRequest"`,
        [newId(), key, now, now - WINDOW_MS],
      ),
    );
    if (row.count > limit)
      throw problem('too-many-requests', {
        retryAfter: (row.lastRequest + WINDOW_MS - now) / 1000,
        detail: 'Too many attempts to sign in. Wait a few minutes.',
      });
  }
}
