import { defaultTimezone, describeStep, nodeTypes, type Language, type RuleGraph, type Step } from '../../../rules/index.js';
import { ownerOf, portOf } from './commands.js';
import { ownSteps } from './own-steps.js';
import { toWallClock } from './wall-clock.js';

/** One step of a run as the canvas and the list show it. */
export interface RunStep {
  node: string;
  /** From 1, in the order of the run. */
  number: number;
  /** The exit it left by, or `drop`, `error`. */
  port: string;
  /** Why, in words; empty where there is nothing to say. */
  reason: string;
  /** The name of the rule set that the run called, of which this is a step: it is not in the graph. */
  ruleSet?: string;
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
  const zone = graph.timezone ?? defaultTimezone;
  const ofGraph = new Set(ownSteps(trace, graph));
  const steps = trace.map((step, index): RunStep => {
    const isOwn = ofGraph.has(step);
    // Ids are one rule set's own: a step of another is not the one that has its id here.
    const reason = withWallClock(describeStep(step, isOwn ? graph : { ...graph, nodes: [] }, nodeTypes)?.[language] ?? '', zone);
    return { node: step.node, number: index + 1, port: step.port, reason, ...(!isOwn && { ruleSet: step.ruleSet }) };
  });
  const own = steps.filter(({ ruleSet }) => ruleSet === undefined);
  const byNode = new Map(own.map((step) => [step.node, step]));
  const edges = graph.edges.filter(({ from, to }) => {
    const start = byNode.get(ownerOf(from));
    return start?.port === portOf(from) && byNode.has(to);
  });
  const last = own.at(-1);
  return {
    steps,
    byNode,
    edges: new Set(edges.map(({ from, to }) => `${from}>${to}`)),
    ended: last && (last.port === 'drop' || last.port === 'error') ? { node: last.node, how: last.port } : undefined,
  };
}

const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Instants in a reason as the clock of the graph shows them: «04.03 14:00». */
function withWallClock(reason: string, zone: string): string {
  return reason.replace(instant, (text) => {
    const { date, time } = toWallClock(Date.parse(text), zone);
    return `${date.slice(8)}.${date.slice(5, 7)} ${time}`;
  });
}
