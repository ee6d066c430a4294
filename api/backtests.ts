import { z } from 'zod';
import { id } from './page.js';

const bilingual = z.object({ ru: z.string(), en: z.string() });
const day = z.iso.date();

/** The most days of one backtest. */
export const mostDays = 92;
/** The most events that one plays: some minutes of one core. */
export const mostEvents = 200_000;

/**
 * POST /api/rule-sets/:id/backtests -> { id }: plays the messages of these days (both included, in the account's zone) through the draft and through what
 * is live, in the background. 422 for a draft that cannot run, too many days or messages, or none.
 */
export const newBacktest = z.strictObject({
  from: day,
  to: day,
  /** Absent: all. */
  channels: z.array(id).max(200).optional(),
});

/** What differs for one reason. */
export const backtestGroup = z.object({
  /** The reason in words. */
  title: bilingual,
  /** The step at which the two part; null where all begins. */
  node: z.string().nullable(),
  /** Lines (messages, other events, timers) that differ. */
  count: z.number().int(),
  /** Conversations in which one does. */
  conversations: z.number().int(),
  /** Of the lines, those of schedules, which have no conversation, with another outcome. Absent in results of earlier releases. */
  bySchedule: z.number().int().default(0),
  /** Of the lines, those after an earlier difference in their conversation. */
  follows: z.number().int(),
  /** Of the lines, those that come to the same for the client and the CRM. */
  sameOutcome: z.number().int(),
  /** `-send-message`, `+add-tags`, `~set-stage`, `passed → filtered`, each with how often. */
  changes: z.record(z.string(), z.number().int()),
});
export type BacktestGroup = z.infer<typeof backtestGroup>;

/** How often the draft reached its places: steps by id, exits by `node.port`. */
const reached = z.object({ nodes: z.record(z.string(), z.number().int()), ports: z.record(z.string(), z.number().int()) });

/** What came out; the groups by number of lines, the largest first. */
export const backtestResult = z.object({
  events: z.number().int(),
  lines: z.number().int(),
  differ: z.number().int(),
  outcomes: z.number().int(),
  /** Conversations whose outcome changes, and lines of schedules with another outcome. */
  conversations: z.number().int(),
  bySchedule: z.number().int().default(0),
  /** Stored events that this release could not read, and left out. */
  unreadable: z.number().int(),
  /** There were more conversations or reasons than are kept. */
  isCut: z.boolean(),
  groups: z.array(backtestGroup),
  /** Absent in results of earlier releases. */
  reached: reached.optional(),
});
export type BacktestResult = z.infer<typeof backtestResult>;

/** GET /api/rule-sets/:id/backtests (newest first), /backtests/:backtest; POST /backtests/:backtest/cancel. */
export const backtest = z.object({
  id,
  from: day,
  to: day,
  /** Null: all. */
  channels: z.array(id).nullable(),
  /** The live version that the draft was compared with; null when none was. */
  version: z.number().int().nullable(),
  /** Whether the draft is another one by now. */
  isOutdated: z.boolean(),
  status: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']),
  /** Events played so far, of how many. */
  done: z.number().int(),
  total: z.number().int(),
  error: bilingual.nullable(),
  author: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  result: backtestResult.nullable(),
});
export type Backtest = z.infer<typeof backtest>;

const place = z.object({ node: z.string(), text: z.string().optional() });

/** What one version did, with names and reasons in words. */
export const backtestSide = z.object({
  status: z.enum(['passed', 'filtered', 'error']),
  at: z.string(),
  steps: z.array(
    z.object({
      /** Absent: the rule set under test. */
      ruleSet: z.string().optional(),
      node: z.string(),
      title: bilingual,
      port: z.string(),
      exit: bilingual.nullable(),
      reason: bilingual.nullable(),
    }),
  ),
  effects: z.array(z.record(z.string(), z.unknown())),
  reason: place.nullable(),
  error: place.nullable(),
});
export type BacktestSide = z.infer<typeof backtestSide>;

/** GET /api/rule-sets/:id/backtests/:backtest/conversations?group=0: those whose outcome changes for this reason, each with its first line that differs. */
export const backtestConversation = z.object({
  /** Null for what belongs to no conversation. */
  conversationId: id.nullable(),
  contactId: id.nullable(),
  contact: z.string().nullable(),
  number: z.number().int().nullable(),
  channel: z.string().nullable(),
  at: z.string(),
  /** The type of the event, and what the client wrote. */
  event: z.string(),
  text: z.string(),
  old: backtestSide.nullable(),
  new: backtestSide.nullable(),
});
export type BacktestConversation = z.infer<typeof backtestConversation>;
