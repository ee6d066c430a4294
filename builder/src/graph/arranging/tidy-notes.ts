import type { RuleGraph } from '../../../../rules/index.js';
import { middleOf, overlaps, type Box } from '../boxes.js';
import { gridStep, type Place } from '../commands.js';
import { noteKey, type Key } from '../things.js';
import { framesAround } from './tidy-frames.js';

/** A note that goes with a step: the one that it lay next to. */
export interface Anchor {
  step: string;
  /** Where the note lay, seen from the step. */
  offset: Place;
  note: Box;
  /** Whether it lay in one of the frames that are drawn anew. */
  isHome: boolean;
}

/** The notes that go with what is tidied: those in its frames with a step of their frame, free ones only where the whole graph is tidied. */
export function anchorsOf(
  graph: RuleGraph,
  boxes: ReadonlyMap<Key, Box>,
  ids: ReadonlySet<string>,
  groups: ReadonlyMap<Key, Key[]>,
): Map<Key, Anchor> {
  const isWhole = ids.size === graph.nodes.length;
  return new Map(
    (graph.notes ?? []).flatMap(({ id }): [Key, Anchor][] => {
      const key = noteKey(id);
      const note = boxes.get(key);
      const home = [...groups.values()].find((inside) => inside.includes(key));
      const step = note && nearest(note, home?.filter((one) => ids.has(one)) ?? (isWhole ? [...ids] : []), boxes);
      const from = step === undefined ? undefined : boxes.get(step);
      if (!note || !from || step === undefined) return [];
      return [[key, { step, offset: [note.x - from.x, note.y - from.y], note, isHome: home !== undefined }]];
    }),
  );
}

/** The boxes of steps, and of the notes that go with them into their frames. */
export function withNotes(steps: ReadonlyMap<string, Box>, anchors: ReadonlyMap<Key, Anchor>): Map<Key, Box> {
  const notes = [...anchors].flatMap(([key, anchor]): [Key, Box][] => {
    const box = anchor.isHome && beside(anchor, steps);
    return box ? [[key, box]] : [];
  });
  return new Map([...steps, ...notes]);
}

/**
 * Where the notes lie then: where their steps went, and where something lies by then, further down.
 * @param still the steps that stay where they are
 */
export function notePlaces(
  anchors: ReadonlyMap<Key, Anchor>,
  laid: ReadonlyMap<string, Box>,
  groups: ReadonlyMap<Key, Key[]>,
  still: readonly Box[],
): [Key, Place][] {
  const taken = [...framesAround(groups, withNotes(laid, anchors)).values(), ...laid.values(), ...still];
  return [...anchors].flatMap(([key, anchor]): [Key, Place][] => {
    const wanted = beside(anchor, laid);
    if (!wanted) return [];
    // In its own frame it may lie: the frame is drawn around it.
    const { x, y, ...size } = freeBelow(wanted, anchor.isHome ? [...laid.values()] : taken);
    taken.push({ x, y, ...size });
    return [[key, [x, y]]];
  });
}

function beside({ step, offset: [x, y], note }: Anchor, steps: ReadonlyMap<string, Box>): Box | undefined {
  const box = steps.get(step);
  return box && { ...note, x: box.x + x, y: box.y + y };
}

/** A box moved down until it lies on none of these. */
function freeBelow(box: Box, taken: readonly Box[]): Box {
  let free = box;
  for (let under = taken.find((one) => overlaps(free, one)); under; under = taken.find((one) => overlaps(free, one))) {
    free = { ...free, y: Math.ceil((under.y + under.height + gridStep) / gridStep) * gridStep };
  }
  return free;
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
