import { around, type Box } from '../boxes.js';
import type { Place } from '../commands.js';
import type { Key } from '../things.js';

export type Side = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Direction = 'across' | 'down';

/**
 * Lines things up on one side (or the middle) of the box around them all.
 * @returns the new place of each, exact: cards of two heights have their middles off the grid
 */
export function align(boxes: ReadonlyMap<Key, Box>, side: Side): Map<Key, Place> {
  const all = around([...boxes.values()]);
  if (!all) return new Map();
  return new Map([...boxes].map(([key, box]) => [key, alignOne(box, all, side)]));
}

/** Makes the gaps between things equal, from left to right or downwards; the first and the last stay. Fewer than three have nothing to share out. */
export function distribute(boxes: ReadonlyMap<Key, Box>, direction: Direction): Map<Key, Place> {
  if (boxes.size < 3) return new Map();
  const [start, length] = direction === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const sorted = [...boxes].sort(([, a], [, b]) => a[start] + a[length] / 2 - (b[start] + b[length] / 2));
  const ends = sorted.map(([, box]) => box[start] + box[length]);
  const first = Math.min(...sorted.map(([, box]) => box[start]));
  const taken = sorted.reduce((sum, [, box]) => sum + box[length], 0);
  const gap = (Math.max(...ends) - first - taken) / (sorted.length - 1);
  let at = first;
  return new Map(
    sorted.map(([key, box]): [Key, Place] => {
      const place: Place = direction === 'across' ? [at, box.y] : [box.x, at];
      at += box[length] + gap;
      return [key, place];
    }),
  );
}

function alignOne({ x, y, width, height }: Box, all: Box, side: Side): Place {
  switch (side) {
    case 'left':
      return [all.x, y];
    case 'centre':
      return [all.x + (all.width - width) / 2, y];
    case 'right':
      return [all.x + all.width - width, y];
    case 'top':
      return [x, all.y];
    case 'middle':
      return [x, all.y + (all.height - height) / 2];
    case 'bottom':
      return [x, all.y + all.height - height];
  }
}
