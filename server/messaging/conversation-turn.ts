import { nextDueOf } from './rule-memory.js';
import type { RuleEvent } from '../../rules/index.js';
import type { ConversationState, RaisedEvent } from '../effects/scene.js';
import { applyEffects } from './apply-effects.js';
import type { Batch } from './batch.js';
import { eventBody } from './event-body.js';
import { aboutConversation, runRules, type Question } from './run-rules.js';

/** A conversation whose timers fire more often than this in one transaction goes on in the next. */
const mostTimers = 100;

/**
 * Fires what is due in a conversation until an instant (ms since 1970), in order: what falls due before an event comes before it.
 * A timer that is older than the account's answer age answers nobody any more: the server was away.
 * @returns how many fired
 */
export async function fireDue(batch: Batch, conversation: ConversationState, until: number): Promise<number> {
  for (let fired = 0; fired < mostTimers; fired++) {
    const due = nextDueOf(conversation.memory);
    if (due === undefined || due > until) return fired;
    const late = Date.now() - due > batch.account.answerAgeSeconds * 1000;
    const verdict = await runRules(batch, timerOf(conversation, due), conversation, null, late);
    applyEffects(batch, verdict, conversation, { isInbound: false, depth: 0 });
  }
  return mostTimers;
}

/** The rules see an event of our own making, after what fell due before it. */
export async function takeRaised(batch: Batch, conversation: ConversationState, raised: RaisedEvent): Promise<void> {
  await fireDue(batch, conversation, Date.parse(raised.at));
  const contact = batch.contacts.get(conversation.contactId);
  if (!contact) throw new Error(`conversation ${conversation.id} has no contact`);
  const event: RuleEvent = {
    type: raised.type,
    id: raised.id,
    at: raised.at,
    ...aboutConversation(batch, conversation, contact),
    ...eventBody(raised.body, batch.ruleSets),
  };
  const messageId = raised.type === 'message-sent' ? raised.id : null;
  const verdict = await runRules(batch, { event }, conversation, messageId, false);
  const exportedTo = applyEffects(batch, verdict, conversation, { isInbound: false, depth: raised.depth });
  if (messageId !== null) {
    const isHeld = conversation.memory.outbound?.held.some((held) => held.event === messageId);
    batch.sent.push({ id: messageId, status: verdict.status, reason: verdict.reason, isHeld: isHeld === true, exportedTo });
  }
}

function timerOf({ id, memory }: ConversationState, due: number): Question {
  const waits = (memory.waiting ?? []).flatMap((run) => run.waits.map((wait) => ({ run, wait })));
  const [first] = waits.filter(({ wait }) => wait.due === due).sort((a, b) => a.wait.order - b.wait.order);
  if (first) return { due: first };
  const silence = memory.silences?.find((one) => one.due === due);
  if (!silence) throw new Error(`nothing of conversation ${id} is due`);
  return { silence };
}
