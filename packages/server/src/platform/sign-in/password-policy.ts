// Which passwords are refused: those that leaked lists hold (49,000 of them, in zxcvbn's dictionary), those that a guesser reaches soon
// from such words, keyboard rows, years and repetitions, and those made of what everybody knows about the person and the clinic.

import { guessedFirst, type IssueCode, judgedPart, ownLetters, PASSWORD_LENGTH, PASSWORD_STRENGTH } from '@vastus/contract';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { invalid, type ProblemError, problem } from '../problems/problem.js';

let judge: Promise<ZxcvbnFactory> | undefined;

// A third of a second to load, which most processes never need.
async function loadJudge(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

/** What is wrong with a new password, as the problem to answer; `known` is what somebody would try first: names, address, clinic. */
export async function refusalOf(password: string, known: readonly string[], pointer: string): Promise<ProblemError | undefined> {
  const { least, most } = PASSWORD_LENGTH;
  const length = (code: IssueCode, limit: number, message: string) =>
    problem('invalid-input', { issues: [{ pointer, code, message, facts: { limit } }] });
  if (password.length < least) return length('too-short', least, `has at least ${least} characters`);
  if (password.length > most) return length('too-long', most, `has at most ${most} characters`);
  judge ??= loadJudge();
  const words = guessedFirst(known);
  const { score } = (await judge).check(judgedPart(password), words);
  const { leastScore, leastOwn } = PASSWORD_STRENGTH;
  if (score >= leastScore && ownLetters(password, words) >= leastOwn) return undefined;
  return invalid(pointer, 'guessable', 'is on lists of leaked passwords or quickly guessed: take several unrelated words');
}
