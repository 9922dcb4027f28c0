import type { Instant } from '@vastus/clinical';
import { newId, type Queryable } from '@vastus/db';
import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password.js';

export interface NewAccount {
  email: string;
  name: string;
  password: string;
}

/** Makes an account that can sign in, and answers its user id. Nobody can sign up by themselves. */
export async function createAccount(q: Queryable, now: Instant, { email, name, password }: NewAccount): Promise<string> {
  if (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH)
    throw new RangeError(`A password has ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`);
  return createAccountWithHash(q, now, { email, name, passwordHash: await hashPassword(password) });
}

/** For many accounts of one password: hashing is slow on purpose. */
export async function createAccountWithHash(
  q: Queryable,
  now: Instant,
  account: { email: string; name: string; passwordHash: string },
): Promise<string> {
  const userId = newId();
  // better-auth looks addresses up in lower case.
  await q.query(
    `WITH made AS (INSERT INTO auth."user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") VALUES ($1, $2, $3, true, $4, $4) RETURNING "id")
     INSERT INTO auth."account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt") SELECT $5, "id", 'credential', "id", $6, $4, $4 FROM made`,
    [userId, account.name, account.email.toLowerCase(), now, newId(), account.passwordHash],
  );
  return userId;
}
