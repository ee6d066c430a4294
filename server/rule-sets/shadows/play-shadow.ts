import {
  compile,
  decide,
  endSilence,
  isEqual,
  nodeTypes,
  tick,
  wakeByTime,
  type CompiledGraph,
  type Decision,
  type Effect,
  type MakeExpression,
  type Memory,
  type PendingWait,
  type RuleEvent,
  type RunOfVersion,
  type Silence,
  type SuspendedRun,
} from '../../../rules/index.js';
import type { Done } from '../../messaging/note-for-shadows.js';
import { catchUpMs, tickOf } from '../../messaging/schedule-ticks.js';
import type { ShadowGraphs, ShadowLine, ShadowQuestion, ShadowState } from './messages.js';

/** Timers that one look fires; what is left is found by the next. */
const mostTimers = 100;

/** The version in the shadow, ready to be asked. It decides and does nothing else: it knows neither the database nor the network. */
export class ShadowVersion {
  private readonly own: CompiledGraph;
  private readonly older: ReadonlyMap<number, CompiledGraph>;
  private readonly others: ReadonlyMap<string, CompiledGraph>;

  /** @param expressions where they are evaluated */
  constructor({ ruleSet, version, graph, older, others }: ShadowGraphs, expressions?: MakeExpression) {
    const ready = (one: ShadowGraphs['graph'], number?: number, name = one.name) =>
      compile({ ...one, name }, nodeTypes, number, expressions);
    this.own = ready(graph, version, ruleSet);
    this.older = new Map(older.map((one) => [one.version, ready(one.graph, one.version, ruleSet)]));
    this.others = new Map(others.map((one) => [one.name, ready(one)]));
  }

  /**
   * Asks it what the live version was asked, in order, and fires its own timers between and after.
   * @param state what it keeps of the conversation; null: it sees it for the first time, and takes over what the live version has waiting. With `schedules`
   *   they tick too; instants that were missed for longer than the live version would make up for are passed over
   * @param until timers that are due by then (ms since 1970) fire after the last question
   */
  async play(
    state: ShadowState | null,
    questions: readonly ShadowQuestion[],
    until: number,
  ): Promise<{ state: ShadowState | null; lines: ShadowLine[] }> {
    const lines: ShadowLine[] = [];
    let kept = state;
    for (const question of questions) {
      kept ??= takeOver(question.memory);
      kept = this.passOver({ ...kept, facts: factsOf(question.memory) }, question.answeredAt);
      kept = await this.fire(kept, Date.parse(question.event.at), question, lines);
      if (!question.isTimer) kept = await this.ask(kept, question, lines);
    }
    if (kept) kept = await this.fire(this.passOver(kept, until), until, undefined, lines);
    return { state: kept, lines };
  }

  private async ask(state: ShadowState, question: ShadowQuestion, lines: ShadowLine[]): Promise<ShadowState> {
    const { key, late, expressionsStopped, live } = question;
    const event = answerTo(state, question.event);
    // An answer to a call that only the live version made.
    if (!event) return state;
    const runs: RunOfVersion[] = [];
    const decision = await decide([this.own], event, memoryOf(state), {
      late,
      expressionsStopped,
      names: false,
      graphs: (name, version) => this.find(name, version),
      observe: (run) => void runs.push(run),
    });
    return this.note(state, decision, { key, event: question.event, live: live.effects }, lines);
  }

  /** Fires what is due until an instant. A call that a timer leads to is the live one's if that made the same at the same timer. */
  private async fire(state: ShadowState, until: number, beside: ShadowQuestion | undefined, lines: ShadowLine[]): Promise<ShadowState> {
    let now = state;
    for (let fired = 0; fired < mostTimers; fired++) {
      const due = nextTimer(now);
      if (!due || due.at > until) return now;
      const { event, decision } = await this.act(now, due);
      const live = beside?.key === event.id ? beside.live.effects : [];
      now = this.note(this.moveOn(now, due), decision, { key: event.id, event, live }, lines);
    }
    return now;
  }

  private async act(state: ShadowState, due: Timer): Promise<{ event: Pick<RuleEvent, 'id' | 'type' | 'at'>; decision: Decision }> {
    const options = { names: false, graphs: (name: string, version?: number) => this.find(name, version) };
    const memory = memoryOf(state);
    if ('node' in due) {
      const event = tickOf(due.node, due.at);
      return { event, decision: await tick([this.own], { ruleSet: this.own.name, node: due.node }, event, memory, options) };
    }
    const [id, decision] =
      'silence' in due
        ? [`${due.silence.event.id}/${due.silence.node}/1`, await endSilence([this.own], due.silence, memory, options)]
        : [due.wait.id, await wakeByTime([this.own], due, memory, options)];
    return { event: { type: 'timer-fired', id, at: new Date(due.at).toISOString() }, decision };
  }

  /** The schedules with their next instants, none of them older than the live version would have run by `now` (ms). */
  private passOver(state: ShadowState, now: number): ShadowState {
    if (!state.schedules) return state;
    const { since, next } = state.schedules;
    const earliest = now - catchUpMs;
    const instants = this.own.schedules.map(({ node, next: after }) => {
      const at = next ? next[node.id] : after(since);
      return [node.id, at !== undefined && at < earliest ? after(earliest - 1) : at] as const;
    });
    return { ...state, schedules: { since, next: known(instants) } };
  }

  /** A schedule that has ticked goes on to its next instant. */
  private moveOn(state: ShadowState, due: Timer): ShadowState {
    if (!('node' in due) || !state.schedules) return state;
    const { since, next } = state.schedules;
    const at = this.own.schedules.find(({ node }) => node.id === due.node)?.next(due.at);
    return { ...state, schedules: { since, next: known(Object.entries({ ...next, [due.node]: at })) } };
  }

  private note(
    state: ShadowState,
    { memory, ...done }: Decision,
    { key, event, live }: { key: string; event: Pick<RuleEvent, 'id' | 'type' | 'at'>; live: readonly Effect[] },
    lines: ShadowLine[],
  ): ShadowState {
    const { waiting = [], silences = [], outbound } = memory;
    const { asked, left } = matchCalls(waiting, state.asked, done.effects, live);
    const wouldCall = left.length < waiting.length || left.some(({ waits }, i) => waits.length < (waiting[i]?.waits.length ?? 0));
    // A timer that nothing came of is no line: what it belonged to is over.
    if (event.type !== 'timer-fired' || done.trace.length > 0 || done.effects.length > 0)
      lines.push({ key, event: { id: event.id, type: event.type, at: event.at }, done: plain(done), wouldCall });
    const known = state.facts.counters ?? {};
    return {
      ...state,
      memory: { waiting: left, silences, ...(outbound && { outbound }) },
      counters: Object.fromEntries(Object.entries(memory.counters ?? {}).filter(([place]) => !(place in known))),
      asked,
    };
  }

  private find(name: string, version: number | undefined): CompiledGraph | undefined {
    if (name !== this.own.name) return this.others.get(name);
    return version === undefined || version === this.own.version ? this.own : this.older.get(version);
  }
}

type Timer = { at: number } & ({ run: SuspendedRun; wait: PendingWait } | { silence: Silence } | { node: string });

function known(instants: readonly (readonly [node: string, at: number | undefined])[]): Record<string, number> {
  return Object.fromEntries(instants.flatMap(([node, at]) => (at === undefined ? [] : [[node, at]])));
}

function nextTimer({ memory: { waiting = [], silences = [] }, schedules }: ShadowState): Timer | undefined {
  const timers: Timer[] = [
    ...waiting.flatMap((run) => run.waits.map((wait) => ({ at: wait.due, run, wait }))),
    ...silences.map((silence) => ({ at: silence.due, silence })),
    ...Object.entries(schedules?.next ?? {}).map(([node, at]) => ({ at, node })),
  ];
  const order = (timer: Timer) => ('wait' in timer ? timer.wait.order : Number.MAX_SAFE_INTEGER);
  return timers.sort((a, b) => a.at - b.at || order(a) - order(b))[0];
}

/** The instant (ms) of the next timer of a shadow; undefined: nothing waits. */
export function nextDueOf(state: ShadowState | null): number | undefined {
  if (state?.schedules && !state.schedules.next) return state.schedules.since;
  return state ? nextTimer(state)?.at : undefined;
}

/** The first look at a conversation: what the live version has waiting in it then waits on in both. */
export function takeOver(memory: Memory): ShadowState {
  const { waiting = [], silences = [], outbound } = memory;
  const answers = waiting.flatMap(({ waits }) => waits.filter((wait) => wait.for === 'answer'));
  return {
    memory: { waiting, silences, ...(outbound && { outbound }) },
    counters: {},
    facts: factsOf(memory),
    asked: Object.fromEntries(answers.map(({ id, node }) => [id, node])),
    parted: false,
  };
}

function factsOf({ waiting: _waiting, silences: _silences, outbound: _outbound, ...facts }: Memory): Memory {
  return facts;
}

function memoryOf({ memory, counters, facts }: ShadowState): Memory {
  return { ...facts, ...memory, counters: { ...counters, ...facts.counters } };
}

/** The answer of a call goes to the wait that asked the same; any other event stays as it is. Undefined: nobody here asked for it. */
function answerTo({ memory, asked }: ShadowState, event: RuleEvent): RuleEvent | undefined {
  if (event.type !== 'http-answered') return event;
  const waits = (memory.waiting ?? [])
    .flatMap(({ ruleSet, waits: all }) => all.map((wait) => ({ ruleSet, wait })))
    .filter(({ wait }) => wait.for === 'answer' && asked[wait.id] === event.node);
  const [first] = waits.sort((a, b) => a.wait.order - b.wait.order);
  return first && { ...event, node: first.wait.node, wait: first.wait.id, ruleSet: first.ruleSet };
}

/** Nobody is called for a shadow: a wait for an answer stays only where the live version made the same call, and gets that one's answer. */
function matchCalls(
  waiting: readonly SuspendedRun[],
  before: Readonly<Record<string, string>>,
  effects: readonly Effect[],
  live: readonly Effect[],
): { asked: Record<string, string>; left: readonly SuspendedRun[] } {
  const asked: Record<string, string> = {};
  const isAnswered = (wait: PendingWait): boolean => {
    if (wait.for !== 'answer') return true;
    const call = effects.find((effect) => effect.type === 'call-http' && effect.node === wait.node);
    const same = live.find((effect) => effect.type === 'call-http' && isEqual({ ...effect, node: '' }, { ...call, node: '' }));
    const node = before[wait.id] ?? same?.node;
    if (node !== undefined) asked[wait.id] = node;
    return node !== undefined;
  };
  const left = waiting.flatMap((run) => {
    const waits = run.waits.filter(isAnswered);
    if (waits.length === run.waits.length) return run;
    return waits.length > 0 ? { ...run, waits } : [];
  });
  return { asked, left };
}

function plain({ status, effects, trace, reason, error, consumed }: Done): Done {
  return { status, effects, trace, ...(reason && { reason }), ...(error && { error }), ...(consumed && { consumed }) };
}
