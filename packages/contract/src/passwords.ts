/** What a new password has to withstand: the server refuses by it, and the dashboard shows it while one is chosen. */

/** Of zxcvbn's 0 to 4, 3 withstands an attacker who has the hash, for a while; so many letters and digits beside what everybody knows. */
export const PASSWORD_STRENGTH = { leastScore: 3, leastOwn: 8 } as const;

// Judging grows faster than the password does; a long beginning that is good enough is good enough.
const JUDGED = 64;
const ALWAYS_KNOWN = ['vastus', 'vastus-demo-2026', 'injection', 'vitamin', 'clinic', 'klinik', 'praxis', 'password', 'passwort'];

const wordsOf = (known: string) => [known, ...known.split(/[^\p{L}\p{N}]+/u), known.replace(/[^\p{L}\p{N}]+/gu, '')];

/** What somebody would try first, as words in lower case: `known` are names, address, clinic, the old password. */
export function guessedFirst(known: readonly string[]): string[] {
  const words = [...ALWAYS_KNOWN, ...known.flatMap(wordsOf)].map((word) => word.toLowerCase()).filter((word) => word.length > 2);
  return [...new Set(words)];
}

/** The beginning of a password that is judged. */
export const judgedPart = (password: string): string => password.slice(0, JUDGED);

/** How many letters and digits a password has beside these words. */
export function ownLetters(password: string, words: readonly string[]): number {
  let rest = password.toLowerCase();
  for (const word of [...words].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, ' ');
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length;
}
