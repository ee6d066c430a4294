import { wallClock, zoneOffset } from './zoned.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * The instant (ms since 1970) at which a zone's clock first shows a local time. One that a switch skips is the instant of the switch itself; of one that
 * occurs twice it is the first.
 * @param local ms of the wall clock, as if it were UTC
 */
export function instantOf(local: number, zone: string): number {
  // Offsets of a day around it hold both sides of any switch; the larger one is the earlier instant.
  const offsets = [zoneOffset(local - dayMs, zone), zoneOffset(local + dayMs, zone)].sort((a, b) => b - a);
  for (const offset of offsets) if (zoneOffset(local - offset, zone) === offset) return local - offset;
  return switchBetween(local - (offsets[0] ?? 0), local - (offsets[1] ?? 0), zone);
}

/** The next instant strictly after `now` at which the zone's clock shows this minute of the day. */
export function nextClock(now: number, minuteOfDay: number, zone: string): number {
  const { day } = wallClock(now, zone);
  for (let ahead = 0; ; ahead++) {
    const instant = instantOf((day + ahead) * dayMs + minuteOfDay * minuteMs, zone);
    if (instant > now) return instant;
  }
}

/** The first instant after `before` with the offset of `behind`: the clock has switched. */
function switchBetween(before: number, behind: number, zone: string): number {
  const offset = zoneOffset(behind, zone);
  let [low, high] = [before, behind];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffset(middle, zone) === offset) high = middle;
    else low = middle;
  }
  return high;
}
