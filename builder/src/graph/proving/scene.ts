import type { Played, RuleEvent, RuleGraph } from '../../../../rules/index.js';
import type { ChatDeal, ChatEvent, Pipelines } from './chat-move.js';

interface Conversation {
  id: string;
  number: number;
  status: 'open' | 'closed';
  inbound: number;
  outbound: number;
}

/**
 * What is around the messages of a chat: conversations and deals, changed by effects as the server changes them, so that the next event shows what the rules
 * have done. Deals belong to contacts, conversations to a channel and a contact (a group: to the group).
 */
export class Scene {
  readonly deals = new Map<string, ChatDeal>();
  private readonly conversations = new Map<string, Conversation>();
  private readonly fields = new Map<string, Record<string, unknown>>();
  private readonly pipelines: Pipelines;
  private readonly hears: (type: RuleEvent['type']) => boolean;
  private readonly waitsForReply = new Set<string>();
  private dealsOpened = 0;
  private eventsMade = 0;
  private conversationsOpened = 0;

  constructor(graph: RuleGraph, pipelines: Pipelines) {
    this.pipelines = pipelines;
    this.hears = (type) => graph.nodes.some((node) => startsOn(node).includes(type));
  }

  /** A move as the engine takes it, after the opening of its conversation where the rules hear of that. */
  toEvents(move: ChatEvent, deal: ChatDeal | 'none' | undefined, id: string): RuleEvent[] {
    const contact = move.contact?.id ?? '';
    if (deal === 'none') this.deals.delete(contact);
    else if (deal) this.deals.set(contact, { ...deal, id: deal.id ?? this.deals.get(contact)?.id ?? this.newDealId() });
    const key = conversationKey(move);
    const isInbound = move.type === 'message-received';
    const before = this.conversations.get(key);
    const isNew = !before || (before.status === 'closed' && isInbound && !this.waitsForReply.has(before.id));
    const conversation = isNew ? this.open(key, before) : before;
    const opened =
      isNew && isInbound && this.hears('conversation-opened')
        ? [this.about('conversation-opened', move, conversation, this.newEventId())]
        : [];
    if (isInbound) conversation.inbound += 1;
    if (move.type === 'message-sent') conversation.outbound += 1;
    if (move.type === 'conversation-closed') conversation.status = 'closed';
    if (move.type === 'conversation-opened') conversation.status = 'open';
    return [...opened, { ...this.about(move.type, move, conversation, id), ...givenOf(move) }];
  }

  /** Takes an event that carries its own facts: what follows goes on from them. */
  know(event: RuleEvent): RuleEvent {
    const { conversation, deal, contact } = event;
    if (conversation?.id !== undefined) {
      const { id, number = 1, status = 'open', inbound = 0, outbound = 0 } = conversation;
      this.conversations.set(conversationKey(event), { id, number, status, inbound, outbound });
    }
    if (deal) this.deals.set(contact?.id ?? '', { ...deal, open: deal.open ?? true, tags: deal.tags ?? [] });
    return event;
  }

  /** Does what the effects ask for. @returns what the server would tell the rules because of them */
  take({ event, decision: { effects, status, consumed, memory } }: Played): RuleEvent[] {
    const contact = event.contact?.id ?? '';
    const conversation = [...this.conversations.values()].find(({ id }) => id === event.conversation?.id);
    const raised: RuleEvent['type'][] = [];
    // A client's first message that nothing dropped gets a deal, before any effect.
    const isAccepted = event.type === 'message-received' && status !== 'filtered' && !consumed;
    let fresh = isAccepted && !this.deals.has(contact) ? this.openDeal(contact) : undefined;
    const dealNow = () => this.deals.get(contact) ?? this.openDeal(contact);
    for (const effect of effects) {
      switch (effect.type) {
        case 'open-deal':
          if (!fresh) this.openDeal(contact);
          fresh = undefined;
          break;
        case 'set-stage': {
          const before = dealNow();
          const pipeline = effect.pipeline ?? before.pipeline;
          this.deals.set(contact, { ...before, pipeline, stage: effect.stage, open: this.isOpen(pipeline, effect.stage) });
          if (before.stage !== effect.stage || before.pipeline !== pipeline) raised.push('stage-changed');
          break;
        }
        case 'assign-responsible':
          this.deals.set(contact, { ...dealNow(), responsible: effect.user });
          break;
        case 'add-tags':
          this.deals.set(contact, { ...dealNow(), tags: [...new Set([...dealNow().tags, ...effect.tags])] });
          break;
        case 'remove-tags':
          this.deals.set(contact, { ...dealNow(), tags: dealNow().tags.filter((tag) => !effect.tags.includes(tag)) });
          break;
        case 'close-conversation':
          if (conversation?.status === 'open') {
            conversation.status = 'closed';
            raised.push('conversation-closed');
          }
          break;
        case 'send-message':
          if (conversation) conversation.outbound += 1;
          break;
      }
    }
    if (conversation) {
      const waits = (memory.waiting ?? []).some((run) => run.waits.some((wait) => wait.for === 'reply'));
      if (waits) this.waitsForReply.add(conversation.id);
      else this.waitsForReply.delete(conversation.id);
    }
    return conversation ? raised.filter(this.hears).map((type) => this.about(type, event, conversation, this.newEventId())) : [];
  }

  private open(key: string, before: Conversation | undefined): Conversation {
    this.conversationsOpened += 1;
    const number = (before?.number ?? 0) + 1;
    const conversation: Conversation = { id: `v${this.conversationsOpened}`, number, status: 'open', inbound: 0, outbound: 0 };
    this.conversations.set(key, conversation);
    return conversation;
  }

  private openDeal(contact: string): ChatDeal {
    const [pipeline] = this.pipelines;
    const stage = pipeline?.stages[0]?.name;
    const deal: ChatDeal = { id: this.newDealId(), open: true, tags: [], ...(pipeline && { pipeline: pipeline.name, stage }) };
    this.deals.set(contact, deal);
    return deal;
  }

  private newDealId(): string {
    this.dealsOpened += 1;
    return `d${this.dealsOpened}`;
  }

  private newEventId(): string {
    this.eventsMade += 1;
    return `r${this.eventsMade}`;
  }

  private isOpen(pipeline: string | undefined, stage: string): boolean {
    return this.pipelines.find(({ name }) => name === pipeline)?.stages.find(({ name }) => name === stage)?.open ?? true;
  }

  /** An event about the conversation, with the facts as they are now. */
  private about(
    type: RuleEvent['type'],
    { at, channel, contact, chat }: ChatEvent | RuleEvent,
    conversation: Conversation,
    id: string,
  ): RuleEvent {
    const deal = this.deals.get(contact?.id ?? '');
    const { number, status, inbound, outbound } = conversation;
    return {
      type,
      id,
      at,
      ...(channel && { channel }),
      ...(contact && { contact }),
      ...(chat && { chat }),
      conversation: { id: conversation.id, number, status, inbound, outbound },
      ...(deal && { deal: { ...deal } }),
    };
  }
}

/** What a move says itself, beyond whom and when. */
function givenOf({ message, node, status, body }: ChatEvent): Partial<RuleEvent> {
  return { ...(message && { message }), ...(node !== undefined && { node, status, body }) };
}

/** The types of events on which a trigger starts, or which end what it measures. */
function startsOn({ type, settings }: RuleGraph['nodes'][number]): RuleEvent['type'][] {
  if (type === 'on-stage') return ['stage-changed'];
  if (type === 'on-no-reply') return ['conversation-closed'];
  if (type === 'on-conversation') return [settings['event'] === 'closed' ? 'conversation-closed' : 'conversation-opened'];
  return [];
}

function conversationKey({ channel, contact, chat }: Pick<ChatEvent, 'channel' | 'contact' | 'chat'>): string {
  const owner = chat?.type === 'group' ? (chat.id ?? chat.name) : contact?.id;
  return JSON.stringify([channel?.id ?? channel?.kind, owner]);
}
