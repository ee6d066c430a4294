interface Row {
  id: string;
  at: string;
}

/**
 * Lays a newly fetched first page over what is shown: rows that are shown are replaced where they stand, newer ones come back apart, to be shown when
 * the reader wants them. `hasGap`: so much came that rows between the fresh page and the shown ones are missing, so the list must begin anew.
 */
export function mergeFresh<Item extends Row>(shown: Item[][], fresh: Item[]): { pages: Item[][]; newer: Item[]; hasGap: boolean } {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const known = new Set(shown.flat().map((row) => row.id));
  const pages = shown.map((page) => page.map((row) => byId.get(row.id) ?? row));
  const newer = fresh.filter((row) => !known.has(row.id));
  return { pages, newer, hasGap: known.size > 0 && newer.length > 0 && newer.length === fresh.length };
}

/** Newest first, as the log is; of one instant the later id first. */
export function byNewest(one: Row, other: Row): number {
  return Date.parse(other.at) - Date.parse(one.at) || (one.id < other.id ? 1 : -1);
}
