/**
 * The SET list of an UPDATE for the columns that have a value: `{ name: 'А', phone: undefined }` gives `name = $1` and `['А']`. NULL is a value.
 * @param columns by column name, which is ours and never a caller's text
 */
export function setters(columns: Record<string, unknown>): { sql: string; values: unknown[] } {
  const present = Object.entries(columns).filter(([, value]) => value !== undefined);
  return { sql: present.map(([column], index) => `${column} = $${index + 1}`).join(', '), values: present.map(([, value]) => value) };
}
