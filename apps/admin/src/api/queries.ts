/** Reading and writing from a component: the typed client behind TanStack Query. */
import {
  keepPreviousData,
  type QueryClient,
  type UseQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Answer, RouteShape } from '@vastus/contract';
import { useRef } from 'react';
import { call, type SendOptions, type Sent } from './client.js';
import type { ApiProblem } from './problem.js';

type ReadOptions<R extends RouteShape> = Omit<UseQueryOptions<Answer<R>, ApiProblem>, 'queryKey' | 'queryFn'>;

/** The cache key of a read: tag and path first, so that a live change can name what it touches. A search is asked in its body. */
export function answerKey<R extends RouteShape>(route: R, sent: Sent<R>): unknown[] {
  const { params, query, body } = sent as { params?: unknown; query?: unknown; body?: unknown };
  return ['answer', route.tag, route.path, params ?? null, query ?? null, body ?? null];
}

/** Reads a route and keeps the answer fresh. */
export function useAnswer<R extends RouteShape>(route: R, sent: Sent<R>, options: ReadOptions<R> = {}) {
  return useQuery<Answer<R>, ApiProblem>({
    queryKey: answerKey(route, sent),
    queryFn: ({ signal }) => call(route, { ...sent, signal } as Sent<R> & SendOptions),
    ...options,
  });
}

interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
}
type RowOf<R extends RouteShape> = Answer<R> extends { items: (infer Row)[] } ? Row : never;

/** Reads a list page by page, following the cursors: all rows so far, and the way to the next. */
export function useRows<R extends RouteShape>(route: R, sent: Sent<R>, options: { enabled?: boolean } = {}) {
  const { data, ...query } = useInfiniteQuery({
    queryKey: [...answerKey(route, sent), 'pages'],
    queryFn: ({ signal, pageParam }) =>
      call(route, {
        ...sent,
        query: { ...(sent.query as object), ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      } as Sent<R> & SendOptions) as unknown as Promise<Page<RowOf<R>>>,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    ...options,
  });
  return { ...query, rows: data?.pages.flatMap(({ items }) => items) ?? [] };
}

/**
 * Writes through a route. A repeated attempt with the same content carries the same Idempotency-Key;
 * whatever was read before is asked again afterwards.
 */
export function useSend<R extends RouteShape>(route: R) {
  const queryClient = useQueryClient();
  const attempt = useRef({ content: '', key: '' });
  return useMutation<Answer<R>, ApiProblem, Sent<R> & Pick<SendOptions, 'ifMatch'>>({
    mutationFn: (sent) => {
      const content = JSON.stringify(sent);
      if (attempt.current.content !== content) attempt.current = { content, key: crypto.randomUUID() };
      return call(route, { ...sent, idempotencyKey: route.idempotent ? attempt.current.key : undefined });
    },
    onSuccess: () => {
      attempt.current = { content: '', key: '' };
      return refreshAll(queryClient);
    },
  });
}

/** Everything on screen is asked again; what is not on screen is asked when it is shown. */
export function refreshAll(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}
