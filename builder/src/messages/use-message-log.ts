import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import { messagePage, messageDetail, type Message } from '../../../api/messages.js';
import { api, withQuery } from '../api-client.js';
import { useLive } from '../live.js';
import { byNewest, mergeFresh } from './merge-fresh.js';

type Page = z.infer<typeof messagePage>;
type Log = InfiniteData<Page, string>;

/** Changes come in bursts; the log is asked at most so often. */
const quietMs = 500;
/** Rows further down that changed are fetched one by one, up to so many; more are left until they are opened. */
const mostSingles = 10;

/**
 * The log, page by page, alive: rows change where they stand; new ones wait in `waiting` until `showNew`, or come at once while `isAtTop()`.
 * `hasGap` says that so many came that the log must begin anew. `look` asks for what is new without waiting to be told.
 */
export function useMessageLog(query: Record<string, string | undefined>, isAtTop: () => boolean) {
  const client = useQueryClient();
  const key = JSON.stringify(['messages', query]);
  const queryKey = ['messages', query];
  const [news, setNews] = useState<{ key: string; waiting: Message[]; hasGap: boolean }>({ key, waiting: [], hasGap: false });
  const { waiting, hasGap } = news.key === key ? news : { waiting: [], hasGap: false };
  const log = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => api.get(withQuery('/api/messages', { ...query, limit: 50, cursor: pageParam }), messagePage),
    initialPageParam: '',
    getNextPageParam: (last: Page) => last.nextCursor ?? undefined,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  const refresh = async (changed: string[]) => {
    const shown = client.getQueryData<Log>(queryKey);
    if (!shown) return;
    const fresh = await api.get(withQuery('/api/messages', { ...query, limit: 50 }), messagePage);
    const inFresh = new Set(fresh.items.map(({ id }) => id));
    const further = shown.pages.flatMap(({ items }) => items.filter(({ id }) => changed.includes(id) && !inFresh.has(id)));
    const singles = await Promise.all(further.slice(0, mostSingles).map(({ id }) => api.get(`/api/messages/${id}`, messageDetail)));
    const current = client.getQueryData<Log>(queryKey) ?? shown;
    const withSingles = mergeFresh(
      current.pages.map(({ items }) => items),
      singles,
    ).pages;
    const { pages, newer, hasGap: isGap } = mergeFresh(withSingles, fresh.items);
    const comesAtOnce = newer.length > 0 && !isGap && isAtTop();
    client.setQueryData<Log>(queryKey, {
      ...current,
      pages: current.pages.map((page, index) => ({
        ...page,
        items: [...(comesAtOnce && index === 0 ? newer : []), ...(pages[index] ?? page.items)].sort(byNewest),
      })),
    });
    setNews({ key, waiting: comesAtOnce ? [] : newer, hasGap: isGap });
  };

  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  const changed = useRef(new Set<string>());
  const timer = useRef<number | undefined>(undefined);
  const { conversation } = query;
  useLive(['message'], ({ id, conversationId }) => {
    if (conversation && conversationId && conversationId !== conversation) return;
    if (id) changed.current.add(id);
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      const ids = [...changed.current];
      changed.current.clear();
      // A failed look is made good by the next change; the list itself stays as it is.
      latest.current(ids).catch(() => undefined);
    }, quietMs);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const look = useCallback(() => void latest.current([]).catch(() => undefined), []);
  // What is remembered from an earlier visit heard nothing in between.
  // eslint-disable-next-line react/exhaustive-deps -- another key is another list, remembered on its own
  useEffect(look, [key, look]);

  const showNew = useCallback(async () => {
    if (hasGap) await client.resetQueries({ queryKey });
    else {
      client.setQueryData<Log>(
        queryKey,
        (shown) =>
          shown && {
            ...shown,
            pages: shown.pages.map((page, index) => (index === 0 ? { ...page, items: [...waiting, ...page.items].sort(byNewest) } : page)),
          },
      );
    }
    setNews({ key, waiting: [], hasGap: false });
    // eslint-disable-next-line react/exhaustive-deps -- `key` is queryKey as a text
  }, [client, key, waiting, hasGap]);

  const items = useMemo(() => log.data?.pages.flatMap((page) => page.items) ?? [], [log.data]);
  return { log, items, waiting, hasGap, showNew, look };
}
