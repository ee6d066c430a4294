import {
  compile,
  createSession,
  nodeTypes,
  readGraph,
  type CompiledGraph,
  type Played,
  type RuleEvent,
  type RuleGraph,
  type Session,
} from '../../../../rules/index.js';
import type { Chat, ChatDeal, ChatMove, Pipelines } from './chat-move.js';
import { Scene } from './scene.js';

/** One decision, with what brought it about. */
export interface Turn {
  /** The place of the move, from 0. */
  move: number;
  /** The move itself, a timer that fell due, or what followed from an effect. */
  by: 'move' | 'timer' | 'raised';
  played: Played;
}

/** A step that waits for the answer of a call. */
export interface AskedCall {
  node: string;
  /** ms since 1970. */
  due: number;
  url: string;
}

/** A chat with all that the rules decided in it. */
export interface ChatPlay {
  turns: Turn[];
  /** What the engine was given, as a test would hold it. */
  events: RuleEvent[];
  /** The clock after the last move, ms. */
  now: number;
  /** The next timer, ms; undefined where nothing waits. */
  nextDue: number | undefined;
  calls: AskedCall[];
  /** The deal of each contact as it is now, by the contact's id. */
  deals: ReadonlyMap<string, ChatDeal>;
}

/** The rules of a chat: the graph that is tried, and those that it calls. */
export interface ChatRules {
  graph: RuleGraph;
  others: readonly RuleGraph[];
}

/**
 * Plays the whole chat through the rules as they are now, from its beginning: after a change of the graph the same moves show what it does now.
 * @returns undefined while the graph has errors
 */
export async function playChat(rules: ChatRules, chat: Chat, pipelines: Pipelines = []): Promise<ChatPlay | undefined> {
  const graphs = compileAll(rules);
  if (!graphs) return undefined;
  const player = new ChatPlayer(graphs, rules, chat, pipelines);
  for (const [index, move] of chat.moves.entries()) await player.play(move, index);
  return player.result();
}

/** The rules ready to run, the graph that is tried first; undefined while it has errors. Others that cannot be read are left out. */
export function compileAll({ graph, others }: ChatRules): CompiledGraph[] | undefined {
  const own = readGraph(graph, nodeTypes).graph;
  if (!own) return undefined;
  const called = others.flatMap((other) => readGraph(other, nodeTypes).graph ?? []);
  return [own, ...called].map((one) => compile(one, nodeTypes));
}

/** What an effect brings about is played at once; effects of those again, so many times. */
const maxDepth = 4;

class ChatPlayer {
  private readonly session: Session;
  private readonly scene: Scene;
  private readonly turns: Turn[] = [];
  private readonly events: RuleEvent[] = [];
  private now: number;

  constructor(graphs: readonly CompiledGraph[], { graph }: ChatRules, { given, start, moves }: Chat, pipelines: Pipelines) {
    this.session = createSession(graphs, { given });
    this.scene = new Scene(graph, pipelines);
    this.now = Date.parse(start);
    // Schedules count from here; a chat that begins with an event begins with that event.
    if (!given && moves[0]?.kind !== 'event' && moves[0]?.kind !== 'recorded') {
      void this.session.advance(this.now);
      if (moves.length > 0) this.events.push(tickAt(this.now, 0));
    }
  }

  async play(move: ChatMove, index: number): Promise<void> {
    if (move.kind === 'time') {
      const until = Date.parse(move.until);
      await this.passUntil(until, index);
      this.now = Math.max(this.now, until);
      this.events.push(tickAt(until, index + 1));
      return;
    }
    const events = move.kind === 'recorded' ? [this.scene.know(move.event)] : this.scene.toEvents(move.event, move.deal, `e${index + 1}`);
    for (const event of events) {
      const at = Date.parse(event.at);
      // When the clock goes back nothing falls due.
      if (index > 0 && at >= this.now) await this.passUntil(at, index);
      this.now = at;
      await this.take(event, index, event === events.at(-1) ? 'move' : 'raised', 0);
    }
  }

  result(): ChatPlay {
    return {
      turns: this.turns,
      events: withoutIdleTicks(this.events),
      now: this.now,
      nextDue: this.session.nextDue,
      calls: this.calls(),
      deals: this.scene.deals,
    };
  }

  /** Timer by timer, so that what one brings about comes before the next. */
  private async passUntil(until: number, index: number): Promise<void> {
    for (let due = this.session.nextDue; due !== undefined && due <= until; due = this.session.nextDue) {
      await this.settle(await this.session.advance(due), index, 'timer', 0);
    }
    await this.session.advance(until);
  }

  private async take(event: RuleEvent, index: number, by: Turn['by'], depth: number): Promise<void> {
    this.events.push(event);
    await this.settle(await this.session.play(event), index, by, depth);
  }

  private async settle(played: readonly Played[], index: number, by: Turn['by'], depth: number): Promise<void> {
    for (const [place, one] of played.entries()) {
      const isOwn = place === played.length - 1;
      this.turns.push({ move: index, by: isOwn ? by : 'timer', played: one });
      const raised = this.scene.take(one);
      if (depth >= maxDepth) continue;
      for (const event of raised) await this.take(event, index, 'raised', depth + 1);
    }
  }

  /** Calls without an answer, of the last conversation. */
  private calls(): AskedCall[] {
    const last = this.turns.at(-1)?.played.decision.memory.waiting ?? [];
    return last.flatMap(({ waits }) =>
      waits.filter((wait) => wait.for === 'answer').map(({ node, due }) => ({ node, due, url: this.urlOf(node) })),
    );
  }

  private urlOf(node: string): string {
    const effects = this.turns.flatMap(({ played }) => played.decision.effects);
    const call = effects.findLast((effect) => effect.type === 'call-http' && effect.node === node);
    return call?.type === 'call-http' ? call.url : '';
  }
}

/** A test holds events alone: that time passed is one that no rule starts on, and timers fire before it. */
function tickAt(at: number, place: number): RuleEvent {
  return { type: 'timer-fired', id: `t${place}`, at: new Date(at).toISOString() };
}

/** An event with a later clock fires the same timers as the tick before it. */
function withoutIdleTicks(events: readonly RuleEvent[]): RuleEvent[] {
  return events.filter((event, index) => {
    const next = events[index + 1];
    const isFirst = index === 0;
    return isFirst || !isTick(event) || !next || Date.parse(next.at) < Date.parse(event.at);
  });
}

/** Whether an event of a test says only that time passed. */
export function isTick({ type, contact, conversation }: Pick<RuleEvent, 'type' | 'contact' | 'conversation'>): boolean {
  return type === 'timer-fired' && contact === undefined && conversation === undefined;
}
