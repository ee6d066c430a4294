import { offsetOfZone, weekdayOf } from './zoned.js';

/** A half-open interval of clock times, `HH:MM` each; equal ends are the whole day, a later start spans midnight. */
export type ClockInterval = readonly [string, string];

/** Hours of the week, with the days that differ. */
export interface WeekHours {
  intervals: readonly ClockInterval[];
  /** Monday 1 to Sunday 7. */
  days: readonly number[];
  /** By `YYYY-MM-DD`: no hours at all, or hours of its own, whatever the day of the week. */
  dates: Readonly<Record<string, 'closed' | readonly ClockInterval[]>>;
}

/** Where the clock stands; `dated` when an entry of `dates` decided. */
export interface HoursState {
  inside: boolean;
  dated: boolean;
}

/**
 * Compiles hours to a function of the instant (ms since 1970). An interval over midnight belongs to the day on which it began:
 * Friday's 22:00-06:00 covers Saturday's 05:59. The wall clock alone is compared, so a clock time that occurs twice counts
 * twice, and one that is skipped never.
 */
export function compileHours(hours: WeekHours, zone: string): (now: number) => HoursState {
  const usual = hours.intervals.map(toMinutes);
  const ofWeekday = [1, 2, 3, 4, 5, 6, 7].map((weekday) => (hours.days.includes(weekday) ? usual : []));
  const dated = new Map<number, readonly Minutes[]>();
  for (const [date, own] of Object.entries(hours.dates)) dated.set(dayOf(date), own === 'closed' ? [] : own.map(toMinutes));
  const onDay = (day: number) => dated.get(day) ?? ofWeekday[weekdayOf(day) - 1]!;
  const week = weekTable(ofWeekday);
  const offsetAt = offsetOfZone(zone);
  return (now) => {
    const minutes = Math.floor((now + offsetAt(now)) / 60_000);
    if (dated.size > 0) {
      const day = Math.floor(minutes / dayMinutes);
      if (dated.has(day) || dated.has(day - 1)) return stateOn(day, minutes - day * dayMinutes);
    }
    // 1970-01-01 was a Thursday. The remainder of an instant before it is negative.
    const minute = (minutes + 3 * dayMinutes) % weekMinutes;
    return week[minute < 0 ? minute + weekMinutes : minute] === 1 ? usualInside : usualOutside;
  };

  function stateOn(day: number, minute: number): HoursState {
    if (isIn(onDay(day), minute)) return dated.has(day) ? datedInside : usualInside;
    if (isInTail(onDay(day - 1), minute)) return dated.has(day - 1) ? datedInside : usualInside;
    return dated.has(day) ? datedOutside : usualOutside;
  }
}

/** Whether any instant at all can be inside. */
export function canOpen(hours: WeekHours): boolean {
  const usually = hours.intervals.length > 0 && hours.days.length > 0;
  return usually || Object.values(hours.dates).some((own) => own !== 'closed' && own.length > 0);
}

interface Minutes {
  from: number;
  to: number;
}

const dayMinutes = 1440;
const weekMinutes = 7 * dayMinutes;

const usualInside: HoursState = { inside: true, dated: false };
const usualOutside: HoursState = { inside: false, dated: false };
const datedInside: HoursState = { inside: true, dated: true };
const datedOutside: HoursState = { inside: false, dated: true };

/** Whether each minute of a week without special dates is inside, from Monday's first: one look-up an event. */
function weekTable(ofWeekday: readonly (readonly Minutes[])[]): Uint8Array {
  const table = new Uint8Array(weekMinutes);
  ofWeekday.forEach((intervals, weekday) => {
    const midnight = weekday * dayMinutes;
    const nextMidnight = (midnight + dayMinutes) % weekMinutes;
    for (const { from, to } of intervals) {
      if (from === to) table.fill(1, midnight, midnight + dayMinutes);
      else if (from < to) table.fill(1, midnight + from, midnight + to);
      else {
        table.fill(1, midnight + from, midnight + dayMinutes);
        table.fill(1, nextMidnight, nextMidnight + to);
      }
    }
  });
  return table;
}

function isIn(intervals: readonly Minutes[], minute: number): boolean {
  for (const { from, to } of intervals) {
    if (from === to || (minute >= from && (from > to || minute < to))) return true;
  }
  return false;
}

function isInTail(intervals: readonly Minutes[], minute: number): boolean {
  for (const { from, to } of intervals) if (from > to && minute < to) return true;
  return false;
}

function toMinutes([from, to]: ClockInterval): Minutes {
  return { from: minutesOf(from), to: minutesOf(to) };
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}
