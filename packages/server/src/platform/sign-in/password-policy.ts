// Which passwords are refused: those that leaked lists hold (49,000 of them, in zxcvbn's dictionary), those that a guesser reaches soon
// from such words, keyboard rows, years and repetitions, and those made of what everybody knows about the person and the clinic.

import { type IssueCode, PASSWORD_LENGTH } from '@vastus/contract';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { invalid, type ProblemError, problem } from '../problems/problem.js';

/** Of zxcvbn's 0 to 4: 3 withstands an attacker who has the hash, for a while. */
const LEAST_SCORE = 3;
// Judging grows faster than the password does; a long beginning that is good enough is good enough.
const JUDGED = 64;
const ALWAYS_KNOWN = ['vastus', 'vastus-demo-2026', 'injection', 'vitamin', 'clinic', 'klinik', 'praxis', 'password', 'passwort'];

/** Letters and digits that a password has beside what everybody knows. */
const LEAST_OWN = 8;

function ownPart(password: string, known: readonly string[]): number {
  let rest = password.toLowerCase();
  for (const word of [...known].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, ' ');
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length;
}

let judge: Promise<ZxcvbnFactory> | undefined;

// A third of a second to load, which most processes never need.
async function loadJudge(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

const wordsOf = (known: string) => [known, ...known.split(/[^\p{L}\p{N}]+/u), known.replace(/[^\p{L}\p{N}]+/gu, '')];

/** What is wrong with a new password, as the problem to answer; `known` is what somebody would try first: names, address, clinic. */
export async function refusalOf(password: string, known: readonly string[], pointer: string): Promise<ProblemError | undefined> {
  const { least, most } = PASSWORD_LENGTH;
  const length = (code: IssueCode, limit: number, message: string) =>
    problem('invalid-input', { issues: [{ pointer, code, message, facts: { limit } }] });
  if (password.length < least) return length('too-short', least, `has at least ${least} characters`);
  if (password.length > most) return length('too-long', most, `has at most ${most} characters`);
  judge ??= loadJudge();
  const words = [...ALWAYS_KNOWN, ...known.flatMap(wordsOf)].map((word) => word.toLowerCase()).filter((word) => word.length > 2);
  const { score } = (await judge).check(password.slice(0, JUDGED), [...new Set(words)]);
  if (score >= LEAST_SCORE && ownPart(password, words) >= LEAST_OWN) return undefined;
  return invalid(pointer, 'guessable', 'is on lists of leaked passwords or quickly guessed: take several unrelated words');
}
