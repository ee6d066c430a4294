import { isCalled } from './called.js';
import type { CompiledGraph } from './compile.js';
import { clockOf, evaluateAt } from './evaluate.js';
import type { RuleEvent } from './event.js';
import { after, type MaybePromise } from './later.js';
import type { Memory, PendingWait, Silence, SuspendedRun } from './memory.js';
import type { Moment, Wake } from './node-type.js';
import { releaseHeld } from './outbound.js';
import { Run, type RunOptions } from './run.js';
import { afterRules, beforeRules } from './silences.js';
import { formatInstant } from './time/instant.js';
import type { Decision } from './trace.js';

/** What one version did: an entry of a record of runs. */
export interface RunOfVersion {
  graph: CompiledGraph;
  /** As the version saw it. */
  event: RuleEvent;
  /** What it was given. */
  memory: Memory;
  decision: Decision;
  /** What set it off, if not the event. */
  cause: RunCause;
}

/**
 * What set a run off: the event, at the triggers that accept it; one trigger by silence or the clock; a wait that was woken; or the client's answer
 * that lets go of held messages. With the event and the memory it is all of a run's input.
 */
export type RunCause = { by: 'event' } | { by: 'trigger'; node: string } | { by: 'wait'; id: string; wake: Wake } | { by: 'release' };

export interface DecideOptions {
  /** The message was older than the account's answer age when it arrived: replies are held back as `late`. */
  late?: boolean;
  /** Too many expressions of the account took too long a moment ago: each fails without being asked. */
  expressionsStopped?: boolean;
  /** Finds the version that a waiting run goes on with, and what a `call` names; without it both are looked for among the rule sets. */
  graphs?: (ruleSet: string, version?: number) => CompiledGraph | undefined;
  /** Whether effects, steps, reason and error name their rule set; absent: where there are several. */
  names?: boolean;
  /** Is told each run as it ends. */
  observe?: (run: RunOfVersion) => void;
}

/**
 * Takes an event through several rule sets in ascending priority. First the runs that wait may take it, and then no trigger sees it; else every
 * rule set does. One that drops it ends the event for all later ones; one that fails does not. Where there is more than one, each effect, step,
 * reason and error carries `ruleSet`.
 * @param ruleSets in order of priority; their names are unique. One that another calls is not run by itself
 * @returns a promise only where an expression was asked
 * @throws Error when `event.at` is no instant
 */
export function decide(
  ruleSets: readonly CompiledGraph[],
  event: RuleEvent,
  memory: Memory,
  options: DecideOptions = {},
): MaybePromise<Decision> {
  const desk = new Desk(ruleSets, options);
  return desk.decide({ event, now: clockOf(event), memory, variables: {} });
}

/** Goes on with a run whose wait is over: its time has come. The decision's line is `timer-fired`, with the id of the wait. */
export function wakeByTime(
  ruleSets: readonly CompiledGraph[],
  waiting: { run: SuspendedRun; wait: PendingWait },
  memory: Memory,
  options: DecideOptions = {},
): MaybePromise<Decision> {
  return new Desk(ruleSets, options).wakeByTime(waiting, memory);
}

/** Starts the run of a silence that has lasted. `memory` holds the silence still; the decision's does not. */
export function endSilence(
  ruleSets: readonly CompiledGraph[],
  silence: Silence,
  memory: Memory,
  options: DecideOptions = {},
): MaybePromise<Decision> {
  return new Desk(ruleSets, options).endSilence(silence, memory);
}

/** Starts the run of a schedule at one of its instants. */
export function tick(
  ruleSets: readonly CompiledGraph[],
  schedule: { ruleSet: string; node: string },
  event: RuleEvent,
  memory: Memory,
  options: DecideOptions = {},
): MaybePromise<Decision> {
  return new Desk(ruleSets, options).startAt(schedule, { event, now: clockOf(event), memory, variables: {} });
}

/** The rule sets that run together, and how they find each other. */
class Desk {
  private readonly ruleSets: readonly CompiledGraph[];
  private readonly options: DecideOptions;
  private readonly own: readonly CompiledGraph[];
  private readonly names: boolean;

  constructor(ruleSets: readonly CompiledGraph[], options: DecideOptions) {
    this.ruleSets = ruleSets;
    this.options = options;
    this.own = ruleSets.some(({ calls }) => calls.length > 0) ? ruleSets.filter(({ name }) => !isCalled(ruleSets, name)) : ruleSets;
    this.names = options.names ?? ruleSets.length > 1;
  }

  decide(moment: Moment): MaybePromise<Decision> {
    const { event } = moment;
    if (event.type === 'http-answered') return this.answer(moment) ?? nothing(moment.memory);
    const before: Moment = { ...moment, memory: beforeRules(moment.memory, event) };
    const released = releaseHeld(this.own, before, this.names);
    if (released) this.options.observe?.(released);
    const start: Moment = released ? { ...before, memory: released.decision.memory } : before;
    const said: Decision[] = released ? [released.decision] : [];
    const taken = isClients(event) ? this.offer(start, said) : undefined;
    if (taken) return after(taken, (decision) => this.finish([...said, decision], event));
    return after(this.runAll(0, { ...start, memory: said.at(-1)?.memory ?? start.memory }, said), (all) => this.finish(all, event));
  }

  wakeByTime({ run, wait }: { run: SuspendedRun; wait: PendingWait }, memory: Memory): MaybePromise<Decision> {
    // The run sees the last event that it took, with the timer's clock.
    const event = { ...run.event, at: formatInstant(wait.due) };
    const moment = { event, now: wait.due, memory, variables: wait.variables ?? {} };
    return after(this.wake({ by: 'time' }, run, wait, moment) ?? this.forget(run, wait, memory), (decision) =>
      this.finish([decision], undefined),
    );
  }

  endSilence(silence: Silence, given: Memory): MaybePromise<Decision> {
    const memory = { ...given, silences: given.silences?.filter((other) => other !== silence) };
    const event = { ...silence.event, at: formatInstant(silence.due) };
    return this.startAt(silence, { event, now: silence.due, memory, variables: {} });
  }

  startAt({ ruleSet, node }: { ruleSet: string; node: string }, moment: Moment): MaybePromise<Decision> {
    const graph = this.find(ruleSet);
    const trigger = graph?.nodes.get(node);
    // The rule set was changed meanwhile, and nothing measures this any more.
    if (!graph || !trigger) return nothing(moment.memory);
    return after(
      this.told(graph, moment, new Run(graph, moment, this.optionsOf(graph)).start([trigger]), { by: 'trigger', node }),
      (decision) => this.finish([decision], undefined),
    );
  }

  /** Every rule set from the given place on, until one drops the event. */
  private runAll(place: number, moment: Moment, done: Decision[]): MaybePromise<Decision[]> {
    const graph = this.own[place];
    if (!graph) return done;
    return after(this.told(graph, moment, evaluateAt(graph, moment, this.optionsOf(graph)), { by: 'event' }), (decision) => {
      done.push(decision);
      if (decision.status === 'filtered') return done;
      return this.runAll(place + 1, { ...moment, memory: decision.memory }, done);
    });
  }

  /** Offers a client's message to the runs of the conversation that wait for one from this contact: the oldest that recognises it takes it. */
  private offer(moment: Moment, said: Decision[]): MaybePromise<Decision> | undefined {
    const { event, memory } = moment;
    if (!memory.waiting?.length) return undefined;
    const waits = memory.waiting
      .filter((run) => run.event.contact?.id === event.contact?.id)
      .flatMap((run) => run.waits.filter((wait) => wait.for === 'reply').map((wait) => ({ run, wait })))
      .sort((a, b) => a.wait.order - b.wait.order);
    const none: typeof waits = [];
    for (const waiting of waits) {
      const { run, wait } = waiting;
      const woken = this.wake({ by: 'reply' }, run, wait, { ...moment, variables: wait.variables ?? {} });
      if (woken) return woken;
      if (!wait.repeated) none.push(waiting);
    }
    // Only when no other wait took it is it an answer to nothing.
    for (const { wait, run: first } of none) {
      const now = said.at(-1)?.memory ?? memory;
      const run = now.waiting?.find((other) => other.waits.includes(wait)) ?? first;
      const graph = this.find(run.ruleSet, run.version);
      const at = { ...moment, memory: now, variables: wait.variables ?? {} };
      const woken = graph?.nodes.get(wait.node)?.wake?.({ by: 'reply' }, at);
      if (!graph || !woken || !('ignored' in woken) || !woken.effects?.length) continue;
      const decision = new Run(graph, at, this.optionsOf(graph)).repeat(run, wait, woken);
      this.options.observe?.({ graph, event, memory: now, decision, cause: { by: 'wait', id: wait.id, wake: { by: 'reply' } } });
      said.push(decision);
    }
    return undefined;
  }

  /**
   * The answer of a call goes on with the event that its wait was made with: the very wait that it names, with its rule set, or else the oldest of its node.
   * An answer that names a wait which is over (the node was reached again and asks anew) is nobody's.
   */
  private answer(moment: Moment): MaybePromise<Decision> | undefined {
    const { node, wait: named, ruleSet, status, body, at } = moment.event;
    const waits = (moment.memory.waiting ?? []).flatMap((run) =>
      run.waits
        .filter((wait) => wait.for === 'answer' && wait.node === node)
        .filter((wait) => named === undefined || (wait.id === named && run.ruleSet === ruleSet))
        .map((wait) => ({ run, wait })),
    );
    const [first] = waits.sort((a, b) => a.wait.order - b.wait.order);
    if (!first) return undefined;
    const { run, wait } = first;
    const event = { ...(wait.event ?? run.event), at };
    const woken = this.wake({ by: 'answer', status: Number(status) || 0, body }, run, wait, {
      ...moment,
      event,
      variables: wait.variables ?? {},
    });
    return woken && after(woken, (decision) => this.finish([decision], undefined));
  }

  /** Wakes one node; undefined when it does not recognise the message, or its version is gone. */
  private wake(wake: Wake, run: SuspendedRun, wait: PendingWait, moment: Moment): MaybePromise<Decision> | undefined {
    const graph = this.find(run.ruleSet, run.version);
    const woken = graph?.nodes.get(wait.node)?.wake?.(wake, moment);
    if (!graph || !woken || 'ignored' in woken) return undefined;
    const late = wake.by === 'reply' ? this.options.late : run.late;
    const decision = new Run(graph, moment, { ...this.optionsOf(graph), late }).resume(run, wait, wake.by, woken);
    return after(this.told(graph, moment, decision, { by: 'wait', id: wait.id, wake }), (decided): Decision =>
      wake.by === 'time' ? decided : { ...decided, consumed: true },
    );
  }

  /** A wait whose version is gone ends without a word. */
  private forget(run: SuspendedRun, wait: PendingWait, memory: Memory): Decision {
    const waiting = (memory.waiting ?? []).flatMap((other) => {
      if (other !== run) return other;
      const waits = run.waits.filter((pending) => pending !== wait);
      return waits.length > 0 ? { ...run, waits } : [];
    });
    return nothing({ ...memory, waiting });
  }

  private told(graph: CompiledGraph, { event, memory }: Moment, decision: MaybePromise<Decision>, cause: RunCause): MaybePromise<Decision> {
    const { observe } = this.options;
    if (!observe) return decision;
    return after(decision, (decided) => {
      observe({ graph, event, memory, decision: decided, cause });
      return decided;
    });
  }

  /** One decision of all parts, with the silences that the event starts or ends. */
  private finish(parts: readonly Decision[], event: RuleEvent | undefined): Decision {
    const decision = together(parts);
    const memory = afterRules(this.own, decision, event);
    return memory === decision.memory ? decision : { ...decision, memory };
  }

  private find(name: string, version?: number): CompiledGraph | undefined {
    if (this.options.graphs) return this.options.graphs(name, version);
    return this.ruleSets.find((graph) => graph.name === name);
  }

  private optionsOf(graph: CompiledGraph): RunOptions {
    return {
      late: this.options.late,
      expressionsStopped: this.options.expressionsStopped,
      ruleSet: this.names ? graph.name : undefined,
      graphs: (name) => this.find(name),
    };
  }
}

/** Replies are taken from clients only: what operators and rules sent is none. */
function isClients(event: RuleEvent): boolean {
  return event.type === 'message-received' && (event.message?.origin ?? 'client') === 'client';
}

function nothing(memory: Memory): Decision {
  return { status: 'passed', effects: [], trace: [], memory };
}

/** `filtered` before `error` before `passed`; of two errors the first stands. */
function together(parts: readonly Decision[]): Decision {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const reason = parts.find((part) => part.reason)?.reason;
  const error = parts.find((part) => part.error)?.error;
  return {
    status: reason ? 'filtered' : error ? 'error' : 'passed',
    effects: parts.flatMap(({ effects }) => effects),
    trace: parts.flatMap(({ trace }) => trace),
    ...(reason && { reason }),
    ...(error && { error }),
    ...(parts.some(({ consumed }) => consumed) && { consumed: true as const }),
    memory: parts.at(-1)?.memory ?? { replies: [], openTask: false, turns: {} },
  };
}
