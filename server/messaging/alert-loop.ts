import { v7 as uuid } from 'uuid';
import type { ConversationState } from '../effects/scene.js';
import type { Batch } from './batch.js';
import type { Verdict } from './run-rules.js';

/**
 * Tells people that a conversation gets no automatic replies because a robot seems to answer: whoever is responsible for it, else who runs the desk. Once
 * a pause: not again before the rules have answered there.
 * @param before what was said before the message that this verdict is about
 */
export function alertLoop(batch: Batch, conversation: ConversationState, verdict: Verdict, before: ConversationState['said']): void {
  const isHeld = verdict.runs.some(({ decision }) => decision.trace.some(({ held }) => held === 'loop'));
  if (!isHeld || before?.at(-1)?.by !== 'rules') return;
  const { users } = batch.account;
  const mine = [batch.deals.get(conversation.contactId)?.responsibleId, conversation.assigneeId];
  const responsible = users.filter(({ id }) => mine.includes(id));
  const told = responsible.length > 0 ? responsible : users.filter(({ role }) => role === 'owner' || role === 'admin');
  for (const { id: userId, language } of told) {
    const text =
      language === 'ru'
        ? `Обращение № ${conversation.number}: похоже, клиенту отвечает робот. Правила там больше не отвечают, пока не напишет человек`
        : `Conversation ${conversation.number}: a robot seems to write for the client. The rules answer there no more until a person writes`;
    batch.rows.notifications.push({ id: uuid(), userId, text, conversationId: conversation.id });
  }
}
