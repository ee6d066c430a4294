import type { GraphEdge, GraphNode, RuleGraph } from '../graph.js';
import { splitPort } from '../graph.js';
import { isEqual } from '../is-equal.js';
import { Clashes, joinPlaces, keepSame } from './clash.js';
import { byKey, insertInto, joinOrders, type Side, type Three } from './three-way.js';

/** The joined steps, and those that stay although one side took them out, by the side that kept them. */
export interface MergedNodes {
  nodes: GraphNode[];
  kept: ReadonlyMap<string, Side>;
}

/** A step that both sides have. */
interface BothHave {
  base: GraphNode | undefined;
  ours: GraphNode;
  theirs: GraphNode;
}

/** Joins the steps of three graphs: a step's settings one by one, its place without asking. */
export function mergeNodes(graphs: Three<RuleGraph>, clashes: Clashes): MergedNodes {
  const lists: Three<ReadonlyMap<string, GraphNode>> = {
    base: byKey(graphs.base.nodes, ({ id }) => id),
    ours: byKey(graphs.ours.nodes, ({ id }) => id),
    theirs: byKey(graphs.theirs.nodes, ({ id }) => id),
  };
  const kept = new Map<string, Side>();
  const merged = new Map<string, GraphNode>();
  for (const key of new Set([...lists.theirs.keys(), ...lists.ours.keys()])) {
    const three = { base: lists.base.get(key), ours: lists.ours.get(key), theirs: lists.theirs.get(key) };
    const { ours, theirs } = three;
    const node = ours && theirs ? mergeNode(key, { ...three, ours, theirs }, clashes) : remaining(key, three);
    if (node) merged.set(key, node);
  }
  return { nodes: inOrder().flatMap((key) => merged.get(key) ?? []), kept };

  /** A step that one side lacks: new on the other, or taken out. */
  function remaining(key: string, { base, ours, theirs }: Three<GraphNode | undefined>): GraphNode | undefined {
    const left = ours ?? theirs;
    if (!left || !base) return left;
    const keeper: Side = ours ? 'ours' : 'theirs';
    if (isEqual(withoutPlace(base), withoutPlace(left)) && !hasNewWires(base.id, graphs.base.edges, graphs[keeper].edges)) return undefined;
    if (clashes.ask({ key: `node ${key}`, kind: 'node', node: base.id, base, ours, theirs }) !== keeper) return undefined;
    kept.set(left.id, keeper);
    return left;
  }

  function inOrder(): string[] {
    const keys = { base: [...lists.base.keys()], ours: [...lists.ours.keys()], theirs: [...lists.theirs.keys()] };
    const joined = joinOrders(keys);
    if (joined) return joined;
    const side = clashes.ask({ key: 'order', kind: 'order', ...keys });
    return side === 'ours' ? insertInto(keys.ours, keys.theirs) : insertInto(keys.theirs, keys.ours);
  }
}

function mergeNode(key: string, three: BothHave, clashes: Clashes): GraphNode {
  const { base, ours, theirs } = three;
  const place = joinPlaces({ base: base?.position, ours: ours.position, theirs: theirs.position });
  const at = (node: GraphNode) => keepSame(place ? { ...node, position: place } : withoutPlace(node), ours, theirs);
  // The settings of one type say nothing about another: such a step is taken as a whole.
  if (!base || ours.type !== base.type || theirs.type !== base.type) {
    const whole = { base: base && withoutPlace(base), ours: withoutPlace(ours), theirs: withoutPlace(theirs) };
    return at(three[clashes.settle({ key: `node ${key}`, kind: 'node', node: ours.id, ...whole })]);
  }
  const pick = (path: string, values: Three<unknown>) =>
    values[clashes.settle({ key: `setting ${key} ${path}`, kind: 'setting', node: ours.id, path, ...values })];
  const names = new Set([...Object.keys(theirs.settings), ...Object.keys(ours.settings)]);
  const settings = [...names].flatMap((name) => {
    const values = { base: valueOf(base.settings, name), ours: valueOf(ours.settings, name), theirs: valueOf(theirs.settings, name) };
    const value = pick(`settings.${name}`, values);
    return value === undefined ? [] : [[name, value] as const];
  });
  const sideOfKey = (path: 'title' | 'disabled', values: Three<unknown>) =>
    three[clashes.settle({ key: `setting ${key} ${path}`, kind: 'setting', node: ours.id, path, ...values })];
  const { title } = sideOfKey('title', { base: base.title, ours: ours.title, theirs: theirs.title }) ?? {};
  const { disabled } = sideOfKey('disabled', { base: base.disabled, ours: ours.disabled, theirs: theirs.disabled }) ?? {};
  const { title: _title, disabled: _disabled, ...rest } = ours;
  return at({
    ...rest,
    settings: keepSame(Object.fromEntries(settings), ours.settings, theirs.settings),
    ...(title !== undefined && { title }),
    ...(disabled !== undefined && { disabled }),
  });
}

function valueOf(settings: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(settings, name) ? settings[name] : undefined;
}

function withoutPlace(node: GraphNode): GraphNode {
  const { position: _position, ...rest } = node;
  return rest;
}

/** Whether a side gave a step wires that it had not. */
function hasNewWires(id: string, before: readonly GraphEdge[], after: readonly GraphEdge[]): boolean {
  const touching = (edges: readonly GraphEdge[]) => edges.filter(({ from, to }) => to === id || splitPort(from)?.node === id);
  const known = touching(before);
  return touching(after).some((edge) => !known.some((old) => isEqual(old, edge)));
}
