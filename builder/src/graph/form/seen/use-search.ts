import { useEffect, useState } from 'react';
import { finderOf, searchOn, type Search } from './find-words.js';

/** From the last key to the search, and the longest time that it takes at a stretch, in milliseconds: half of what a frame has. */
const pause = 250;
const slice = 8;

/** Looks for patterns in texts while they are typed: after a pause, in slices that leave the page its frames. Undefined until the first slice, or without a pattern. */
export function useSearch(patterns: string, texts: readonly string[]): Search | undefined {
  const [found, setFound] = useState<{ patterns: string; texts: readonly string[]; search: Search }>();
  useEffect(() => {
    let timer = window.setTimeout(() => {
      const find = finderOf(patterns);
      if (!find) return setFound(undefined);
      let search: Search = { done: 0, hits: [] };
      const goOn = () => {
        search = searchOn(search, find, texts, () => performance.now(), slice);
        setFound({ patterns, texts, search });
        if (search.done < texts.length) timer = window.setTimeout(goOn);
      };
      goOn();
    }, pause);
    return () => window.clearTimeout(timer);
  }, [patterns, texts]);
  // What was found for other words stays in sight while these are being looked for: the list does not flicker at every key.
  return found?.search;
}
