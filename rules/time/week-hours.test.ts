import * as fc from 'fast-check';
import { canOpen, compileHours, type WeekHours } from './week-hours.js';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const window = (from: string, to: string, more: Partial<WeekHours> = {}): WeekHours => ({
  intervals: [[from, to]],
  days: everyDay,
  dates: {},
  ...more,
});
const isInside = (hours: WeekHours, zone: string, instant: string) => compileHours(hours, zone)(Date.parse(instant)).inside;

describe('hours of the week', () => {
  it.each([
    ['22:00', '08:00', 'Europe/Moscow', '2026-03-02T23:10:00+03:00', true],
    ['22:00', '08:00', 'Europe/Moscow', '2026-03-03T07:59:59.999+03:00', true],
    ['22:00', '08:00', 'Europe/Moscow', '2026-03-03T08:00:00+03:00', false],
    ['22:00', '08:00', 'Europe/Moscow', '2026-03-03T21:59:59+03:00', false],
    ['22:00', '08:00', 'Europe/Moscow', '2026-03-03T22:00:00+03:00', true],
    ['00:00', '24:00', 'Europe/Moscow', '2026-03-03T23:59:59+03:00', true],
    ['23:59', '00:00', 'Europe/Moscow', '2026-03-03T23:59:30+03:00', true],
    ['23:59', '00:00', 'Europe/Moscow', '2026-03-03T00:00:00+03:00', false],
    // Moscow was at +4 in the summer of 2010 and from 2011-03-27 to 2014-10-26.
    ['09:00', '10:00', 'Europe/Moscow', '2010-07-01T05:30:00Z', true],
    ['09:00', '10:00', 'Europe/Moscow', '2013-01-15T05:30:00Z', true],
    ['09:00', '10:00', 'Europe/Moscow', '2013-01-15T06:30:00Z', false],
    ['09:00', '10:00', 'Europe/Moscow', '2014-11-15T06:30:00Z', true],
    // 01:30 occurred twice on 2014-10-26, and both times count.
    ['01:00', '02:00', 'Europe/Moscow', '2014-10-25T21:30:00Z', true],
    ['01:00', '02:00', 'Europe/Moscow', '2014-10-25T22:30:00Z', true],
    ['01:00', '02:00', 'Europe/Moscow', '2014-10-25T23:00:00Z', false],
    // 02:00 to 02:59 never occurred on 2011-03-27: the clock went from 01:59:59 to 03:00.
    ['02:00', '03:00', 'Europe/Moscow', '2011-03-26T22:59:59Z', false],
    ['02:00', '03:00', 'Europe/Moscow', '2011-03-26T23:00:00Z', false],
    ['09:00', '10:00', 'Europe/Volgograd', '2019-06-03T05:30:00Z', true],
    ['09:00', '10:00', 'Europe/Volgograd', '2026-06-01T06:30:00Z', true],
    ['09:00', '10:00', 'Europe/Kaliningrad', '2026-06-01T07:30:00Z', true],
    ['09:00', '10:00', 'Asia/Kamchatka', '2026-05-31T21:30:00Z', true],
    ['00:00', '00:00', 'Europe/Moscow', '2028-02-29T12:00:00+03:00', true],
    ['22:00', '08:00', 'UTC', '1969-12-31T23:00:00Z', true],
    ['22:00', '08:00', 'UTC', '1969-12-25T12:00:00Z', false],
  ])('%s–%s, %s, at %s: %s', (from, to, zone, instant, expected) => {
    expect(isInside(window(from, to), zone, instant)).toBe(expected);
  });

  it('gives a night to the day on which it began', () => {
    const friday = window('22:00', '06:00', { days: [5] });
    expect(isInside(friday, 'Europe/Moscow', '2026-03-07T05:59:59+03:00')).toBe(true);
    expect(isInside(friday, 'Europe/Moscow', '2026-03-06T05:59:59+03:00')).toBe(false);
    expect(isInside(friday, 'Europe/Moscow', '2026-03-07T22:00:00+03:00')).toBe(false);
    const sunday = window('22:00', '06:00', { days: [7] });
    expect(isInside(sunday, 'UTC', '1969-12-28T23:00:00Z')).toBe(true);
    expect(isInside(sunday, 'UTC', '1969-12-27T23:00:00Z')).toBe(false);
  });

  it('makes equal ends the whole calendar day of the days allowed, from midnight to midnight', () => {
    const monday = window('09:00', '09:00', { days: [1] });
    expect(isInside(monday, 'Europe/Moscow', '2026-03-02T00:00:00+03:00')).toBe(true);
    expect(isInside(monday, 'Europe/Moscow', '2026-03-02T23:59:59+03:00')).toBe(true);
    expect(isInside(monday, 'Europe/Moscow', '2026-03-03T00:00:00+03:00')).toBe(false);
    expect(isInside(monday, 'Europe/Moscow', '2026-03-03T08:59:59+03:00')).toBe(false);
  });

  it('lets the night before run into a closed day, and a closed day begin no night', () => {
    const night = window('22:00', '06:00', { dates: { '2026-01-01': 'closed' } });
    expect(isInside(night, 'Europe/Moscow', '2026-01-01T05:00:00+03:00')).toBe(true);
    expect(isInside(night, 'Europe/Moscow', '2026-01-01T23:00:00+03:00')).toBe(false);
    expect(isInside(night, 'Europe/Moscow', '2026-01-02T05:00:00+03:00')).toBe(false);
  });

  it('lets a date have hours of its own on a day of the week that is off', () => {
    const hours = window('09:00', '18:00', { days: [1, 2, 3, 4, 5], dates: { '2026-03-07': [['10:00', '15:00']] } });
    expect(isInside(hours, 'Europe/Moscow', '2026-03-07T11:00:00+03:00')).toBe(true);
    expect(isInside(hours, 'Europe/Moscow', '2026-03-07T16:00:00+03:00')).toBe(false);
    expect(isInside(hours, 'Europe/Moscow', '2026-03-14T11:00:00+03:00')).toBe(false);
  });

  it('knows hours that never open', () => {
    expect(canOpen(window('09:00', '18:00', { days: [] }))).toBe(false);
    expect(canOpen({ intervals: [], days: everyDay, dates: { '2026-01-01': 'closed' } })).toBe(false);
    expect(canOpen({ intervals: [], days: [], dates: { '2026-01-01': [['10:00', '11:00']] } })).toBe(true);
  });

  it('agrees with a calendar read part by part, in eight zones', () => {
    const zones = [
      'Europe/Moscow',
      'Europe/Kaliningrad',
      'Asia/Kamchatka',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
    ];
    const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => toClock(quarter * 15));
    const interval = fc.tuple(clock, clock);
    const hours = fc.record({
      intervals: fc.array(interval, { maxLength: 3 }),
      days: fc.subarray(everyDay),
      dates: fc.dictionary(
        fc.integer({ min: 0, max: 400 }).map((day) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString().slice(0, 10)),
        fc.oneof(fc.constant('closed' as const), fc.array(interval, { maxLength: 2 })),
        { maxKeys: 40 },
      ),
    });
    const anyTime = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    // Near the hours at which the zones above change their clocks, and on the quarters of an hour where windows begin and end.
    const switches = [
      '2026-03-29T01:00Z',
      '2026-10-25T01:00Z',
      '2026-03-08T07:00Z',
      '2026-11-01T06:00Z',
      '2026-04-04T15:00Z',
      '2026-10-03T15:30Z',
    ];
    const nearSwitch = fc
      .tuple(fc.constantFrom(...switches), fc.integer({ min: -16, max: 16 }))
      .map(([at, quarters]) => Date.parse(at) + quarters * 900_000);
    fc.assert(
      fc.property(hours, fc.constantFrom(...zones), fc.oneof(anyTime, nearSwitch), (hours, zone, now) => {
        expect(compileHours(hours, zone)(now).inside).toBe(slowIsInside(hours, zone, now));
      }),
      { numRuns: 10_000 },
    );
  });
});

const formatters = new Map<string, Intl.DateTimeFormat>();

/** By strings: the local date and clock from Intl, yesterday by the calendar, intervals compared as texts. */
function slowIsInside(hours: WeekHours, zone: string, now: number): boolean {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    formatters.set(zone, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(now).map(({ type, value }) => [type, value]));
  const today = `${parts['year']}-${parts['month']}-${parts['day']}`;
  const clock = `${parts['hour']}:${parts['minute']}`;
  const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
  const intervalsOf = (date: string) => {
    const own = hours.dates[date];
    if (own !== undefined) return own === 'closed' ? [] : own;
    return hours.days.includes(new Date(date).getUTCDay() || 7) ? hours.intervals : [];
  };
  return (
    intervalsOf(today).some(([from, to]) => from === to || (from < to ? from <= clock && clock < to : from <= clock)) ||
    intervalsOf(yesterday).some(([from, to]) => from > to && clock < to)
  );
}

function toClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
