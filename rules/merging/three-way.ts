import { isEqual } from '../is-equal.js';

/** Whose value is taken where two people changed the same. */
export type Side = 'ours' | 'theirs';

/** One place in three graphs; what is undefined is not there. */
export interface Three<T> {
  base: T;
  ours: T;
  theirs: T;
}

/**
 * The side whose value holds: the one that changed it, either where both made the same of it.
 * @returns undefined when both changed it, each to something else
 */
export function sideOf({ base, ours, theirs }: Three<unknown>): Side | undefined {
  if (isEqual(ours, theirs) || isEqual(base, theirs)) return 'ours';
  return isEqual(base, ours) ? 'theirs' : undefined;
}

/**
 * Joins the orders of two lists that were one: who moved things decides, and what only one side has stays behind its neighbour there.
 * @param order keys, each once in its list
 * @returns every key of `ours` and `theirs`; undefined when both moved things, each elsewhere
 */
export function joinOrders({ base, ours, theirs }: Three<readonly string[]>): string[] | undefined {
  const [inBase, inOurs, inTheirs] = [new Set(base), new Set(ours), new Set(theirs)];
  const shared = (list: readonly string[], other: ReadonlySet<string>) => list.filter((key) => other.has(key));
  if (isEqual(shared(ours, inTheirs), shared(theirs, inOurs))) return insertInto(theirs, ours);
  const inAll = (list: readonly string[]) => list.filter((key) => inBase.has(key) && inOurs.has(key) && inTheirs.has(key));
  const known = inAll(base);
  if (isEqual(inAll(ours), known)) return insertInto(theirs, ours);
  return isEqual(inAll(theirs), known) ? insertInto(ours, theirs) : undefined;
}

/** The list with the keys of another that it lacks, each behind the one that it follows there. */
export function insertInto(list: readonly string[], other: readonly string[]): string[] {
  const known = new Set(list);
  // What follows each key: a list that is built once, however many keys are inserted.
  const followers = new Map<string | undefined, string[]>();
  let previous: string | undefined;
  for (const key of other) {
    if (!known.has(key)) followers.set(previous, [...(followers.get(previous) ?? []), key]);
    else previous = key;
  }
  const behind = (key: string | undefined) => followers.get(key) ?? [];
  return [...behind(undefined), ...list.flatMap((key) => [key, ...behind(key)])];
}

/** Entries of a list by key; of several with one key (a file may hold such) the second is `key 2`, so that none is lost. */
export function byKey<T>(list: readonly T[], keyOf: (entry: T) => string): Map<string, T> {
  const entries = new Map<string, T>();
  for (const entry of list) {
    const key = keyOf(entry);
    let spelt = key;
    for (let number = 2; entries.has(spelt); number += 1) spelt = `${key} ${number}`;
    entries.set(spelt, entry);
  }
  return entries;
}
