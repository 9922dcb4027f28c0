import { useTranslate } from 'react-admin';
import { ApiProblem, fieldOf } from '../api/problem.js';

const KNOWN = ['too-short', 'too-long', 'too-small', 'guessable', 'wrong-password', 'wrong-code', 'required', 'custom'];

/** What the server found wrong with one field of the account, in the words of the screen. */
export function useRefusal(error: unknown, field: string): string | undefined {
  const translate = useTranslate();
  const issue = error instanceof ApiProblem ? error.issues.find((found) => fieldOf(found) === field) : undefined;
  return issue && translate(`account.refused.${KNOWN.includes(issue.code) ? issue.code : 'invalid'}`);
}
