import { createLiveStream, type Source } from './live-stream.js';

function fakeLine() {
  const opened: (Source & { closed: boolean })[] = [];
  const waits: { ms: number; run: () => void }[] = [];
  const stream = createLiveStream(
    () => {
      const source = {
        readyState: 1,
        onopen: null,
        onmessage: null,
        onerror: null,
        closed: false,
        close: () => void (source.closed = true),
      };
      opened.push(source);
      return source;
    },
    { later: (ms, run) => (waits.push({ ms, run }), () => void waits.splice(0)) },
  );
  return { stream, opened, waits };
}

const say = (source: Source | undefined, data: unknown) => source?.onmessage?.(new MessageEvent('message', { data: JSON.stringify(data) }));

test('one connection serves all listeners and each hears its kinds', () => {
  const { stream, opened } = fakeLine();
  const messages: unknown[] = [];
  const deals: unknown[] = [];
  stream.listen(['message'], (change) => messages.push(change));
  stream.listen(['deal', 'task'], (change) => deals.push(change));
  say(opened[0], { kind: 'message', id: 'm1' });
  say(opened[0], { kind: 'task' });
  expect(opened).toHaveLength(1);
  expect(messages).toEqual([{ kind: 'message', id: 'm1' }]);
  expect(deals).toEqual([{ kind: 'task' }]);
});

test('what it does not know is passed over', () => {
  const { stream, opened } = fakeLine();
  const heard: unknown[] = [];
  stream.listen(['message'], (change) => heard.push(change));
  opened[0]?.onmessage?.(new MessageEvent('message', { data: 'not json' }));
  say(opened[0], { kind: 'weather' });
  expect(heard).toEqual([]);
});

test('a closed connection is opened again, later each time, and listeners are told that much may have changed', () => {
  const { stream, opened, waits } = fakeLine();
  const heard: unknown[] = [];
  stream.listen(['message'], (change) => heard.push(change));
  for (const expected of [1000, 2000, 4000]) {
    const source = opened.at(-1);
    if (source) source.readyState = 2;
    source?.onerror?.(new Event('error'));
    expect(waits.at(-1)?.ms).toBe(expected);
    waits.at(-1)?.run();
  }
  opened.at(-1)?.onopen?.(new Event('open'));
  expect(opened).toHaveLength(4);
  expect(heard).toEqual([{ kind: 'message' }]);
});

test('a short cut, which the browser mends itself, opens nothing but tells the listeners', () => {
  const { stream, opened, waits } = fakeLine();
  const heard: unknown[] = [];
  stream.listen(['channel'], (change) => heard.push(change));
  const source = opened[0];
  if (source) source.readyState = 0;
  source?.onerror?.(new Event('error'));
  source?.onopen?.(new Event('open'));
  expect(waits).toEqual([]);
  expect(heard).toEqual([{ kind: 'channel' }]);
});

test('the last listener closes the connection, also one that is waiting to open', () => {
  const { stream, opened, waits } = fakeLine();
  const stop = stream.listen(['message'], () => undefined);
  const stopOther = stream.listen(['deal'], () => undefined);
  stop();
  expect(opened[0]?.closed).toBe(false);
  stopOther();
  expect(opened[0]?.closed).toBe(true);
  const again = stream.listen(['message'], () => undefined);
  const source = opened[1];
  if (source) source.readyState = 2;
  source?.onerror?.(new Event('error'));
  again();
  expect(waits).toEqual([]);
});
