/**
 * A conversation as Telegram knows it, and its text form:
 * - `CHAT`: a private chat or a group (its id is negative),
 * - `CHAT:topic:THREAD`: one topic of a forum,
 * - `CHAT:comment:ROOT:MESSAGE`: one comment under a channel's post, ROOT being the post's copy in the discussion group. Each comment is a
 *   conversation of its own, under one post or several, so it is named by the comment and not by its author.
 */
export interface TelegramThread {
  chat: string;
  topic?: string;
  comment?: { root: string; message: string };
}

export function toThreadKey({ chat, topic, comment }: TelegramThread): string {
  if (comment) return `${chat}:comment:${comment.root}:${comment.message}`;
  return topic === undefined ? chat : `${chat}:topic:${topic}`;
}

/** The inverse; undefined for a text that is no key. */
export function parseThreadKey(key: string): TelegramThread | undefined {
  const found = /^(?<chat>-?\d+)(?::topic:(?<topic>\d+)|:comment:(?<root>\d+):(?<message>\d+))?$/.exec(key)?.groups;
  if (!found?.['chat']) return undefined;
  const { chat, topic, root, message } = found;
  return { chat, ...(topic && { topic }), ...(root && message && { comment: { root, message } }) };
}

/** Whether the 20 messages a minute of a group apply: only people have positive ids. */
export function isGroup(thread: TelegramThread): boolean {
  return thread.chat.startsWith('-');
}

/** Message ids are unique within a chat only, ours within a channel. */
export function toExternalId(chat: string, message: string): string {
  return `${chat}:${message}`;
}

/** The message id, if the message is of this chat. */
export function messageIdIn(chat: string, externalId: string | undefined): string | undefined {
  const found = externalId === undefined ? null : /^(-?\d+):(\d+)$/.exec(externalId);
  return found?.[1] === chat ? found[2] : undefined;
}
