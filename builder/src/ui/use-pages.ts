import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import type { z } from 'zod';
import { api, withQuery } from '../api-client.js';

type PageSchema<Item> = z.ZodType<{ items: Item[]; nextCursor: string | null }>;

/** A list that comes page by page: `items` so far, and `more` to fetch the next ones. `values` are the list's filters. */
export function usePages<Item>(
  queryKey: QueryKey,
  path: string,
  schema: PageSchema<Item>,
  values: Record<string, string | undefined> = {},
) {
  const query = useInfiniteQuery({
    queryKey: [...queryKey, values],
    queryFn: ({ pageParam }) => api.get(withQuery(path, { ...values, cursor: pageParam }), schema),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    isPending: query.isPending,
    isEmpty: query.data !== undefined && !query.hasNextPage && query.data.pages.every((page) => page.items.length === 0),
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    again: () => void query.refetch(),
  };
}
