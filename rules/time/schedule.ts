import type { Cron } from './cron.js';
import { instantOf } from './local-instant.js';
import { zoneOffset } from './zoned.js';

const secondMs = 1000;
const dayMs = 86_400_000;
/** 29 February falls on one day of the week every 28 years, and every 40 where a century has no leap year. */
const daysAhead = 366 * 41;

/**
 * The occurrences of a cron line on a zone's wall clock. A local time that the clock skips occurs at the switch, one that it
 * repeats occurs the first time only; several that fall on one instant are one.
 * @param zone IANA name
 * @returns the next instant (ms since 1970) strictly after the given one; undefined if there is none
 */
export function compileSchedule(cron: Cron, zone: string): (after: number) => number | undefined {
  const nextLocal = compileCalendar(cron);
  return (after) => {
    // Instants grow with local times, so nothing up to the local time of `after` can come after it.
    let local = nextLocal(after + zoneOffset(after, zone));
    while (local !== undefined) {
      const instant = instantOf(local, zone);
      if (instant > after) return instant;
      // The clock went back: this local time has been. Until the clock is where it was, none is new.
      local = nextLocal(local);
    }
    return undefined;
  };
}

/** Whether a cron line names any day that a calendar has; 30 February is none. */
export function canCome(cron: Cron): boolean {
  return compileCalendar(cron)(0) !== undefined;
}

/** The next wall clock time (ms since 1970 as if it were UTC) strictly after another. */
function compileCalendar(cron: Cron): (local: number) => number | undefined {
  const { days, months, weekdays, eitherDay } = cron;
  const clock = cron.hours.flatMap((hour) => cron.minutes.map((minute) => (hour * 60 + minute) * 60));
  const [firstMinute, lastMinute] = [clock[0]!, clock.at(-1)!];
  const [firstSecond, lastSecond] = [cron.seconds[0]!, cron.seconds.at(-1)!];
  const isDay = (day: number) => {
    const date = new Date(day * dayMs);
    if (!months.includes(date.getUTCMonth() + 1)) return false;
    const [byDate, byWeekday] = [days.includes(date.getUTCDate()), weekdays.includes(date.getUTCDay())];
    return eitherDay ? byDate || byWeekday : byDate && byWeekday;
  };
  return (local) => {
    const from = Math.floor(local / secondMs) + 1;
    const today = Math.floor(from / 86_400);
    const second = from - today * 86_400;
    if (second <= lastMinute + lastSecond && isDay(today)) {
      const minute = second - (second % 60);
      const later = cron.seconds.find((one) => one >= second - minute);
      const start = later !== undefined && clock.includes(minute) ? minute + later : undefined;
      return (today * 86_400 + (start ?? clock.find((one) => one > minute)! + firstSecond)) * secondMs;
    }
    for (let day = today + 1; day <= today + daysAhead; day++) {
      if (isDay(day)) return (day * 86_400 + firstMinute + firstSecond) * secondMs;
    }
    return undefined;
  };
}
