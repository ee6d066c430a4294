import type { EntityManager } from 'typeorm';

/** PostgreSQL types that rows are written in; `texts` is text[] and `json` jsonb, both given as plain values. */
export type ColumnType = 'uuid' | 'text' | 'bigint' | 'integer' | 'boolean' | 'timestamptz' | 'texts' | 'json';

/** The columns of a table that a writer fills, in order. */
export type Columns = Record<string, ColumnType>;

/**
 * Inserts rows in one statement, however many there are: a parameter per column, not per value. Keys of a row are column names; an absent one is null.
 * `onConflict` is the clause after the rows, as `ON CONFLICT DO NOTHING`; `around` makes the insert a part of a larger statement, for one round trip.
 */
export async function insertRows(
  db: EntityManager,
  table: string,
  columns: Columns,
  rows: Record<string, unknown>[],
  onConflict = '',
  around: (insert: string) => string = (insert) => insert,
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns);
  const given = names.map((name, i) => `$${i + 1}::${arrayType(columns[name]!)}[]`);
  const taken = names.map((name) => fromText(`r.${name}`, columns[name]!));
  const values = names.map((name) => rows.map((row) => toParameter(row[name], columns[name]!)));
  await db.query(
    around(
      `INSERT INTO ${table} (${names.join(', ')}) SELECT ${taken.join(', ')} FROM unnest(${given.join(', ')}) AS r (${names.join(', ')}) ${onConflict}`,
    ),
    values,
  );
}

/** Arrays of arrays do not unnest by row, so lists travel as JSON text. */
function arrayType(type: ColumnType): string {
  return type === 'json' || type === 'texts' ? 'text' : type;
}

function fromText(expression: string, type: ColumnType): string {
  if (type === 'json') return `${expression}::jsonb`;
  if (type === 'texts') return `ARRAY(SELECT jsonb_array_elements_text(${expression}::jsonb))`;
  return expression;
}

function toParameter(value: unknown, type: ColumnType): unknown {
  if (value === undefined || value === null) return null;
  return type === 'json' || type === 'texts' ? JSON.stringify(value) : value;
}
