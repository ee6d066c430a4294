import { splitPort, type GraphEdge, type RuleGraph } from '../graph.js';
import { isEqual } from '../is-equal.js';
import type { Clashes } from './clash.js';
import type { MergedNodes } from './merge-nodes.js';
import { byKey, insertInto, joinOrders, type Side, type Three } from './three-way.js';

/** Joins the wires of three graphs, port by port: where a port leads is one decision, because the order counts. Wires of steps that are gone go. */
export function mergeEdges(graphs: Three<RuleGraph>, { nodes, kept }: MergedNodes, clashes: Clashes): GraphEdge[] {
  const there = new Set(nodes.map(({ id }) => id));
  const gone = new Set(sides.flatMap((side) => graphs[side].nodes.map(({ id }) => id)).filter((id) => !there.has(id)));
  const ports = { base: portsOf(graphs.base), ours: portsOf(graphs.ours), theirs: portsOf(graphs.theirs) };
  const merged = new Map<string, string[]>();
  for (const port of new Set([...ports.theirs.keys(), ...ports.ours.keys()])) {
    if (!gone.has(ownerOf(port))) merged.set(port, targetsOf(port));
  }
  return inOrder().flatMap(({ from }) => {
    const to = merged.get(from)?.shift();
    return to === undefined ? [] : [{ from, to }];
  });

  function targetsOf(port: string): string[] {
    const listOf = (side: Side | 'base') => (ports[side].get(port) ?? []).filter((to) => !gone.has(to));
    const three: Three<string[]> = { base: listOf('base'), ours: listOf('ours'), theirs: listOf('theirs') };
    const owner = kept.get(ownerOf(port));
    if (owner) return three[owner];
    // A wire that went only because its step was taken out comes back with the step.
    const [, keeper] = [...kept].find(([id]) => three.base.includes(id)) ?? [];
    if (keeper) {
      const remover = keeper === 'ours' ? 'theirs' : 'ours';
      const cascade = three.base.filter((to) => kept.get(to) !== keeper);
      if (isEqual(three[remover], cascade)) return three[keeper];
    }
    const place = { key: `wires ${port}`, kind: 'wires' as const, node: ownerOf(port), path: splitPort(port)?.port ?? port };
    return [...three[clashes.settle({ ...place, ...three })]];
  }

  /** Every wire of either side in the order of the file; which of a port's comes first is decided above. */
  function inOrder(): GraphEdge[] {
    const edges = { base: edgesOf(graphs.base), ours: edgesOf(graphs.ours), theirs: edgesOf(graphs.theirs) };
    const keys = { base: [...edges.base.keys()], ours: [...edges.ours.keys()], theirs: [...edges.theirs.keys()] };
    const order = joinOrders(keys) ?? insertInto(keys.theirs, keys.ours);
    const wanted = (key: string) => edges.theirs.get(key) ?? edges.ours.get(key);
    // A place in the file for each wire that stays, and for no other: else one that is gone would lend its place to the next of its port.
    const left = new Map([...merged].map(([port, targets]) => [port, [...targets]]));
    return order.flatMap((key) => {
      const edge = wanted(key);
      const targets = edge && left.get(edge.from);
      const index = targets?.indexOf(edge?.to ?? '') ?? -1;
      if (!edge || index < 0) return [];
      targets?.splice(index, 1);
      return [edge];
    });
  }
}

const sides = ['base', 'ours', 'theirs'] as const;

function ownerOf(port: string): string {
  return splitPort(port)?.node ?? port;
}

function portsOf({ edges }: RuleGraph): Map<string, string[]> {
  const ports = new Map<string, string[]>();
  for (const { from, to } of edges) ports.set(from, [...(ports.get(from) ?? []), to]);
  return ports;
}

function edgesOf({ edges }: RuleGraph): Map<string, GraphEdge> {
  return byKey(edges, ({ from, to }) => `${from}>${to}`);
}
