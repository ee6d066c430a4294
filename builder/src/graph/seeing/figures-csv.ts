/** A cell: a number is written with the comma or point of the language, a text in quotes where it needs them. */
export type Cell = string | number | null;

/**
 * A table as spreadsheets open it: UTF-8 with a mark, semicolons, CRLF. A text that a spreadsheet would take for a formula gets an apostrophe before it: names
 * of steps are typed by people.
 */
export function toCsv(head: readonly string[], rows: readonly (readonly Cell[])[], decimal: ',' | '.'): string {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => spell(cell, decimal)).join(';'));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function spell(cell: Cell, decimal: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', decimal);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
