import { z } from 'zod';
import { id, pageOf, pageQuery } from './page.js';

/** GET /api/conversations, last written first. */
export const conversationsQuery = pageQuery.extend({
  status: z.enum(['open', 'closed']).optional(),
  channel: id.optional(),
  contact: id.optional(),
  needsAnswer: z.enum(['true', 'false']).optional(),
  q: z.string().max(200).optional(),
});
export const conversation = z.object({
  id,
  number: z.number().int(),
  channel: z.object({ id, name: z.string(), kind: z.string() }),
  contact: z.object({ id, name: z.string().nullable() }),
  status: z.enum(['open', 'closed']),
  needsAnswer: z.boolean(),
  unread: z.number().int(),
  inbound: z.number().int(),
  outbound: z.number().int(),
  createdAt: z.string(),
  closedAt: z.string().nullable(),
  lastMessageAt: z.string(),
  lastText: z.string().nullable(),
  assignee: z.object({ id, name: z.string() }).nullable(),
  /** The last score that the client gave in it. */
  score: z.object({ score: z.number().int(), scale: z.string(), bucket: z.string(), at: z.string() }).nullable(),
});
export type Conversation = z.infer<typeof conversation>;
export const conversationPage = pageOf(conversation);
/** POST /api/conversations/:id/messages: what an operator writes to the client. */
export const answerBody = z.strictObject({ text: z.string().trim().min(1).max(20_000) });
export const answered = z.object({ messages: z.array(id) });
/** POST /api/conversations/:id/request-score; `asked` is false where no rules ask. */
export const scoreRequested = z.object({ asked: z.boolean() });
/** POST /api/conversations/:id/close; the next message of the client opens a new one with a new number. */

/** GET /api/contacts?q=, newest first; GET /api/contacts/:id. */
export const contactsQuery = pageQuery.extend({ q: z.string().max(200).optional() });
export const contactRow = z.object({
  id,
  name: z.string().nullable(),
  phone: z.string().nullable(),
  bot: z.boolean(),
  kinds: z.array(z.string()),
  deals: z.number().int(),
  createdAt: z.string(),
  lastMessageAt: z.string().nullable(),
});
export const contactPage = pageOf(contactRow);
export const contact = z.object({
  id,
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  bot: z.boolean(),
  fields: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  identities: z.array(
    z.object({
      id,
      kind: z.string(),
      externalId: z.string(),
      name: z.string().nullable(),
      username: z.string().nullable(),
      phone: z.string().nullable(),
      profileUrl: z.string().nullable(),
      blocked: z.boolean(),
    }),
  ),
  conversations: z.array(
    z.object({
      id,
      number: z.number().int(),
      channel: z.string(),
      kind: z.string(),
      status: z.enum(['open', 'closed']),
      createdAt: z.string(),
      lastMessageAt: z.string(),
    }),
  ),
});
export type Contact = z.infer<typeof contact>;
/** PATCH /api/contacts/:id. */
export const changeContact = z.strictObject({
  name: z.string().max(200).nullable().optional(),
  phone: z.string().max(40).nullable().optional(),
  email: z.string().max(320).nullable().optional(),
  bot: z.boolean().optional(),
});

/** GET /api/deals?contact=&pipeline=&stage=&open=&q=, newest first; GET /api/deals/:id; PATCH /api/deals/:id. `fields` are the account's own. */
export const dealsQuery = pageQuery.extend({
  contact: id.optional(),
  pipeline: z.string().max(200).optional(),
  stage: z.string().max(200).optional(),
  open: z.enum(['true', 'false']).optional(),
  q: z.string().max(200).optional(),
});
export const deal = z.object({
  id,
  number: z.number().int(),
  name: z.string(),
  contact: z.object({ id, name: z.string().nullable() }),
  /** Names, unique in the account and within the pipeline. */
  pipeline: z.string(),
  stage: z.string(),
  open: z.boolean(),
  responsible: z.object({ id, name: z.string() }).nullable(),
  tags: z.array(z.string()),
  fields: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  updatedAt: z.string(),
  closedAt: z.string().nullable(),
});
export type Deal = z.infer<typeof deal>;
export const dealPage = pageOf(deal);
export const changeDeal = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  pipeline: z.string().optional(),
  stage: z.string().optional(),
  responsibleId: id.nullable().optional(),
  tags: z.array(z.string().min(1).max(100)).max(100).optional(),
});

/** GET /api/tasks?deal=&contact=&mine=, open ones first by due time; POST /api/tasks/:id/done. */
export const tasksQuery = pageQuery.extend({
  deal: id.optional(),
  contact: id.optional(),
  mine: z.enum(['true', 'false']).optional(),
  open: z.enum(['true', 'false']).optional(),
});
export const task = z.object({
  id,
  text: z.string(),
  mode: z.string(),
  dueAt: z.string(),
  createdAt: z.string(),
  doneAt: z.string().nullable(),
  assignee: z.object({ id, name: z.string() }).nullable(),
  contact: z.object({ id, name: z.string().nullable() }),
  dealId: id.nullable(),
  conversationId: id.nullable(),
});
export type Task = z.infer<typeof task>;
export const taskPage = pageOf(task);

/** GET /api/notes?deal=&contact=; POST /api/notes. */
export const note = z.object({
  id,
  text: z.string(),
  author: z.string().nullable(),
  createdAt: z.string(),
  dealId: id.nullable(),
  conversationId: id.nullable(),
});
export type Note = z.infer<typeof note>;
export const notePage = pageOf(note);
export const createNote = z.strictObject({ text: z.string().min(1).max(10_000), contactId: id, dealId: id.nullable().optional() });

/** GET /api/notifications: one's own, newest first; POST /api/notifications/read { ids } marks them. */
export const notification = z.object({
  id,
  text: z.string(),
  createdAt: z.string(),
  readAt: z.string().nullable(),
  conversationId: id.nullable(),
});
export const notificationPage = pageOf(notification).extend({ unread: z.number().int() });
