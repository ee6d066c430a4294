import { compile, type CompiledGraph, type NodeTypes } from '../compile.js';
import { decide, endSilence, tick, wakeByTime } from '../decide.js';
import type { RuleGraph } from '../graph.js';
import type { MaybePromise } from '../later.js';
import type { Moment, NodeType } from '../node-type.js';
import type { Played } from '../session.js';
import type { Decision } from '../trace.js';

/** What a node saw when it ran. */
export type SeenMoment = Pick<Moment, 'event' | 'variables'>;

/**
 * Decides once more what a session played, and listens in: a trace keeps neither the variables that a node saw nor the event that a timer went on with.
 * @returns by `<rule set>/<node>`
 */
export async function momentsOf(
  played: Played,
  graphs: readonly RuleGraph[],
  nodeTypes: NodeTypes,
): Promise<ReadonlyMap<string, SeenMoment>> {
  const moments = new Map<string, SeenMoment>();
  const listening = new Map([...nodeTypes].map(([type, nodeType]) => [type, listen(nodeType, moments)]));
  await decideAgain(
    played,
    graphs.map((graph) => compile(graph, listening)),
  );
  return moments;
}

function listen(nodeType: NodeType, moments: Map<string, SeenMoment>): NodeType {
  if (!nodeType.compile) return nodeType;
  return {
    ...nodeType,
    compile(settings, context) {
      const decideNode = nodeType.compile?.(settings, context);
      return (moment) => {
        // The run's own moment changes as it goes on.
        moments.set(`${context.ruleSet}/${context.nodeId}`, { event: moment.event, variables: moment.variables });
        return decideNode?.(moment) ?? { go: '' };
      };
    },
  };
}

function decideAgain({ event, memory, decision }: Played, compiled: readonly CompiledGraph[]): MaybePromise<Decision> | undefined {
  const [first] = decision.trace;
  if (event.type === 'schedule-ticked') {
    const ruleSet = first?.ruleSet ?? compiled[0]?.name;
    return first && ruleSet !== undefined ? tick(compiled, { ruleSet, node: first.node }, event, memory) : undefined;
  }
  if (event.type !== 'timer-fired') return decide(compiled, event, memory);
  const own = (ruleSet: string) => ruleSet === (first?.ruleSet ?? ruleSet);
  for (const run of memory.waiting ?? []) {
    const wait = run.waits.find(({ id }) => id === event.id && own(run.ruleSet));
    if (wait) return wakeByTime(compiled, { run, wait }, memory);
  }
  const silence = memory.silences?.find(({ ruleSet, node, event: { id } }) => `${id}/${node}/1` === event.id && own(ruleSet));
  return silence && endSilence(compiled, silence, memory);
}
