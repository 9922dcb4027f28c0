import { Algorithm, hash, verify } from '@node-rs/argon2';

// OWASP's smallest recommended Argon2id setting: 19 MiB, two passes.
const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

export async function isPassword(hashed: string, password: string): Promise<boolean> {
  return verify(hashed, password).catch(() => false);
}

let nobodys: Promise<string> | undefined;

/** As slow as a comparison, for an account that does not exist: how long an answer takes tells nothing. */
export async function comparePretended(password: string): Promise<false> {
  nobodys ??= hashPassword('of nobody at all');
  await isPassword(await nobodys, password);
  return false;
}
