import { UnreadableBody, type ChannelEvent, type Parsed, type Sender } from '../channel-connector.js';
import { parseJson } from '../parse-json.js';
import { contentOf, joined } from './telegram.content.js';
import { botIdOf, type TelegramChannel } from './telegram.settings.js';
import { toExternalId, toThreadKey } from './telegram.thread.js';
import {
  telegramUpdate,
  updateTypeOf,
  type ChatMemberChange,
  type TelegramChat,
  type TelegramMessage,
  type TelegramUser,
} from './telegram.update.js';

/** One update, as the hook or getUpdates gave it, in our words. Reasons for doing nothing are in Russian and English. Throws `UnreadableBody`. */
export function parseUpdate(body: Buffer, channel: TelegramChannel): Parsed {
  const read = telegramUpdate.safeParse(parseJson(body));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new UnreadableBody(
      `The update is not what Telegram documents: ${issue?.path.join('.') || '$'}: ${issue?.message ?? 'unreadable'}`,
    );
  }
  const { message, edited_message, my_chat_member } = read.data;
  if (message) return received(message, channel);
  if (edited_message) return edited(edited_message, channel);
  if (my_chat_member) return blocked(my_chat_member);
  const type = updateTypeOf(read.data);
  if (type === 'channel_post' || type === 'edited_channel_post')
    return ignored('запись канала, а не сообщение боту', 'a post of a channel, not a message to the bot');
  return ignored(`обновление вида «${type}» не нужно`, `an update of the kind "${type}" is not needed`);
}

function received(message: TelegramMessage, channel: TelegramChannel): Parsed {
  const moved = move(message);
  if (moved) return { events: [moved] };
  const content = contentOf(message);
  if (!content) return withoutContent(message);
  const strange = notForUs(message, channel);
  if (strange) return strange;
  const sender = senderOf(message);
  if (!sender) return ignored('у сообщения нет отправителя', 'the message has no sender');

  const comment = commentOf(message, channel);
  const { chat } = message;
  const replyTo = answeredIn(message);
  const event: ChannelEvent = {
    type: 'message-received',
    externalId: toExternalId(chat.id, message.message_id),
    at: message.date,
    threadKey: toThreadKey({
      chat: chat.id,
      ...(message.is_topic_message && message.message_thread_id && { topic: message.message_thread_id }),
      ...(comment && { comment: { root: comment.root, message: message.message_id } }),
    }),
    chat: {
      type: comment ? 'comments' : chat.type === 'private' ? 'private' : 'group',
      id: chat.id,
      ...(chat.username && { name: chat.username }),
      ...(chat.title && { title: chat.title }),
    },
    sender,
    ...content,
    ...(comment && { kind: 'comment', surface: 'comments' }),
    ...(comment?.post && { post: comment.post }),
    ...(replyTo && { replyTo }),
  };
  return { events: [event] };
}

function edited(message: TelegramMessage, channel: TelegramChannel): Parsed {
  const content = contentOf(message);
  if (!content) return withoutContent(message);
  const strange = notForUs(message, channel);
  if (strange) return strange;
  const externalId = toExternalId(message.chat.id, message.message_id);
  const { text, attachments } = content;
  return { events: [{ type: 'message-edited', externalId, at: message.edit_date ?? message.date, text, attachments }] };
}

/** In a private chat the bot is `kicked` when the person blocks it and `member` when he takes it back; in groups the same words mean something else. */
function blocked({ chat, from, date, old_chat_member, new_chat_member }: ChatMemberChange): Parsed {
  if (chat.type !== 'private')
    return ignored('изменились права бота в группе или канале', "the bot's rights in a group or channel changed");
  const status = new_chat_member.status;
  if (status !== 'kicked' && (status !== 'member' || old_chat_member.status !== 'kicked')) {
    return ignored(`новый статус бота в личном чате: ${status}`, `the bot's new status in a private chat: ${status}`);
  }
  return { events: [{ type: 'contact-blocked', at: date, sender: toSender(from), blocked: status === 'kicked' }] };
}

/** Both groups report the move, each with the other's id; the second report changes nothing. */
function move({ date, chat, migrate_to_chat_id, migrate_from_chat_id }: TelegramMessage): ChannelEvent | undefined {
  if (migrate_to_chat_id) return { type: 'thread-moved', at: date, from: chat.id, to: migrate_to_chat_id };
  if (migrate_from_chat_id) return { type: 'thread-moved', at: date, from: migrate_from_chat_id, to: chat.id };
  return undefined;
}

/** Fields that every message may have; any other one names what kind of service message it is. */
const plain =
  /^(message_id|message_thread_id|is_topic_message|date|edit_date|chat|from|sender_chat|sender_.+|via_bot|reply_.+|forward_.+|has_.+|is_.+|author_signature|guest_.+|business_.+|effect_id|link_preview_options)$/;

function withoutContent(message: TelegramMessage): Parsed {
  const names = Object.keys(message).filter((key) => message[key] !== undefined && !plain.test(key) && /^[a-z_]{1,60}$/.test(key));
  const what = names.join(', ') || '-';
  return ignored(`служебное сообщение: ${what}`, `a service message: ${what}`);
}

/** Messages that no client wrote to us: what the channel's owner wrote, what the bot did itself, chats of kinds that cannot be answered. */
function notForUs(message: TelegramMessage, channel: TelegramChannel): Parsed | undefined {
  const { chat, from, sender_chat, reply_to_message: root } = message;
  if (message.is_automatic_forward)
    return ignored('копия записи канала в его обсуждении', "a copy of a channel's post in its discussion group");
  if (!['private', 'group', 'supergroup'].includes(chat.type)) return ignored('чат неизвестного вида', 'a chat of an unknown kind');
  if (chat.is_direct_messages) return ignored('личные сообщения канала не поддерживаются', "a channel's direct messages are not supported");
  if (!sender_chat && from?.id === botIdOf(channel)) return ignored('сообщение самого бота', "the bot's own message");
  if (sender_chat && root?.is_automatic_forward && [root.sender_chat?.id, chat.id].includes(sender_chat.id)) {
    return ignored('комментарий от имени самого канала', 'a comment in the name of the channel itself');
  }
  return undefined;
}

interface Comment {
  /** The post's copy in the discussion group. */
  root: string;
  post?: { id?: string; url?: string };
}

/**
 * A supergroup message that answers the automatic copy of a post is a comment. An answer to another comment does not show the post; only when the
 * channel is declared to be one for comments, every thread of the group is taken for one.
 */
function commentOf(
  { chat, message_thread_id, is_topic_message, reply_to_message: answered }: TelegramMessage,
  channel: TelegramChannel,
): Comment | undefined {
  if (chat.type !== 'supergroup' || is_topic_message) return undefined;
  if (answered?.is_automatic_forward) {
    const { type, chat: owner, message_id } = answered.forward_origin ?? {};
    return {
      root: answered.message_id,
      ...(type === 'channel' && owner && message_id && { post: { id: message_id, url: postUrl(owner, message_id) } }),
    };
  }
  return channel.surface === 'comments' && message_thread_id ? { root: message_thread_id } : undefined;
}

/** The address of a post of a private channel has the channel's id without the mark -100. */
function postUrl(owner: TelegramChat, post: string): string {
  return owner.username
    ? `https://t.me/${encodeURIComponent(owner.username)}/${post}`
    : `https://t.me/c/${owner.id.replace(/^-100/, '')}/${post}`;
}

/** In forums every message of a topic formally answers the message that opened it, and a comment answers the post: neither is an answer to somebody. */
function answeredIn({ chat, reply_to_message: answered, message_thread_id, is_topic_message }: TelegramMessage): string | undefined {
  if (!answered || answered.is_automatic_forward) return undefined;
  if (is_topic_message && answered.message_id === message_thread_id) return undefined;
  return toExternalId(chat.id, answered.message_id);
}

/** Who writes in the name of a group or channel is that chat: `from` is then one of Telegram's stand-in bots. */
function senderOf({ chat, from, sender_chat, contact }: TelegramMessage): Sender | undefined {
  if (sender_chat) {
    const { id, title, username } = sender_chat;
    return { externalId: id, ...(title && { name: title }), ...links(username) };
  }
  if (!from) return chat.type === 'private' ? toSender(chat) : undefined;
  // Only his own card proves that the number is his.
  const phone = contact?.user_id === from.id ? contact.phone_number.replace(/\D/g, '') : '';
  return { ...toSender(from), ...(phone && { phone }) };
}

function toSender({ id, first_name, last_name, username, ...user }: TelegramUser): Sender {
  const name = joined([first_name, last_name], ' ');
  return { externalId: id, ...(name && { name }), ...links(username), ...(user.is_bot && { bot: true }) };
}

function links(username: string | undefined): Pick<Sender, 'username' | 'profileUrl'> {
  return username ? { username, profileUrl: `https://t.me/${encodeURIComponent(username)}` } : {};
}

function ignored(ru: string, en: string): Parsed {
  return { events: [], ignored: `${ru} / ${en}` };
}
