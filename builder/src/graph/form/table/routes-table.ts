import type { Directory } from '../../../../../api/rule-sets.js';
import { recordOf, textOf } from '../read-value.js';
import { readTable, writeTable, type TableRow } from './read-table.js';

/** The columns of a route table, in the order in which they are copied and in which rows without a heading are read. */
export const routeColumns = ['channel', 'kind', 'surface', 'pipeline', 'stage', 'responsible', 'tags'] as const;
export type RouteColumn = (typeof routeColumns)[number];

/** What a route table holds at most: as its node type says. */
const mostRows = 1000;

/** A value that the account does not have: the person chooses what stands in its place. */
export interface UnknownValue {
  key: string;
  /** Numbers of the rows, as the spreadsheet shows them. */
  rows: number[];
  column: RouteColumn;
  value: string;
  options: { value: string; label: string }[];
}

export interface PastedRoutes {
  rows: { number: number; cells: Partial<Record<RouteColumn, PastedCell>> }[];
  /** The columns that were found, in their order. */
  columns: RouteColumn[];
  /** Headings that name no column of this table. */
  skipped: string[];
  unknown: UnknownValue[];
}

/** A value of the account, or the key of what is unknown. */
type PastedCell = { known: string } | { unknown: string };

export type ReadRoutes =
  | { pasted: PastedRoutes; refusal?: undefined }
  | { pasted?: undefined; refusal: { kind: 'nothing' | 'too-many' } | { kind: 'unclosed'; row: number } };

/** Reads rows pasted from a spreadsheet. Names are looked up whatever their case; a name that two people share is none that could be told. */
export function readRoutes(text: string, directory: Directory): ReadRoutes {
  const table = readTable(text);
  if (!table.rows) return { refusal: { kind: 'unclosed', row: table.unclosed } };
  const [first, ...others] = table.rows;
  const heading = first && readHeading(first.cells);
  const rows = heading ? others : table.rows;
  if (rows.length === 0) return { refusal: { kind: 'nothing' } };
  if (rows.length > mostRows) return { refusal: { kind: 'too-many' } };
  const places = heading ?? routeColumns;
  const unknown = new Map<string, UnknownValue>();
  const read = rows.map((row) => ({ number: row.number, cells: readRow(row, places, directory, unknown) }));
  const widest = Math.max(...rows.map(({ cells }) => cells.length));
  return {
    pasted: {
      rows: read,
      columns: places.slice(0, Math.max(widest, heading?.length ?? 0)).filter((column) => column !== undefined),
      skipped: heading ? (first?.cells ?? []).filter((cell, index) => cell !== '' && heading[index] === undefined) : extraOf(widest),
      unknown: [...unknown.values()],
    },
  };
}

/**
 * The rows of the table, once everything unknown was decided on.
 * @param decisions what stands in the place of each unknown value, by its key; empty leaves the cell empty
 * @returns undefined while something is undecided
 */
export function toRoutes({ rows, unknown }: PastedRoutes, decisions: ReadonlyMap<string, string>): Record<string, unknown>[] | undefined {
  if (unknown.some(({ key }) => !decisions.has(key))) return undefined;
  return rows.map(({ cells }) => {
    const values = Object.entries(cells).flatMap(([column, cell]): [string, string][] => {
      const value = 'known' in cell ? cell.known : (decisions.get(cell.unknown) ?? '');
      return value === '' ? [] : [[column, value]];
    });
    const isSource = ([column]: [string, string]) => column === 'channel' || column === 'kind' || column === 'surface';
    return { when: Object.fromEntries(values.filter(isSource)), ...Object.fromEntries(values.filter((value) => !isSource(value))) };
  });
}

/** Numbers of pasted rows that fit every message although rows stand after them. */
export function emptySources({ rows }: PastedRoutes, routes: readonly Record<string, unknown>[]): number[] {
  return routes.flatMap(({ when }, index) => {
    const isLast = index === routes.length - 1;
    return !isLast && Object.keys(recordOf(when)).length === 0 ? [rows[index]?.number ?? 0] : [];
  });
}

/** The table as text for a spreadsheet, with a heading and names in place of ids. */
export function writeRoutes(
  rows: readonly unknown[],
  directory: Directory,
  nameOf: (column: RouteColumn | 'direct' | 'comments') => string,
): string {
  const names = new Map([...directory.channels, ...directory.users].map(({ id, name }) => [id, name]));
  const cells = rows.map(recordOf).map((row) =>
    routeColumns.map((column) => {
      const value = textOf({ ...row, ...recordOf(row.when) }[column]);
      if (column === 'surface' && (value === 'direct' || value === 'comments')) return nameOf(value);
      return names.get(value) ?? value;
    }),
  );
  return writeTable([routeColumns.map(nameOf), ...cells]);
}

/** What people call the columns, in both languages, also as this table heads them when it is copied. */
const headings: Record<RouteColumn, readonly string[]> = {
  channel: ['канал', 'название канала', 'источник', 'channel', 'source'],
  kind: ['вид', 'вид канала', 'площадка', 'мессенджер', 'kind', 'channel kind'],
  surface: ['где пишут', 'откуда', 'директ или комментарии', 'where they write', 'surface', 'direct or comments'],
  pipeline: ['воронка', 'pipeline'],
  stage: ['этап', 'статус', 'этап сделки', 'stage', 'status'],
  responsible: ['ответственный', 'менеджер', 'сотрудник', 'responsible', 'manager', 'user'],
  tags: ['теги', 'тег', 'tags', 'tag'],
};

const surfaces: Record<string, readonly string[]> = {
  direct: ['direct', 'директ', 'личные сообщения', 'личные', 'direct messages'],
  comments: ['comments', 'комментарии', 'комментарий'],
};

/** The columns by the first row, where it is a heading: everything in it that is known by name, or at least two cells. */
function readHeading(cells: readonly string[]): (RouteColumn | undefined)[] | undefined {
  const columns = cells.map((cell) => routeColumns.find((column) => headings[column].includes(fold(cell))));
  const named = columns.filter((column) => column !== undefined);
  const filled = cells.filter((cell) => cell !== '').length;
  if (named.length === 0 || (named.length < 2 && named.length < filled)) return undefined;
  // Of two columns of one name the first counts: the other is told as not taken.
  return columns.map((column, index) => (column !== undefined && columns.indexOf(column) === index ? column : undefined));
}

function extraOf(widest: number): string[] {
  return Array.from({ length: Math.max(0, widest - routeColumns.length) }, (_, index) => String(routeColumns.length + index + 1));
}

function readRow(
  { number, cells }: TableRow,
  places: readonly (RouteColumn | undefined)[],
  directory: Directory,
  unknown: Map<string, UnknownValue>,
): Partial<Record<RouteColumn, PastedCell>> {
  const texts = new Map(places.flatMap((column, index) => (column === undefined || !cells[index] ? [] : [[column, cells[index]]])));
  const pipeline = choicesOf('pipeline', directory, '').find(({ label }) => fold(label) === fold(texts.get('pipeline') ?? ''))?.value ?? '';
  const read: Partial<Record<RouteColumn, PastedCell>> = {};
  for (const [column, value] of texts) {
    const known = lookUp(column, value, directory, pipeline);
    if (known !== undefined) {
      read[column] = { known };
      continue;
    }
    const key = [column, fold(value), column === 'stage' ? pipeline : ''].join('\n');
    const before = unknown.get(key);
    if (before) before.rows.push(number);
    else unknown.set(key, { key, rows: [number], column, value, options: choicesOf(column, directory, pipeline) });
    read[column] = { unknown: key };
  }
  return read;
}

function lookUp(column: RouteColumn, value: string, directory: Directory, pipeline: string): string | undefined {
  if (column === 'tags') return value;
  if (column === 'surface') return Object.keys(surfaces).find((surface) => surfaces[surface]?.includes(fold(value)));
  const choices = choicesOf(column, directory, pipeline);
  const byId = choices.find((choice) => choice.value === value);
  const byName = choices.filter(({ label }) => fold(label) === fold(value));
  return byId?.value ?? (byName.length === 1 ? byName[0]?.value : undefined);
}

function choicesOf(column: RouteColumn, directory: Directory, pipeline: string): { value: string; label: string }[] {
  const { channels, users, pipelines } = directory;
  const same = (names: readonly string[]) => [...new Set(names)].map((name) => ({ value: name, label: name }));
  if (column === 'channel') return channels.map(({ id, name }) => ({ value: id, label: name }));
  if (column === 'kind') return same(channels.map(({ kind }) => kind));
  if (column === 'surface') return same(Object.keys(surfaces));
  if (column === 'responsible') return users.map(({ id, name }) => ({ value: id, label: name }));
  if (column === 'pipeline') return same(pipelines.map(({ name }) => name));
  if (column === 'stage') {
    const chosen = pipelines.filter(({ name }) => pipeline === '' || name === pipeline);
    return same(chosen.flatMap(({ stages }) => stages.map(({ name }) => name)));
  }
  return [];
}

function fold(text: string): string {
  return text.trim().toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ');
}
