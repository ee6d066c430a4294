import type { GraphNode, RuleGraph } from '../../../rules/index.js';
import { portNamesOf } from './card-view.js';
import type { Place } from './commands.js';
import { groupKey, noteKey, type Group, type Key, type Note } from './things.js';

/** A size on the canvas, in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Where a thing of the canvas lies, in pixels of the graph: its upper left corner and its size. */
export interface Box extends Size {
  x: number;
  y: number;
}

export const cardWidth = 240;

/** Of a note whose file names no size. */
export const noteSize: Size = { width: 220, height: 120 };

/** A place for a step whose file names none: in a row, so that nothing lies on top of anything. */
export function placeOf(node: GraphNode, index: number): Place {
  return node.position ?? [(index % 5) * 320, Math.floor(index / 5) * 200];
}

export function noteBox({ position: [x, y], size }: Note): Box {
  return { x, y, width: size?.[0] ?? noteSize.width, height: size?.[1] ?? noteSize.height };
}

export function groupBox({ position: [x, y], size: [width, height] }: Group): Box {
  return { x, y, width, height };
}

/**
 * Where everything lies.
 * @param sizes of cards as they were drawn, by id; a card that is out of sight and was never drawn is reckoned by what stands on it
 */
export function boxesOf(graph: RuleGraph, sizes: ReadonlyMap<string, Size> = new Map()): Map<Key, Box> {
  const boxes = new Map<Key, Box>();
  graph.nodes.forEach((node, index) => {
    const [x, y] = placeOf(node, index);
    boxes.set(node.id, { x, y, ...(sizes.get(node.id) ?? { width: cardWidth, height: reckonHeight(node) }) });
  });
  for (const note of graph.notes ?? []) boxes.set(noteKey(note.id), noteBox(note));
  for (const group of graph.groups ?? []) boxes.set(groupKey(group.id), groupBox(group));
  return boxes;
}

/** What lies in a frame: everything whose middle is inside it, of other frames the smaller ones. */
export function contentsOf(group: Key, boxes: ReadonlyMap<Key, Box>): Key[] {
  const frame = boxes.get(group);
  if (!frame) return [];
  const area = frame.width * frame.height;
  return [...boxes].flatMap(([key, box]) => {
    if (key === group || (key.startsWith('group:') && box.width * box.height >= area)) return [];
    const [x, y] = middleOf(box);
    const isInside = x >= frame.x && x <= frame.x + frame.width && y >= frame.y && y <= frame.y + frame.height;
    return isInside ? [key] : [];
  });
}

/** The smallest box around all of these; undefined around nothing. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

export function middleOf({ x, y, width, height }: Box): Place {
  return [x + width / 2, y + height / 2];
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Title, two lines of what it does, a line for each exit: as node-card.module.css lays them out. */
function reckonHeight(node: GraphNode): number {
  const ports = portNamesOf(node).length;
  return 74 + (ports > 0 ? 11 + 19 * ports : 0);
}
