import { z } from 'zod';
import { id } from './page.js';
import { finding } from './rule-sets.js';

/**
 * GET, PUT /api/publish-policy (the owner changes it): what a draft needs to be published, beyond what always holds (no errors, no failing test).
 * Somebody who publishes all the same gives a reason, which stays in the audit.
 */
export const publishPolicy = z.strictObject({
  /** Neither the draft nor what it does together with others may have a warning. */
  withoutWarnings: z.boolean(),
  /** The draft must have a test. */
  withTests: z.boolean(),
  /** Per cent of the steps that its tests must reach; 0: none. */
  coverage: z.number().int().min(0).max(100),
});
export type PublishPolicy = z.infer<typeof publishPolicy>;

const share = z.object({ all: z.number().int(), reached: z.number().int() });

/** GET /api/rule-sets/:id/readiness: what stands between the saved draft and its publishing. */
export const readiness = z.object({
  revision: z.number().int(),
  /** Errors and failing tests: nobody publishes over them. */
  obstacles: z.array(finding),
  warnings: z.array(finding),
  tests: z.object({ all: z.number().int(), failed: z.number().int() }),
  /** What the tests reach; null while the draft has errors, so that none can be played. */
  coverage: z.object({ nodes: share, ports: share, missed: z.array(z.string()) }).nullable(),
  policy: publishPolicy,
  /** Parts of the policy that the draft does not meet: who publishes gives a reason. */
  unmet: z.array(finding),
});
export type Readiness = z.infer<typeof readiness>;

/** What becomes of runs that wait: `finish` on the version that they began with, `hand-over` to people, `move` to the new version. */
export const waitingChoice = z.enum(['finish', 'hand-over', 'move']);
export type WaitingChoice = z.infer<typeof waitingChoice>;

/** Conversations whose run waits in one step of one version. */
export const waitingGroup = z.object({
  version: z.number().int(),
  node: z.string(),
  /** The step's name as an admin gave it. */
  title: z.string().nullable(),
  type: z.string().nullable(),
  /** What the draft makes of the step or of where its exits lead. `retyped`: a step of another type has its id. */
  state: z.enum(['same', 'changed', 'removed', 'retyped']),
  conversations: z.number().int(),
});
export type WaitingGroup = z.infer<typeof waitingGroup>;

/** GET /api/rule-sets/:id/waiting: who stands in the middle, by step, with the first of them by the time when their wait ends. */
export const waiting = z.object({
  conversations: z.number().int(),
  groups: z.array(waitingGroup),
  items: z.array(
    z.object({
      conversation: z.object({ id, number: z.number().int(), open: z.boolean() }),
      contact: z.object({ id, name: z.string().nullable() }),
      channel: z.string(),
      version: z.number().int(),
      node: z.string(),
      /** When the wait ends by itself. */
      due: z.string(),
    }),
  ),
  /** Whether `items` is all of them. */
  complete: z.boolean(),
});
export type Waiting = z.infer<typeof waiting>;

/** What a publish says about those who wait in a step; who is not named finishes on the old version. */
export const settleWaiting = z.strictObject({
  version: z.number().int().min(1).max(2_147_483_647),
  node: z.string().max(64),
  choice: waitingChoice,
});
export type SettleWaiting = z.infer<typeof settleWaiting>;

/** How many runs went where. `stayed`: they should have moved, but wait in another step too that the new version does not have. */
export const settled = z.object({ moved: z.number().int(), handedOver: z.number().int(), stayed: z.number().int() });
export type Settled = z.infer<typeof settled>;

/**
 * POST /api/rule-sets/:id/publish -> { version }; 422 with `problems` when a check or a stored test fails, or, without `override`, when the account's policy
 * is not met.
 */
export const publish = z.strictObject({
  note: z.string().max(2000).optional(),
  revision: z.number().int().optional(),
  /** Why it is published although the policy is not met. */
  override: z.string().trim().min(1).max(2000).optional(),
  waiting: z.array(settleWaiting).max(1000).optional(),
});
export const published = z.object({ version: z.number().int(), waiting: settled.optional() });
