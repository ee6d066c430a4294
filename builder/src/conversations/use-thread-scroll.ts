import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** So near to the end (px) still reads the newest message. */
const nearEnd = 40;

interface Shown {
  /** Ids of the first and the last message that are drawn; undefined while there are none. */
  first: string | undefined;
  last: string | undefined;
  /** The message to have in sight, when it is drawn. */
  wanted: string | null;
}

interface ThreadScroll {
  /** The box that scrolls; its messages carry their ids as `data-message`. */
  box: RefObject<HTMLElement | null>;
  onScroll: () => void;
  /** The newest message when the reader left the end of the thread; undefined while he reads the end. */
  leftAt: string | undefined;
  toEnd: () => void;
}

/**
 * Keeps a thread where its reader is: opens at the newest message and stays with the newest while he reads the end; what comes at the end, or before the
 * first message, moves nothing while he is elsewhere.
 */
export function useThreadScroll({ first, last, wanted }: Shown): ThreadScroll {
  const box = useRef<HTMLElement>(null);
  const [leftAt, setLeftAt] = useState<string>();
  const follows = useRef(true);
  const place = useRef({ top: 0, last });
  const before = useRef<Measured | undefined>(undefined);
  const lookedFor = useRef<string | null>(null);

  const onScroll = useCallback(() => {
    const shown = box.current;
    if (!shown) return;
    const isEnd = shown.scrollHeight - shown.scrollTop - shown.clientHeight < nearEnd;
    // What grows below takes nobody away from the end, only scrolling up does.
    if (isEnd) follows.current = true;
    else if (shown.scrollTop < place.current.top - 1) follows.current = false;
    place.current.top = shown.scrollTop;
    const newest = place.current.last;
    setLeftAt((left) => (follows.current ? undefined : (left ?? newest)));
  }, []);

  const toEnd = useCallback(() => {
    follows.current = true;
    setLeftAt(undefined);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, []);

  useLayoutEffect(() => {
    const shown = box.current;
    place.current.last = last;
    if (!shown || first === undefined || last === undefined) {
      before.current = undefined;
      follows.current = true;
      return;
    }
    const was = before.current;
    const now = was && was.first !== first ? placeIn(shown, was.last) : undefined;
    if (was && now !== undefined) shown.scrollTop += now - was.at;
    if (follows.current) shown.scrollTop = shown.scrollHeight;
    before.current = { first, last, at: placeIn(shown, last) ?? 0 };
  });

  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown || wanted === lookedFor.current) return;
    const at = wanted === null ? null : shown.querySelector(`[data-message="${CSS.escape(wanted)}"]`)?.getBoundingClientRect();
    if (at === undefined) return;
    lookedFor.current = wanted;
    if (at === null) return;
    const sight = shown.getBoundingClientRect();
    if (at.top >= sight.top && at.bottom <= sight.bottom) return;
    shown.scrollTop += at.top - sight.top - Math.max(0, (sight.height - at.height) / 2);
    follows.current = shown.scrollHeight - shown.scrollTop - shown.clientHeight < nearEnd;
  });

  useEffect(() => {
    const shown = box.current;
    if (!shown) return;
    // Pictures of letters come late, the field for the answer grows, a phone is turned.
    const grown = new ResizeObserver(() => {
      if (follows.current) shown.scrollTop = shown.scrollHeight;
      const measured = before.current;
      if (measured) measured.at = placeIn(shown, measured.last) ?? measured.at;
    });
    grown.observe(shown);
    for (const child of shown.children) grown.observe(child);
    return () => grown.disconnect();
  }, []);

  return { box, onScroll, leftAt, toEnd };
}

/** What was drawn last, with the place of its last message: all that comes before it, and what that changes in the first messages, is above. */
interface Measured {
  first: string;
  last: string;
  at: number;
}

/** How far a message is from the top of all that scrolls, px. */
function placeIn(box: HTMLElement, id: string): number | undefined {
  const message = box.querySelector(`[data-message="${CSS.escape(id)}"]`);
  return message ? message.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop : undefined;
}
