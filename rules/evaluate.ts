import type { CompiledGraph } from './compile.js';
import type { RuleEvent } from './event.js';
import type { MaybePromise } from './later.js';
import type { Memory } from './memory.js';
import type { Moment } from './node-type.js';
import { Run, textOf, type RunOptions } from './run.js';
import { parseInstant } from './time/instant.js';
import type { Decision } from './trace.js';

export type EvaluateOptions = Pick<RunOptions, 'late' | 'expressionsStopped' | 'ruleSet' | 'graphs'>;

/**
 * Decides what one version does with one event: the triggers that accept it start in file order, edges are followed
 * depth-first in file order, a node runs at most once. Pure: the same graph, event and memory give the same bytes.
 * @param event with `id` and `at`, as `readEvent` returns it
 * @param memory what earlier events left; never changed, the decision carries the next one
 * @returns never throws on a node's failure: that is a decision of status `error` which names the node. A promise only where an
 * expression was asked; it is refused only with `OutOfTime`
 * @throws Error when `event.at` is no instant
 */
export function evaluate(graph: CompiledGraph, event: RuleEvent, memory: Memory, options: EvaluateOptions = {}): MaybePromise<Decision> {
  return evaluateAt(graph, { event, now: clockOf(event), memory, variables: {} }, options);
}

/** As `evaluate`, for a caller that has parsed the clock already. `moment` stays as it is. */
export function evaluateAt(graph: CompiledGraph, moment: Moment, options: EvaluateOptions): MaybePromise<Decision> {
  const run = new Run(graph, moment, options);
  const starts = [];
  for (const { node, accepts } of graph.triggers) {
    try {
      if (accepts(moment.event)) starts.push(node);
    } catch (error) {
      // Triggers before it start all the same; the run ends where this one would have begun.
      return run.start(starts, { node, text: textOf(error) });
    }
  }
  return run.start(starts);
}

/** The event's clock in ms. @throws Error when it is no instant */
export function clockOf(event: RuleEvent): number {
  const now = parseInstant(event.at);
  if (now === undefined) throw new Error(`The event's clock «${event.at}» is no RFC 3339 instant`);
  return now;
}
