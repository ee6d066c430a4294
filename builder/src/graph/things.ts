import type { RuleGraph } from '../../../rules/index.js';

/** A sticky note of the canvas. */
export type Note = NonNullable<RuleGraph['notes']>[number];
/** A named frame around steps. */
export type Group = NonNullable<RuleGraph['groups']>[number];

/** Which things of the canvas are meant, by the ids of their kind. */
export interface Picked {
  nodes: ReadonlySet<string>;
  notes: ReadonlySet<string>;
  groups: ReadonlySet<string>;
}

/**
 * The name of a thing among all things of the canvas: a step's is its id, which holds no colon, a note's is `note:` and its id, a group's `group:` and its
 * id. Notes, groups and steps are numbered apart in a file, so their ids may be equal.
 */
export type Key = string;

export const noteKey = (id: string): Key => `note:${id}`;
export const groupKey = (id: string): Key => `group:${id}`;

/** Takes a key apart. */
export function thingOf(key: Key): { kind: 'node' | 'note' | 'group'; id: string } {
  if (key.startsWith('note:')) return { kind: 'note', id: key.slice(5) };
  if (key.startsWith('group:')) return { kind: 'group', id: key.slice(6) };
  return { kind: 'node', id: key };
}

export function keysOf({ nodes, notes, groups }: Picked): Key[] {
  return [...nodes, ...[...notes].map(noteKey), ...[...groups].map(groupKey)];
}

export function pickedBy(keys: Iterable<Key>): Picked {
  const picked = { nodes: new Set<string>(), notes: new Set<string>(), groups: new Set<string>() };
  const sets = { node: picked.nodes, note: picked.notes, group: picked.groups };
  for (const key of keys) {
    const { kind, id } = thingOf(key);
    sets[kind].add(id);
  }
  return picked;
}

export function countOf({ nodes, notes, groups }: Picked): number {
  return nodes.size + notes.size + groups.size;
}

/** The graph with these notes and groups. One without any has no list of them, so what was drawn and removed again leaves no trace in the file. */
export function withThings(graph: RuleGraph, { notes, groups }: Pick<RuleGraph, 'notes' | 'groups'>): RuleGraph {
  const { notes: _notes, groups: _groups, ...rest } = graph;
  return { ...rest, ...(notes?.length ? { notes } : {}), ...(groups?.length ? { groups } : {}) };
}
