/** How far a span has to move to lie within another, the least that will do; of one that is too long the start is what counts. */
export function shiftInto([start, end]: readonly [number, number], [from, to]: readonly [number, number]): number {
  if (start < from || end - start > to - from) return from - start;
  return end > to ? to - end : 0;
}
