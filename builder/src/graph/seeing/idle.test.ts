import { isIdle } from './idle.js';

const now = Date.parse('2026-11-21T12:00:00Z');
const old = '2026-01-01T00:00:00Z';

it.each([
  ['ran yesterday', { since: old, lastAt: '2026-11-20T12:00:00Z' }, false],
  ['ran 31 days ago', { since: old, lastAt: '2026-10-21T11:00:00Z' }, true],
  ['never ran', { since: old, lastAt: null }, true],
  ['went live a week ago and never ran', { since: '2026-11-14T12:00:00Z', lastAt: null }, false],
  ['is not live', { since: null, lastAt: null }, false],
])('what %s', (_, ran, expected) => expect(isIdle(ran, now)).toBe(expected));
