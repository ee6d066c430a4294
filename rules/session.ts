import type { CompiledGraph } from './compile.js';
import { decide } from './decide.js';
import type { RuleEvent } from './event.js';
import type { Memory } from './memory.js';
import { OpenTasks } from './open-tasks.js';
import type { Decision } from './trace.js';

/** One event with what the rules decided on it. */
export interface Played {
  event: RuleEvent;
  decision: Decision;
}

/** A stream of events played through rule sets, with the state between them kept here. */
export interface Session {
  /** Takes the next event, as `readEvent` returned it. @throws Error when its clock is no instant */
  play(event: RuleEvent): Played[];
}

/** What the session knows of a contact's deal: the engine opened it while the events showed the deal `shown` (or none). */
interface OpenedDeal {
  open: boolean;
  shown: string | undefined;
  /** Whether an event has shown the opened deal itself since then: from then on what events say of it is the newest. */
  seen: boolean;
  /** Names the deal among open tasks until an event shows its id. */
  key: string;
}

/**
 * Plays events in order, as `run` and «try it» do. Conversations are told apart by `conversation.id`, without one by channel
 * and contact; the deal belongs to the contact; places of a round-robin are shared by all.
 * @param ruleSets in order of priority; their names are unique
 */
export function createSession(ruleSets: readonly CompiledGraph[]): Session {
  const replies = new Map<string, number[]>();
  const deals = new Map<string, OpenedDeal>();
  const tasks = new OpenTasks();
  let turns: Memory['turns'] = {};
  let opened = 0;

  return {
    play(event) {
      const conversation = conversationKey(event);
      const contact = event.contact?.id ?? conversation;
      const known = deals.get(contact);
      const newer = known && event.deal && (known.seen || event.deal.id !== known.shown);
      // The events show the opened deal by now, or one after it: what they say is the newest, and the id is known.
      if (newer) {
        if (event.deal?.id !== undefined) tasks.rename(known.key, event.deal.id);
        deals.set(contact, { open: event.deal?.open ?? true, shown: event.deal?.id, seen: true, key: event.deal?.id ?? known.key });
      }
      const deal = newer ? undefined : known;
      const dealKey = deal?.key ?? event.deal?.id;
      if (isOperators(event)) tasks.end(conversation, dealKey);

      const memory: Memory = { replies: replies.get(conversation) ?? [], openTask: tasks.has(conversation, dealKey), turns };
      if (deal) memory.deal = { open: deal.open };
      const decision = decide(ruleSets, event, memory);

      const after = decision.memory;
      turns = after.turns;
      if (after.replies !== memory.replies) replies.set(conversation, after.replies);
      let taskDeal = dealKey;
      if (after.deal && after.deal !== memory.deal) {
        opened += 1;
        taskDeal = `opened ${opened}`;
        deals.set(contact, { open: after.deal.open, shown: event.deal?.id, seen: false, key: taskDeal });
      }
      if (after.openTask && !memory.openTask) tasks.add(conversation, taskDeal);
      return [{ event, decision }];
    },
  };
}

/** An operator's message is one of any origin but the rules and mailings. */
function isOperators(event: RuleEvent): boolean {
  const origin = event.message?.origin;
  return event.type === 'message-sent' && origin !== 'rules' && origin !== 'mailing';
}

function conversationKey(event: RuleEvent): string {
  if (event.conversation?.id !== undefined) return `conversation ${event.conversation.id}`;
  const { channel, contact } = event;
  return JSON.stringify([
    channel?.id ?? channel?.name ?? channel?.kind,
    contact?.id ?? contact?.phone ?? contact?.username ?? contact?.name,
  ]);
}
