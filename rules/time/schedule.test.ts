import * as fc from 'fast-check';
import { parseCron, type Cron } from './cron.js';
import { canCome, compileSchedule } from './schedule.js';

function read(source: string): Cron {
  const parsed = parseCron(source);
  if ('problem' in parsed) throw new Error(parsed.problem.en);
  return parsed.cron;
}

/** The next occurrences after an instant, in UTC. */
function occurrences(source: string, zone: string, after: string, count = 3): string[] {
  const next = compileSchedule(read(source), zone);
  const found: string[] = [];
  let instant: number | undefined = Date.parse(after);
  while (found.length < count && (instant = next(instant)) !== undefined) {
    found.push(new Date(instant).toISOString().replace(':00.000Z', '').replace('.000Z', ''));
  }
  return found;
}

const july = '2026-07-01T00:00:00Z'; // a Wednesday

it.each<[string, string[]]>([
  ['0 9 * * *', ['2026-07-01T09:00', '2026-07-02T09:00', '2026-07-03T09:00']],
  ['*/20 9 * * *', ['2026-07-01T09:00', '2026-07-01T09:20', '2026-07-01T09:40']],
  ['30 15 10 * * *', ['2026-07-01T10:15:30', '2026-07-02T10:15:30', '2026-07-03T10:15:30']],
  ['*/30 * * * * *', ['2026-07-01T00:00:30', '2026-07-01T00:01', '2026-07-01T00:01:30']],
  ['0 9 * * 1-5', ['2026-07-01T09:00', '2026-07-02T09:00', '2026-07-03T09:00']],
  ['0 9 * * mon', ['2026-07-06T09:00', '2026-07-13T09:00', '2026-07-20T09:00']],
  ['0 9 * * MON,Wed', ['2026-07-01T09:00', '2026-07-06T09:00', '2026-07-08T09:00']],
  ['0 9 * * 7', ['2026-07-05T09:00', '2026-07-12T09:00', '2026-07-19T09:00']],
  ['0 9 * * 6-7', ['2026-07-04T09:00', '2026-07-05T09:00', '2026-07-11T09:00']],
  ['0 9 1 JAN *', ['2027-01-01T09:00', '2028-01-01T09:00', '2029-01-01T09:00']],
  ['0 9 31 * *', ['2026-07-31T09:00', '2026-08-31T09:00', '2026-10-31T09:00']],
  // Both day fields restricted: either.
  ['0 9 10 * 1', ['2026-07-06T09:00', '2026-07-10T09:00', '2026-07-13T09:00']],
  ['0 9 1-31 * 1', ['2026-07-01T09:00', '2026-07-02T09:00', '2026-07-03T09:00']],
  ['0 9 10 * 0-7', ['2026-07-01T09:00', '2026-07-02T09:00', '2026-07-03T09:00']],
  // A field that begins with an asterisk restricts nothing by itself: both.
  ['0 9 */2 * 1', ['2026-07-13T09:00', '2026-07-27T09:00', '2026-08-03T09:00']],
  ['0 9 10 * */2', ['2026-09-10T09:00', '2026-10-10T09:00', '2026-11-10T09:00']],
  ['0 0 29 2 *', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
  ['0 0 31 2,4 1', ['2027-02-01T00:00', '2027-02-08T00:00', '2027-02-15T00:00']],
  ['0,0,0-5 9 * * *', ['2026-07-01T09:00', '2026-07-01T09:01', '2026-07-01T09:02']],
  ['50/5 9 * * *', ['2026-07-01T09:50', '2026-07-01T09:55', '2026-07-02T09:50']],
  ['  0   9 * *\t* ', ['2026-07-01T09:00', '2026-07-02T09:00', '2026-07-03T09:00']],
  ['@daily', ['2026-07-02T00:00', '2026-07-03T00:00', '2026-07-04T00:00']],
  ['@Weekly', ['2026-07-05T00:00', '2026-07-12T00:00', '2026-07-19T00:00']],
  ['0 0 30 2 *', []],
  ['0 0 31 4,6,9,11 *', []],
])('%j occurs at %j', (source, expected) => {
  expect(occurrences(source, 'UTC', july)).toEqual(expected);
  expect(canCome(read(source))).toBe(expected.length > 0);
});

it('finds 29 February on one day of the week over the year 2100, which has none', () => {
  expect(occurrences('0 0 29 2 */7', 'UTC', '2088-03-01T00:00:00Z', 1)).toEqual(['2128-02-29T00:00']);
});

it.each([
  ['', '5 полей'],
  ['*', '5 полей'],
  ['* * * *', '5 полей'],
  ['* * * * * * *', '5 полей'],
  ['60 * * * *', 'минуты'],
  ['60 0 0 * * *', 'секунды'],
  ['* 24 * * *', 'часы'],
  ['* * 0 * *', 'число'],
  ['* * 32 * *', 'число'],
  ['* * * 13 *', 'месяц'],
  ['* * * foo *', 'месяц'],
  ['* * * * 8', 'день недели'],
  ['* * * * fri-mon', 'день недели'],
  ['* * * mon *', 'месяц'],
  ['*/0 * * * *', '*/0'],
  ['10-5 * * * *', '10-5'],
  ['1,,2 * * * *', 'минуты'],
  ['1-2-3 * * * *', '1-2-3'],
  ['-5 * * * *', '-5'],
  ['1.5 * * * *', '1.5'],
  ['* * L * *', '«l»'],
  ['* * 15W * *', '«15w»'],
  ['* * * * 5#3', '«5#3»'],
  ['* * * * 5L', '«5l»'],
  ['0 9 ? * 1', '«?»'],
  ['H 9 * * *', '«h»'],
  ['@reboot', '@daily'],
  ['__proto__ * * * *', 'минуты'],
  ['@constructor', '@daily'],
])('%j is no schedule', (source, named) => {
  const parsed = parseCron(source);
  if (!('problem' in parsed)) throw new Error('it was read');
  expect(parsed.problem.ru).toContain(named);
  expect(parsed.problem.en).toMatch(/^[ -~“”]+$/);
});

it.each<[string, string, string, string, string[]]>([
  ['skipped: at the switch, once', '30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', ['2026-03-29T01:00', '2026-03-30T00:30']],
  ['skipped, each minute', '* 2 * * *', 'Europe/Berlin', '2026-03-29T00:59:00Z', ['2026-03-29T01:00', '2026-03-30T00:00']],
  ['skipped and the switch itself', '0,30 2,3 * * *', 'Europe/Berlin', '2026-03-29T00:00:00Z', ['2026-03-29T01:00', '2026-03-29T01:30']],
  ['repeated: the first', '30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', ['2026-10-25T00:30', '2026-10-26T01:30']],
  ['repeated, each hour', '0 * * * *', 'Europe/Berlin', '2026-10-24T23:30:00Z', ['2026-10-25T00:00', '2026-10-25T02:00']],
  ['from within the second time', '*/10 * * * *', 'Europe/Berlin', '2026-10-25T01:15:00Z', ['2026-10-25T02:00', '2026-10-25T02:10']],
  ['a skipped midnight', '0 0 * * *', 'America/Havana', '2026-03-07T12:00:00Z', ['2026-03-08T05:00', '2026-03-09T04:00']],
  ['a skipped day', '0 9 * * *', 'Pacific/Apia', '2011-12-29T20:00:00Z', ['2011-12-30T10:00', '2011-12-30T19:00']],
  ['half an hour', '15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00:00Z', ['2026-10-03T15:30', '2026-10-04T15:15']],
  ['Moscow 2011', '30 2 * * *', 'Europe/Moscow', '2011-03-26T12:00:00Z', ['2011-03-26T23:00', '2011-03-27T22:30']],
  ['Moscow now', '0 9 * * *', 'Europe/Moscow', '2026-03-28T12:00:00Z', ['2026-03-29T06:00', '2026-03-30T06:00']],
])('%s', (_, source, zone, after, expected) => {
  expect(occurrences(source, zone, after, 2)).toEqual(expected);
});

it('never gives the given instant, whatever its milliseconds', () => {
  const next = compileSchedule(read('0 9 * * *'), 'UTC');
  const nine = Date.parse('2026-07-01T09:00:00Z');
  expect([nine - 1, nine, nine + 1].map((after) => next(after)! - nine)).toEqual([0, 86_400_000, 86_400_000]);
});

/** Two days around each change of a clock. */
const changes: [string, string][] = [
  ['Europe/Berlin', '2026-03-28'],
  ['Europe/Berlin', '2026-10-24'],
  ['America/New_York', '2026-03-07'],
  ['America/New_York', '2026-10-31'],
  ['America/St_Johns', '2026-10-31'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['America/Sao_Paulo', '2018-11-03'],
  ['America/Sao_Paulo', '2018-02-17'],
  ['America/Havana', '2026-10-31'],
  ['Africa/Casablanca', '2026-03-21'],
  ['Europe/Moscow', '2014-10-25'],
  ['Pacific/Apia', '2011-12-29'],
  ['Asia/Kolkata', '2026-03-28'],
];

it('agrees with a clock that is watched minute by minute, in eleven zones around their changes', () => {
  const watched = changes.map(([zone, date]) => [zone, watch(zone, Date.parse(`${date}T06:00:00Z`), 42 * 60)] as const);
  const list = (min: number, max: number, size: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: size });
  const fields = fc.record({
    minutes: fc.oneof(list(0, 59, 6), fc.constant(undefined)),
    hours: fc.oneof(list(0, 5, 4), list(0, 23, 4), fc.constant(undefined)),
    days: fc.oneof(list(1, 31, 12), fc.constant(undefined)),
    weekdays: fc.oneof(list(0, 6, 3), fc.constant(undefined)),
    place: fc.constantFrom(...watched),
  });
  const write = (values: number[] | undefined) => values?.join(',') ?? '*';
  let compared = 0;
  fc.assert(
    fc.property(fields, ({ minutes, hours, days, weekdays, place }) => {
      const [zone, clock] = place;
      const has = (values: number[] | undefined, value: number) => values === undefined || values.includes(value);
      const matches = (local: number) => {
        const date = new Date(local);
        if (!has(minutes, date.getUTCMinutes()) || !has(hours, date.getUTCHours())) return false;
        const [byDay, byWeekday] = [has(days, date.getUTCDate()), has(weekdays, date.getUTCDay())];
        return days && weekdays ? byDay || byWeekday : byDay && byWeekday;
      };
      // A local time occurs at the first minute at which the clock shows it or a later one.
      const expected = new Set<number>();
      const [first, last] = [clock[0], clock.at(-1)];
      if (!first || !last) throw new Error('Nothing was watched');
      let reached = first.local;
      for (const { instant, local } of clock) {
        for (; reached < local;) {
          reached += 60_000;
          if (matches(reached)) expected.add(instant);
        }
      }
      const next = compileSchedule(read(`${write(minutes)} ${write(hours)} ${write(days)} * ${write(weekdays)}`), zone);
      const found: number[] = [];
      for (let at = next(first.instant); at !== undefined && at <= last.instant; at = next(at)) found.push(at);
      expect(found).toEqual([...expected]);
      compared += found.length;
    }),
    { numRuns: 120 },
  );
  expect(compared).toBeGreaterThan(500);
});

/** What a zone's clock shows each minute, as ms since 1970 as if it were UTC. */
function watch(zone: string, start: number, minutes: number): { instant: number; local: number }[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return Array.from({ length: minutes }, (_, minute) => {
    const instant = start + minute * 60_000;
    return { instant, local: Date.parse(`${format.format(instant).replace(' ', 'T')}:00Z`) };
  });
}
