import { v7 as uuid } from 'uuid';
import type { EffectHandler } from './effect-handler.js';
import { applied, skipped, type NewMessage, type Scene } from './scene.js';
import { splitText } from './split-text.js';

/** So many messages wait for one chat and no more: a channel that is stuck must not let out a flood when it comes back. */
export const mostQueued = 200;

/** Queues the reply: a message row and an outbox row for each part that the channel takes at once; attachments go with the first. */
export const sendMessage: EffectHandler<'send-message'> = (effect, scene) => {
  const { conversation, event } = scene;
  const parts = splitText(effect.text, scene.maxTextLength);
  if (conversation.queued + parts.length > mostQueued) return skipped(`${conversation.queued} messages wait for this chat already`);
  for (const [i, text] of parts.entries()) {
    const message: NewMessage = {
      id: uuid(),
      channelId: conversation.channelId,
      conversationId: conversation.id,
      contactId: conversation.contactId,
      direction: 'out',
      origin: 'rules',
      externalId: null,
      kind: 'text',
      text,
      attachments: i === 0 ? (effect.attachments ?? []) : [],
      post: null,
      // Under a post the answer belongs below the comment that it answers.
      replyTo: event.chat?.type === 'private' ? null : (event.message?.id ?? null),
      // The run's clock, so that replays, the limit of 20 a minute and the log agree.
      at: event.at,
      status: 'passed',
      reason: null,
      sentBy: scene.sentBy,
    };
    scene.rows.messages.push(message);
    scene.rows.outbox.push({ id: uuid(), channelId: conversation.channelId, conversationId: conversation.id, messageId: message.id });
    for (const crm of scene.account.crmConnections)
      scene.rows.exports.push({ messageId: message.id, crmConnectionId: crm.id, status: 'exported', reason: null });
    conversation.outbound += 1;
    conversation.queued += 1;
    if (conversation.queued === mostQueued) alertFull(scene);
    conversation.said?.push({ by: 'rules', text, attachments: message.attachments, at: Date.parse(event.at) });
    // The run counted one reply; the tables will show each part, and so must the rest of this batch.
    if (i > 0) conversation.replies = [...conversation.replies, Date.parse(event.at)];
  }
  return applied;
};

/** Whoever runs the desk is told once, when the last place is taken. */
function alertFull({ account, conversation, rows }: Scene): void {
  for (const { id: userId, language, role } of account.users) {
    if (role !== 'owner' && role !== 'admin') continue;
    const text =
      language === 'ru'
        ? `Обращение № ${conversation.number}: ${mostQueued} сообщений ждут отправки. Правила больше не пишут туда, пока очередь не уменьшится`
        : `Conversation ${conversation.number}: ${mostQueued} messages wait to be sent. The rules write there no more until the queue is shorter`;
    rows.notifications.push({ id: uuid(), userId, text, conversationId: conversation.id });
  }
}
