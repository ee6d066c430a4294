import type { CompiledGraph, CompiledNode } from './compile.js';
import type { Effect, EffectBody } from './effect.js';
import type { RuleEvent } from './event.js';
import type { Memory } from './memory.js';
import type { Moment, Outcome } from './node-type.js';
import { parseInstant } from './time/instant.js';
import type { Decision, Held, Step } from './trace.js';

/** A run of more node executions than this ends in an error: it is a loop or a mistake. */
const maxExecutions = 1000;

/** Two robots that answer each other stop here: automatic replies of one conversation in any sliding minute. */
const maxReplies = 20;
const minute = 60_000;

export interface EvaluateOptions {
  /** The message was older than the account's answer age when it arrived: replies are held back as `late`. */
  late?: boolean;
  /** Names the rule set in effects, steps, reason and error; for events that several rule sets see. */
  ruleSet?: string;
}

/**
 * Decides what one version does with one event: the triggers that accept it start in file order, edges are followed
 * depth-first in file order, a node runs at most once. Pure: the same graph, event and memory give the same bytes.
 * @param event with `id` and `at`, as `readEvent` returns it
 * @param memory what earlier events left; never changed, the decision carries the next one
 * @returns never throws on a node's failure: that is a decision of status `error` which names the node
 * @throws Error when `event.at` is no instant
 */
export function evaluate(graph: CompiledGraph, event: RuleEvent, memory: Memory, options: EvaluateOptions = {}): Decision {
  const now = parseInstant(event.at);
  if (now === undefined) throw new Error(`The event's clock «${event.at}» is no RFC 3339 instant`);
  return evaluateAt(graph, { event, now, memory }, options);
}

/** As `evaluate`, for a caller that has parsed the clock already. `moment` stays as it is. */
export function evaluateAt(graph: CompiledGraph, moment: Moment, options: EvaluateOptions): Decision {
  const run = new Run(graph, { event: moment.event, now: moment.now, memory: moment.memory }, options);
  for (const { node, accepts } of graph.triggers) {
    if (run.over) break;
    try {
      if (!accepts(moment.event)) continue;
    } catch (error) {
      run.fail(node, textOf(error));
      break;
    }
    run.walk(node);
  }
  return run.decision;
}

type Leaving = Extract<Outcome, { go: string }>;

/** Numbers the runs of this process, so that each can mark the nodes it visited; no result depends on it. */
let runs = 0;

/** One evaluation under way. Branches that wait for their turn are values on a stack, not frames of the language. */
class Run {
  readonly decision: Decision;
  over = false;
  private readonly number: number;
  private readonly ruleSetName: string;
  private readonly moment: Moment;
  private readonly options: EvaluateOptions;
  private readonly given: Memory;
  private executions = 0;

  constructor(graph: CompiledGraph, moment: Moment, options: EvaluateOptions) {
    runs += 1;
    this.number = runs;
    this.ruleSetName = graph.name;
    this.moment = moment;
    this.given = moment.memory;
    this.options = options;
    this.decision = { status: 'passed', effects: [], trace: [], memory: moment.memory };
  }

  walk(trigger: CompiledNode): void {
    const pending = [trigger];
    for (let node = pending.pop(); node && !this.over; node = pending.pop()) {
      if (node.visitedBy === this.number) continue;
      node.visitedBy = this.number;
      this.visit(node, pending);
    }
  }

  fail(node: CompiledNode, text: string, because?: Step['because']): void {
    this.step(node, 'error', because);
    this.over = true;
    this.decision.status = 'error';
    this.decision.error = { node: node.id, text, ...this.name };
  }

  private visit(node: CompiledNode, pending: CompiledNode[]): void {
    if (this.executions === maxExecutions) return this.fail(node, `More than ${maxExecutions} steps in one run`);
    this.executions += 1;
    let outcome: Outcome;
    try {
      outcome = node.decide(this.moment);
    } catch (error) {
      return this.fail(node, textOf(error));
    }
    if (outcome.go !== undefined) this.leave(node, outcome, pending);
    else if (outcome.drop) this.drop(node, outcome.because, outcome.text);
    else this.fail(node, outcome.fail, outcome.because);
  }

  private leave(node: CompiledNode, outcome: Leaving, pending: CompiledNode[]): void {
    const exit = node.exits.get(outcome.go);
    if (!exit) return this.fail(node, `The node left by the port ${outcome.go}, which it does not have`);
    if (exit.drops) return this.drop(node, outcome.because);
    const step = this.step(node, outcome.go, outcome.because);
    if (outcome.tookTurn) this.takeTurn(node);
    if (outcome.effects) for (const body of outcome.effects) this.ask(node, body, step);
    // Backwards, because the stack gives the last one first.
    for (let i = exit.to.length - 1; i >= 0; i--) pending.push(exit.to[i]!);
  }

  private drop(node: CompiledNode, because: Step['because'], text?: string): void {
    this.step(node, 'drop', because);
    this.over = true;
    this.decision.status = 'filtered';
    this.decision.reason = { node: node.id, ...(text !== undefined && { text }), ...this.name };
  }

  private step(node: CompiledNode, port: string, because?: Step['because']): Step {
    const step: Step = because ? { node: node.id, port, because } : { node: node.id, port };
    if (this.options.ruleSet !== undefined) step.ruleSet = this.options.ruleSet;
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
      this.remember({ replies: [...this.recentReplies(), this.moment.now] });
    } else if (body.type === 'open-deal') this.remember({ deal: { open: true } });
    else if (body.type === 'create-task' && body.mode === 'one-per-deal') this.remember({ openTask: true });
    const effect: Effect = { ...body, node: node.id };
    if (this.options.ruleSet !== undefined) effect.ruleSet = this.options.ruleSet;
    this.decision.effects.push(effect);
  }

  private heldBack(): Held | undefined {
    if (this.moment.event.contact?.bot === true) return 'bot';
    if (this.options.late) return 'late';
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
    const place = `${this.ruleSetName}/${node.id}`;
    this.remember({ turns: { ...turns, [place]: (turns[place] ?? 0) + 1 } });
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
    return this.options.ruleSet === undefined ? {} : { ruleSet: this.options.ruleSet };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
