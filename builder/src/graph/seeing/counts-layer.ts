import type { GraphNode, RuleGraph } from '../../../../rules/index.js';
import { edgeId } from '../flow-view.js';
import { toLiveReach } from '../proving/coverage-layer.js';
import type { LayerDays } from '../proving/layer-choice.js';

/** How often each step ran and each exit was taken in the last days, as it lies over the canvas. */
export interface CountsLayer {
  ruleSetId: string;
  days: LayerDays;
  /** The steps, for their names: numbers on hundreds of exits do not each listen to every change of the graph. */
  steps: ReadonlyMap<string, GraphNode>;
  timezone: string | undefined;
  nodes: Readonly<Record<string, number>>;
  /** By `node.port`; who dropped at a filter without a wire left by that exit. */
  edges: Readonly<Record<string, number>>;
  /** The ports, as runs have them, that count as an exit of a step. */
  ports: (node: string, port: string) => readonly string[];
  /** Wires that show the number of their exit, as `node.port>node`: of several from one exit the first. */
  shown: ReadonlySet<string>;
}

/** @param counted as the server counts: a run that dropped at a filter left by `drop` */
export function toCountsLayer(
  graph: RuleGraph,
  counted: { nodes: Record<string, number>; edges: Record<string, number> },
  { ruleSetId, days }: { ruleSetId: string; days: LayerDays },
): CountsLayer {
  const { nodes, ports: edges } = toLiveReach(graph, counted);
  const wired = new Set(graph.edges.map(({ from }) => from));
  const ports = (node: string, port: string) =>
    (port === 'filtered' || port === 'dropped') && !wired.has(`${node}.${port}`) ? [port, 'drop'] : [port];
  const first = new Map(graph.edges.toReversed().map((edge) => [edge.from, edgeId(edge)]));
  const steps = new Map(graph.nodes.map((node) => [node.id, node]));
  return { ruleSetId, days, steps, timezone: graph.timezone, nodes, edges, ports, shown: new Set(first.values()) };
}
