import { v7 as uuid } from 'uuid';
import { evaluate, type Memory, type RuleEvent } from '../../rules/index.js';
import type { ContactState, ConversationState, DealState } from '../effects/scene.js';
import type { Batch, RunRecord } from './batch.js';
import type { ConversationEvent } from './gather-facts.js';

/** What all rule sets together decided on one event. */
export interface Verdict {
  status: 'passed' | 'filtered' | 'error';
  reason: { ruleSet: string; node: string; text?: string } | null;
  runs: RunRecord[];
}

/** Step 2's decision: every live rule set in priority order sees the event, until one drops it. Pure; a run without steps leaves no record. */
export async function runRules(
  batch: Batch,
  event: RuleEvent,
  conversation: ConversationState,
  messageId: string | null,
  late: boolean,
): Promise<Verdict> {
  const verdict: Verdict = { status: 'passed', reason: null, runs: [] };
  const deal = batch.deals.get(conversation.contactId);
  let memory: Memory = {
    replies: conversation.replies,
    openTask: deal ? batch.dealsWithTask.has(deal.id) : conversation.hasOpenTask,
    turns: batch.turns,
  };
  for (const ruleSet of batch.ruleSets) {
    const decision = await evaluate(ruleSet.compiled, event, memory, { late });
    if (decision.trace.length > 0) {
      // Only this rule set's turns are its input; the others' would make the record grow with the account.
      const own = Object.fromEntries(
        ruleSet.turnNodes.map((node) => [`${ruleSet.name}/${node}`, memory.turns[`${ruleSet.name}/${node}`] ?? 0]),
      );
      verdict.runs.push({
        id: uuid(),
        ruleSet,
        event,
        memory: { ...memory, turns: own },
        decision,
        messageId,
        conversationId: conversation.id,
        applied: [],
      });
    }
    memory = decision.memory;
    if (decision.status === 'error') verdict.status = 'error';
    if (decision.status === 'filtered') {
      verdict.status = 'filtered';
      verdict.reason = { ruleSet: ruleSet.name, ...decision.reason! };
      break;
    }
  }
  conversation.replies = memory.replies;
  if (memory.turns !== batch.turns) {
    batch.turns = memory.turns;
    batch.turnsTaken = true;
  }
  return verdict;
}

/** The event as the contract spells it: the input of the runs, stored with them. Its id is the message's, so that what is drawn from a hash replays. */
export function toRuleEvent(
  batch: Batch,
  event: ConversationEvent,
  id: string,
  conversation: ConversationState,
  sender: ContactState,
): RuleEvent {
  const { channel } = batch.open;
  const deal = batch.deals.get(conversation.contactId);
  const phone = sender.identity.phone ?? sender.phone;
  return {
    type: event.type,
    id,
    at: event.at,
    channel: {
      id: channel.id,
      kind: batch.open.kind,
      name: channel.name,
      ...(channel.account && { account: channel.account }),
      surface: (event.type === 'message-received' && event.surface) || channel.surface,
    },
    contact: {
      id: sender.identity.externalId,
      ...optional({
        name: sender.name ?? sender.identity.name,
        username: sender.identity.username,
        phone,
        profileUrl: sender.identity.profileUrl,
      }),
      bot: sender.bot,
    },
    ...(event.type === 'message-received' && {
      chat: event.chat,
      message: {
        id: event.externalId,
        kind: event.kind,
        text: event.text,
        origin: 'client' as const,
        ...(event.attachments.length > 0 && { attachments: event.attachments }),
        ...(event.post && { post: event.post }),
      },
    }),
    conversation: {
      id: conversation.id,
      number: conversation.number,
      status: 'open',
      inbound: conversation.inbound,
      outbound: conversation.outbound,
    },
    ...(deal && { deal: toEventDeal(batch, deal) }),
  };
}

function toEventDeal(batch: Batch, deal: DealState): NonNullable<RuleEvent['deal']> {
  const responsible = batch.account.users.find((user) => user.id === deal.responsibleId);
  return {
    id: deal.id,
    ...batch.stageOf(deal),
    open: deal.open,
    ...(responsible && { responsible: responsible.id, responsibleName: responsible.name }),
    tags: deal.tags,
  };
}

function optional<T extends Record<string, string | null | undefined>>(fields: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== '')) as {
    [K in keyof T]?: string;
  };
}
