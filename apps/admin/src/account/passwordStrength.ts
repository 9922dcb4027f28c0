/** How soon a password is guessed, by the same library and the same lists as the server's; heavy, and only fetched by who sets one. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

export type Score = 0 | 1 | 2 | 3 | 4;

/** Judging grows faster than the password does; the server looks as far. */
const JUDGED = 64;
const ALWAYS_KNOWN = ['vastus', 'injection', 'vitamin', 'clinic', 'klinik', 'praxis', 'password', 'passwort'];
const judge = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** 0 is guessed at once, 4 not in years; `known` is what somebody would try first: name and address. */
export function scoreOf(password: string, known: readonly string[]): Score {
  const words = known
    .flatMap((one) => [one, ...one.split(/[^\p{L}\p{N}]+/u), one.replace(/[^\p{L}\p{N}]+/gu, '')])
    .filter((word) => word.length > 2);
  return judge.check(password.slice(0, JUDGED), [...ALWAYS_KNOWN, ...words.map((word) => word.toLowerCase())]).score as Score;
}
