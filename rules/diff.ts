import type { NodeTypes } from './compile.js';
import { defaultTimezone, type GraphNode, type RuleGraph } from './graph.js';
import { isEqual } from './is-equal.js';
import { joinPaths, spellPath } from './json-path.js';
import { isRecord } from './is-record.js';

/** One value that differs; `old` or `new` is absent where there is none. */
export interface Change {
  /** Relative to what changed, spelt `settings.text`. */
  path: string;
  old?: unknown;
  new?: unknown;
}

export interface GraphDiff {
  /** Whether both graphs mean the same; moves, notes and frames do not count. */
  equal: boolean;
  nodes: { added: string[]; removed: string[]; changed: ({ node: string } & Change)[] };
  edges: {
    added: { from: string; to: string }[];
    removed: { from: string; to: string }[];
    /** Ports whose edges are the same but followed in another order. */
    reordered: { from: string; old: string[]; new: string[] }[];
  };
  /** Name, time zone, description, parameters, and the order in which triggers start. */
  graph: Change[];
  tests: { added: string[]; removed: string[]; changed: string[] };
  /** Canvas matter, told apart because it changes nothing that the rules do. */
  canvas: { moved: string[]; notes: boolean; groups: boolean };
}

/**
 * What changed between two versions of a graph, by what it means: a default written out equals one left out.
 * @param older and `newer` what `readGraph` returned
 */
export function diffGraphs(older: RuleGraph, newer: RuleGraph, nodeTypes: NodeTypes): GraphDiff {
  const before = new Map(older.nodes.map((node) => [node.id, node]));
  const after = new Map(newer.nodes.map((node) => [node.id, node]));
  const kept = [...before.values()].flatMap((old) => {
    const now = after.get(old.id);
    return now ? [{ old, now }] : [];
  });
  const nodes = {
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: kept.flatMap(({ old, now }) =>
      compare(meaningOf(old, nodeTypes), meaningOf(now, nodeTypes)).map((change) => ({ node: old.id, ...change })),
    ),
  };
  const edges = diffEdges(older, newer);
  const graph = [...compare(frameOf(older), frameOf(newer)), ...diffTriggerOrder(older, newer, nodeTypes)];
  const tests = diffTests(older, newer);
  const differences = [nodes, edges, tests].flatMap((part) => Object.values(part).flat());
  return {
    equal: differences.length + graph.length === 0,
    nodes,
    edges,
    graph,
    tests,
    canvas: {
      moved: kept.filter(({ old, now }) => !isEqual(old.position, now.position)).map(({ old }) => old.id),
      notes: !isEqual(older.notes ?? [], newer.notes ?? []),
      groups: !isEqual(older.groups ?? [], newer.groups ?? []),
    },
  };
}

function meaningOf(node: GraphNode, nodeTypes: NodeTypes) {
  const parsed = nodeTypes.get(node.type)?.settings.safeParse(node.settings);
  const settings = parsed?.success ? parsed.data : node.settings;
  return { type: node.type, title: node.title, disabled: node.disabled ?? false, settings };
}

function frameOf({ name, timezone = defaultTimezone, description, parameters = [] }: RuleGraph) {
  return { name, timezone, description, parameters };
}

function diffEdges(older: RuleGraph, newer: RuleGraph): GraphDiff['edges'] {
  const added = without(newer.edges, older.edges);
  const removed = without(older.edges, newer.edges);
  const reordered = [...new Set(older.edges.map(({ from }) => from))].flatMap((from) => {
    const shared = (graph: RuleGraph, other: RuleGraph) =>
      graph.edges.filter((edge) => edge.from === from && other.edges.some((twin) => isEqual(edge, twin))).map(({ to }) => to);
    const old = shared(older, newer);
    const now = shared(newer, older);
    return old.length === now.length && !isEqual(old, now) ? [{ from, old, new: now }] : [];
  });
  return { added, removed, reordered };
}

/** Edges of the first list that the second lacks, counting doubles. */
function without(edges: RuleGraph['edges'], others: RuleGraph['edges']): RuleGraph['edges'] {
  const left = new Map<string, number>();
  const keyOf = ({ from, to }: { from: string; to: string }) => `${from} ${to}`;
  for (const edge of others) left.set(keyOf(edge), (left.get(keyOf(edge)) ?? 0) + 1);
  return edges.filter((edge) => {
    const count = left.get(keyOf(edge)) ?? 0;
    left.set(keyOf(edge), count - 1);
    return count <= 0;
  });
}

function diffTriggerOrder(older: RuleGraph, newer: RuleGraph, nodeTypes: NodeTypes): Change[] {
  const triggers = (graph: RuleGraph, other: RuleGraph) =>
    graph.nodes
      .filter(
        ({ id, type }) => nodeTypes.get(type)?.family === 'trigger' && other.nodes.some((twin) => twin.id === id && twin.type === type),
      )
      .map(({ id }) => id);
  const old = triggers(older, newer);
  const now = triggers(newer, older);
  return isEqual(old, now) ? [] : [{ path: 'triggers', old, new: now }];
}

function diffTests(older: RuleGraph, newer: RuleGraph): GraphDiff['tests'] {
  const before = new Map((older.tests ?? []).map((test) => [test.name, test]));
  const after = new Map((newer.tests ?? []).map((test) => [test.name, test]));
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: [...after].filter(([name, test]) => before.has(name) && !isEqual(before.get(name), test)).map(([name]) => name),
  };
}

/** The values that differ, as deep as both sides are objects; a list is one value. */
function compare(old: unknown, now: unknown, path = ''): Change[] {
  if (isEqual(old, now)) return [];
  if (!isRecord(old) || !isRecord(now)) {
    const change: Change = { path };
    if (old !== undefined) change.old = old;
    if (now !== undefined) change.new = now;
    return [change];
  }
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) => compare(old[key], now[key], joinPaths(path, spellPath([key]))));
}
