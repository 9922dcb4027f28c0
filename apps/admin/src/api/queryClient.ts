import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.js';

/** What the server has decided is not asked again; what did not arrive is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status === 503),
    },
  },
});
