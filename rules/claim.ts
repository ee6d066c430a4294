import type { Condition } from './conditions/condition.js';
import type { EventType, RuleEvent } from './event.js';
import type { WeekHours } from './time/week-hours.js';

/** One thing that is certain of an event: what the checks reason with in place of running the node. */
export type Claim =
  | { kind: 'types'; types: readonly EventType[] }
  /** A comparison of one field. */
  | { kind: 'field'; is: Extract<Condition, { field: string }>; holds: boolean }
  /** Whether the channel's id or kind is among these. */
  | { kind: 'channel'; among: readonly string[]; holds: boolean }
  /** Whether the text matches one of the patterns, given as the word filter's field. */
  | { kind: 'words'; patterns: string; holds: boolean }
  | { kind: 'hours'; hours: WeekHours; zone: string; holds: boolean }
  /** Whether the one (the contact, the group, the post) is in a list of names. `example` is an event that is. */
  | { kind: 'listed'; who: string; list: readonly string[]; holds: boolean; example: Partial<RuleEvent> }
  /** Anything else; `example` is an event of which it holds. */
  | { kind: 'other'; what: string; holds: boolean; example?: Partial<RuleEvent> }
  /** What was certain of the clock, or of the event itself, is so no more: the node waited. */
  | { kind: 'anew'; what: 'clock' | 'event' };

/** Several ways in which it can be: each a list of claims that all hold. None at all: it cannot be. */
export type Claims = readonly (readonly Claim[])[];

/** Nothing is known. */
export const anything: Claims = [[]];

/** It cannot be. */
export const impossible: Claims = [];

/** Beyond so many ways nothing is claimed. */
const mostWays = 8;

/** All of these hold at once. */
export function bothClaims(...parts: readonly Claims[]): Claims {
  let ways: Claims = anything;
  for (const part of parts) {
    const joined = ways.flatMap((way) => part.map((other) => [...way, ...other]));
    // Leaving a part out claims less, which is never wrong.
    if (joined.length <= mostWays) ways = joined;
  }
  return ways;
}

/** At least one of these holds. */
export function eitherClaims(...parts: readonly Claims[]): Claims {
  const ways = parts.flat();
  return ways.length <= mostWays ? ways : anything;
}
