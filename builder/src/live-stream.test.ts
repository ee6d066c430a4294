import { createLiveStream, type Source } from './live-stream.js';

class FakeSource extends EventTarget implements Source {
  readyState = 1;
  closed = false;

  close() {
    this.closed = true;
  }

  say(data: unknown) {
    this.dispatchEvent(new MessageEvent('message', { data: typeof data === 'string' ? data : JSON.stringify(data) }));
  }

  name(id: string) {
    this.dispatchEvent(new MessageEvent('connection', { data: JSON.stringify({ id }) }));
  }

  /** 0: the browser reconnects by itself; 2: it gave up. */
  fail(readyState: 0 | 2) {
    this.readyState = readyState;
    this.dispatchEvent(new Event('error'));
  }

  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
}

function fakeLine() {
  const opened: FakeSource[] = [];
  const waits: { ms: number; run: () => void }[] = [];
  const stream = createLiveStream(
    () => {
      const source = new FakeSource();
      opened.push(source);
      return source;
    },
    {
      later: (ms, run) => {
        waits.push({ ms, run });
        return () => void waits.splice(0);
      },
    },
  );
  return { stream, opened, waits };
}

test('one connection serves all listeners and each hears its kinds', () => {
  const { stream, opened } = fakeLine();
  const messages: unknown[] = [];
  const deals: unknown[] = [];
  stream.listen(['message'], (change) => messages.push(change));
  stream.listen(['deal', 'task'], (change) => deals.push(change));
  opened[0]?.say({ kind: 'message', id: 'm1' });
  opened[0]?.say({ kind: 'task' });
  expect(opened).toHaveLength(1);
  expect(messages).toEqual([{ kind: 'message', id: 'm1' }]);
  expect(deals).toEqual([{ kind: 'task' }]);
});

test('what it does not know is passed over', () => {
  const { stream, opened } = fakeLine();
  const heard: unknown[] = [];
  stream.listen(['message'], (change) => heard.push(change));
  opened[0]?.say('not json');
  opened[0]?.say({ kind: 'weather' });
  expect(heard).toEqual([]);
});

test('a closed connection is opened again, later each time, and listeners are told that much may have changed', () => {
  const { stream, opened, waits } = fakeLine();
  const heard: unknown[] = [];
  stream.listen(['message'], (change) => heard.push(change));
  for (const expected of [1000, 2000, 4000]) {
    opened.at(-1)?.fail(2);
    expect(waits.at(-1)?.ms).toBe(expected);
    waits.at(-1)?.run();
  }
  opened.at(-1)?.open();
  expect(opened).toHaveLength(4);
  expect(heard).toEqual([{ kind: 'message' }]);
});

test('a short cut, which the browser mends itself, opens nothing but tells the listeners', () => {
  const { stream, opened, waits } = fakeLine();
  const heard: unknown[] = [];
  stream.listen(['channel'], (change) => heard.push(change));
  opened[0]?.fail(0);
  opened[0]?.open();
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
  opened[1]?.fail(2);
  again();
  expect(waits).toEqual([]);
});

test('the connection is known by its name while it is open', () => {
  const { stream, opened } = fakeLine();
  const seen: (string | undefined)[] = [];
  stream.watchConnection(() => seen.push(stream.connection()));
  const leave = stream.listen(['presence'], () => undefined);
  const [one, other] = ['0193b0c4-0000-7000-8000-000000000001', '0193b0c4-0000-7000-8000-000000000002'];
  opened[0]?.name(one);
  opened[0]?.fail(0);
  opened[0]?.name(other);
  leave();
  expect(seen).toEqual([one, undefined, other, undefined]);
});

test('everything is told as changed when the server says that it may have missed some', () => {
  const { stream, opened } = fakeLine();
  const heard: unknown[] = [];
  stream.listen(['message', 'presence'], (change) => heard.push(change));
  opened[0]?.dispatchEvent(new MessageEvent('resync', { data: '{}' }));
  expect(heard).toEqual([{ kind: 'message' }, { kind: 'presence' }]);
});

test('the line is lost from the first error until it is open again', () => {
  const { stream, opened, waits } = fakeLine();
  const seen: boolean[] = [];
  stream.watchConnection(() => seen.push(stream.isLost()));
  const leave = stream.listen(['message'], () => undefined);
  opened[0]?.open();
  expect(stream.isLost()).toBe(false);
  opened[0]?.fail(2);
  waits.at(-1)?.run();
  opened[1]?.fail(0);
  opened[1]?.open();
  expect(seen).toEqual([true, false]);
  opened[1]?.fail(0);
  leave();
  expect(stream.isLost()).toBe(false);
});
