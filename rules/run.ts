import type { CompiledGraph, CompiledNode } from './compile.js';
import type { Effect, EffectBody } from './effect.js';
import { OutOfTime } from './expressions/out-of-time.js';
import type { MaybePromise } from './later.js';
import type { HeldMessage, Memory, PendingWait, SuspendedRun } from './memory.js';
import type { Moment, Outcome, Wake, Woken } from './node-type.js';
import type { Decision, Held, Step } from './trace.js';
import { WaitingRun } from './waiting-run.js';

/** A run of more node executions than this ends in an error: it is a loop or a mistake. */
const maxExecutions = 1000;

/** A run that is resumed so often without its clock moving goes in a circle. */
const maxResumes = 1000;

/** Rule sets that call each other may be nested so deep. */
const maxCalls = 5;

/** Two robots that answer each other stop here: automatic replies of one conversation in any sliding minute. */
const maxReplies = 20;
const minute = 60_000;

export interface RunOptions {
  /** The message was older than the account's answer age when it arrived: replies are held back as `late`. */
  late?: boolean;
  /** Too many expressions of the account took too long a moment ago: each fails without being asked. */
  expressionsStopped?: boolean;
  /** Names the rule set in effects, steps, reason and error; for events that several rule sets see. */
  ruleSet?: string;
  /** Finds a rule set that a `call` names. */
  graphs?: (name: string) => CompiledGraph | undefined;
}

/** A graph that is being walked: the version itself, or one that it calls. Branches that wait for their turn are values here, not frames of the language. */
interface Frame {
  graph: CompiledGraph;
  /** The number that marks the nodes visited in this frame. */
  mark: number;
  /** The same nodes, once an expression made the run pause: while it does, other runs put their marks on them. */
  visited: Set<CompiledNode> | undefined;
  pending: CompiledNode[];
  /** Triggers that start when nothing is pending, the next one last. */
  starts: CompiledNode[];
  /** Names the rule set in steps and effects. */
  label: string | undefined;
  depth: number;
  caller: { frame: Frame; node: CompiledNode; because: Step['because'] } | undefined;
}

type Leaving = Extract<Outcome, { go: string }>;
type Suspending = Exclude<Extract<Outcome, { wait?: unknown }>, { wait?: undefined }>;

/** Numbers the walks of this process, so that each can mark the nodes it visited; no result depends on it. */
let marks = 0;

/** One evaluation under way: of an event that starts a run, or of what resumes one. */
export class Run {
  readonly decision: Decision;
  private readonly graph: CompiledGraph;
  private readonly options: RunOptions;
  private over = false;
  private frame: Frame;
  private readonly moment: Moment;
  private readonly given: Memory;
  private executions = 0;
  private broken: { node: CompiledNode; text: string } | undefined;
  /** Said by a node that the message is to be held; it is if the run drops it then, at that node or behind it. */
  private holding: Omit<HeldMessage, 'event'> | undefined;
  /** What this run waits for, made at its first wait. */
  private waiting: WaitingRun | undefined;

  constructor(graph: CompiledGraph, moment: Moment, options: RunOptions) {
    this.graph = graph;
    this.options = options;
    const { event, now, memory, variables } = moment;
    this.moment = { event, now, memory, variables, expressionsStopped: options.expressionsStopped === true };
    this.given = moment.memory;
    this.decision = { status: 'passed', effects: [], trace: [], memory: moment.memory };
    this.frame = frameOf(graph, [], options.ruleSet);
  }

  /** Walks from these nodes, one after the other; `broken` ends the run where its trigger would have started. */
  start(nodes: CompiledNode[], broken?: { node: CompiledNode; text: string }): MaybePromise<Decision> {
    this.frame.starts = nodes.toReversed();
    this.broken = broken;
    return this.walk();
  }

  /** Goes on where a waiting run stopped, with what its node decided when it was woken. */
  resume(suspended: SuspendedRun, wait: PendingWait, by: Wake['by'], outcome: Outcome): MaybePromise<Decision> {
    const waiting = new WaitingRun(suspended);
    this.waiting = waiting;
    const { event, now, memory } = this.moment;
    this.remember({ waiting: waiting.take(memory, wait, now, by === 'reply' ? { event, late: this.options.late } : undefined) });
    const node = this.graph.nodes.get(wait.node);
    if (!node) throw new Error(`The version has no node ${wait.node}`);
    if (waiting.resumedAt(this.moment.now) >= maxResumes) {
      this.fail(node, `The run was resumed ${maxResumes} times at one instant`);
    } else this.settle(node, outcome);
    return this.walk();
  }

  /** Says once that a reply was none; the run waits on. */
  repeat(suspended: SuspendedRun, wait: PendingWait, woken: Extract<Woken, { ignored: true }>): Decision {
    const node = this.graph.nodes.get(wait.node);
    if (!node) throw new Error(`The version has no node ${wait.node}`);
    const step = this.step(node, 'wait', woken.because);
    for (const body of woken.effects ?? []) this.ask(node, body, step);
    this.remember({ waiting: new WaitingRun(suspended).repeated(this.moment.memory, wait) });
    return this.decision;
  }

  private walk(): MaybePromise<Decision> {
    while (!this.over) {
      const { frame } = this;
      const node = frame.pending.pop() ?? frame.starts.pop();
      if (node) {
        const paused = this.enter(frame, node) ? this.visit(node) : undefined;
        if (paused instanceof Promise) return paused.then(() => this.walk());
      } else if (frame.caller) {
        this.frame = frame.caller.frame;
        this.leave(frame.caller.node, { go: 'next', because: frame.caller.because });
      } else break;
    }
    if (this.broken && !this.over) this.fail(this.broken.node, this.broken.text);
    return this.decision;
  }

  /** Whether the node is visited for the first time. */
  private enter(frame: Frame, node: CompiledNode): boolean {
    if (frame.visited) {
      if (frame.visited.has(node)) return false;
      frame.visited.add(node);
      return true;
    }
    if (node.visitedBy === frame.mark) return false;
    node.visitedBy = frame.mark;
    return true;
  }

  private visit(node: CompiledNode): MaybePromise<void> {
    if (this.executions === maxExecutions) return this.fail(node, `More than ${maxExecutions} steps in one run`);
    this.executions += 1;
    let outcome: MaybePromise<Outcome>;
    try {
      outcome = node.decide(this.moment);
    } catch (error) {
      return this.fail(node, textOf(error));
    }
    if (!(outcome instanceof Promise)) return this.settle(node, outcome);
    for (let frame: Frame | undefined = this.frame; frame; frame = frame.caller?.frame) keepMarks(frame);
    return outcome.then(
      (settled) => this.settle(node, settled),
      (error: unknown) => {
        if (error instanceof OutOfTime) throw error;
        this.fail(node, textOf(error));
      },
    );
  }

  private settle(node: CompiledNode, outcome: Outcome): void {
    if (outcome.go !== undefined) this.leave(node, outcome);
    else if (outcome.drop) this.drop(node, outcome.because, outcome.text);
    else if (outcome.wait) this.suspend(node, outcome);
    else if (outcome.call !== undefined) this.call(node, outcome.call, outcome.because);
    else this.fail(node, outcome.fail, outcome.because);
  }

  private leave(node: CompiledNode, outcome: Leaving): void {
    const exit = node.exits.get(outcome.go);
    if (!exit) return this.fail(node, `The node left by the port ${outcome.go}, which it does not have`);
    if (outcome.holds) this.holding = { node: node.id, ruleSet: this.frame.graph.name, release: outcome.holds };
    if (exit.drops) return this.drop(node, outcome.because);
    const step = this.step(node, outcome.go, outcome.because);
    if (outcome.tookTurn) this.takeTurn(node);
    if (outcome.counted) this.remember({ counters: { ...this.moment.memory.counters, [this.placeOf(node)]: outcome.counted } });
    if (outcome.set) this.setVariables(outcome.set);
    if (outcome.effects) for (const body of outcome.effects) this.ask(node, body, step);
    // Backwards, because the stack gives the last one first.
    const { pending } = this.frame;
    for (let i = exit.to.length - 1; i >= 0; i--) pending.push(exit.to[i]!);
  }

  /** Dropping in a called rule set is an exit of the node that called it; in the version itself it ends the run with its waiting branches. */
  private drop(node: CompiledNode, because: Step['because'], text?: string): void {
    this.step(node, 'drop', because);
    const { caller } = this.frame;
    if (caller) {
      this.frame = caller.frame;
      const exit = caller.node.exits.get('dropped');
      if (exit?.drops === false) return this.leave(caller.node, { go: 'dropped', because: caller.because });
      return this.drop(caller.node, caller.because, text);
    }
    this.end();
    if (this.holding) this.hold(this.holding);
    this.decision.status = 'filtered';
    this.decision.reason = { node: node.id, ...(text !== undefined && { text }), ...this.name };
  }

  private fail(node: CompiledNode, text: string, because?: Step['because']): void {
    this.step(node, 'error', because);
    this.end();
    this.decision.status = 'error';
    this.decision.error = { node: node.id, text, ...this.name };
  }

  private end(): void {
    this.over = true;
    if (this.waiting) this.remember({ waiting: this.waiting.ended(this.moment.memory) });
  }

  private suspend(node: CompiledNode, { wait, because, effects }: Suspending): void {
    if (this.frame.caller) return this.fail(node, 'A rule set that is called cannot wait');
    const pending = (this.moment.memory.waiting ?? []).some(
      (run) => run.ruleSet === this.graph.name && run.waits.some((other) => other.node === node.id),
    );
    if (wait.unlessPending && pending) return void this.step(node, 'wait', wait.unlessPending);
    const step = this.step(node, 'wait', because);
    for (const body of effects ?? []) this.ask(node, body, step);
    this.waiting ??= WaitingRun.of(this.graph, this.moment.event, this.options.late);
    this.remember({ waiting: this.waiting.add(this.moment.memory, node.id, wait, this.moment) });
  }

  private call(node: CompiledNode, name: string, because: Step['because']): void {
    const { frame } = this;
    const graph = this.options.graphs?.(name);
    if (!graph) return this.fail(node, `There is no rule set «${name}» to call`);
    if (frame.depth === maxCalls) return this.fail(node, `Rule sets call each other more than ${maxCalls} levels deep`);
    const starts = [];
    try {
      for (const { node: trigger, accepts } of graph.triggers) if (accepts(this.moment.event)) starts.push(trigger);
    } catch (error) {
      return this.fail(node, textOf(error));
    }
    this.frame = { ...frameOf(graph, starts.toReversed(), graph.name), depth: frame.depth + 1, caller: { frame, node, because } };
  }

  private step(node: CompiledNode, port: string, because?: Step['because']): Step {
    const step: Step = because ? { node: node.id, port, because } : { node: node.id, port };
    if (this.frame.label !== undefined) step.ruleSet = this.frame.label;
    this.decision.trace.push(step);
    return step;
  }

  private ask(node: CompiledNode, body: EffectBody, step: Step): void {
    if (body.type === 'send-message') {
      const held = this.heldBack();
      if (held) {
        step.held = held;
        return;
      }
      const { repliesLeft } = this.moment.memory;
      this.remember({
        replies: [...this.recentReplies(), this.moment.now],
        ...(repliesLeft !== undefined && { repliesLeft: repliesLeft - 1 }),
      });
    } else if (body.type === 'open-deal') this.remember({ deal: { open: true } });
    else if (body.type === 'create-task' && body.mode === 'one-per-deal') this.remember({ openTask: true });
    const effect = withNode(body, node.id);
    if (this.frame.label !== undefined) effect.ruleSet = this.frame.label;
    this.decision.effects.push(effect);
  }

  private heldBack(): Held | undefined {
    if (this.moment.event.contact?.bot === true) return 'bot';
    if (this.options.late) return 'late';
    const { repliesLeft } = this.moment.memory;
    if (repliesLeft !== undefined && repliesLeft <= 0) return 'loop';
    const { now } = this.moment;
    let sent = 0;
    for (const at of this.moment.memory.replies) if (at > now - minute && at <= now) sent += 1;
    return sent >= maxReplies ? 'rate' : undefined;
  }

  private recentReplies(): number[] {
    return this.moment.memory.replies.filter((at) => at > this.moment.now - minute);
  }

  private takeTurn(node: CompiledNode): void {
    const { turns } = this.moment.memory;
    const place = this.placeOf(node);
    this.remember({ turns: { ...turns, [place]: (turns[place] ?? 0) + 1 } });
  }

  private hold(message: Omit<HeldMessage, 'event'>): void {
    const held = this.moment.memory.outbound?.held ?? [];
    this.remember({ outbound: { answered: false, held: [...held, { event: this.moment.event.id, ...message }] } });
  }

  private setVariables(changes: Record<string, unknown>): void {
    const merged = Object.entries({ ...this.moment.variables, ...changes });
    this.moment.variables = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  }

  /** Where a node's own state lives in the memory. */
  private placeOf(node: CompiledNode): string {
    return `${this.frame.graph.name}/${node.id}`;
  }

  /** The memory that came in is copied at the first change and never touched; from then on the copy is this run's own. */
  private remember(change: Partial<Memory>): void {
    if (this.decision.memory === this.given) {
      this.decision.memory = { ...this.given };
      this.moment.memory = this.decision.memory;
    }
    Object.assign(this.decision.memory, change);
  }

  private get name(): { ruleSet?: string } {
    return this.frame.label === undefined ? {} : { ruleSet: this.frame.label };
  }
}

function frameOf(graph: CompiledGraph, starts: CompiledNode[], label: string | undefined): Frame {
  marks += 1;
  return { graph, mark: marks, visited: undefined, pending: [], starts, label, depth: 0, caller: undefined };
}

function keepMarks(frame: Frame): void {
  if (frame.visited) return;
  frame.visited = new Set();
  for (const node of frame.graph.nodes.values()) if (node.visitedBy === frame.mark) frame.visited.add(node);
}

/** The text of whatever was thrown. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Field by field: at a place that sees bodies of many shapes a spread costs three times as much, and this is the hot path's dearest one. */
function withNode(body: EffectBody, node: string): Effect {
  const effect: Record<string, unknown> = {};
  for (const key in body) effect[key] = body[key as keyof EffectBody];
  effect['node'] = node;
  return effect as Effect;
}
