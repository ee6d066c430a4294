interface Placed {
  id: string;
  priority: number;
}

/** From one rule set to the next, so that another may come between without renumbering. */
const step = 10;

/**
 * The priorities to change so that the rule set at `from` stands at `to`, and every one has a priority of its own.
 * @param sets in order of priority
 * @returns only those that change
 */
export function movedPriorities(sets: readonly Placed[], from: number, to: number): Placed[] {
  const moved = sets[from];
  if (!moved || to < 0 || to >= sets.length) return [];
  const order = sets.toSpliced(from, 1).toSpliced(to, 0, moved);
  const known = sets.map(({ priority }) => priority);
  const areDistinct = new Set(known).size === known.length;
  return order.flatMap((one, index) => {
    const priority = areDistinct ? known[index]! : (index + 1) * step;
    return priority === one.priority ? [] : [{ id: one.id, priority }];
  });
}
