import { connection } from '../../api/presence.js';
import { change, type Change } from '../../api/stream.js';

/** What is used of the browser's EventSource; `readyState` 2 is closed for good. */
export interface Source {
  readyState: number;
  addEventListener(type: 'open' | 'message' | 'error' | 'connection' | 'resync', listener: (event: Event) => void): void;
  close(): void;
}

/** Waits `ms` and runs; gives what cancels it. */
type Later = (ms: number, run: () => void) => () => void;

export interface LiveStream {
  /** Hears changes of these kinds until the returned function is called. The first listener opens the connection, the last one closes it. */
  listen(kinds: readonly Change['kind'][], handler: (change: Change) => void): () => void;
  /** What the server calls the connection that is open; undefined while there is none. */
  connection: () => string | undefined;
  /** Whether the line broke and has not come back; before the first connection it is not lost. */
  isLost: () => boolean;
  /** Tells when either becomes another, until the returned function is called. */
  watchConnection: (handler: () => void) => () => void;
}

const firstWait = 1000;
const longestWait = 30_000;

/**
 * One connection to the server's events for all listeners. The browser reconnects by itself after a cut line, but gives up after an HTTP error
 * (a restart behind a proxy answers 502): then it is opened anew, each time later, up to 30 s.
 */
export function createLiveStream(open: () => Source, { later }: { later: Later }): LiveStream {
  const listeners = new Set<{ kinds: readonly Change['kind'][]; handler: (change: Change) => void }>();
  let source: Source | undefined;
  let cancel: (() => void) | undefined;
  let wait = firstWait;
  let isLost = false;
  let name: string | undefined;
  const watchers = new Set<() => void>();

  function note(line: { name?: string | undefined; isLost?: boolean }) {
    const before = [name, isLost];
    if ('name' in line) name = line.name;
    isLost = line.isLost ?? isLost;
    if (name !== before[0] || isLost !== before[1]) for (const tell of watchers) tell();
  }

  function connect() {
    cancel = undefined;
    const opened = open();
    source = opened;
    opened.addEventListener('open', () => {
      wait = firstWait;
      if (isLost) tellAll();
      note({ isLost: false });
    });
    opened.addEventListener('message', (event) => {
      if (event instanceof MessageEvent) tell(String(event.data));
    });
    // The server itself may have missed some.
    opened.addEventListener('resync', () => tellAll());
    opened.addEventListener('connection', (event) => {
      if (event instanceof MessageEvent && source === opened) note({ name: connection.safeParse(parseJson(String(event.data))).data?.id });
    });
    opened.addEventListener('error', () => {
      note({ isLost: true, ...(source === opened && { name: undefined }) });
      if (opened.readyState !== 2 || source !== opened) return;
      opened.close();
      source = undefined;
      cancel = later(wait, connect);
      wait = Math.min(wait * 2, longestWait);
    });
  }

  function tell(data: string) {
    const news = parseChange(data);
    if (!news) return;
    for (const { kinds, handler } of listeners) if (kinds.includes(news.kind)) handler(news);
  }

  function tellAll() {
    for (const { kinds, handler } of listeners) for (const kind of kinds) handler({ kind });
  }

  return {
    listen(kinds, handler) {
      const listener = { kinds, handler };
      listeners.add(listener);
      if (!source && !cancel) connect();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        cancel?.();
        cancel = undefined;
        source?.close();
        source = undefined;
        note({ name: undefined, isLost: false });
      };
    },
    connection: () => name,
    isLost: () => isLost,
    watchConnection(handler) {
      watchers.add(handler);
      return () => watchers.delete(handler);
    },
  };
}

/** Undefined for what a newer server may send and this page does not know. */
function parseChange(data: string): Change | undefined {
  return change.safeParse(parseJson(data)).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
