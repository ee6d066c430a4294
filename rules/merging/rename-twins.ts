import { splitPort, type GraphTest, type RuleGraph } from '../graph.js';
import { isEqual } from '../is-equal.js';
import { isRecord } from '../is-record.js';

/**
 * Gives another id to steps of ours that theirs also has under the same one although neither came from the base: two people added a step of the same type, and
 * ids are made of types. Two that are the same stay one. Wires and tests of ours follow.
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
    ...(ours.tests && { tests: ours.tests.map((test) => expecting(test, nameOf)) }),
  };
}

/** The same test where the lines that it expects (run-line.ts) name steps by other ids. */
function expecting(test: GraphTest, nameOf: (id: string) => string): GraphTest {
  const named = (value: unknown): unknown =>
    isRecord(value) && typeof value['node'] === 'string' ? { ...value, node: nameOf(value['node']) } : value;
  const entered = (entry: unknown): unknown =>
    Array.isArray(entry) && typeof entry[0] === 'string' ? [nameOf(entry[0]), ...(entry.slice(1) as unknown[])] : entry;
  const rename = { effects: each(named), trace: each(entered), reason: named, error: named };
  const expect = test.expect.map((line) =>
    Object.fromEntries(Object.entries(line).map(([key, value]) => [key, isKeyOf(rename, key) ? rename[key](value) : value])),
  );
  return isEqual(expect, test.expect) ? test : { ...test, expect };
}

const each = (change: (value: unknown) => unknown) => (list: unknown) => (Array.isArray(list) ? list.map(change) : list);

function isKeyOf<Keys extends object>(keys: Keys, key: string | number | symbol): key is keyof Keys {
  return Object.hasOwn(keys, key);
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.replace(/-\d+$/, '').slice(0, 56);
  let number = 2;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}
