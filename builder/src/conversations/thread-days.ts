import type { Message } from '../../../api/messages.js';
import { toDate } from '../ui/times.js';

/** What was written on one day, oldest first. */
export interface ThreadDay {
  /** `2026-11-17`, in the reader's zone. */
  date: string;
  items: { message: Message; isFirstOfTurn: boolean }[];
}

/**
 * A thread as it is read: by day, oldest first. A turn is what one author wrote in a row within a day; who it is stands over its first message.
 * @param newestFirst as the log gives them
 * @param timezone IANA name of the reader's zone, in which days begin
 */
export function toThreadDays(newestFirst: readonly Message[], timezone: string): ThreadDay[] {
  const days: ThreadDay[] = [];
  for (const message of newestFirst.toReversed()) {
    const date = toDate(Date.parse(message.at), timezone);
    const last = days.at(-1);
    const day = last?.date === date ? last : { date, items: [] };
    if (day !== last) days.push(day);
    const before = day.items.at(-1)?.message;
    day.items.push({ message, isFirstOfTurn: before === undefined || authorOf(before) !== authorOf(message) });
  }
  return days;
}

/** Tells one author from another: a client, a person of ours, a step of a version. */
function authorOf({ direction, origin, author, sentBy }: Message): string {
  return [direction, origin, author?.id, author?.name, sentBy?.ruleSet.id, sentBy?.version, sentBy?.node].join(' ');
}
