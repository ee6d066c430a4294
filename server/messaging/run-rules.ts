import { v7 as uuid } from 'uuid';
import {
  decide,
  endSilence,
  wakeByTime,
  type CompiledGraph,
  type Decision,
  type DecideOptions,
  type Memory,
  type PendingWait,
  type RuleEvent,
  type RunOfVersion,
  type Silence,
  type SuspendedRun,
} from '../../rules/index.js';
import type { ContactState, ConversationState, DealState } from '../effects/scene.js';
import { stepsOf } from './active-rule-sets.js';
import type { Batch, RunRecord } from './batch.js';
import type { ConversationEvent } from './gather-facts.js';
import { noteForShadows } from './note-for-shadows.js';

/** What all rule sets together decided on one event. */
export interface Verdict {
  status: 'passed' | 'filtered' | 'error';
  reason: { ruleSet: string; node: string; type?: string; title?: string; text?: string } | null;
  /** A waiting run took the message. */
  consumed: boolean;
  runs: RunRecord[];
}

/** What the rules are asked: an event, or a timer of the conversation. */
export type Question = { event: RuleEvent } | { due: { run: SuspendedRun; wait: PendingWait } } | { silence: Silence };

/**
 * Step 2's decision: first the runs that wait, then every live rule set in priority order, until one drops the event. Looks at the batch alone and
 * changes nothing but what its decision leaves in memory; a run without steps leaves no record.
 */
export async function runRules(
  batch: Batch,
  question: Question,
  conversation: ConversationState,
  messageId: string | null,
  late: boolean,
): Promise<Verdict> {
  const verdict: Verdict = { status: 'passed', reason: null, consumed: false, runs: [] };
  const memory = memoryOf(batch, conversation);
  const options: DecideOptions = {
    late,
    expressionsStopped: batch.expressionsStopped,
    names: false,
    graphs: (name, version) => batch.graph(conversation.contactId, name, version),
    observe: (run) => {
      if (run.decision.trace.length > 0 || run.decision.effects.length > 0) {
        verdict.runs.push(toRecord(batch, run, keyOf(question, run), conversation, messageId, late));
      }
      const { reason } = run.decision;
      if (reason)
        verdict.reason = { ...reason, ...stepsOf(batch.ruleSetOf(run.graph), run.graph.version).get(reason.node), ruleSet: run.graph.name };
    },
  };
  const decision = await ask(batch.liveFor(conversation.contactId), question, memory, options);
  verdict.status = decision.status;
  verdict.consumed = decision.consumed === true;
  keep(batch, conversation, memory, decision.memory);
  noteForShadows(batch, { question, verdict, memory, conversationId: conversation.id, late });
  return verdict;
}

/**
 * Whether a conversation that is closed waits for just this message as a score. Asks only, and changes nothing: a score is recorded on the
 * conversation that was asked, and opens no new one.
 */
export async function isScoreFor(batch: Batch, event: RuleEvent, conversation: ConversationState): Promise<boolean> {
  const { expressionsStopped } = batch;
  const options: DecideOptions = {
    expressionsStopped,
    names: false,
    graphs: (name, version) => batch.graph(conversation.contactId, name, version),
  };
  const decision = await decide([], event, memoryOf(batch, conversation), options);
  return decision.consumed === true && decision.effects.some(({ type }) => type === 'record-score');
}

function ask(live: CompiledGraph[], question: Question, memory: Memory, options: DecideOptions): Decision | Promise<Decision> {
  if ('event' in question) return decide(live, question.event, memory, options);
  if ('due' in question) return wakeByTime(live, question.due, memory, options);
  return endSilence(live, question.silence, memory, options);
}

/** With the rule set it makes a run of it unique, so that no event runs one twice. */
function keyOf(question: Question, { event, cause, decision }: RunOfVersion): string {
  if ('due' in question) return question.due.wait.id;
  if ('silence' in question) return `${question.silence.event.id}/${question.silence.node}/1`;
  // What is said beside the event's own run: a question put again, or messages let go of.
  if (cause.by === 'wait' && decision.trace.every(({ port }) => port === 'wait')) return `${event.id}/again/${cause.id}`;
  return cause.by === 'release' ? `${event.id}/released` : question.event.id;
}

function memoryOf(batch: Batch, conversation: ConversationState): Memory {
  const deal = batch.deals.get(conversation.contactId);
  return {
    replies: conversation.replies,
    openTask: deal ? batch.dealsWithTask.has(deal.id) : conversation.hasOpenTask,
    turns: batch.turns,
    ...batch.countersOf(conversation),
    ...(batch.loads && { loads: batch.loads }),
    ...(conversation.repliesLeft !== undefined && { repliesLeft: conversation.repliesLeft }),
    ...conversation.memory,
  };
}

function keep(batch: Batch, conversation: ConversationState, before: Memory, after: Memory): void {
  conversation.replies = after.replies;
  conversation.repliesLeft = after.repliesLeft;
  if (after.turns !== before.turns) {
    batch.turns = after.turns;
    batch.turnsTaken = true;
  }
  if (after.counters && after.counters !== before.counters) batch.count(conversation, after.counters);
  const { waiting, silences, outbound } = after;
  if (waiting !== before.waiting || silences !== before.silences || outbound !== before.outbound) {
    conversation.memory = {
      ...(waiting?.length && { waiting }),
      ...(silences?.length && { silences }),
      ...(outbound && { outbound }),
    };
    conversation.memoryChanged = true;
  }
}

function toRecord(
  batch: Batch,
  run: RunOfVersion,
  key: string,
  conversation: ConversationState,
  messageId: string | null,
  late: boolean,
): RunRecord {
  const { graph, event, memory, decision, cause } = run;
  const ruleSet = batch.ruleSetOf(graph);
  // Only what this rule set may look at is its input; the others' would make the record grow with the account.
  const own = ([place]: [string, unknown]) => place.startsWith(`${graph.name}/`);
  return {
    id: uuid(),
    ruleSet,
    version: graph.version ?? ruleSet.version,
    key,
    event,
    memory: {
      ...memory,
      turns: Object.fromEntries(Object.entries(memory.turns).filter(own)),
      ...(memory.counters && { counters: Object.fromEntries(Object.entries(memory.counters).filter(own)) }),
    },
    late,
    expressionsStopped: batch.expressionsStopped,
    cause,
    decision,
    messageId,
    conversationId: conversation.id,
    applied: [],
  };
}

type About = Pick<RuleEvent, 'channel' | 'contact' | 'chat' | 'conversation' | 'deal'>;

/** What an event says of the conversation it belongs to: the channel, the client, the deal. */
export function aboutConversation(batch: Batch, conversation: ConversationState, sender: ContactState): About {
  const { channel } = batch.open;
  const deal = batch.deals.get(conversation.contactId);
  const phone = sender.identity.phone ?? sender.phone;
  return {
    channel: {
      id: channel.id,
      kind: batch.open.kind,
      name: channel.name,
      ...(channel.account && { account: channel.account }),
      surface: channel.surface,
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
    chat: conversation.chat,
    conversation: {
      id: conversation.id,
      number: conversation.number,
      status: conversation.status,
      inbound: conversation.inbound,
      outbound: conversation.outbound,
    },
    ...(deal && { deal: toEventDeal(batch, deal) }),
  };
}

/** The event as the contract spells it: the input of the runs, stored with them. Its id is the message's, so that what is drawn from a hash replays. */
export function toRuleEvent(
  batch: Batch,
  event: ConversationEvent,
  id: string,
  conversation: ConversationState,
  sender: ContactState,
): RuleEvent {
  const about = aboutConversation(batch, conversation, sender);
  if (event.type !== 'message-received') {
    const { chat: _, ...rest } = about;
    return { type: event.type, id, at: event.at, ...rest };
  }
  const surface = event.surface ?? about.channel?.surface;
  return {
    type: event.type,
    id,
    at: event.at,
    ...about,
    channel: { ...about.channel, ...(surface && { surface }) },
    chat: event.chat,
    message: {
      id: event.externalId,
      kind: event.kind,
      text: event.text,
      origin: 'client',
      ...(event.attachments.length > 0 && { attachments: event.attachments }),
      ...(event.post && { post: event.post }),
    },
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
