import type { CompiledGraph } from './compile.js';
import type { RuleEvent } from './event.js';
import type { Memory, PendingWait, SuspendedRun } from './memory.js';
import type { Moment, WaitRequest } from './node-type.js';

type Waiting = readonly SuspendedRun[];

/**
 * The waiting side of one run: turns each change into the next list of the conversation's waiting runs. The lists are values;
 * only the place of this run in the newest one is kept here.
 */
export class WaitingRun {
  /** As it stands in the newest list, if it does. */
  private stored: SuspendedRun | undefined;
  private run: SuspendedRun;

  constructor(run: SuspendedRun) {
    this.run = run;
    this.stored = run;
  }

  /** A run that has not waited before. */
  static of(graph: CompiledGraph, event: RuleEvent, late?: boolean): WaitingRun {
    const waiting = new WaitingRun({
      ruleSet: graph.name,
      ...(graph.version !== undefined && { version: graph.version }),
      first: event.id,
      event,
      ...(late && { late }),
      timers: {},
      waits: [],
    });
    waiting.stored = undefined;
    return waiting;
  }

  /** A wait is over. `reply`: the event that the run took; its timers see this one from now on. */
  take(memory: Memory, wait: PendingWait, now: number, reply?: { event: RuleEvent; late: boolean | undefined }): Waiting {
    const { resumed, late, ...run } = this.run;
    const stillLate = reply ? reply.late : late;
    return this.store(memory, {
      ...run,
      ...(reply && { event: reply.event }),
      ...(stillLate && { late: stillLate }),
      resumed: { at: now, times: resumed?.at === now ? resumed.times + 1 : 1 },
      waits: run.waits.filter((other) => other !== wait),
    });
  }

  /** How often the run has been resumed at this instant. */
  resumedAt(now: number): number {
    return this.run.resumed?.at === now ? this.run.resumed.times : 0;
  }

  /** The node waits; its pending wait in the conversation, of this run or of another, is replaced. */
  add(memory: Memory, node: string, request: WaitRequest, { variables, event }: Moment): Waiting {
    const n = (this.run.timers[node] ?? 0) + 1;
    const waiting = memory.waiting ?? [];
    const wait: PendingWait = {
      id: `${this.run.first}/${node}/${n}`,
      node,
      ...(request.for && { for: request.for }),
      due: request.due,
      order: 1 + Math.max(0, ...waiting.flatMap((run) => run.waits.map(({ order }) => order))),
      ...(Object.keys(variables).length > 0 && { variables }),
      ...(request.for === 'answer' && { event }),
    };
    const others = waiting.flatMap((run) => (run === this.stored || run.ruleSet !== this.run.ruleSet ? run : (without(run, node) ?? [])));
    const waits = [...this.run.waits.filter((other) => other.node !== node), wait];
    return this.store({ ...memory, waiting: others }, { ...this.run, timers: { ...this.run.timers, [node]: n }, waits });
  }

  /** The question of a wait was put again. */
  repeated(memory: Memory, wait: PendingWait): Waiting {
    const waits = this.run.waits.map((other) => (other === wait ? { ...wait, repeated: true as const } : other));
    return this.store(memory, { ...this.run, waits });
  }

  /** The run has ended: nothing of it waits any more. */
  ended(memory: Memory): Waiting {
    return this.store(memory, { ...this.run, waits: [] });
  }

  private store(memory: Memory, run: SuspendedRun): Waiting {
    const waiting = memory.waiting ?? [];
    const place = this.stored ? waiting.indexOf(this.stored) : -1;
    const before = place < 0 ? waiting : waiting.slice(0, place);
    const behind = place < 0 ? [] : waiting.slice(place + 1);
    this.run = run;
    this.stored = run.waits.length > 0 ? run : undefined;
    return this.stored ? [...before, this.stored, ...behind] : [...before, ...behind];
  }
}

/** The run without the wait of a node; undefined when it waits for nothing else. */
function without(run: SuspendedRun, node: string): SuspendedRun | undefined {
  const waits = run.waits.filter((wait) => wait.node !== node);
  if (waits.length === run.waits.length) return run;
  return waits.length > 0 ? { ...run, waits } : undefined;
}
