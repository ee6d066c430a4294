import type { CompiledGraph } from './compile.js';
import type { RunCause } from './decide.js';
import { clockOf, evaluateAt } from './evaluate.js';
import type { RuleEvent } from './event.js';
import type { MaybePromise } from './later.js';
import type { Memory } from './memory.js';
import { releaseHeld } from './outbound.js';
import { Run } from './run.js';
import type { Decision } from './trace.js';

/** All of a run's input, as it was recorded. */
export interface RecordedRun {
  event: RuleEvent;
  memory: Memory;
  /** Its message was too old to be answered. */
  late: boolean;
  /** Expressions were stopped; absent: they were not. */
  expressionsStopped?: boolean;
  cause: RunCause;
}

/**
 * Decides again what a recorded run decided: the same version gives the same effects, trace, reason and error.
 * @param graphs finds the rule sets that it calls, in the versions of that time
 * @throws Error when the record is not one of this version: its node or its wait is not there
 */
export function replay(
  graph: CompiledGraph,
  { event, memory, late, expressionsStopped, cause }: RecordedRun,
  graphs?: (name: string) => CompiledGraph | undefined,
): MaybePromise<Decision> {
  const moment = { event, now: clockOf(event), memory, variables: {} };
  const options = { late, expressionsStopped, ...(graphs && { graphs }) };
  if (cause.by === 'event') return evaluateAt(graph, moment, options);
  if (cause.by === 'release') return releaseHeld([graph], moment, false)?.decision ?? missing('a message that is held');
  if (cause.by === 'trigger') {
    const trigger = graph.nodes.get(cause.node);
    return trigger ? new Run(graph, moment, options).start([trigger]) : missing(`the node ${cause.node}`);
  }
  const run = memory.waiting?.find(({ waits }) => waits.some(({ id }) => id === cause.id));
  const wait = run?.waits.find(({ id }) => id === cause.id);
  const node = wait && graph.nodes.get(wait.node);
  if (!run || !wait || !node?.wake) return missing(`the wait ${cause.id}`);
  const woken = { ...moment, variables: wait.variables ?? {} };
  const outcome = node.wake(cause.wake, woken);
  const resumed = new Run(graph, woken, options);
  return 'ignored' in outcome ? resumed.repeat(run, wait, outcome) : resumed.resume(run, wait, cause.wake.by, outcome);
}

function missing(what: string): never {
  throw new Error(`The record does not hold ${what}`);
}
