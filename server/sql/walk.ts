import type { EntityManager } from 'typeorm';
import { parseCursor, toCursor, type Place } from './cursor.js';
import { rowOf, rowsOf } from './rows.js';

/** Rows looked at for one page when a filter has no index, and for one count: some 100 ms, however large the table. */
export const longestLook = 20_000;

/** Ids of one page, in order. */
export interface IdPage {
  ids: string[];
  nextCursor: string | null;
}

/** Rows to count, and whether they are all. */
export interface Look {
  table: string;
  where: string;
  values: unknown[];
  isWhole: boolean;
}

/** A template of SQL and what stands in its places. */
export interface Condition {
  texts: readonly string[];
  values: readonly unknown[];
}

/** A condition: what stands in the template's places goes to the database as parameters. */
export function sql(texts: TemplateStringsArray, ...values: unknown[]): Condition {
  return { texts, values };
}

/**
 * Reads a table newest first, a page at a time, by keyset on (instant, id): rows that come in between move nothing. Conditions that an index in that order
 * answers go to `narrow`; all others to `look`, which looks at no more than `longest` rows a page. Where that many did not fill the page, the cursor
 * goes on from the last row looked at: such a page is short, even empty, and not the last.
 */
export class Walk {
  private readonly narrowed: Condition[] = [];
  private readonly looked: Condition[] = [];
  private leading = '';

  /** The row is `t` in conditions. `table` and `at`, the column of the instant, are ours, never a caller's text. */
  constructor(
    private readonly table: string,
    private readonly at: string,
    private readonly longest = longestLook,
  ) {}

  /**
   * Keeps to the rows of one parent by the index on (`column`, instant, id), where the parent may have many rows. A plain `narrow` would leave the planner
   * free to take the account's index and skip the others' rows: it does not know that a parent may have gone quiet years ago. Once a walk; the column
   * is a uuid and ours.
   */
  keepTo(column: string, id: string): this {
    // ANY, because a column that equals a constant would drop out of the order, and with it the index.
    this.narrowed.push({ texts: [`t.${column} = ANY (ARRAY[`, '::uuid])'], values: [id] });
    this.leading = `t.${column}, `;
    return this;
  }

  /** Adds a condition that an index answers in the page's order. */
  narrow(condition: Condition): this {
    this.narrowed.push(condition);
    return this;
  }

  /** Adds a condition that has no such index. */
  look(condition: Condition): this {
    this.looked.push(condition);
    return this;
  }

  /** Throws `Invalid` for a cursor that is not one of ours. */
  async page(db: EntityManager, limit: number, cursor: string | undefined): Promise<IdPage> {
    const from = parseCursor(cursor);
    const narrowed = [...this.narrowed];
    if (from) narrowed.push({ texts: [`(t.${this.at}, t.id) < (`, '::timestamptz, ', '::uuid)'], values: [from.at, from.id] });
    const rows = await this.found(db, narrowed, limit + 1);
    const ids = rows.slice(0, limit).map(({ id }) => id);
    if (rows.length > limit) return { ids, nextCursor: toCursor(rows[limit - 1]!) };
    const last = this.looked.length > 0 ? await this.lastLooked(db, narrowed) : undefined;
    return { ids, nextCursor: last ? toCursor(last) : null };
  }

  /**
   * What one look finds, for counting: a FROM with the row as `t`, a WHERE, and their parameters. `isWhole` is false where the table goes on after the
   * last row that may be looked at.
   */
  async lookOnce(db: EntityManager): Promise<Look> {
    const values: unknown[] = [];
    const table = this.newest(this.narrowed, values);
    const found = where(this.looked, values);
    return { table, where: found, values, isWhole: !(await this.lastLooked(db, this.narrowed)) };
  }

  private found(db: EntityManager, narrowed: Condition[], rows: number): Promise<Place[]> {
    const values: unknown[] = [];
    const table =
      this.looked.length > 0
        ? `${this.newest(narrowed, values)} ${where(this.looked, values)}`
        : `${this.table} t ${where(narrowed, values)}`;
    return rowsOf<Place>(db, `SELECT t.id, t.${this.at}::text AS at FROM ${table} ${this.order} LIMIT ${rows}`, values);
  }

  /** The rows that may be looked at, as a table `t`. */
  private newest(narrowed: Condition[], values: unknown[]): string {
    return `(SELECT * FROM ${this.table} t ${where(narrowed, values)} ${this.order} LIMIT ${this.longest}) t`;
  }

  /** The last row that a page may look at; undefined when the table ends before. */
  private lastLooked(db: EntityManager, narrowed: Condition[]): Promise<Place | undefined> {
    const values: unknown[] = [];
    const table = `${this.table} t ${where(narrowed, values)}`;
    return rowOf<Place>(db, `SELECT t.id, t.${this.at}::text AS at FROM ${table} ${this.order} OFFSET ${this.longest - 1} LIMIT 1`, values);
  }

  private get order(): string {
    return `ORDER BY ${this.leading}t.${this.at} DESC, t.id DESC`;
  }
}

/** Spells the conditions, numbering their places after those that `values` already has. */
function where(conditions: readonly Condition[], values: unknown[]): string {
  if (conditions.length === 0) return '';
  const spelt = conditions.map((condition) =>
    condition.texts.reduce((text, part, index) => {
      values.push(condition.values[index - 1]);
      return `${text}$${values.length}${part}`;
    }),
  );
  return `WHERE ${spelt.join(' AND ')}`;
}
