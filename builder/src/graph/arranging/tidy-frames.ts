import type { RuleGraph } from '../../../../rules/index.js';
import { boxesOf, middleOf, overlaps, type Box, type Size } from '../boxes.js';
import { frameAround } from '../canvas-things.js';
import { gridStep, snap } from '../commands.js';
import { groupKey, withThings, type Key } from '../things.js';

/** Between a frame and what lies below it, in pixels. */
const gap = 20;

/** The frames around what lies in each, the innermost first: a frame goes around the frames inside it. */
export function framesAround(groups: ReadonlyMap<Key, Key[]>, boxes: ReadonlyMap<Key, Box>): Map<Key, Box> {
  const frames = new Map<Key, Box>();
  for (const [group, inside] of [...groups].sort(([, a], [, b]) => a.length - b.length)) {
    const box = frameAround(inside.flatMap((key) => frames.get(key) ?? boxes.get(key) ?? []));
    if (box) frames.set(group, box);
  }
  return frames;
}

/** The graph with these frames drawn anew around what lay in them before. */
export function frameAgain(graph: RuleGraph, groups: ReadonlyMap<Key, Key[]>, sizes?: ReadonlyMap<string, Size>): RuleGraph {
  const frames = framesAround(groups, boxesOf(graph, sizes));
  const framed = graph.groups?.map((group) => {
    const box = frames.get(groupKey(group.id));
    return box ? { ...group, position: snap([box.x, box.y]), size: snap([box.width, box.height]) } : group;
  });
  return framed ? withThings(graph, { ...graph, groups: framed }) : graph;
}

/**
 * Moves what is below a frame further down until the frame, with its title and margins, lies over nothing that is not in it: the layout knows of the steps
 * in a frame, but not of the room that its border takes, nor of notes.
 * @param withNotes adds the notes that lie in frames to the boxes of steps
 */
export function apart(
  laid: ReadonlyMap<string, Box>,
  groups: ReadonlyMap<Key, Key[]>,
  withNotes: (steps: ReadonlyMap<string, Box>) => ReadonlyMap<Key, Box>,
): Map<string, Box> {
  const boxes = new Map(laid);
  for (let round = 0; round < mostRounds; round += 1) {
    const clash = findClash(boxes, groups, framesAround(groups, withNotes(boxes)));
    if (!clash) break;
    for (const [id, box] of boxes) {
      if (clash.moves(id, box)) boxes.set(id, { ...box, y: box.y + Math.ceil(clash.by / gridStep) * gridStep });
    }
  }
  return boxes;
}

/** A round sets one pair apart; more than this is needed by no drawing that somebody made, and a strange one must not take minutes. */
const mostRounds = 300;

interface Clash {
  by: number;
  moves: (id: string, box: Box) => boolean;
}

/** A frame that lies over a step outside it, or over a frame beside it; and what has to move down for it. */
function findClash(boxes: ReadonlyMap<string, Box>, groups: ReadonlyMap<Key, Key[]>, around: ReadonlyMap<Key, Box>): Clash | undefined {
  const steps = new Map([...groups].map(([group, inside]): [Key, Key[]] => [group, inside.filter((key) => boxes.has(key))]));
  const frames = [...around].map(([group, box]) => ({ ids: new Set(steps.get(group)), box }));
  const things = [...frames, ...[...boxes].map(([id, box]) => ({ ids: new Set([id]), box }))];
  for (const frame of frames) {
    for (const other of things) {
      if (other.ids.size > frame.ids.size || [...other.ids].some((id) => frame.ids.has(id)) || !overlaps(frame.box, other.box)) continue;
      const [upper, lower] = middleOf(frame.box)[1] <= middleOf(other.box)[1] ? [frame, other] : [other, frame];
      const top = Math.min(...[...lower.ids].map((id) => boxes.get(id)?.y ?? 0));
      return {
        by: upper.box.y + upper.box.height + gap - lower.box.y,
        moves: (id, box) => lower.ids.has(id) || (box.y >= top && !upper.ids.has(id)),
      };
    }
  }
  return undefined;
}
