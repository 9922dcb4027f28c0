import { useIssues } from '../api/useIssues.js';

/** What the server found wrong with one field, in the words of the screen. */
export function useRefusal(error: unknown, field: string): string | undefined {
  return useIssues().byField(error)[field];
}
