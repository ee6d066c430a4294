import type { CompiledGraph } from './compile.js';
import { UserLoads } from './user-loads.js';
import type { RuleEvent } from './event.js';
import type { Memory, PendingWait, Silence } from './memory.js';
import type { Need } from './node-type.js';
import { OpenTasks } from './open-tasks.js';
import { isOperators } from './silences.js';
import type { Decision } from './trace.js';

/** Whom an event is about, by the keys under which the session keeps their state. */
export interface Subject {
  conversation: string;
  contact: string;
  channel: string;
  /** The event that is at hand. */
  event: RuleEvent;
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

/** What is kept of one conversation. */
type Kept = Pick<Memory, 'replies' | 'waiting' | 'silences' | 'outbound'>;
const nothingKept: Kept = { replies: [] };

/** The state between the events of a session: whatever the server would read from its tables. */
export class SessionState {
  private readonly conversations = new Map<string, Kept>();
  private readonly deals = new Map<string, OpenedDeal>();
  private readonly tasks = new OpenTasks();
  private readonly loads: UserLoads | undefined;
  private readonly counters = new Map<string, readonly number[]>();
  /** Places that count, with whose counter each is. */
  private readonly counted: readonly { place: string; by: Extract<Need, { kind: 'counter' }>['by'] }[];
  private turns: Memory['turns'] = {};
  private opened = 0;

  constructor(ruleSets: readonly CompiledGraph[]) {
    const needs = ruleSets.flatMap(({ name, needs: own }) => own.map(({ node, need }) => ({ place: `${name}/${node}`, need })));
    this.counted = needs.flatMap(({ place, need }) => (need.kind === 'counter' ? [{ place, by: need.by }] : []));
    if (needs.some(({ need }) => need.kind === 'loads')) this.loads = new UserLoads();
  }

  /**
   * Begins with what a run was given, as the server stored it with the run: from then on the session goes on as if it had played all that came before.
   * @param event the run's: it says whose conversation, contact and channel the memory belongs to
   * @returns whose state it is, for the timers of its waits and silences
   */
  restore(event: RuleEvent, memory: Memory): Subject {
    const subject = this.keysOf(event);
    this.turns = memory.turns;
    if (memory.deal) this.deals.set(subject.contact, { open: memory.deal.open, shown: event.deal?.id, seen: false, key: 'restored' });
    if (memory.openTask) this.tasks.add(subject.conversation, this.dealOf(subject));
    if (memory.loads) this.loads?.restore(memory.loads);
    for (const { place, by } of this.counted) {
      const counter = memory.counters?.[place];
      if (counter) this.counters.set(`${place} ${subject[by]}`, counter);
    }
    const { replies, waiting, silences, outbound } = memory;
    this.conversations.set(subject.conversation, { replies, waiting, silences, outbound });
    return subject;
  }

  /** Takes in what an event shows of deals and operators, before the rules see it. */
  subjectOf(event: RuleEvent): Subject {
    const subject = this.keysOf(event);
    const known = this.deals.get(subject.contact);
    if (known && event.deal && (known.seen || event.deal.id !== known.shown)) {
      // The events show the opened deal by now, or one after it: what they say is the newest, and the id is known.
      if (event.deal.id !== undefined) this.tasks.rename(known.key, event.deal.id);
      const { id, open = true } = event.deal;
      this.deals.set(subject.contact, { open, shown: id, seen: true, key: id ?? known.key });
    }
    this.loads?.see(event);
    if (isOperators(event)) this.tasks.end(subject.conversation, this.dealOf(subject));
    return subject;
  }

  /** What a run about this subject is given. `event` is the one at hand; absent for a timer, which goes on with an old one. */
  read(subject: Subject, event: RuleEvent | undefined): Memory {
    const { replies, waiting, silences, outbound } = this.conversations.get(subject.conversation) ?? nothingKept;
    const memory: Memory = { replies, openTask: this.tasks.has(subject.conversation, this.dealOf(subject)), turns: this.turns };
    const deal = this.deals.get(subject.contact);
    // What the event at hand shows of the deal is the newest, once it shows the opened one.
    if (deal && !(deal.seen && event?.deal)) memory.deal = { open: deal.open };
    if (waiting?.length) memory.waiting = waiting;
    if (silences?.length) memory.silences = silences;
    if (outbound) memory.outbound = outbound;
    if (this.loads) memory.loads = this.loads.counts();
    if (this.counted.length > 0) {
      const own = this.counted.map(({ place, by }) => [place, this.counters.get(`${place} ${subject[by]}`) ?? []] as const);
      memory.counters = Object.fromEntries(own);
    }
    return memory;
  }

  /** Keeps what a decision leaves. @returns the waits and silences that are new */
  keep(subject: Subject, before: Memory, decision: Decision): { waits: readonly PendingWait[]; silences: readonly Silence[] } {
    const { memory } = decision;
    if (memory === before && !this.loads) return nothingNew;
    this.turns = memory.turns;
    this.keepDeal(subject, before, memory);
    for (const { place, by } of this.counted) {
      const counter = memory.counters?.[place];
      if (counter && counter !== before.counters?.[place]) this.counters.set(`${place} ${subject[by]}`, counter);
    }
    const open = (memory.deal ?? subject.event.deal)?.open ?? true;
    if (this.loads && open) {
      for (const effect of decision.effects) {
        if (effect.type === 'assign-responsible') this.loads.assign(this.dealOf(subject) ?? subject.contact, effect.user);
      }
    }
    const { replies, waiting, silences, outbound } = memory;
    if (replies !== before.replies || waiting !== before.waiting || silences !== before.silences || outbound !== before.outbound) {
      this.conversations.set(subject.conversation, { replies, waiting, silences, outbound });
    }
    return { waits: newWaits(before, memory), silences: (silences ?? []).filter((silence) => !before.silences?.includes(silence)) };
  }

  private keysOf(event: RuleEvent): Subject {
    const conversation = conversationKey(event);
    return { conversation, contact: event.contact?.id ?? conversation, channel: String(channelKey(event)), event };
  }

  private keepDeal(subject: Subject, before: Memory, memory: Memory): void {
    let key = this.dealOf(subject);
    if (memory.deal && memory.deal !== before.deal) {
      this.opened += 1;
      key = `opened ${this.opened}`;
      this.deals.set(subject.contact, { open: memory.deal.open, shown: subject.event.deal?.id, seen: false, key });
    }
    if (memory.openTask && !before.openTask) this.tasks.add(subject.conversation, key);
  }

  private dealOf(subject: Subject): string | undefined {
    return this.deals.get(subject.contact)?.key ?? subject.event.deal?.id;
  }
}

const nothingNew = { waits: [], silences: [] };

function newWaits(before: Memory, { waiting = [] }: Memory): PendingWait[] {
  if (waiting === before.waiting) return [];
  const old = new Set(before.waiting?.flatMap(({ waits }) => waits));
  return waiting.flatMap(({ waits }) => waits.filter((wait) => !old.has(wait)));
}

/** The key under which a conversation's state is kept: its id, without one the channel and the contact. */
export function conversationKey(event: RuleEvent): string {
  if (event.conversation?.id !== undefined) return `conversation ${event.conversation.id}`;
  const { contact } = event;
  return JSON.stringify([channelKey(event), contact?.id ?? contact?.phone ?? contact?.username ?? contact?.name]);
}

function channelKey({ channel }: RuleEvent): string | undefined {
  return channel?.id ?? channel?.name ?? channel?.kind;
}
