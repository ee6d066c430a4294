import type { RuleGraph } from '../../../../rules/index.js';
import { portNamesOf } from '../card-view.js';
import type { Reach } from './play-tests.js';

/** Which places of the graph were reached, by whom. One such layer lies over the canvas at a time. */
export interface CoverageLayer {
  by: 'tests' | 'live' | 'backtest';
  /** Steps by id. */
  nodes: ReadonlyMap<string, number>;
  /** Exits by `node.port`. */
  ports: ReadonlyMap<string, number>;
}

/** Places that nothing reached, and how many there are of all. Steps that are switched off are not counted. */
export interface Gaps {
  nodes: { all: number; reached: number; missed: string[] };
  ports: { all: number; reached: number; missed: { node: string; port: string }[] };
}

export function toCoverageLayer(by: CoverageLayer['by'], { nodes, ports }: Reach): CoverageLayer {
  return { by, nodes: new Map(Object.entries(nodes)), ports: new Map(Object.entries(ports)) };
}

/** An exit without a wire that ends the message's way: a run that left by it says that it dropped. */
const droppingPorts: ReadonlySet<string> = new Set(['filtered', 'dropped']);

/** What live runs reached, by the server's counts of steps and ports. */
export function toLiveReach(graph: RuleGraph, { nodes, edges }: { nodes: Record<string, number>; edges: Record<string, number> }): Reach {
  const ports = { ...edges };
  const wired = new Set(graph.edges.map(({ from }) => from));
  for (const node of graph.nodes) {
    const loose = portNamesOf(node).find((port) => droppingPorts.has(port) && !wired.has(`${node.id}.${port}`));
    const dropped = edges[`${node.id}.drop`];
    if (loose !== undefined && dropped !== undefined) ports[`${node.id}.${loose}`] = (ports[`${node.id}.${loose}`] ?? 0) + dropped;
  }
  return { nodes, ports };
}

/** What a layer leaves out. Of a step that was never reached only the step is told: its exits go without saying. */
export function gapsOf(graph: RuleGraph, layer: CoverageLayer): Gaps {
  const on = graph.nodes.filter(({ disabled }) => !disabled);
  const isReached = (id: string) => (layer.nodes.get(id) ?? 0) > 0;
  const ports = on.flatMap((node) => portNamesOf(node).map((port) => ({ node: node.id, port })));
  const open = ports.filter(({ node, port }) => (layer.ports.get(`${node}.${port}`) ?? 0) === 0);
  const missed = on.filter(({ id }) => !isReached(id)).map(({ id }) => id);
  return {
    nodes: { all: on.length, reached: on.length - missed.length, missed },
    ports: { all: ports.length, reached: ports.length - open.length, missed: open.filter(({ node }) => isReached(node)) },
  };
}
