import { z } from 'zod';
import { messageKinds } from '../../../rules/index.js';

/*
 * What a foreign system may tell us. Fields that are not named here are accepted and left out of the result: senders add some as they grow, and nothing
 * in a body, a channel or account least of all, decides where it goes.
 */

/** Ids are text; whole numbers are taken as text too, since many systems count. */
const id = z
  .union([z.string(), z.int()])
  .transform(String)
  .refine((text) => isId(text), 'expected 1 to 200 characters, none of them a control character');

/** PostgreSQL keeps neither NUL nor half of a surrogate pair. */
const text = z.string().transform(toStorable);

const instant = z.iso.datetime({ offset: true }).pipe(
  z
    .string()
    .refine((value) => value >= '1970' && value < '2200', 'expected a year from 1970 to 2199')
    .transform((value) => new Date(value).toISOString()),
);

const attachment = z
  .object({
    kind: z.enum(['image', 'video', 'audio', 'voice', 'file', 'sticker', 'location', 'contact']),
    url: z
      .url({ protocol: /^https?$/, error: 'expected an http or https address' })
      .max(2_000)
      .transform(toStorable)
      .nullish(),
    name: text.nullish(),
    mime: text.nullish(),
    size: z.int().nonnegative().nullish(),
  })
  .transform(({ kind, url, name, mime, size }) => ({
    type: kind,
    ...(url && { url }),
    ...(name && { name }),
    ...(mime && { mime }),
    ...(typeof size === 'number' && { size }),
  }));

const attachments = z.array(attachment).max(50);

const sender = z.object({
  id,
  name: text.pipe(z.string().max(500)).nullish(),
  phone: z.string().max(40).nullish(),
  email: text.pipe(z.string().max(320)).nullish(),
  username: text.pipe(z.string().max(200)).nullish(),
});

/** A call or a subscription: where it belongs, if the sender knows. */
const place = z.object({ id: id.nullish(), conversationId: id.nullish(), sentAt: instant.nullish() });

const received = z.object({
  message: z.object({
    id,
    conversationId: id.nullish(),
    sentAt: instant.nullish(),
    kind: z.enum(messageKinds).default('text'),
    text: text.nullish(),
    replyTo: id.nullish(),
    attachments: attachments.nullish(),
  }),
  sender,
  source: z.object({ postId: id.nullish() }).nullish(),
});

const edited = z.object({
  message: z.object({ id, text: text.nullish(), editedAt: instant.nullish(), attachments: attachments.nullish() }),
});

const status = z
  .object({
    messageId: id.nullish(),
    externalId: id.nullish(),
    status: z.enum(['sent', 'delivered', 'read', 'failed']),
    error: z.object({ code: text.nullish(), detail: text.nullish() }).nullish(),
  })
  .refine((data) => data.messageId || data.externalId, { path: ['messageId'], error: 'expected messageId, externalId or both' });

const met = z.object({ message: place.nullish(), sender });

/** One request of a foreign system: `{type, timestamp, data}`. */
export const envelope = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message.received'), timestamp: instant, data: received }),
  z.object({ type: z.literal('message.edited'), timestamp: instant, data: edited }),
  z.object({ type: z.literal('message.deleted'), timestamp: instant, data: z.object({ message: z.object({ id }) }) }),
  z.object({ type: z.literal('message.status'), timestamp: instant, data: status }),
  z.object({ type: z.literal('call.missed'), timestamp: instant, data: met }),
  z.object({ type: z.literal('contact.subscribed'), timestamp: instant, data: met }),
  // Accepted, so that a sender of everything is not refused, and not used: contacts are edited here.
  z.object({ type: z.literal('contact.updated'), timestamp: instant }),
]);

export type Envelope = z.output<typeof envelope>;

/** Whether a text may serve as an id: it is stored, compared and shown as it is. */
export function isId(value: string): boolean {
  return value.length >= 1 && value.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(value);
}

function toStorable(value: string): string {
  return Buffer.from(value.replaceAll('\0', '')).toString();
}
