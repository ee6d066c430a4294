import { useCallback, useState } from 'react';
import { useLanguage } from '../../i18n.js';
import { foundIn, type FindState } from './find-bar.js';
import { useGraphStore } from '../graph-store.js';
import type { Key } from '../things.js';

/** The search in the graph: open or not, and going from one place found to the next, round at the ends. */
export function useFind(jump: (key: Key) => void) {
  const store = useGraphStore();
  const language = useLanguage();
  const [find, setFind] = useState<FindState>();

  const show = useCallback(
    (state: FindState) => {
      const found = foundIn(store.getState().history.present, state.query, language);
      const at = found.length === 0 ? 0 : (state.at + found.length) % found.length;
      setFind({ query: state.query, at });
      const key = found[at];
      if (key !== undefined) jump(key);
    },
    [store, language, jump],
  );
  return {
    find,
    open: () => setFind((known) => known ?? { query: '', at: 0 }),
    close: () => setFind(undefined),
    change: show,
    /** To the next place, or the one before; undefined while nothing is looked for. */
    go: find && find.query.trim() !== '' ? (by: 1 | -1) => show({ ...find, at: find.at + by }) : undefined,
  };
}
