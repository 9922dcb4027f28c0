// The browsers somebody signs in with. Each has a random name in a cookie, which opens nothing: it tells a browser that was here before from
// one that never was, and remembers what its owner has been told.
import type { Instant } from '@vastus/clinical';
import type { Queryable } from '@vastus/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.js';
import { cookieName, readCookie, setCookie } from './cookies.js';
import { hashOf, newToken } from './tokens.js';

const NAME = 'vastus.browser';
const PATTERN = /^[\w-]{20,100}$/;
const DAY_MS = 24 * 60 * 60_000;
/** As long as browsers keep a cookie. */
const KEPT_MS = 400 * DAY_MS;
/** What a browser that is new to somebody tells them of: in another one they may have been told already. */
const BACK_MS = 30 * DAY_MS;

const earlier = (now: Instant, ms: number): Instant => new Date(Date.parse(now) - ms).toISOString();

/** The name of this browser, where it has one. */
export function browserOf(request: FastifyRequest, config: Config): string | undefined {
  const name = readCookie(request, cookieName(config, NAME));
  return name !== undefined && PATTERN.test(name) ? name : undefined;
}

/** Gives the browser its name, or makes it last. */
export const nameBrowser = (reply: FastifyReply, config: Config, name: string): void =>
  setCookie(reply, config, cookieName(config, NAME), name, KEPT_MS / 1000);

export const newBrowserName = newToken;

export interface BrowserSignIn {
  userId: string;
  browser: string;
  now: Instant;
  /** Everybody may use the accounts of a demo clinic: what others did there is news for nobody. */
  isDemo: boolean;
}

/** Notes a sign-in; answers whether this browser is new to somebody who has signed in before. */
export async function noteBrowser(q: Queryable, { userId, browser, now, isDemo }: BrowserSignIn): Promise<boolean> {
  await q.query('DELETE FROM auth.known_browser WHERE user_id = $1 AND signed_in_at < $2', [userId, earlier(now, KEPT_MS)]);
  const { others } = await q.one<{ others: number }>(
    'SELECT count(*) AS others FROM auth.known_browser WHERE user_id = $1 AND browser_hash <> $2',
    [userId, hashOf(browser)],
  );
  const told = others === 0 || isDemo ? now : earlier(now, BACK_MS);
  const { isNew } = await q.one<{ isNew: boolean }>(
    `INSERT INTO auth.known_browser (user_id, browser_hash, first_seen_at, signed_in_at, told_until) VALUES ($1, $2, $3, $3, $4)
     ON CONFLICT (user_id, browser_hash) DO UPDATE SET signed_in_at = excluded.signed_in_at RETURNING (xmax = 0) AS is_new`,
    [userId, hashOf(browser), now, told],
  );
  return isNew && others > 0;
}

/** Between which times there may be news for somebody at this browser. */
export async function newsBetween(
  q: Queryable,
  userId: string,
  browser: string | undefined,
  now: Instant,
): Promise<{ after: Instant; before: Instant }> {
  const known =
    browser &&
    (await q.maybe<{ toldUntil: Instant; signedInAt: Instant }>(
      'SELECT told_until, signed_in_at FROM auth.known_browser WHERE user_id = $1 AND browser_hash = $2',
      [userId, hashOf(browser)],
    ));
  return known ? { after: known.toldUntil, before: known.signedInAt } : { after: earlier(now, BACK_MS), before: now };
}

/** What was news at this browser's sign-in has been read there. */
export const markTold = (q: Queryable, userId: string, browser: string) =>
  q.query('UPDATE auth.known_browser SET told_until = greatest(told_until, signed_in_at) WHERE user_id = $1 AND browser_hash = $2', [
    userId,
    hashOf(browser),
  ]);
