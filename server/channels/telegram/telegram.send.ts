import { z } from 'zod';
import type { OutgoingCalls, OutgoingMessage, RateLimit } from '../channel-connector.js';
import { ConnectorError } from '../connector-error.js';
import { callTelegram, TelegramRefusal, toRequestId } from './telegram.client.js';
import { toSendCalls, type SendCall } from './telegram.send-calls.js';
import { botIdOf, type TelegramChannel } from './telegram.settings.js';
import { isGroup, messageIdIn, parseThreadKey, toExternalId, toThreadKey, type TelegramThread } from './telegram.thread.js';

const sent = z.object({ message_id: z.int() });
const result = z.union([sent, z.array(sent).min(1)]);

/**
 * Sends one message, as a single call wherever Telegram can carry it in one, and gives the id of the first that came of it.
 * When a later call of several fails the whole is never repeated: the outcome is then `unknown` or `rejected`, with what went through in the text.
 */
export async function sendToTelegram(
  message: OutgoingMessage,
  channel: TelegramChannel,
  calls: OutgoingCalls,
): Promise<{ externalId?: string }> {
  const thread = parseThreadKey(message.threadKey);
  if (!thread) throw new ConnectorError('rejected', `Неизвестный чат / An unknown chat (${message.threadKey.slice(0, 100)})`);
  const plan = toSendCalls(message.text, message.attachments);
  let first: string | undefined;
  for (const [done, part] of plan.entries()) {
    const params = { ...addressOf(thread, message, done === 0), ...part.params };
    try {
      const answer = await callTelegram(channel, calls, { method: part.method, params, repeatable: false });
      first ??= idOf(answer.result, part);
    } catch (error) {
      const told = error instanceof TelegramRefusal ? inThread(error, thread) : error;
      throw done > 0 && told instanceof ConnectorError ? halfSent(told, done, plan.length) : told;
    }
  }
  return first === undefined ? {} : { externalId: toExternalId(thread.chat, first) };
}

/**
 * 1 message a second in a chat with a burst of 3, 30 a second for the bot, 20 a minute in a group. The numbers of the buckets keep any window of a
 * second or a minute under the limit, burst included: 1 + 1000/34 is 30, 3 + 60/3.6 is 19.
 */
export function limitsOf(channel: TelegramChannel, message: OutgoingMessage): RateLimit[] {
  const bot = `telegram:${botIdOf(channel)}`;
  const thread = parseThreadKey(message.threadKey);
  const limits: RateLimit[] = [{ key: bot, everyMs: 34, burst: 1 }];
  if (!thread) return limits;
  limits.push({ key: `${bot}:${thread.chat}`, everyMs: 1000, burst: 3 });
  if (isGroup(thread)) limits.push({ key: `${bot}:${thread.chat}:minute`, everyMs: 3600, burst: 3 });
  return limits;
}

/** Where the message goes: an answer to a comment must hang on it, or it would appear in the group without its post; elsewhere the quote may be lost. */
function addressOf(thread: TelegramThread, message: OutgoingMessage, isFirst: boolean): Record<string, unknown> {
  const answered = (isFirst || thread.comment ? messageIdIn(thread.chat, message.replyTo) : undefined) ?? thread.comment?.message;
  return {
    chat_id: toRequestId(thread.chat),
    ...(thread.topic && { message_thread_id: toRequestId(thread.topic) }),
    ...(answered && { reply_parameters: { message_id: toRequestId(answered), allow_sending_without_reply: !thread.comment } }),
  };
}

function idOf(answer: unknown, part: SendCall): string {
  const read = result.safeParse(answer);
  const message = read.success ? [read.data].flat()[0] : undefined;
  if (message) return String(message.message_id);
  throw new ConnectorError(
    'unknown',
    `Telegram ответил не по документации, сообщение могло уйти / An undocumented answer, the message may have been sent (${part.method})`,
  );
}

/**
 * What a refusal means for this conversation. A 429 does not say which of its limits is exhausted; since the buckets above hold the bot under 30 a second,
 * it is the chat's own, so only the chat waits. A 403 in a private chat is final until the person writes again; in a group it concerns the group, not him.
 */
function inThread(refusal: TelegramRefusal, thread: TelegramThread): ConnectorError {
  if (refusal.kind === 'throttled') return new ConnectorError('throttled', refusal.message, { ...refusal.more, scope: 'chat' });
  if (refusal.kind !== 'rejected') return refusal;
  if (refusal.migratedTo)
    return new ConnectorError('rejected', refusal.message, { movedTo: toThreadKey({ ...thread, chat: refusal.migratedTo }) });
  if (refusal.status === 403 && !isGroup(thread)) return new ConnectorError('rejected', refusal.message, { contactBlocked: true });
  return refusal;
}

function halfSent(error: ConnectorError, done: number, all: number): ConnectorError {
  const message = `Отправлено частей: ${done} из ${all}; дальше: / ${done} of ${all} parts were sent; then: ${error.message}`;
  // `movedTo` would repeat the delivery, so it does not go on; a blocked contact stays one.
  const { contactBlocked } = error.more;
  return new ConnectorError(error.kind === 'rejected' ? 'rejected' : 'unknown', message, contactBlocked ? { contactBlocked } : {});
}
