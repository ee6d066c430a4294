import type { GraphEdge, GraphNode, RuleGraph } from '../../../rules/index.js';
import { withKeptParameters } from './kept-parameters.js';
import { groupKey, noteKey, withThings, type Key, type Picked } from './things.js';

/** A change of the graph: pure, and the same object back where nothing changes. */
export type Command = (graph: RuleGraph) => RuleGraph;

export type Place = [number, number];

/** Places of cards lie on this grid, in pixels. */
export const gridStep = 20;

/** An id that is free in the graph: the type's name, then `reply-2`, `reply-3`. */
export function freeId(graph: RuleGraph, base: string, taken: ReadonlySet<string> = new Set()): string {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const isFree = (id: string) => !ids.has(id) && !taken.has(id);
  const stem = base.slice(0, 56);
  if (isFree(stem)) return stem;
  let number = 2;
  while (!isFree(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

export interface NewNode {
  id: string;
  type: string;
  position: Place;
  settings?: Record<string, unknown>;
  /** The port, spelt `node.port`, that leads to the new node at once. */
  from?: string;
}

/** Adds a step, wired from a port where one is named. */
export function addNode({ id, type, position, settings = {}, from }: NewNode): Command {
  return (graph) => {
    if (graph.nodes.some((node) => node.id === id)) return graph;
    const node: GraphNode = { id, type, settings, position: snap(position) };
    const added = { ...graph, nodes: [...graph.nodes, node] };
    return from === undefined ? added : connect(from, id)(added);
  };
}

/** Puts a step into a wire: the wire then ends at the step, and the step's port leads on to where the wire led. */
export function insertIntoEdge(edge: GraphEdge, node: NewNode, port: string | undefined): Command {
  return (graph) => {
    const at = graph.edges.findIndex((other) => isSameEdge(other, edge));
    const added = addNode({ ...node, from: undefined })(graph);
    if (at < 0 || added === graph) return added;
    const between = [{ from: edge.from, to: node.id }, ...(port === undefined ? [] : [{ from: `${node.id}.${port}`, to: edge.to }])];
    return { ...added, edges: added.edges.toSpliced(at, 1, ...between) };
  };
}

/** What one card and the space to the next take, in pixels from left to left. */
const column = 320;

/**
 * Makes room in a wire that runs to the right: where no card fits between its ends, everything from its target on moves right.
 * @returns the graph with room, and the place for the new step; undefined where the wire runs another way
 */
export function makeRoom(graph: RuleGraph, edge: GraphEdge): { graph: RuleGraph; place: Place } | undefined {
  const [source, target] = [ownerOf(edge.from), edge.to].map((id) => graph.nodes.find((node) => node.id === id)?.position);
  if (!source || !target || target[0] <= source[0]) return undefined;
  const missing = 2 * column - (target[0] - source[0]);
  const place: Place = [source[0] + column, target[1]];
  if (missing <= 0) return { graph, place };
  const nodes = graph.nodes.map((node): GraphNode => {
    const { position } = node;
    return position && position[0] >= target[0] ? { ...node, position: [position[0] + missing, position[1]] } : node;
  });
  return { graph: { ...graph, nodes }, place };
}

/** Draws a wire from a port (`node.port`) to a step; one that is there already, or that ends where it begins, changes nothing. */
export function connect(from: string, to: string): Command {
  return (graph) => {
    const known = graph.nodes.some((node) => node.id === to);
    if (!known || ownerOf(from) === to || graph.edges.some((edge) => isSameEdge(edge, { from, to }))) return graph;
    return { ...graph, edges: [...graph.edges, { from, to }] };
  };
}

export function disconnect(edges: readonly GraphEdge[]): Command {
  return (graph) => {
    const kept = graph.edges.filter((edge) => !edges.some((gone) => isSameEdge(gone, edge)));
    return kept.length === graph.edges.length ? graph : { ...graph, edges: kept };
  };
}

/**
 * Moves steps, notes and groups to new places, in pixels.
 * @param places by key; what is dragged lies on the grid, what was aligned lies where the others are (`exact`)
 */
export function moveThings(places: ReadonlyMap<Key, Place>, exact = false): Command {
  const round = exact ? wholePixels : snap;
  return (graph) => {
    const nodes = moveIn(graph.nodes, ({ id }) => places.get(id), round);
    const notes = graph.notes && moveIn(graph.notes, ({ id }) => places.get(noteKey(id)), round);
    const groups = graph.groups && moveIn(graph.groups, ({ id }) => places.get(groupKey(id)), round);
    const isSame = nodes === graph.nodes && notes === graph.notes && groups === graph.groups;
    return isSame ? graph : withThings({ ...graph, nodes }, { notes, groups });
  };
}

/**
 * Replaces a step's settings. Where the settings name the exits, `ports` says which there were and which there are:
 * a renamed exit keeps its wires, and the wires of one that is gone go with it.
 */
export function setSettings(
  id: string,
  settings: Record<string, unknown>,
  ports?: { before: readonly string[]; after: readonly string[] },
): Command {
  return (graph) => {
    const changed = changeNode(graph, id, (node) => ({ ...node, settings }));
    return ports ? rewire(changed, id, ports.before, ports.after) : changed;
  };
}

/** The admin's own name of a step; an empty one gives the type's name back. */
export function setTitle(id: string, title: string): Command {
  return (graph) =>
    changeNode(graph, id, (node) => {
      const { title: _, ...rest } = node;
      return title.trim() === '' ? rest : { ...rest, title: title.slice(0, 200) };
    });
}

/** Switches steps off (they pass on what enters) or on again. */
export function setDisabled(ids: ReadonlySet<string>, disabled: boolean): Command {
  return (graph) => ({
    ...graph,
    nodes: graph.nodes.map((node) => {
      if (!ids.has(node.id)) return node;
      const { disabled: _, ...rest } = node;
      return disabled ? { ...rest, disabled: true } : rest;
    }),
  });
}

/** Takes steps out, with every wire that touches them, and the named wires. */
export function remove(ids: ReadonlySet<string>, edges: readonly GraphEdge[] = []): Command {
  return (graph) => {
    const nodes = graph.nodes.filter((node) => !ids.has(node.id));
    const kept = graph.edges.filter(
      (edge) => !ids.has(edge.to) && !ids.has(ownerOf(edge.from)) && !edges.some((gone) => isSameEdge(gone, edge)),
    );
    const isSame = nodes.length === graph.nodes.length && kept.length === graph.edges.length;
    return isSame ? graph : withKeptParameters(graph, { ...graph, nodes, edges: kept });
  };
}

/** Takes everything picked out: steps with their wires, the named wires, notes, and frames without what is in them. */
export function removePicked({ nodes, notes, groups }: Picked, edges: readonly GraphEdge[] = []): Command {
  return (graph) => {
    const left = remove(nodes, edges)(graph);
    const keptNotes = graph.notes?.filter(({ id }) => !notes.has(id));
    const keptGroups = graph.groups?.filter(({ id }) => !groups.has(id));
    const isSame = left === graph && keptNotes?.length === graph.notes?.length && keptGroups?.length === graph.groups?.length;
    return isSame ? graph : withThings(left, { notes: keptNotes, groups: keptGroups });
  };
}

export function renameGraph(name: string): Command {
  return (graph) => (graph.name === name ? graph : { ...graph, name });
}

/** The zone of the graph's clock times, an IANA name. */
export function setTimezone(timezone: string): Command {
  return (graph) => (graph.timezone === timezone ? graph : { ...graph, timezone });
}

export function isSameEdge(a: GraphEdge, b: GraphEdge): boolean {
  return a.from === b.from && a.to === b.to;
}

/** The step that a port (`node.port`) belongs to. */
export function ownerOf(from: string): string {
  const dot = from.indexOf('.');
  return dot < 0 ? from : from.slice(0, dot);
}

/** The port's own name in `node.port`. */
export function portOf(from: string): string {
  return from.slice(from.indexOf('.') + 1);
}

/** The nearest place on the grid. */
export function snap([x, y]: Place): Place {
  return [Math.round(x / gridStep) * gridStep, Math.round(y / gridStep) * gridStep];
}

function wholePixels([x, y]: Place): Place {
  return [Math.round(x), Math.round(y)];
}

function moveIn<Thing extends { position?: Place }>(
  things: Thing[],
  placeOf: (thing: Thing) => Place | undefined,
  round: (place: Place) => Place,
): Thing[] {
  let moved = false;
  const next = things.map((thing) => {
    const place = placeOf(thing);
    if (!place) return thing;
    const position = round(place);
    if (thing.position && thing.position[0] === position[0] && thing.position[1] === position[1]) return thing;
    moved = true;
    return { ...thing, position };
  });
  return moved ? next : things;
}

function changeNode(graph: RuleGraph, id: string, change: (node: GraphNode) => GraphNode): RuleGraph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

/** Exits of the same count are renamed by place; of another count, those that are gone lose their wires. */
function rewire(graph: RuleGraph, id: string, before: readonly string[], after: readonly string[]): RuleGraph {
  if (before.length === after.length && before.every((port, index) => port === after[index])) return graph;
  const byPlace = before.length === after.length;
  const edges = graph.edges.flatMap((edge) => {
    if (ownerOf(edge.from) !== id) return [edge];
    const port = portOf(edge.from);
    if (after.includes(port)) return [edge];
    const next = byPlace ? after[before.indexOf(port)] : undefined;
    return next === undefined ? [] : [{ ...edge, from: `${id}.${next}` }];
  });
  return { ...graph, edges };
}
