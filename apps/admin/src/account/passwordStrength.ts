/** How soon a password is guessed, by the same library, lists and rule as the server's; heavy, and only fetched by who sets one. */
import { guessedFirst, judgedPart, ownLetters, PASSWORD_STRENGTH } from '@vastus/contract';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

export type Score = 0 | 1 | 2 | 3 | 4;

const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** 0 is guessed at once, 4 not in years; `known` is what somebody would try first: name, address, clinic. */
export function scoreOf(password: string, known: readonly string[]): Score {
  const words = guessedFirst(known);
  const score = judge.check(judgedPart(password), words).score as Score;
  // Put together from what everybody knows, whatever it looks like.
  return ownLetters(password, words) < PASSWORD_STRENGTH.leastOwn ? (Math.min(score, 1) as Score) : score;
}
