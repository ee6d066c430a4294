import { z } from 'zod';
import { backtestConversation, backtestGroup } from './backtests.js';
import { id } from './page.js';

/**
 * POST /api/rule-sets/:id/shadows -> { id, version }: from now on the version is asked what the published one is asked, and nothing of what it decides happens;
 * its schedules tick beside the published one's.
 * Without `version` the draft is frozen as a candidate. It ends by itself after so many days or events. 409 while another shadow or a release is under way,
 * or where nothing is published.
 */
export const newShadow = z.strictObject({
  version: z.number().int().min(1).max(2_147_483_647).optional(),
  days: z.number().int().min(1).max(30).default(7),
  events: z.number().int().min(10).max(20_000).default(5000),
});
export const startedShadow = z.object({ id, version: z.number().int() });

/** What differs for one reason; `key` names it in the address of its conversations. */
export const shadowGroup = backtestGroup.extend({ key: z.string() });
export type ShadowGroup = z.infer<typeof shadowGroup>;

/** How the effects of both sides compare: asked for by both alike, by both with another content, by one of them alone. */
export const effectCounts = z.object({ same: z.number().int(), other: z.number().int(), live: z.number().int(), shadow: z.number().int() });
export type EffectCounts = z.infer<typeof effectCounts>;

/** GET /api/rule-sets/:id/shadows (newest first). */
export const shadow = z.object({
  id,
  version: z.number().int(),
  /** The published version that it is compared with. */
  baseVersion: z.number().int(),
  /** `expired`: its days are over; `full`: it has seen as many events as it was to; `replaced`: another version was published or released. */
  status: z.enum(['active', 'stopped', 'expired', 'full', 'replaced']),
  author: z.string(),
  startedAt: z.string(),
  /** When it ends by itself. */
  endsAt: z.string(),
  endedAt: z.string().nullable(),
  /** Who stopped it; null: it ended by itself. */
  endedBy: z.string().nullable(),
  /** Events seen so far, and after how many it ends by itself. */
  events: z.number().int(),
  mostEvents: z.number().int(),
});
export type Shadow = z.infer<typeof shadow>;

/** GET /api/rule-sets/:id/shadows/:shadow: with its ledger in figures; POST /shadows/:shadow/stop. */
export const shadowWithLedger = shadow.extend({
  /** Events and timers that were compared. */
  lines: z.number().int(),
  /** Of these, lines that differ in anything; and those that come to something else for the client and the CRM. */
  differ: z.number().int(),
  outcomes: z.number().int(),
  /** Conversations whose outcome differs, and lines of schedules with another outcome. */
  conversations: z.number().int(),
  bySchedule: z.number().int(),
  effects: effectCounts,
  /** Lines on which it would have called another program that was not called, so that its way ends there. */
  wouldCall: z.number().int(),
  /** The most frequent first, a hundred at most. */
  groups: z.array(shadowGroup),
});
export type ShadowWithLedger = z.infer<typeof shadowWithLedger>;

/** GET /api/rule-sets/:id/shadows/:shadow/conversations?group=key: as a backtest's, a hundred at most. */
export const shadowConversation = backtestConversation;
