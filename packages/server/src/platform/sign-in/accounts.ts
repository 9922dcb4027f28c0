import type { Instant } from '@vastus/clinical';
import { PASSWORD_LENGTH } from '@vastus/contract';
import { newId, type Queryable } from '@vastus/db';
import { hashPassword } from './password.js';

export interface NewAccount {
  email: string;
  name: string;
  password: string;
}

export interface FoundAccount {
  id: string;
  name: string;
  email: string;
  /** Absent for who only signs in at the organisation's own provider, and for machines. */
  passwordHash: string | null;
}

// Sign-in looks addresses up in lower case.
const keptEmail = (email: string) => email.trim().toLowerCase();

/** Makes an account that can sign in, and answers its user id. Nobody can sign up by themselves. */
export async function createAccount(q: Queryable, now: Instant, { email, name, password }: NewAccount): Promise<string> {
  const { least, most } = PASSWORD_LENGTH;
  if (password.length < least || password.length > most) throw new RangeError(`A password has ${least} to ${most} characters.`);
  return createAccountWithHash(q, now, { email, name, passwordHash: await hashPassword(password) });
}

/** For many accounts of one password: hashing is slow on purpose. */
export async function createAccountWithHash(
  q: Queryable,
  now: Instant,
  account: { email: string; name: string; passwordHash: string },
): Promise<string> {
  const userId = newId();
  await q.query(
    `WITH made AS (INSERT INTO auth."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") VALUES ($1, $2, $3, true, $4, $4) RETURNING "id")
     INSERT INTO auth."account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt") SELECT $5, "id", 'credential', "id", $6, $4, $4 FROM made`,
    [userId, account.name, keptEmail(account.email), now, newId(), account.passwordHash],
  );
  return userId;
}

export function findAccount(q: Queryable, email: string): Promise<FoundAccount | undefined> {
  return q.maybe<FoundAccount>(
    `SELECT u."id", u."name", u."email", a."password" AS password_hash FROM auth."user" u
       LEFT JOIN auth."account" a ON a."userId" = u."id" AND a."providerId" = 'credential' WHERE u."email" = $1`,
    [keptEmail(email)],
  );
}

export async function setPassword(q: Queryable, now: Instant, userId: string, passwordHash: string): Promise<void> {
  await q.query(`UPDATE auth."account" SET "password" = $2, "updatedAt" = $3 WHERE "userId" = $1 AND "providerId" = 'credential'`, [
    userId,
    passwordHash,
    now,
  ]);
}
