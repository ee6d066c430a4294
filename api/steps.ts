import { z } from 'zod';
import { id } from './page.js';

/** Of which days, the current one included, and of which version; without one, of all together. */
export const stepsQuery = z.object({
  days: z.coerce.number().int().min(1).max(31).default(1),
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
});
export type StepsQuery = z.infer<typeof stepsQuery>;

/** Answers to questions of one scale: how many, their average, and for `0-10` the share of promoters less that of detractors, in per cent. */
const scores = z.object({ scale: z.string(), count: z.number().int(), average: z.number(), nps: z.number().nullable() });

/** What a step did in the days that were asked for. */
export const stepFigures = z.object({
  node: z.string(),
  times: z.number().int(),
  /** By the port that it left by; `drop`, `wait` and `error` where it did not. */
  exits: z.record(z.string(), z.number().int()),
  replies: z.number().int(),
  /** Replies that were held back: to robots, too many, too late. */
  held: z.number().int(),
  drops: z.number().int(),
  errors: z.number().int(),
  /** What it asked for and nobody was there to do it to. */
  skipped: z.number().int(),
  /** Replies that the channel refused, or of which nobody knows. */
  undelivered: z.number().int(),
  scores: z.array(scores),
  /** Seconds from the client's message to its reply at the channel: the median of the last 20. */
  replySeconds: z.number().nullable(),
  /** When it last ran, whatever days were asked for. */
  lastAt: z.string().nullable(),
  /** Since when it has been in published versions; null for a step that never was. */
  since: z.string().nullable(),
  /** Whether the live version has it. */
  live: z.boolean(),
});
export type StepFigures = z.infer<typeof stepFigures>;

/** GET /api/rule-sets/:id/steps: of each step that ran or is published. */
export const ruleSetSteps = z.object({ items: z.array(stepFigures) });

/** GET /api/rule-sets/:id/passed?node=&port=: the newest runs that took an exit. GET /api/rule-sets/:id/messages?q= the same by a piece of the message's text. */
export const passedQuery = z.object({ node: z.string().min(1).max(64), port: z.string().min(1).max(200) });
export const foundRunsQuery = z.object({ q: z.string().trim().min(1).max(200) });
export const passedRun = z.object({
  run: id,
  /** Whose run it is: of the rule set that calls this one, where it is called. */
  ruleSet: id,
  version: z.number().int(),
  at: z.string(),
  eventType: z.string(),
  message: id.nullable(),
  text: z.string(),
  contact: z.string().nullable(),
});
export type PassedRun = z.infer<typeof passedRun>;
export const passedRuns = z.object({ items: z.array(passedRun) });
