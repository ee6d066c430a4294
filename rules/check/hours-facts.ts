import type { Claim } from '../claim.js';
import { compileHours, type ClockInterval } from '../time/week-hours.js';
import { zoneOffset } from '../time/zoned.js';

type Hours = Extract<Claim, { kind: 'hours' }>;

const day = 86_400_000;
/** Mondays of a winter and a summer week: between them zones differ in their offsets as much as they ever do. */
const mondays = [Date.UTC(2026, 2, 2), Date.UTC(2026, 6, 6)];
/** Beyond that many special dates only the first are looked at, and nothing is called impossible. */
const mostDates = 60;
const plainest = mondays[0]! + 9 * 3_600_000;

/**
 * The instants at which any of the given windows opens or closes, over a week of winter and of summer and around each special date:
 * between two of them none changes, so what holds at none of them never holds.
 */
export class Instants {
  private readonly all: readonly number[];
  private readonly states = new Map<string, Uint8Array>();
  private readonly isWhole: boolean;

  constructor(windows: readonly Hours[]) {
    const found = new Set([plainest]);
    const dates = new Set<string>();
    for (const { hours } of windows) for (const date of Object.keys(hours.dates)) dates.add(date);
    this.isWhole = dates.size <= mostDates;
    const named = [...dates].slice(0, mostDates).map((date) => Date.parse(`${date}T00:00:00Z`));
    const days = mondays.flatMap((monday) => [0, 1, 2, 3, 4, 5, 6, 7].map((place) => monday + place * day));
    for (const start of named) days.push(start - day, start, start + day);
    for (const { hours, zone } of windows) {
      const clocks = clocksOf([...hours.intervals, ...Object.values(hours.dates).flatMap((own) => (own === 'closed' ? [] : own))]);
      for (const start of days) for (const clock of clocks) found.add(instantOf(start + clock * 60_000, zone));
    }
    this.all = [...found];
  }

  /** The first instant at which all of this holds; undefined when there is none. */
  find(claims: readonly Hours[]): number | undefined {
    const states = claims.map((claim) => ({ state: this.stateOf(claim), wanted: claim.holds ? 1 : 0 }));
    const place = this.all.findIndex((_, at) => states.every(({ state, wanted }) => state[at] === wanted));
    return this.all[place];
  }

  isPossible(claims: readonly Hours[]): boolean {
    return !this.isWhole || this.find(claims) !== undefined;
  }

  private stateOf({ hours, zone }: Hours): Uint8Array {
    const key = JSON.stringify([hours, zone]);
    let state = this.states.get(key);
    if (!state) {
      const at = compileHours(hours, zone);
      state = Uint8Array.from(this.all, (instant) => (at(instant).inside ? 1 : 0));
      this.states.set(key, state);
    }
    return state;
  }
}

/** Minutes of the day at which something begins or ends, midnight included. */
function clocksOf(intervals: readonly ClockInterval[]): Set<number> {
  return new Set([0, ...intervals.flat().map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)))]);
}

/** The instant of a wall clock, given as if it were UTC. Where the clock is set it may be an hour off: no day of ours is such a day. */
function instantOf(wall: number, zone: string): number {
  return wall - zoneOffset(wall - zoneOffset(wall, zone), zone);
}
