import dayjs from 'dayjs';
import timezonePlugin from 'dayjs/plugin/timezone.js';
import utcPlugin from 'dayjs/plugin/utc.js';
import { addDays, toDate } from '../ui/times.js';

dayjs.extend(utcPlugin);
dayjs.extend(timezonePlugin);

/** Periods that have a name; others are spelt `2026-11-01..2026-11-20`, both days included. */
export const namedPeriods = ['today', 'yesterday', '7d', '30d', 'all'] as const;
export type Period = (typeof namedPeriods)[number] | `${string}..${string}`;

/** Undefined for what is no period. */
export function parsePeriod(text: string | null): Period | undefined {
  const named = namedPeriods.find((name) => name === text);
  if (named) return named;
  const [, first, last] = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text ?? '') ?? [];
  if (!first || !last || !isDate(first) || !isDate(last) || first > last) return undefined;
  return `${first}..${last}`;
}

/** The two days of a spelt period. */
export function daysOf(period: Period): [first: string, last: string] | undefined {
  const [first, last] = period.split('..');
  return first && last ? [first, last] : undefined;
}

/**
 * The instants (RFC 3339) that bound a period in a zone: `from` belongs to it, `to` does not. A day begins at that zone's midnight.
 * `now` is in ms since 1970.
 */
export function toInstants(period: Period, timezone: string, now: number): { from?: string; to?: string } {
  const today = toDate(now, timezone);
  const days = daysOf(period);
  if (days) return { from: startOf(days[0], timezone), to: startOf(addDays(days[1], 1), timezone) };
  if (period === 'today') return { from: startOf(today, timezone) };
  if (period === 'yesterday') return { from: startOf(addDays(today, -1), timezone), to: startOf(today, timezone) };
  if (period === '7d') return { from: startOf(addDays(today, -6), timezone) };
  if (period === '30d') return { from: startOf(addDays(today, -29), timezone) };
  return {};
}

function startOf(date: string, timezone: string): string {
  return dayjs.tz(`${date} 00:00`, timezone).toISOString();
}

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
