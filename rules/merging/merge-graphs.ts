import type { RuleGraph } from '../graph.js';
import { Clashes, joinPlaces, keepSame, type Choices, type Clash, type ClashKind } from './clash.js';
import { mergeEdges } from './merge-edges.js';
import { mergeNodes } from './merge-nodes.js';
import { renameTwins } from './rename-twins.js';
import { byKey, insertInto, joinOrders, type Three } from './three-way.js';

export interface Merge {
  graph: RuleGraph;
  /** Places that both changed, each to something else. While one has no `chosen`, the graph holds ours there. */
  clashes: Clash[];
}

/**
 * Joins two graphs that were made of the same one. What one side changed is taken, what both made the same of too; a place that they changed differently is a
 * clash. Steps that both added under the same id are kept both, ours under another id. A card that both moved lies where ours has it.
 * @param base what both began with
 * @param choices what to take where they clash: by the keys of the clashes, or one side everywhere
 */
export function mergeGraphs(base: RuleGraph, ours: RuleGraph, theirs: RuleGraph, choices: Choices = new Map()): Merge {
  const clashes = new Clashes(choices);
  const graphs = { base, ours: renameTwins(base, ours, theirs), theirs };
  const nodes = mergeNodes(graphs, clashes);
  const edges = mergeEdges(graphs, nodes, clashes);
  const sideOf = (key: 'name' | 'timezone' | 'description') =>
    graphs[clashes.settle({ key: `graph ${key}`, kind: 'graph', path: key, base: base[key], ours: ours[key], theirs: theirs[key] })];
  const three = <Key extends keyof RuleGraph>(key: Key) => ({ base: base[key], ours: graphs.ours[key], theirs: theirs[key] });
  const graph: RuleGraph = {
    format: 1,
    name: sideOf('name').name,
    timezone: sideOf('timezone').timezone,
    description: sideOf('description').description,
    parameters: mergeList(three('parameters'), ({ name }) => name, wholeEntry('parameter', clashes)),
    nodes: nodes.nodes,
    edges,
    tests: mergeList(three('tests'), ({ name }) => name, wholeEntry('test', clashes)),
    notes: mergeList(three('notes'), ({ id }) => id, placedEntry('note', clashes)),
    groups: mergeList(three('groups'), ({ id }) => id, placedEntry('group', clashes)),
  };
  return { graph: keepSame(withoutAbsent(graph), ours, theirs), clashes: clashes.found };
}

type MergeEntry<Entry> = (key: string, three: Three<Entry | undefined>) => Entry | undefined;

function mergeList<Entry>(
  lists: Three<Entry[] | undefined>,
  keyOf: (entry: Entry) => string,
  merge: MergeEntry<Entry>,
): Entry[] | undefined {
  const entries = { base: byKey(lists.base ?? [], keyOf), ours: byKey(lists.ours ?? [], keyOf), theirs: byKey(lists.theirs ?? [], keyOf) };
  const keys = { base: [...entries.base.keys()], ours: [...entries.ours.keys()], theirs: [...entries.theirs.keys()] };
  // The order of tests and notes means nothing: where both moved them, it is theirs.
  const merged = (joinOrders(keys) ?? insertInto(keys.theirs, keys.ours)).flatMap((key) => {
    const three = { base: entries.base.get(key), ours: entries.ours.get(key), theirs: entries.theirs.get(key) };
    return merge(key, three) ?? [];
  });
  if (merged.length > 0) return merged;
  // Nothing and an empty list are two spellings in a file.
  return joinPlaces({ base: lists.base && [], ours: lists.ours && [], theirs: lists.theirs && [] });
}

/** An entry that is taken from one side as it is. */
function wholeEntry<Entry>(kind: ClashKind, clashes: Clashes): MergeEntry<Entry> {
  return (key, three) => three[clashes.settle({ key: `${kind} ${key}`, kind, path: key, ...three })];
}

/** An entry that lies somewhere on the canvas: what it says is decided apart from where it lies. */
function placedEntry<Entry extends { position: [number, number]; size?: [number, number] }>(
  kind: ClashKind,
  clashes: Clashes,
): MergeEntry<Entry> {
  return (key, three) => {
    const said = { base: saidBy(three.base), ours: saidBy(three.ours), theirs: saidBy(three.theirs) };
    const side = clashes.settle({ key: `${kind} ${key}`, kind, path: key, ...said });
    const entry = three[side];
    if (!entry || !three.ours || !three.theirs) return entry;
    const position = joinPlaces({ base: three.base?.position, ours: three.ours.position, theirs: three.theirs.position }) ?? entry.position;
    const size = joinPlaces({ base: three.base?.size, ours: three.ours.size, theirs: three.theirs.size });
    return keepSame(size ? { ...entry, position, size } : { ...entry, position }, three.ours, three.theirs);
  };
}

function saidBy(entry: { position: unknown; size?: unknown } | undefined): unknown {
  if (!entry) return undefined;
  const { position: _position, size: _size, ...said } = entry;
  return said;
}

/** The same without keys that hold nothing: a file has none of them. */
function withoutAbsent(graph: RuleGraph): RuleGraph {
  const { timezone, description, parameters, tests, notes, groups, ...rest } = graph;
  return {
    ...rest,
    ...(timezone !== undefined && { timezone }),
    ...(description && { description }),
    ...(parameters && { parameters }),
    ...(tests && { tests }),
    ...(notes && { notes }),
    ...(groups && { groups }),
  };
}
