import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { Change } from '../../api/stream.js';
import { createLiveStream } from './live-stream.js';

const stream = createLiveStream(() => new EventSource('/api/stream'), {
  later: (wait, run) => {
    const timer = window.setTimeout(run, wait);
    return () => window.clearTimeout(timer);
  },
});

/**
 * Calls `handler` for every change of these kinds while the component is shown. A change without an id means «many»: so it is after a lost
 * connection came back, since what happened meanwhile is not told again. All users share one connection.
 */
export function useLive(kinds: readonly Change['kind'][], handler: (change: Change) => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const key = kinds.join(' ');
  useEffect(() => stream.listen(key.split(' ') as Change['kind'][], (change) => latest.current(change)), [key]);
}

/** Fetches a query again, at most once in `everyMs`, when something of these kinds changed. */
export function useLiveQuery(kinds: readonly Change['kind'][], queryKey: QueryKey, everyMs = 1000): void {
  const client = useQueryClient();
  const timer = useRef<number | undefined>(undefined);
  useLive(kinds, () => {
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey });
    }, everyMs);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
}

/** What the server calls this page's connection; undefined while nothing listens or the line is lost. */
export function useConnection(): string | undefined {
  return useSyncExternalStore(stream.watchConnection, stream.connection);
}

/** Whether the line to the server broke and has not come back. */
export function useIsLineLost(): boolean {
  return useSyncExternalStore(stream.watchConnection, stream.isLost);
}
