import { instantOf, nextClock } from './local-instant.js';

const at = (text: string) => Date.parse(text);
const iso = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z');

it.each([
  ['a usual day', '2026-03-02T08:00', 'Europe/Moscow', '2026-03-02T05:00:00Z'],
  ['a skipped time is the switch', '2011-03-27T02:30', 'Europe/Moscow', '2011-03-26T23:00:00Z'],
  ['a repeated time is its first', '2014-10-26T01:30', 'Europe/Moscow', '2014-10-25T21:30:00Z'],
  ['a skipped time in New York', '2026-03-08T02:15', 'America/New_York', '2026-03-08T07:00:00Z'],
  ['a repeated time in New York', '2026-11-01T01:15', 'America/New_York', '2026-11-01T05:15:00Z'],
  ['a switch of half an hour', '2026-10-04T02:10', 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['a zone of three quarters', '2026-01-01T00:00', 'Asia/Kathmandu', '2025-12-31T18:15:00Z'],
])('%s', (_, local, zone, instant) => {
  expect(iso(instantOf(at(`${local}:00Z`), zone))).toBe(instant);
});

it.each([
  ['later today', '2026-03-02T05:00:00Z', 9 * 60, '2026-03-02T06:00:00Z'],
  ['tomorrow when it has passed', '2026-03-02T06:00:01Z', 9 * 60, '2026-03-03T06:00:00Z'],
  ['tomorrow when it is just that minute', '2026-03-02T06:00:00Z', 9 * 60, '2026-03-03T06:00:00Z'],
  ['midnight', '2026-03-02T20:59:59Z', 0, '2026-03-02T21:00:00Z'],
])('the next 09:00 or midnight in Moscow: %s', (_, now, minute, next) => {
  expect(iso(nextClock(at(now), minute, 'Europe/Moscow'))).toBe(next);
});

it('a clock time that a switch skips comes at the switch, and one that occurs twice comes once', () => {
  expect(iso(nextClock(at('2026-03-08T06:59:00Z'), 150, 'America/New_York'))).toBe('2026-03-08T07:00:00Z');
  const first = nextClock(at('2026-11-01T04:00:00Z'), 90, 'America/New_York');
  expect([iso(first), iso(nextClock(first, 90, 'America/New_York'))]).toEqual(['2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z']);
});
