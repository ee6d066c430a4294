/** Draws that depend on a seed alone: the same in every process, on every machine. */
export interface Draw {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  /** Whether something of this probability (0 to 1) happens. */
  chance(probability: number): boolean;
  /** One of a list that is not empty. */
  one<T>(list: readonly T[]): T;
}

/** A generator of 32 bits of state (a Weyl sequence, mixed): short streams of test data need no more. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    chance: (probability) => next() < probability,
    one: (list) => {
      if (list.length === 0) throw new Error('There is nothing to draw from');
      return list[below(list.length)] as (typeof list)[number];
    },
  };
}
