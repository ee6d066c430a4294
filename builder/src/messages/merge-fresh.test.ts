import { mergeFresh } from './merge-fresh.js';

const row = (id: string, status = 'queued') => ({ id, at: `2026-11-18T10:00:0${id}Z`, status });

test('rows keep their places and take what changed in them', () => {
  const { pages, newer } = mergeFresh([[row('3'), row('2')], [row('1')]], [row('3', 'exported'), row('2')]);
  expect(pages).toEqual([[row('3', 'exported'), row('2')], [row('1')]]);
  expect(newer).toEqual([]);
});

test('newer rows come apart, in their order', () => {
  const { pages, newer, hasGap } = mergeFresh([[row('2'), row('1')]], [row('4'), row('3'), row('2')]);
  expect(pages).toEqual([[row('2'), row('1')]]);
  expect(newer.map(({ id }) => id)).toEqual(['4', '3']);
  expect(hasGap).toBe(false);
});

test('a fresh page that touches nothing shown leaves a gap', () => {
  expect(mergeFresh([[row('2')]], [row('9'), row('8')]).hasGap).toBe(true);
});

test('an empty list has no gap', () => {
  expect(mergeFresh([[]], [row('9')])).toEqual({ pages: [[]], newer: [row('9')], hasGap: false });
});
