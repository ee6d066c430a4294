import type { RuleGraph } from '../../../rules/index.js';
import { ownerOf } from './commands.js';
import { inReadingOrder } from './reading-order.js';

/** These steps and all that the wires lead to from them, or that leads to them. */
export function alongWires(graph: RuleGraph, from: ReadonlySet<string>, way: 'after' | 'before'): Set<string> {
  const next = new Map<string, string[]>();
  for (const edge of graph.edges) {
    const [start, end] = way === 'after' ? [ownerOf(edge.from), edge.to] : [edge.to, ownerOf(edge.from)];
    next.set(start, [...(next.get(start) ?? []), end]);
  }
  const known = new Set(graph.nodes.map(({ id }) => id));
  const found = new Set<string>();
  const stack = [...from];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (found.has(id) || !known.has(id)) continue;
    found.add(id);
    stack.push(...(next.get(id) ?? []));
  }
  return found;
}

/** The step after (or before) another in the order in which the graph is read; from none, the first (the last). Round at the ends. */
export function stepBeside(graph: RuleGraph, id: string | undefined, by: 1 | -1): string | undefined {
  const order = inReadingOrder(graph).map((node) => node.id);
  const at = id === undefined ? -1 : order.indexOf(id);
  if (at < 0) return by === 1 ? order[0] : order.at(-1);
  return order[(at + by + order.length) % order.length];
}
