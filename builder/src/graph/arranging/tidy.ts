import type { RuleGraph } from '../../../../rules/index.js';
import { around, boxesOf, contentsOf, type Box, type Size } from '../boxes.js';
import { gridStep, moveThings, ownerOf, snap, type Place } from '../commands.js';
import { withContents } from '../copying/piece.js';
import { groupKey, thingOf, type Key, type Picked } from '../things.js';
import { apart, frameAgain } from './tidy-frames.js';
import { anchorsOf, notePlaces, withNotes, type Anchor } from './tidy-notes.js';
import { layOutPart } from './tidy-part.js';

/** Between parts that no wire joins, in pixels. */
const gap = 80;

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
  const anchors = anchorsOf(graph, boxes, ids, groups);
  const laid = layOut(graph, ids, groups, boxes, anchors);
  const places = new Map([...laid].map(([id, box]): [Key, Place] => [id, [box.x, box.y]]));
  const still = graph.nodes.flatMap(({ id }) => (laid.has(id) ? [] : (boxes.get(id) ?? [])));
  for (const [key, place] of notePlaces(anchors, laid, groups, still)) places.set(key, place);
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
  anchors: ReadonlyMap<Key, Anchor>,
): Map<string, Box> {
  const before = around([...ids].flatMap((id) => boxes.get(id) ?? []));
  const placed = new Map<string, Box>();
  if (!before) return placed;
  let top = before.y;
  for (const part of partsOf(graph, ids, groups, boxes)) {
    const laid = apart(layOutPart(graph, part, groups, boxes), groups, (steps) => withNotes(steps, anchors));
    const area = around([...laid.values()]);
    if (!area) continue;
    const [x, y] = snap([before.x - area.x, top - area.y]);
    for (const [id, box] of laid) {
      const [left, upper] = snap([box.x, box.y]);
      placed.set(id, { ...box, x: left + x, y: upper + y });
    }
    top += Math.ceil((area.height + gap) / gridStep) * gridStep;
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
