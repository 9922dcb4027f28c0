import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, newId } from '@vastus/db';
import { Clock } from '../clock.js';
import { Metrics } from '../metrics.js';
import { problem } from '../problems/problem.js';

const MINUTE_MS = 60_000;
const KEPT_MS = 24 * 60 * MINUTE_MS;

/** At most so many attempts in a window that begins with the first of them. `forgiven`: a right answer takes all failures back. */
interface Limit {
  what: string;
  most: number;
  windowMs: number;
  forgiven: boolean;
}
/** `by`: how many at once. */
type Counted = Limit & { of: readonly string[]; by?: number };

const PER_ACCOUNT_AND_ADDRESS: Limit = { what: 'sign-in', most: 10, windowMs: 5 * MINUTE_MS, forgiven: true };
// Guessing from many addresses at once. Wide enough that nobody locks a colleague out by hand.
const PER_ACCOUNT: Limit = { what: 'sign-in-account', most: 40, windowMs: 15 * MINUTE_MS, forgiven: false };
const PER_ADDRESS: Limit = { what: 'sign-in', most: 100, windowMs: 5 * MINUTE_MS, forgiven: false };
// Of somebody who is signed in: the password asked for again. Not counted with the codes, or a right one would forgive wrong codes.
const PASSWORDS: Limit = { what: 'password-again', most: 10, windowMs: 15 * MINUTE_MS, forgiven: true };
const CODES: Limit = { what: 'second-factor', most: 10, windowMs: 15 * MINUTE_MS, forgiven: true };
// Everybody of an organisation may come from one address; whoever got in is taken back.
const ANSWERS: Limit = { what: 'single-sign-on', most: 60, windowMs: 5 * MINUTE_MS, forgiven: false };
const INVITATIONS: Limit = { what: 'invitation', most: 30, windowMs: 5 * MINUTE_MS, forgiven: false };

const SESSION_USES = { what: 'session', windowMs: MINUTE_MS, forgiven: false };
const KEY_USES: Limit = { what: 'api-key', most: 600, windowMs: MINUTE_MS, forgiven: false };

const SAID: Readonly<Record<string, string>> = { 'api-key': 'This key asks too often.', session: 'Too many requests in a minute.' };

// The key keeps no address and no account, only whether they are the same as before.
const keyOf = ({ what, of }: Counted) => `${what}:${createHash('sha256').update(of.join('\n')).digest('base64url')}`;

/** Takes the count back when the answer was right. */
export type Forgive = () => Promise<void>;

/** Counts attempts to get in, in the database, so that all instances count together. */
@Injectable()
export class Attempts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** An attempt to sign in with a password, or a refusal. `onLocked` hears of the first refusal of each window. */
  signIn(email: string, address: string, onLocked: () => Promise<void>): Promise<Forgive> {
    const account = email.toLowerCase();
    return this.count(
      [
        { ...PER_ACCOUNT_AND_ADDRESS, of: [account, address] },
        { ...PER_ACCOUNT, of: [account] },
        { ...PER_ADDRESS, of: [address] },
      ],
      onLocked,
    );
  }

  /** A code of somebody whose password was right. */
  code(userId: string, onLocked: () => Promise<void>): Promise<Forgive> {
    return this.count([{ ...CODES, of: [userId] }], onLocked);
  }

  /** The password of somebody who is signed in. */
  password(userId: string, onLocked: () => Promise<void>): Promise<Forgive> {
    return this.count([{ ...PASSWORDS, of: [userId] }], onLocked);
  }

  /** Both of them at once: neither count is forgiven before both were right. */
  passwordAndCode(userId: string, onLocked: () => Promise<void>): Promise<Forgive> {
    return this.count(
      [PASSWORDS, CODES].map((limit) => ({ ...limit, of: [userId] })),
      onLocked,
    );
  }

  /** An answer of the organisation's provider, before the provider is asked about it. */
  providerAnswer(address: string): Promise<Forgive> {
    return this.count([{ ...ANSWERS, of: [address] }], async () => {});
  }

  invitation(address: string): Promise<Forgive> {
    return this.count([{ ...INVITATIONS, of: [address] }], async () => {});
  }

  /** One request with a machine's key. */
  async keyUse(keyId: string): Promise<void> {
    await this.count([{ ...KEY_USES, of: [keyId] }], async () => {});
  }

  /** Requests of one session, several at a time: people's are too many to be written down one by one. */
  async sessionUse(sessionId: string, by: number, most: number): Promise<void> {
    await this.count([{ ...SESSION_USES, most, by, of: [sessionId] }], async () => {});
  }

  private async count(limits: readonly Counted[], onLocked: () => Promise<void>): Promise<Forgive> {
    for (const limit of limits) await this.countOne(limit, onLocked);
    return async () => {
      const keys = (forgiven: boolean) => limits.filter((limit) => limit.forgiven === forgiven).map(keyOf);
      await this.database.anywhere(async (q) => {
        await q.query('DELETE FROM auth."rateLimit" WHERE "key" = ANY ($1) OR "lastRequest" < $2', [
          keys(true),
          this.clock.machineMs() - KEPT_MS,
        ]);
        await q.query('UPDATE auth."rateLimit" SET "count" = greatest("count" - 1, 0) WHERE "key" = ANY ($1)', [keys(false)]);
      });
    };
  }

  private async countOne(limit: Counted, onLocked: () => Promise<void>): Promise<void> {
    const now = this.clock.machineMs();
    const { most, by = 1 } = limit;
    const row = await this.database.anywhere((q) =>
      q.one<{ count: number; lastRequest: number }>(
        `INSERT INTO auth."rateLimit" AS r ("id", "key", "count", "lastRequest") VALUES ($1, $2, $5, $3)
         ON CONFLICT ("key") DO UPDATE SET "count" = CASE WHEN r."lastRequest" <= $4 THEN $5 ELSE least(r."count" + $5, 10000000) END,
           "lastRequest" = CASE WHEN r."lastRequest" <= $4 THEN $3 ELSE r."lastRequest" END
         RETURNING "count", "lastRequest"`,
        [newId(), keyOf(limit), now, now - limit.windowMs, by],
      ),
    );
    if (row.count <= most) return;
    this.metrics.refused(limit.what);
    if (row.count - by <= most) await onLocked();
    throw problem('too-many-requests', {
      retryAfter: (row.lastRequest + limit.windowMs - now) / 1000,
      detail: SAID[limit.what] ?? 'Too many attempts to sign in. Wait a few minutes.',
    });
  }
}
