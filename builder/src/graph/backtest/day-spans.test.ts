import { lastDays } from './day-spans.js';

it.each([
  [1, 'Europe/Moscow', '2026-03-01T20:59:59Z', '2026-03-01', '2026-03-01'],
  [1, 'Europe/Moscow', '2026-03-01T21:00:00Z', '2026-03-02', '2026-03-02'],
  [7, 'Asia/Vladivostok', '2026-03-01T12:00:00Z', '2026-02-23', '2026-03-01'],
  [30, 'Europe/Berlin', '2026-04-10T12:00:00Z', '2026-03-12', '2026-04-10'],
])('the last %d days in %s at %s', (count, timezone, at, from, to) => {
  expect(lastDays(count, timezone, Date.parse(at))).toEqual({ from, to });
});
