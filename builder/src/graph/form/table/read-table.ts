/** Rows of a spreadsheet as they come by its clipboard; or the row whose quote never closes, counted from 1. */
export type ReadTable = { rows: TableRow[]; unclosed?: undefined } | { rows?: undefined; unclosed: number };

export interface TableRow {
  /** Counted from 1, blank rows too: what the person sees in their spreadsheet. */
  number: number;
  cells: string[];
}

/**
 * Reads tab-separated rows as Excel, Google Sheets and LibreOffice give them: a cell with line breaks or tabs stands in quotes, quotes in it are doubled. A quote
 * that only begins a word (`"Ромашка" на Лесной`) belongs to the cell. Blank rows are left out.
 */
export function readTable(text: string): ReadTable {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const rows: TableRow[] = [];
  let cells: string[] = [];
  let at = 0;
  let number = 1;
  let isMore = source.length > 0;
  while (isMore) {
    const cell = readCell(source, at);
    if (!cell) return { unclosed: number };
    cells.push(cell.value.trim());
    const end = source[cell.end];
    if (end !== '\t') {
      if (cells.some((one) => one !== '')) rows.push({ number, cells });
      cells = [];
      number += 1;
    }
    at = cell.end + 1;
    // After a tab stands a cell, be it empty; after the last line break stands nothing.
    isMore = end === '\t' || (end === '\n' && at < source.length);
  }
  return { rows };
}

/** The cell that begins at a place, and where it ends: at a tab, a line break or the end. Undefined when its quote never closes. */
function readCell(source: string, from: number): { value: string; end: number } | undefined {
  if (source[from] !== '"') return readPlain(source, from);
  let value = '';
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] !== '"') {
      value += source[at];
      continue;
    }
    const next = source[at + 1];
    if (next === '"') {
      value += '"';
      at += 1;
      continue;
    }
    return next === undefined || next === '\t' || next === '\n' ? { value, end: at + 1 } : readPlain(source, from);
  }
  return undefined;
}

function readPlain(source: string, from: number): { value: string; end: number } {
  let end = from;
  while (end < source.length && source[end] !== '\t' && source[end] !== '\n') end += 1;
  return { value: source.slice(from, end), end };
}

/** Rows as text for a spreadsheet's clipboard, spelt so that `readTable` and the spreadsheets read them back. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(writeCell).join('\t')).join('\n');
}

function writeCell(cell: string): string {
  return /["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
