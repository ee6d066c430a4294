import { QueryClient, type InvalidateOptions, type InvalidateQueryFilters, type QueryKey } from '@tanstack/react-query';

/**
 * A query client that does not take the answer to an older question for news. The library asks again only where an answer is already shown; a list that is
 * still loading for the first time when something is added to it would be shown without it. Such a load is let finish, then asked for once more.
 */
export class FreshQueryClient extends QueryClient {
  override async invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const isFirstLoad = new Set(
      this.getQueryCache()
        .findAll(filters)
        .filter(({ state }) => state.data === undefined && state.fetchStatus === 'fetching')
        .map(({ queryHash }) => queryHash),
    );
    await super.invalidateQueries(filters, options);
    if (isFirstLoad.size > 0) await super.invalidateQueries({ predicate: ({ queryHash }) => isFirstLoad.has(queryHash) }, options);
  }
}
