import { splitPort, type RuleGraph } from '../graph.js';
import { isEqual } from '../is-equal.js';

/**
 * Gives another id to steps of ours that theirs also has under the same one although neither came from the base: two people added a step of the same type, and
 * ids are made of types. Two that are the same stay one.
 */
export function renameTwins(base: RuleGraph, ours: RuleGraph, theirs: RuleGraph): RuleGraph {
  const old = new Set(base.nodes.map(({ id }) => id));
  const others = new Map(theirs.nodes.map((node) => [node.id, node]));
  const taken = new Set([base, ours, theirs].flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const renamed = new Map<string, string>();
  for (const node of ours.nodes) {
    const other = others.get(node.id);
    if (!other || old.has(node.id) || renamed.has(node.id)) continue;
    const { position: _ours, ...mine } = node;
    const { position: _theirs, ...yours } = other;
    if (isEqual(mine, yours)) continue;
    const id = freeId(node.id, taken);
    taken.add(id);
    renamed.set(node.id, id);
  }
  if (renamed.size === 0) return ours;
  const nameOf = (id: string) => renamed.get(id) ?? id;
  return {
    ...ours,
    nodes: ours.nodes.map((node) => (renamed.has(node.id) ? { ...node, id: nameOf(node.id) } : node)),
    edges: ours.edges.map((edge) => {
      const start = splitPort(edge.from);
      const from = start ? `${nameOf(start.node)}.${start.port}` : edge.from;
      return from === edge.from && nameOf(edge.to) === edge.to ? edge : { from, to: nameOf(edge.to) };
    }),
  };
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.replace(/-\d+$/, '').slice(0, 56);
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}
