import type { RuleGraph } from '../../../../rules/index.js';
import { around, boxesOf, contentsOf, type Size } from '../boxes.js';
import { freeId, gridStep, ownerOf, portOf, snap, type Place } from '../commands.js';
import { groupKey, keysOf, noteKey, pickedBy, withThings, type Picked } from '../things.js';

/** A changed graph, and what is new in it: to be selected. */
export interface Pasted {
  graph: RuleGraph;
  picked: Picked;
}

/**
 * The piece that is picked: those steps with the wires between them, notes, and frames with what is in them.
 * @param sizes of cards as drawn, by id
 */
export function pieceOf(graph: RuleGraph, picked: Picked, sizes?: ReadonlyMap<string, Size>): RuleGraph {
  const { nodes, notes, groups } = withContents(graph, picked, sizes);
  const piece: RuleGraph = {
    format: 1,
    name: graph.name,
    nodes: graph.nodes.filter(({ id }) => nodes.has(id)),
    edges: graph.edges.filter((edge) => nodes.has(edge.to) && nodes.has(ownerOf(edge.from))),
  };
  return withThings(piece, {
    notes: graph.notes?.filter(({ id }) => notes.has(id)),
    groups: graph.groups?.filter(({ id }) => groups.has(id)),
  });
}

/** What is picked, and what lies in the picked frames: it moves and is copied with them. */
export function withContents(graph: RuleGraph, picked: Picked, sizes?: ReadonlyMap<string, Size>): Picked {
  if (picked.groups.size === 0) return picked;
  const boxes = boxesOf(graph, sizes);
  return pickedBy([...keysOf(picked), ...[...picked.groups].flatMap((id) => contentsOf(groupKey(id), boxes))]);
}

/** Puts a piece in, under fresh ids, with its upper left corner at `place`. */
export function paste(graph: RuleGraph, piece: RuleGraph, place: Place): Pasted {
  const corner = around([...boxesOf(piece).values()]) ?? { x: 0, y: 0 };
  const moved = ([x, y]: Place): Place => snap([x - corner.x + place[0], y - corner.y + place[1]]);
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id } of piece.nodes) {
    const fresh = freeId(graph, id.replace(/-\d+$/, ''), taken);
    taken.add(fresh);
    renamed.set(id, fresh);
  }
  const nodes = piece.nodes.map((node) => ({
    ...node,
    id: renamed.get(node.id) ?? node.id,
    position: moved(node.position ?? [corner.x, corner.y]),
  }));
  const edges = piece.edges.flatMap((edge) => {
    const owner = renamed.get(ownerOf(edge.from));
    const to = renamed.get(edge.to);
    return owner && to ? [{ from: `${owner}.${portOf(edge.from)}`, to }] : [];
  });
  const notes = withFreshIds(graph.notes, piece.notes, 'note').map((note) => ({ ...note, position: moved(note.position) }));
  const groups = withFreshIds(graph.groups, piece.groups, 'group').map((group) => ({ ...group, position: moved(group.position) }));
  const joined = { ...graph, nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges] };
  return {
    graph: withThings(joined, { notes: [...(graph.notes ?? []), ...notes], groups: [...(graph.groups ?? []), ...groups] }),
    picked: pickedBy([...taken, ...notes.map(({ id }) => noteKey(id)), ...groups.map(({ id }) => groupKey(id))]),
  };
}

/** The same again, a little lower and to the right. */
export function duplicate(graph: RuleGraph, picked: Picked, sizes?: ReadonlyMap<string, Size>): Pasted {
  const piece = pieceOf(graph, picked, sizes);
  const { x, y } = around([...boxesOf(piece).values()]) ?? { x: 0, y: 0 };
  return paste(graph, piece, [x + 2 * gridStep, y + 2 * gridStep]);
}

/** An id that no note (or group) of the list has: `note-1`, `note-2`. */
export function freeThingId(things: readonly { id: string }[] | undefined, stem: string): string {
  const ids = new Set(things?.map(({ id }) => id));
  let number = 1;
  while (ids.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

function withFreshIds<Thing extends { id: string }>(there: readonly Thing[] = [], added: readonly Thing[] = [], stem: string): Thing[] {
  const fresh: Thing[] = [];
  for (const thing of added) fresh.push({ ...thing, id: freeThingId([...there, ...fresh], stem) });
  return fresh;
}
