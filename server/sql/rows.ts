import type { EntityManager } from 'typeorm';

/**
 * Runs one statement of a transaction and gives its rows, of SELECT and of RETURNING alike. Instants come as RFC 3339 texts in UTC, to the millisecond.
 * Name the row's type after the statement's columns; nothing checks it.
 */
export async function rowsOf<Row extends object>(db: EntityManager, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  if (!db.queryRunner) throw new Error('rows are read inside a transaction: see AccountScope');
  const { records } = await db.queryRunner.query(sql, parameters, true);
  for (const row of records) for (const [name, value] of Object.entries(row)) if (value instanceof Date) row[name] = value.toISOString();
  return records;
}

/** The same where there is one row or none. */
export async function rowOf<Row extends object>(db: EntityManager, sql: string, parameters: unknown[] = []): Promise<Row | undefined> {
  return (await rowsOf<Row>(db, sql, parameters))[0];
}

/** SQL that spells an instant as `rowsOf` does, for those inside JSON that the database builds. */
export function utc(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** SQL for the instant at which the account's own day began. */
export const startOfToday = `(SELECT date_trunc('day', now(), timezone) FROM accounts)`;
