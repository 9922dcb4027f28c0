import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.js';

const LONGEST_WAIT_MS = 30_000;

/** What the server has decided is not asked again; what did not arrive is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The client knows better than the browser whether the server can be reached.
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiProblem) || error.isUnreachable || error.status === 429),
      retryDelay: (failures, error) =>
        Math.min(error instanceof ApiProblem && error.retryAfter ? error.retryAfter * 1000 : 1_000 * 2 ** failures, LONGEST_WAIT_MS),
    },
    mutations: { networkMode: 'always' },
  },
});
