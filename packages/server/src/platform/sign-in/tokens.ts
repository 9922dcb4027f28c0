// What only its holder knows: tokens of sessions, invitations and recovery codes. They are random and long, so that a plain hash
// is enough to keep them by.
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
// RFC 4648's alphabet: no 0, 1, 8 and 9, which are read as letters.
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const CODE_LETTERS = 24;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** 120 random bits that can be written down by hand: `abcd-efgh-jkmn-pqrs-tuvw-xyz2`, and the same without dashes. */
export function newRecoveryCode(): { shown: string; plain: string } {
  const plain = [...randomBytes(CODE_LETTERS)].map((byte) => BASE32[byte % 32]).join('');
  return { shown: plain.replace(/(.{4})(?=.)/g, '$1-'), plain };
}
