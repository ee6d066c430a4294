import { z } from 'zod';
import { id, pageOf, pageQuery } from './page.js';

/** The log's statuses per CRM connection: в очереди, выгружено, отфильтровано, выброшено (the CRM cannot take it), отброшено (held back), не удалось выгрузить. */
export const exportStatus = z.enum(['queued', 'exported', 'filtered', 'discarded', 'dropped', 'failed']);
export const deliveryStatus = z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown']);

/** GET /api/messages, newest first. */
export const messagesQuery = pageQuery.extend({
  channel: id.optional(),
  contact: id.optional(),
  conversation: id.optional(),
  /** Of the run, or of an export, or of the delivery. */
  status: z.string().max(20).optional(),
  direction: z.enum(['in', 'out']).optional(),
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  q: z.string().max(200).optional(),
});

const bilingual = z.object({ ru: z.string(), en: z.string() });

const attachment = z.object({
  type: z.string(),
  url: z.string().optional(),
  name: z.string().optional(),
  mime: z.string().optional(),
  size: z.number().optional(),
});

export const message = z.object({
  id,
  externalId: z.string().nullable(),
  at: z.string(),
  direction: z.enum(['in', 'out']),
  origin: z.string(),
  kind: z.string(),
  text: z.string(),
  attachments: z.array(attachment),
  editedAt: z.string().nullable(),
  deletedAt: z.string().nullable(),
  channel: z.object({ id, name: z.string(), kind: z.string() }),
  contact: z.object({ id, name: z.string().nullable(), username: z.string().nullable(), phone: z.string().nullable() }),
  conversation: z.object({ id, number: z.number().int() }),
  status: z.enum(['passed', 'filtered', 'error']),
  /** Which rule set and node dropped it, with the drop's text. `title` is the admin's name for the step at that time, `typeTitle` what steps of its kind are called. */
  reason: z
    .object({
      ruleSet: z.string().optional(),
      node: z.string(),
      title: z.string().optional(),
      typeTitle: bilingual.optional(),
      text: z.string().optional(),
    })
    .nullable(),
  /** Which step of which version sent it, with names as they were then; null for what people wrote. */
  sentBy: z
    .object({
      run: id,
      ruleSet: z.object({ id, name: z.string() }),
      version: z.number().int(),
      node: z.string(),
      title: z.string().optional(),
      typeTitle: bilingual.optional(),
    })
    .nullable(),
  /** Who of ours wrote it: a person, or a program by its token's name, who has no id. Null for what clients and rules wrote, and where nobody is known by name (a phone, a CRM). */
  author: z.object({ id: id.nullable(), name: z.string() }).nullable(),
  exports: z.array(
    z.object({ crm: z.string(), status: exportStatus, at: z.string(), attempts: z.number().int(), reason: z.string().nullable() }),
  ),
  delivery: z.object({ status: deliveryStatus, attempts: z.number().int(), error: z.string().nullable() }).nullable(),
});
export type Message = z.infer<typeof message>;
export const messagePage = pageOf(message);

/** GET /api/messages/counts with the same filters: the counters above the log. */
export const messageCounts = z.object({
  inbound: z.number().int(),
  outbound: z.number().int(),
  contacts: z.number().int(),
  filtered: z.number().int(),
  failed: z.number().int(),
  /** There were more messages than are counted at once: each number is at least that. */
  partial: z.boolean(),
});

/** GET /api/messages/:id: one, with its delivery attempts. POST /api/messages/:id/resend for failed and unknown ones. */
export const messageDetail = message.extend({
  deliveryAttempts: z.array(
    z.object({
      attempt: z.number().int(),
      startedAt: z.string(),
      finishedAt: z.string().nullable(),
      outcome: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
});

/** GET /api/messages/:id/runs: of every rule set that saw it, in order; of a message that the rules sent, the run that did. GET /api/rule-sets/:id/runs/:run: one. */
export const run = z.object({
  id,
  messageId: id.nullable(),
  /** Null for what a schedule began. */
  conversationId: id.nullable(),
  ruleSet: z.object({ id, name: z.string() }),
  version: z.number().int(),
  at: z.string(),
  eventType: z.string(),
  status: z.enum(['passed', 'filtered', 'error']),
  reason: z.object({ node: z.string(), text: z.string().optional(), ruleSet: z.string().optional() }).nullable(),
  error: z.object({ node: z.string(), text: z.string(), ruleSet: z.string().optional() }).nullable(),
  /** The step that decided: it dropped the message or failed, else answered, else was the last; absent for a run without steps. */
  decisive: z
    .object({
      /** In the graph of the run: where a rule set that was called decided, the step that called it. */
      node: z.string(),
      /** The admin's name for it in that version, else the kind's. */
      title: bilingual,
      /** Why it went as it did. */
      because: bilingual.optional(),
    })
    .nullable(),
  /** What the steps that ran are called, by node; of steps of one id here and in a rule set that the run called, the one here. */
  titles: z.record(z.string(), bilingual),
  /** See rules/trace.ts: Step. */
  trace: z.array(
    z.object({
      node: z.string(),
      port: z.string(),
      because: z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() }).optional(),
      held: z.string().optional(),
      /** The name of the rule set that the run called, of which this is a step. */
      ruleSet: z.string().optional(),
    }),
  ),
  effects: z.array(
    z.object({
      node: z.string(),
      type: z.string(),
      body: z.record(z.string(), z.unknown()),
      outcome: z.enum(['applied', 'skipped']),
      detail: z.string().nullable(),
    }),
  ),
  /** The input as it was: event and memory, so that the run can be repeated anywhere. */
  event: z.record(z.string(), z.unknown()),
  memory: z.record(z.string(), z.unknown()),
});
export type Run = z.infer<typeof run>;
