import { useMutation } from '@tanstack/react-query';
import type { RouteShape } from '@vastus/contract';
import { download, type Sent } from './client.js';
import type { ApiProblem } from './problem.js';

/** Keeps a file of a route: one at a time, with what went wrong. */
export function useDownload<R extends RouteShape>(route: R, fileName?: string) {
  return useMutation<void, ApiProblem, Sent<R>>({ mutationFn: (sent) => download(route, sent, fileName) });
}
