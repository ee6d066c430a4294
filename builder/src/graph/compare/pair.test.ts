import { comparePath, parsePair } from './pair.js';

it('reads what an address says', () => {
  expect(parsePair('2..draft')).toEqual({ older: 2, newer: 'draft' });
  expect(parsePair(comparePath('x', { older: 12, newer: 3 }).split('=')[1] ?? '')).toEqual({ older: 12, newer: 3 });
});

it.each(['', '2', '2..', '0..1', 'draft..1..2', '1e3..2', '-1..2'])('reads nothing from «%s»', (text) => {
  expect(parsePair(text)).toBeUndefined();
});
