import * as fc from 'fast-check';
import { describeDuration, parseDuration } from './duration.js';
import { formatInstant, parseInstant } from './instant.js';
import { formatDate, formatTime, isZone, wallClock, weekdayOf, zoneOffset } from './zoned.js';

it.each([
  ['PT5M', 300_000],
  ['P1D', 86_400_000],
  ['P2W', 1_209_600_000],
  ['P1DT2H30M', 95_400_000],
  ['PT0S', 0],
  ['PT1.5H', 5_400_000],
  ['PT0,5S', 500],
  ['P1Y', undefined],
  ['P1M', undefined],
  ['P', undefined],
  ['PT', undefined],
  ['P1DT', undefined],
  ['PT1.5H30M', undefined],
  ['-PT5M', undefined],
  ['PT5M\n', undefined],
  ['5m', undefined],
  ['', undefined],
])('the duration %j is %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it('says a duration in words', () => {
  expect(describeDuration(95_400_000)).toEqual({ ru: '1 дн 2 ч 30 мин', en: '1 d 2 h 30 min' });
  expect(describeDuration(0)).toEqual({ ru: '0 с', en: '0 s' });
});

it.each([
  ['2026-03-02T23:10:00+03:00', '2026-03-02T20:10:00Z'],
  ['2026-03-02t20:10:00z', '2026-03-02T20:10:00Z'],
  ['2026-03-02T20:10:00.5Z', '2026-03-02T20:10:00.500Z'],
  ['2026-03-02T20:10:00.0009Z', '2026-03-02T20:10:00Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
  ['2028-02-29T00:00:00-11:30', '2028-02-29T11:30:00Z'],
  ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00Z'],
  ['2026-03-02T20:10:00.987Z', '2026-03-02T20:10:00.987Z'],
])('the instant %s is %s', (text, expected) => {
  expect(formatInstant(parseInstant(text)!)).toBe(expected);
});

it.each([
  '2026-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:61Z',
  '2026-01-01T00:00:00',
  '2026-01-01',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+0x:00',
  '2026-01-01T00:00:00.0x0Z',
  '2026-01-01T0 :00:00Z',
  '2026/01/01T00:00:00Z',
  'x',
])('%s is no instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

it('reads the usual spellings as the platform does', () => {
  const clock = fc.date({ noInvalidDate: true, min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z') });
  const offset = fc.record({
    sign: fc.constantFrom('+', '-'),
    hours: fc.integer({ min: 0, max: 23 }),
    minutes: fc.integer({ min: 0, max: 59 }),
  });
  fc.assert(
    fc.property(clock, offset, (date, { sign, hours, minutes }) => {
      const millis = date.toISOString();
      const zone = `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
      for (const text of [millis, millis.replace(/\.\d+Z/, 'Z'), millis.replace(/\.\d+Z/, zone), millis.replace('Z', zone)]) {
        expect(parseInstant(text)).toBe(Date.parse(text));
      }
    }),
    { numRuns: 1000 },
  );
});

it('knows zones by their names and takes no bare offset for one', () => {
  expect(['Europe/Moscow', 'UTC', 'America/Argentina/Buenos_Aires'].every(isZone)).toBe(true);
  expect(['Europe/Moskva', '+03:00', '', 'МСК'].some(isZone)).toBe(false);
});

it('finds an offset that changes in the middle of a quarter of an hour', () => {
  // Amsterdam was 19 minutes 32 seconds ahead until 1937, when the clock went to 20 minutes; Monrovia left -00:44:30 in 1972.
  expect(zoneOffset(Date.parse('1972-01-07T00:44:29Z'), 'Africa/Monrovia')).toBe(-2_670_000);
  expect(zoneOffset(Date.parse('1972-01-07T00:44:31Z'), 'Africa/Monrovia')).toBe(0);
});

it('formats the date and the clock of a zone', () => {
  const now = Date.parse('2026-03-02T21:05:00Z');
  expect(`${formatDate(now, 'Europe/Moscow')} ${formatTime(now, 'Europe/Moscow')}`).toBe('03.03.2026 00:05');
  expect(wallClock(now, 'Asia/Kolkata')).toEqual({ day: 20_515, minute: 155 });
  expect(weekdayOf(wallClock(now, 'Europe/Moscow').day)).toBe(2);
  expect(weekdayOf(-1)).toBe(3);
});
