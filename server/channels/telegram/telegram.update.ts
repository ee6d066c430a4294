import { z } from 'zod';

/**
 * The fields of Telegram's Update that we read (https://core.telegram.org/bots/api#update); the others pass unseen. Ids become text: user and chat ids
 * have up to 52 bits, and JSON of other servers may hold longer ones.
 */
const id = z.union([z.int(), z.string().regex(/^-?\d{1,20}$/)]).transform(String);
const messageId = z.int().min(0).transform(String);
const seconds = z
  .int()
  .min(0)
  .max(253_402_300_799)
  .transform((value) => new Date(value * 1000).toISOString());
/** jsonb refuses NUL, and a lone surrogate is no character in UTF-8. */
const text = z.string().transform((value) => value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd'));
const bytes = z.number().min(0).optional();
/** Base64url by experience, documented as a text only; what cannot stand in a reference of ours is no file id. */
const fileId = z.string().regex(/^[^#\s\p{C}]{1,500}$/u);

const user = z.object({
  id,
  is_bot: z.boolean().optional(),
  first_name: text.optional(),
  last_name: text.optional(),
  username: text.optional(),
});
const chat = z.object({
  id,
  type: z.string(),
  title: text.optional(),
  username: text.optional(),
  first_name: text.optional(),
  last_name: text.optional(),
  is_direct_messages: z.boolean().optional(),
});
const file = z.object({ file_id: fileId, file_name: text.optional(), mime_type: text.optional(), file_size: bytes });
const photos = z.array(z.object({ file_id: fileId, width: z.number(), height: z.number(), file_size: bytes }));
const location = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });

const root = z.object({
  message_id: messageId,
  sender_chat: chat.optional(),
  is_automatic_forward: z.boolean().optional(),
  forward_origin: z.object({ type: z.string(), chat: chat.optional(), message_id: messageId.optional() }).optional(),
});

const message = z.looseObject({
  message_id: messageId,
  message_thread_id: messageId.optional(),
  is_topic_message: z.boolean().optional(),
  date: seconds,
  edit_date: seconds.optional(),
  chat,
  from: user.optional(),
  sender_chat: chat.optional(),
  is_automatic_forward: z.boolean().optional(),
  reply_to_message: root.optional(),
  migrate_to_chat_id: id.optional(),
  migrate_from_chat_id: id.optional(),
  text: text.optional(),
  caption: text.optional(),
  photo: photos.optional(),
  live_photo: file.optional(),
  document: file.optional(),
  voice: file.optional(),
  audio: file.extend({ title: text.optional(), performer: text.optional() }).optional(),
  video: file.optional(),
  video_note: file.optional(),
  animation: file.optional(),
  sticker: file.extend({ emoji: text.optional() }).optional(),
  paid_media: z
    .object({ paid_media: z.array(z.object({ type: z.string(), photo: photos.optional(), video: file.optional() })) })
    .optional(),
  contact: z.object({ phone_number: text, first_name: text.optional(), last_name: text.optional(), user_id: id.optional() }).optional(),
  location: location.optional(),
  venue: z.object({ location, title: text, address: text }).optional(),
  poll: z.object({ question: text, options: z.array(z.object({ text })) }).optional(),
  checklist: z.object({ title: text, tasks: z.array(z.object({ text })) }).optional(),
  dice: z.object({ emoji: text }).optional(),
  game: z.object({ title: text }).optional(),
  rich_message: z.unknown().optional(),
});

export const telegramUpdate = z.looseObject({
  update_id: id,
  message: message.optional(),
  edited_message: message.optional(),
  my_chat_member: z
    .object({
      chat,
      from: user,
      date: seconds,
      old_chat_member: z.object({ status: z.string() }),
      new_chat_member: z.object({ status: z.string() }),
    })
    .optional(),
});

export type TelegramMessage = z.output<typeof message>;
export type TelegramChat = z.output<typeof chat>;
export type TelegramUser = z.output<typeof user>;
export type ChatMemberChange = NonNullable<z.output<typeof telegramUpdate>['my_chat_member']>;

/** What an update brings, if it is none of the two that we read: its documented name. */
export function updateTypeOf(update: Record<string, unknown>): string {
  return Object.keys(update).find((key) => key !== 'update_id' && /^[a-z_]{1,60}$/.test(key)) ?? '';
}
