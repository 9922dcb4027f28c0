import { useTranslate } from 'react-admin';
import { useIssues } from '../api/useIssues.js';
import type { DraftErrors } from './draft.js';

/** The message of the first named field that has one. */
export type FieldErrors = (...fields: string[]) => string | undefined;

/** The page's own complaints and the server's, by field; the server's pointers are the names of the fields. */
export function useFieldErrors(own: DraftErrors, problem: unknown): FieldErrors {
  const translate = useTranslate();
  const theirs = useIssues().byField(problem);
  return (...fields) => {
    for (const field of fields) {
      if (own[field]) return translate(`injections.errors.${own[field]}`);
      const inside = Object.keys(theirs).find((name) => name === field || name.startsWith(`${field}.`));
      if (inside) return theirs[inside];
    }
    return undefined;
  };
}
