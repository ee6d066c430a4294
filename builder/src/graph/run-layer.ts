import { describeStep, nodeTypes, type Language, type RuleGraph, type Step } from '../../../rules/index.js';
import { ownerOf, portOf } from './commands.js';

/** One step of a run as the canvas and the list show it. */
export interface RunStep {
  node: string;
  /** From 1, in the order of the run. */
  number: number;
  /** The exit it left by, or `drop`, `error`. */
  port: string;
  /** Why, in words; empty where there is nothing to say. */
  reason: string;
}

/** A run drawn over a graph: what it took is bright, the rest is dimmed. */
export interface RunLayer {
  steps: readonly RunStep[];
  byNode: ReadonlyMap<string, RunStep>;
  /** The wires that the run followed, spelt `node.port>node`. */
  edges: ReadonlySet<string>;
  /** The node that ended the run by dropping the message, or in an error. */
  ended: { node: string; how: 'drop' | 'error' } | undefined;
}

/**
 * Makes the layer of a run.
 * @param graph the version that ran
 * @param trace its steps, in order
 */
export function toRunLayer(graph: RuleGraph, trace: readonly Step[], language: Language): RunLayer {
  const steps = trace.map((step, index): RunStep => {
    const reason = describeStep(step, graph, nodeTypes)?.[language] ?? '';
    return { node: step.node, number: index + 1, port: step.port, reason };
  });
  const byNode = new Map(steps.map((step) => [step.node, step]));
  const edges = graph.edges.filter(({ from, to }) => {
    const start = byNode.get(ownerOf(from));
    return start?.port === portOf(from) && byNode.has(to);
  });
  const last = steps.at(-1);
  return {
    steps,
    byNode,
    edges: new Set(edges.map(({ from, to }) => `${from}>${to}`)),
    ended: last && (last.port === 'drop' || last.port === 'error') ? { node: last.node, how: last.port } : undefined,
  };
}
