import { graphlib, layout } from '@dagrejs/dagre';
import type { RuleGraph } from '../../../rules/index.js';
import { around, boxesOf, contentsOf, middleOf, type Box, type Size } from './boxes.js';
import { portNamesOf } from './card-view.js';
import { frameAround } from './canvas-things.js';
import { gridStep, moveThings, ownerOf, portOf, snap, type Place } from './commands.js';
import { groupKey, noteKey, thingOf, withThings, type Key, type Picked } from './things.js';
import { withContents } from './piece.js';

/** Between cards that lie one below the other, between columns, and between parts that no wire joins. In pixels. */
const gaps = { row: 40, column: 80, part: 80 };

/**
 * Lays steps out from left to right along the wires, exits in their order from above; frames stay around what was in them, notes beside the step that they
 * lay next to. The upper left corner stays where it was.
 * @param picked what is tidied; with less than two steps the whole graph
 * @param sizes of cards as drawn, by id
 */
export function tidy(graph: RuleGraph, picked: Picked, sizes?: ReadonlyMap<string, Size>): RuleGraph {
  const wanted = withContents(graph, picked, sizes).nodes;
  const ids = wanted.size > 1 ? wanted : new Set(graph.nodes.map(({ id }) => id));
  const boxes = boxesOf(graph, sizes);
  const groups = followingGroups(graph, boxes, ids);
  const laid = layOut(graph, ids, groups, boxes);
  const places = new Map([...laid].map(([id, box]): [Key, Place] => [id, [box.x, box.y]]));
  for (const [key, place] of notePlaces(graph, boxes, ids, groups, laid)) places.set(key, place);
  const moved = moveThings(places)(graph);
  return frameAgain(moved, groups, sizes);
}

/** The frames all of whose steps are tidied, and what lay in each: theirs are drawn anew around it. */
function followingGroups(graph: RuleGraph, boxes: ReadonlyMap<Key, Box>, ids: ReadonlySet<string>): Map<Key, Key[]> {
  const following = new Map<Key, Key[]>();
  for (const { id } of graph.groups ?? []) {
    const inside = contentsOf(groupKey(id), boxes);
    const steps = inside.filter((key) => thingOf(key).kind === 'node');
    if (steps.length > 0 && steps.every((key) => ids.has(key))) following.set(groupKey(id), inside);
  }
  return following;
}

/** The new boxes of the steps: each part of the graph that wires (or a frame) hold together by itself, the parts below each other. */
function layOut(
  graph: RuleGraph,
  ids: ReadonlySet<string>,
  groups: ReadonlyMap<Key, Key[]>,
  boxes: ReadonlyMap<Key, Box>,
): Map<string, Box> {
  const before = around([...ids].flatMap((id) => boxes.get(id) ?? []));
  const placed = new Map<string, Box>();
  if (!before) return placed;
  let top = before.y;
  for (const part of partsOf(graph, ids, groups, boxes)) {
    const laid = layOutPart(graph, part, groups, boxes);
    const area = around([...laid.values()]);
    if (!area) continue;
    const [x, y] = snap([before.x - area.x, top - area.y]);
    for (const [id, box] of laid) {
      const [left, upper] = snap([box.x, box.y]);
      placed.set(id, { ...box, x: left + x, y: upper + y });
    }
    top += Math.ceil((area.height + gaps.part) / gridStep) * gridStep;
  }
  return placed;
}

function partsOf(
  graph: RuleGraph,
  ids: ReadonlySet<string>,
  groups: ReadonlyMap<Key, Key[]>,
  boxes: ReadonlyMap<Key, Box>,
): ReadonlySet<string>[] {
  const near = new Map<string, string[]>([...ids].map((id) => [id, []]));
  const join = (a: string, b: string) => {
    near.get(a)?.push(b);
    near.get(b)?.push(a);
  };
  for (const { from, to } of graph.edges) if (ids.has(to) && ids.has(ownerOf(from))) join(ownerOf(from), to);
  for (const inside of groups.values()) {
    const steps = inside.filter((key) => ids.has(key));
    for (const step of steps.slice(1)) join(steps[0] ?? step, step);
  }
  const parts: Set<string>[] = [];
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) continue;
    const part = new Set<string>();
    const stack = [id];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (part.has(next)) continue;
      part.add(next);
      seen.add(next);
      stack.push(...(near.get(next) ?? []));
    }
    parts.push(part);
  }
  const topOf = (part: ReadonlySet<string>) => Math.min(...[...part].map((id) => boxes.get(id)?.y ?? 0));
  return parts.sort((a, b) => topOf(a) - topOf(b));
}

/** Of two drawings the one with fewer crossing wires; where they are equal, the one that keeps exits in their order. */
function layOutPart(
  graph: RuleGraph,
  part: ReadonlySet<string>,
  groups: ReadonlyMap<Key, Key[]>,
  boxes: ReadonlyMap<Key, Box>,
): Map<string, Box> {
  const edges = wiresOf(graph, part);
  const inOrder = draw(part, edges, groups, boxes, true);
  const sorted = draw(part, edges, groups, boxes, false);
  return crossings(edges, inOrder) <= crossings(edges, sorted) ? inOrder : sorted;
}

interface PartWire {
  from: string;
  to: string;
  /** Which exit of its step, from 0 above. */
  exit: number;
}

/** The wires between the steps of a part, step by step and from the first exit to the last: dagre begins with this order. */
function wiresOf(graph: RuleGraph, part: ReadonlySet<string>): PartWire[] {
  return graph.nodes.flatMap((node) => {
    if (!part.has(node.id)) return [];
    const ports = portNamesOf(node);
    return graph.edges
      .filter(({ from, to }) => ownerOf(from) === node.id && part.has(to))
      .map(({ from, to }) => ({ from: node.id, to, exit: ports.indexOf(portOf(from)) }))
      .sort((a, b) => a.exit - b.exit);
  });
}

function draw(
  part: ReadonlySet<string>,
  edges: readonly PartWire[],
  groups: ReadonlyMap<Key, Key[]>,
  boxes: ReadonlyMap<Key, Box>,
  keepsOrder: boolean,
): Map<string, Box> {
  const drawing = new graphlib.Graph({ compound: true, multigraph: true });
  drawing.setGraph({ rankdir: 'LR', nodesep: gaps.row, ranksep: gaps.column });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const id of part) {
    const { width = 0, height = 0 } = boxes.get(id) ?? {};
    drawing.setNode(id, { width, height });
  }
  for (const { from, to, exit } of edges) drawing.setEdge(from, to, {}, String(exit));
  for (const [key, parent] of nesting(part, groups, boxes)) {
    if (!drawing.hasNode(parent)) drawing.setNode(parent, {});
    drawing.setParent(key, parent);
  }
  layout(drawing, { disableOptimalOrderHeuristic: keepsOrder });
  return new Map(
    [...part].flatMap((id): [string, Box][] => {
      const box = boxes.get(id);
      const { x, y } = drawing.node(id) as { x: number; y: number };
      return box ? [[id, { ...box, x: x - box.width / 2, y: y - box.height / 2 }]] : [];
    }),
  );
}

/** Each step of a part, and each frame, with the smallest frame that it lies in. */
function nesting(part: ReadonlySet<string>, groups: ReadonlyMap<Key, Key[]>, boxes: ReadonlyMap<Key, Box>): Map<Key, Key> {
  const area = (key: Key) => (boxes.get(key)?.width ?? 0) * (boxes.get(key)?.height ?? 0);
  const parents = new Map<Key, Key>();
  // From the largest to the smallest: the smallest frame has the last word.
  for (const [group, inside] of [...groups].sort(([a], [b]) => area(b) - area(a))) {
    if (!inside.some((key) => part.has(key))) continue;
    for (const key of inside)
      if (part.has(key) || (groups.has(key) && groups.get(key)?.some((one) => part.has(one)))) parents.set(key, group);
  }
  return parents;
}

/** How many pairs of wires cross, each drawn straight from its exit to its target. */
function crossings(edges: readonly PartWire[], boxes: ReadonlyMap<string, Box>): number {
  const lines = edges.flatMap(({ from, to, exit }) => {
    const [start, end] = [boxes.get(from), boxes.get(to)];
    if (!start || !end) return [];
    return [{ from, to, a: [start.x + start.width, start.y + 80 + 19 * exit] as Place, b: [end.x, end.y + 20] as Place }];
  });
  let count = 0;
  lines.forEach((one, index) => {
    for (const other of lines.slice(index + 1)) {
      if (one.from !== other.from || one.to !== other.to) count += cross(one.a, one.b, other.a, other.b) ? 1 : 0;
    }
  });
  return count;
}

function cross(a: Place, b: Place, c: Place, d: Place): boolean {
  const side = (p: Place, q: Place, r: Place) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** A note goes where the step went that it lay next to: in its own frame if it lay in one. */
function notePlaces(
  graph: RuleGraph,
  boxes: ReadonlyMap<Key, Box>,
  ids: ReadonlySet<string>,
  groups: ReadonlyMap<Key, Key[]>,
  laid: ReadonlyMap<string, Box>,
): [Key, Place][] {
  const isWhole = ids.size === graph.nodes.length;
  return (graph.notes ?? []).flatMap(({ id }): [Key, Place][] => {
    const key = noteKey(id);
    const note = boxes.get(key);
    const home = [...groups.values()].find((inside) => inside.includes(key));
    const near = note && nearest(note, home?.filter((one) => ids.has(one)) ?? (isWhole ? [...ids] : []), boxes);
    const [from, to] = [near && boxes.get(near), near && laid.get(near)];
    return note && from && to ? [[key, [note.x + to.x - from.x, note.y + to.y - from.y]]] : [];
  });
}

function nearest(note: Box, ids: readonly string[], boxes: ReadonlyMap<Key, Box>): string | undefined {
  const [x, y] = middleOf(note);
  const far = (id: string) => {
    const box = boxes.get(id);
    if (!box) return Infinity;
    const [left, top] = middleOf(box);
    return Math.hypot(left - x, top - y);
  };
  return ids.reduce<string | undefined>((best, id) => (best === undefined || far(id) < far(best) ? id : best), undefined);
}

/** Frames anew around what was in them, the innermost first: a frame goes around the new places of the frames inside it. */
function frameAgain(graph: RuleGraph, groups: ReadonlyMap<Key, Key[]>, sizes?: ReadonlyMap<string, Size>): RuleGraph {
  const boxes = boxesOf(graph, sizes);
  for (const [group, inside] of [...groups].sort(([, a], [, b]) => a.length - b.length)) {
    const box = frameAround(inside.flatMap((key) => boxes.get(key) ?? []));
    if (box) boxes.set(group, box);
  }
  const framed = graph.groups?.map((group) => {
    const box = groups.has(groupKey(group.id)) && boxes.get(groupKey(group.id));
    return box ? { ...group, position: snap([box.x, box.y]), size: snap([box.width, box.height]) } : group;
  });
  return framed ? withThings(graph, { ...graph, groups: framed }) : graph;
}
