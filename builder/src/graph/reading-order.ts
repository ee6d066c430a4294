import type { GraphNode, RuleGraph } from '../../../rules/index.js';

/** Steps as a reader goes through the graph: from each trigger along the wires, what nothing leads to at the end. */
export function inReadingOrder(graph: RuleGraph): GraphNode[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const targets = new Map<string, string[]>();
  for (const { from, to } of graph.edges) {
    const owner = from.slice(0, from.indexOf('.'));
    targets.set(owner, [...(targets.get(owner) ?? []), to]);
  }
  const entered = new Set(graph.edges.map(({ to }) => to));
  const order = new Set<GraphNode>();
  const stack = [...graph.nodes.filter(({ id }) => !entered.has(id)), ...graph.nodes.filter(({ id }) => entered.has(id))].toReversed();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (order.has(node)) continue;
    order.add(node);
    for (const id of (targets.get(node.id) ?? []).toReversed()) {
      const next = nodes.get(id);
      if (next) stack.push(next);
    }
  }
  return [...order];
}
