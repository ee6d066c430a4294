import type { CompiledGraph } from './compile.js';
import { decide, endSilence, tick, wakeByTime, type DecideOptions } from './decide.js';
import { DueTimers } from './due-timers.js';
import { clockOf } from './evaluate.js';
import type { RuleEvent } from './event.js';
import { after, type MaybePromise } from './later.js';
import type { Memory, PendingWait, Silence } from './memory.js';
import { SessionState, type Subject } from './session-state.js';
import { formatInstant } from './time/instant.js';
import type { Decision } from './trace.js';

/** One event with what the rules decided on it. */
export interface Played {
  event: RuleEvent;
  /** What the rules were given: the state that earlier events left. */
  memory: Memory;
  decision: Decision;
}

/** A stream of events played through rule sets, with the state between them kept here. */
export interface Session {
  /**
   * Takes the next event, as `readEvent` returned it: first what falls due until its instant, then the event itself. When the clock of the events
   * goes back, nothing falls due.
   * @returns a promise only where an expression was asked; the next event waits for it
   * @throws Error when its clock is no instant
   */
  play(event: RuleEvent): MaybePromise<Played[]>;
  /** Fires what falls due until this instant (ms since 1970). */
  advance(until: number): MaybePromise<Played[]>;
  /** The instant (ms) of the next timer; undefined when nothing waits. */
  readonly nextDue: number | undefined;
}

type Timer =
  | { kind: 'wait'; subject: Subject; wait: PendingWait }
  | { kind: 'silence'; subject: Subject; silence: Silence }
  | { kind: 'schedule'; graph: CompiledGraph; place: number };

export interface SessionOptions extends Pick<DecideOptions, 'names'> {
  /** What a recorded run was given: the session begins there instead of with nothing. */
  given?: { event: RuleEvent; memory: Memory };
}

/**
 * Plays events in order, as `run` and «try it» do. Conversations are told apart by `conversation.id`, without one by channel
 * and contact; the deal belongs to the contact; places of a round-robin are shared by all.
 * @param ruleSets in order of priority; their names are unique
 * @param options `names` as in `decide`
 */
export function createSession(ruleSets: readonly CompiledGraph[], options: SessionOptions = {}): Session {
  return new PlayedSession(ruleSets, options);
}

class PlayedSession implements Session {
  private readonly state: SessionState;
  private readonly timers = new DueTimers<Timer>();
  private readonly ruleSets: readonly CompiledGraph[];
  private readonly options: Pick<DecideOptions, 'names'>;
  private clock: number | undefined;

  constructor(ruleSets: readonly CompiledGraph[], { given, ...options }: SessionOptions) {
    this.ruleSets = ruleSets;
    this.options = options;
    this.state = new SessionState(ruleSets);
    if (!given) return;
    const subject = this.state.restore(given.event, given.memory);
    const { waiting = [], silences = [] } = given.memory;
    for (const { waits } of waiting) for (const wait of waits) this.timers.add(wait.due, { kind: 'wait', subject, wait });
    for (const silence of silences) this.timers.add(silence.due, { kind: 'silence', subject, silence });
  }

  get nextDue(): number | undefined {
    return this.timers.next;
  }

  play(event: RuleEvent): MaybePromise<Played[]> {
    const now = clockOf(event);
    const played: Played[] = [];
    if (this.clock === undefined) this.startSchedules(now);
    const back = this.clock !== undefined && now < this.clock;
    this.clock = now;
    return after(back ? undefined : this.fireUntil(now, played), () => this.take(event, played));
  }

  advance(until: number): MaybePromise<Played[]> {
    const played: Played[] = [];
    if (this.clock === undefined) this.startSchedules(until);
    this.clock = Math.max(until, this.clock ?? until);
    return after(this.fireUntil(until, played), () => played);
  }

  private take(event: RuleEvent, played: Played[]): MaybePromise<Played[]> {
    const subject = this.state.subjectOf(event);
    const memory = this.state.read(subject, event);
    return after(decide(this.ruleSets, event, memory, this.options), (decision) => {
      this.keep(subject, memory, decision);
      played.push({ event, memory, decision });
      return played;
    });
  }

  private fireUntil(until: number, played: Played[]): MaybePromise<void> {
    while (this.timers.next !== undefined && this.timers.next <= until) {
      const timer = this.timers.take();
      const fired = timer && this.fire(timer.what, timer.due, played);
      if (fired instanceof Promise) return fired.then(() => this.fireUntil(until, played));
    }
  }

  private fire(timer: Timer, due: number, played: Played[]): MaybePromise<void> {
    if (timer.kind === 'schedule') return this.fireSchedule(timer.graph, timer.place, due, played);
    const { subject } = timer;
    const memory = this.state.read(subject, undefined);
    if (timer.kind === 'wait') {
      // A wait that was answered, replaced or whose run ended is in the heap still, and in the memory no more.
      const run = memory.waiting?.find(({ waits }) => waits.includes(timer.wait));
      if (!run) return;
      const { wait } = timer;
      const event = timerEvent(wait.id, due, run.event);
      return after(wakeByTime(this.ruleSets, { run, wait }, memory, this.options), (decision) => {
        this.keep(subject, memory, decision);
        played.push({ event, memory, decision });
      });
    }
    const { silence } = timer;
    if (!memory.silences?.includes(silence)) return;
    return after(endSilence(this.ruleSets, silence, memory, this.options), (decision) => {
      this.keep(subject, memory, decision);
      played.push({ event: timerEvent(`${silence.event.id}/${silence.node}/1`, due, silence.event), memory, decision });
    });
  }

  private fireSchedule(graph: CompiledGraph, place: number, due: number, played: Played[]): MaybePromise<void> {
    const schedule = graph.schedules[place];
    if (!schedule) return;
    const at = formatInstant(due);
    const event: RuleEvent = { type: 'schedule-ticked', id: `schedule/${schedule.node.id}/${at}`, at };
    const subject = this.state.subjectOf(event);
    const memory = this.state.read(subject, event);
    return after(tick(this.ruleSets, { ruleSet: graph.name, node: schedule.node.id }, event, memory, this.options), (decision) => {
      this.keep(subject, memory, decision);
      played.push({ event, memory, decision });
      this.schedule(graph, place, due);
    });
  }

  private startSchedules(now: number): void {
    for (const graph of this.ruleSets) for (const place of graph.schedules.keys()) this.schedule(graph, place, now);
  }

  private schedule(graph: CompiledGraph, place: number, last: number): void {
    const next = graph.schedules[place]?.next(last);
    if (next !== undefined) this.timers.add(next, { kind: 'schedule', graph, place });
  }

  private keep(subject: Subject, before: Memory, decision: Decision): void {
    const { waits, silences } = this.state.keep(subject, before, decision);
    for (const wait of waits) this.timers.add(wait.due, { kind: 'wait', subject, wait });
    for (const silence of silences) this.timers.add(silence.due, { kind: 'silence', subject, silence });
  }
}

/** The line of a timer: its own id and clock, with whom it is about. */
function timerEvent(id: string, due: number, { channel, contact, chat, conversation, deal }: RuleEvent): RuleEvent {
  return { type: 'timer-fired', id, at: formatInstant(due), ...given({ channel, contact, chat, conversation, deal }) };
}

function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
