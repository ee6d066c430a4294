/** A stage as the form holds it; without an id it is new. `key` tells rows apart while they are edited. */
export interface StageRow {
  key: string;
  id?: string;
  name: string;
  open: boolean;
  deals: number;
}

/** The rows with one taken from its place and put at another; places beyond the ends are the ends. */
export function moveRow(rows: StageRow[], from: number, to: number): StageRow[] {
  const row = rows[from];
  if (!row) return rows;
  const others = rows.filter((_, index) => index !== from);
  const place = Math.max(0, Math.min(to, others.length));
  return [...others.slice(0, place), row, ...others.slice(place)];
}

/** What PUT /api/pipelines/:id takes. */
export function toStages(rows: StageRow[]): { id?: string; name: string; open: boolean }[] {
  return rows.map(({ id, name, open }) => ({ ...(id && { id }), name: name.trim(), open }));
}
