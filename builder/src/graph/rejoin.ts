import type { GraphEdge, RuleGraph } from '../../../rules/index.js';
import { isSameEdge, ownerOf, portOf, remove, type Command } from './commands.js';

/** Steps without which the rest is joined again, or the step of which it cannot be said where it goes on. */
export type Rejoined = { graph: RuleGraph; unclear?: undefined } | { graph?: undefined; unclear: string };

/**
 * Takes steps out and joins what led to them with where they led.
 * That is clear where a step leaves by one exit only, or where all its exits lead to the same steps; else nothing is removed.
 */
export function removeAndJoin(graph: RuleGraph, ids: ReadonlySet<string>): Rejoined {
  let next = graph;
  for (const id of ids) {
    const targets = continuationOf(next, id);
    const isEntered = next.edges.some(({ to }) => to === id);
    if (!targets && isEntered) return { unclear: id };
    next = bypass(next, id, targets ?? []);
  }
  return { graph: next };
}

/**
 * Puts a step that is there already into a wire: the wire ends at the step, and the step's exit leads on.
 * @param port the step's exit; undefined for a step without exits
 */
export function insertExisting(edge: GraphEdge, id: string, port: string | undefined): Command {
  return (graph) => {
    const at = graph.edges.findIndex((other) => isSameEdge(other, edge));
    if (at < 0 || edge.to === id || ownerOf(edge.from) === id) return graph;
    const between = [{ from: edge.from, to: id }, ...(port === undefined ? [] : [{ from: `${id}.${port}`, to: edge.to }])];
    const fresh = between.filter((one) => !graph.edges.some((other) => isSameEdge(other, one)));
    return { ...graph, edges: graph.edges.toSpliced(at, 1, ...fresh) };
  };
}

/** Leads a wire elsewhere, at its place in the order; where such a wire is already, or it would lead to its own step, nothing changes. */
export function moveWire(edge: GraphEdge, to: GraphEdge): Command {
  return (graph) => {
    const at = graph.edges.findIndex((other) => isSameEdge(other, edge));
    const isThere = graph.edges.some((other) => isSameEdge(other, to));
    return at < 0 || isThere || ownerOf(to.from) === to.to ? graph : { ...graph, edges: graph.edges.with(at, to) };
  };
}

/** Where the path goes on after a step; undefined where its exits disagree. */
function continuationOf(graph: RuleGraph, id: string): readonly string[] | undefined {
  const byPort = new Map<string, string[]>();
  for (const { from, to } of graph.edges) {
    if (ownerOf(from) !== id) continue;
    byPort.set(portOf(from), [...(byPort.get(portOf(from)) ?? []), to]);
  }
  const [first = [], ...others] = byPort.values();
  const same = others.every((targets) => targets.length === first.length && targets.every((to) => first.includes(to)));
  return same ? first : undefined;
}

/** Each wire that led to the step leads to its targets instead, at its place in the order: the order of wires is the order of evaluation. */
function bypass(graph: RuleGraph, id: string, targets: readonly string[]): RuleGraph {
  const edges: GraphEdge[] = [];
  const add = (edge: GraphEdge) => {
    if (ownerOf(edge.from) !== edge.to && !edges.some((other) => isSameEdge(other, edge))) edges.push(edge);
  };
  for (const edge of graph.edges) {
    if (ownerOf(edge.from) === id) continue;
    if (edge.to !== id) add(edge);
    else for (const to of targets) add({ from: edge.from, to });
  }
  return remove(new Set([id]))({ ...graph, edges });
}
