import { deliveryStatus, exportStatus } from '../../../api/messages.js';
import { parsePeriod, toInstants, type Period } from './period.js';

/** What the log is narrowed to; kept in the page's address so that it can be sent to a colleague. */
export interface MessageFilters {
  channel?: string;
  contact?: string;
  conversation?: string;
  direction?: 'in' | 'out';
  status?: string;
  q?: string;
  period: Period;
}

/** All statuses that the log can be narrowed to: of the run, of an export, of the delivery. */
export const statuses = [...new Set(['passed', 'filtered', 'error', ...exportStatus.options, ...deliveryStatus.options])];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the address; what is misspelt there is left out. One client's or one conversation's messages are shown whole unless a period is named. */
export function readFilters(query: URLSearchParams): MessageFilters {
  const id = (name: string) => {
    const value = query.get(name);
    return value && uuid.test(value) ? { [name]: value } : {};
  };
  const direction = query.get('direction');
  const status = query.get('status');
  const q = query.get('q')?.slice(0, 200);
  const narrowed = { ...id('channel'), ...id('contact'), ...id('conversation') };
  return {
    ...narrowed,
    ...(direction === 'in' || direction === 'out' ? { direction } : {}),
    ...(status && statuses.includes(status) ? { status } : {}),
    ...(q ? { q } : {}),
    period: parsePeriod(query.get('period')) ?? ('contact' in narrowed || 'conversation' in narrowed ? 'all' : 'today'),
  };
}

/** The address of these filters, after a change of the one before: other parameters (the open message) stay, empty ones go. */
export function writeFilters(before: URLSearchParams, changes: Partial<Record<keyof MessageFilters, string | undefined>>): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    if (value) after.set(name, value);
    else after.delete(name);
  }
  return after;
}

/** What is asked of GET /api/messages and its counters. */
export function toQuery({ period, ...rest }: MessageFilters, timezone: string, now: number): Record<string, string | undefined> {
  return { ...rest, ...toInstants(period, timezone, now) };
}

/** How many filters are set beyond the period. */
export function countFilters(filters: MessageFilters): number {
  return Object.keys(filters).filter((name) => name !== 'period').length;
}
