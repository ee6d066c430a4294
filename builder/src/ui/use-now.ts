import { useSyncExternalStore } from 'react';

const everyMs = 30_000;
let now = Date.now();

/** This moment (ms since 1970), told anew twice a minute: what depends on it is drawn again by itself. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}

function listen(changed: () => void): () => void {
  const timer = window.setInterval(() => {
    now = Date.now();
    changed();
  }, everyMs);
  return () => window.clearInterval(timer);
}
