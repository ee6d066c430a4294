import type { RuleGraph } from '../../../rules/index.js';
import { around, type Box, type Size } from './boxes.js';
import { gridStep, snap, type Command, type Place } from './commands.js';
import { withThings, type Group, type Key, type Note, thingOf } from './things.js';

/** Colours that notes and frames are offered in. A file may name others: they stay in it, and are drawn as the first. */
export const thingColors = ['yellow', 'green', 'blue', 'violet', 'red', 'grey'] as const;
export type ThingColor = (typeof thingColors)[number];

/** The colour that a thing is drawn in. */
export function shownColor(color: string | undefined, fallback: ThingColor): ThingColor {
  return thingColors.find((known) => known === color) ?? fallback;
}

export function addNote(id: string, position: Place): Command {
  return (graph) => withThings(graph, { ...graph, notes: [...(graph.notes ?? []), { id, text: '', position: snap(position) }] });
}

/** What a frame leaves free around what it was drawn around, in pixels; its title takes the upper part. */
const margin = { side: 30, top: 60 };

/** Of a frame around nothing. */
const emptyFrame: Size = { width: 520, height: 300 };

/**
 * Draws a frame.
 * @param around the boxes that it goes around; with none it lies empty at `place`
 */
export function addGroup(id: string, boxes: readonly Box[], place: Place): Command {
  const box = frameAround(boxes) ?? { x: place[0], y: place[1], ...emptyFrame };
  return (graph) => withThings(graph, { ...graph, groups: [...(graph.groups ?? []), { id, title: '', ...toFrame(box) }] });
}

/** The box of a frame around these, on the grid. */
export function frameAround(boxes: readonly Box[]): Box | undefined {
  const inner = around(boxes);
  if (!inner) return undefined;
  const [x, y] = snap([inner.x - margin.side, inner.y - margin.top]);
  return {
    x,
    y,
    width: upToGrid(inner.x + inner.width + margin.side - x),
    height: upToGrid(inner.y + inner.height + margin.side - y),
  };
}

export function setNoteText(id: string, text: string): Command {
  return changeNotes((note) => (note.id === id && note.text !== text ? { ...note, text } : note));
}

export function setGroupTitle(id: string, title: string): Command {
  return changeGroups((group) => (group.id === id && group.title !== title ? { ...group, title } : group));
}

/** Colours notes and frames. */
export function setColor(keys: ReadonlySet<Key>, color: ThingColor): Command {
  const picks = (kind: 'note' | 'group', id: string) => keys.has(`${kind}:${id}`);
  return (graph) =>
    changeGroups((group) => (picks('group', group.id) && group.color !== color ? { ...group, color } : group))(
      changeNotes((note) => (picks('note', note.id) && note.color !== color ? { ...note, color } : note))(graph),
    );
}

/** The least size that still shows a text and takes a pointer, in pixels. */
export const leastSize: Size = { width: 120, height: 60 };

/** Gives a note or a frame another place and size, on the grid. */
export function resizeThing(key: Key, box: Box): Command {
  const { kind, id } = thingOf(key);
  const { position, size } = toFrame({
    ...box,
    width: Math.max(leastSize.width, box.width),
    height: Math.max(leastSize.height, box.height),
  });
  if (kind === 'note')
    return changeNotes((note) => (note.id === id && !isSameFrame(note, position, size) ? { ...note, position, size } : note));
  return changeGroups((group) => (group.id === id && !isSameFrame(group, position, size) ? { ...group, position, size } : group));
}

/**
 * Notes and groups under ids of their own: a file may give two of them one id, which the canvas could not tell apart.
 * @returns the same object where all ids differ
 */
export function withOwnIds(graph: RuleGraph): RuleGraph {
  const notes = graph.notes && ownIds(graph.notes);
  const groups = graph.groups && ownIds(graph.groups);
  return notes === graph.notes && groups === graph.groups ? graph : withThings(graph, { notes, groups });
}

function ownIds<Thing extends { id: string }>(things: Thing[]): Thing[] {
  const ids = new Set(things.map(({ id }) => id));
  if (ids.size === things.length) return things;
  const seen = new Set<string>();
  return things.map((thing) => {
    let id = thing.id;
    for (let number = 2; seen.has(id) || (id !== thing.id && ids.has(id)); number += 1) id = `${thing.id}-${number}`;
    seen.add(id);
    return id === thing.id ? thing : { ...thing, id };
  });
}

function changeNotes(change: (note: Note) => Note): Command {
  return (graph) => {
    const notes = graph.notes?.map(change);
    return !notes || notes.every((note, index) => note === graph.notes?.[index]) ? graph : { ...graph, notes };
  };
}

function changeGroups(change: (group: Group) => Group): Command {
  return (graph) => {
    const groups = graph.groups?.map(change);
    return !groups || groups.every((group, index) => group === graph.groups?.[index]) ? graph : { ...graph, groups };
  };
}

function toFrame({ x, y, width, height }: Box): Pick<Group, 'position' | 'size'> {
  return { position: snap([x, y]), size: snap([width, height]) };
}

function isSameFrame(thing: Pick<Note, 'position' | 'size'>, position: Place, size: Place): boolean {
  const { position: p, size: s } = thing;
  return p[0] === position[0] && p[1] === position[1] && s?.[0] === size[0] && s[1] === size[1];
}

function upToGrid(length: number): number {
  return Math.ceil(length / gridStep) * gridStep;
}
