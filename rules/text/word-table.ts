import { boundary, joint, type WordPattern } from './patterns.js';
import { lookOf } from './twins.js';

/**
 * Many patterns as one table (an Aho-Corasick automaton with every transition filled in): a message costs one look-up a letter
 * whether there are 10 patterns or 10,000. A row is a state, a column what a character is; a cell is the offset of the next row
 * or, where a pattern ends, -1 minus that pattern's index. What stands between words is in the rows as well, so that whoever
 * reads a text has nothing to remember but the row.
 */
export interface WordTable {
  cells: Int32Array;
  /** The row that a text begins with. */
  start: number;
  letters: LetterColumns;
  /** For each pattern the index of one that makes it needless: whatever the first matches, the second does too. */
  shadowedBy: ReadonlyMap<number, number>;
}

/** The first columns of a row; letters have the rest. All cells of `closerColumn` are `lookCloser`. */
export const closerColumn = 0;
export const separatorColumn = 1;
export const spaceColumn = 2;
const columnsBeforeLetters = 3;

/** Below the number of any pattern: the character needs a closer look than the table can give, and the row stays as it is. */
export const lookCloser = -0x7fffffff;

/** Below the number of any pattern, too: a word may be hidden here. */
export const suspect = -0x7ffffffe;

/** How letters are spelt in columns. */
export interface LetterColumns {
  /** How many columns in a row spell one letter: 1, or more where the alphabet is so large that its columns would fill the memory. */
  digits: number;
  /** The number of a folded letter, from 1; 0 stands for a letter that no pattern holds. */
  numberOf: (letter: number) => number;
  /** Letters with a number, and one. */
  count: number;
  /** `digits` columns for each number. */
  columns: Int32Array;
  /** Columns of the whole table. */
  width: number;
}

/**
 * Compiles patterns, at least one, to their table. Of patterns that end at the same place the first as written wins.
 * @param isWide letters that look alike are one, and cells tell where a word may be hidden: three of a letter, single letters in a
 * row. What such a table finds need not be there, but what it finds nothing in and does not suspect hides nothing of the kind.
 */
export function buildWordTable(patterns: readonly WordPattern[], isWide = false): WordTable {
  const letters = numberLetters(patterns, isWide ? lookOf : (letter) => letter);
  const rows = patterns.map((pattern) => rowOf(pattern, letters));
  const { width } = letters;
  const stretched = isWide ? stretchedRows(letters) : [];
  const capacity = 1 + [...rows, ...stretched].reduce((sum, row) => sum + row.length, 0);
  const next = new Int32Array(capacity * width).fill(-1);
  const own = new Int32Array(capacity).fill(-1);
  const suspects = new Uint8Array(capacity);
  let states = 1;
  const enter = (row: readonly number[]) => {
    let state = 0;
    for (const column of row) {
      const cell = state * width + column;
      if (next[cell]! < 0) next[cell] = states++;
      state = next[cell]!;
    }
    return state;
  };
  rows.forEach((row, pattern) => {
    const state = enter(row);
    if (own[state]! < 0) own[state] = pattern;
  });
  for (const row of stretched) suspects[enter(row)] = 1;
  const links = linkStates(next, width, states);
  const ends = own.slice(0, states);
  for (const state of links.order) {
    const inherited = ends[links.to[state]!]!;
    if (inherited >= 0 && (ends[state]! < 0 || inherited < ends[state]!)) ends[state] = inherited;
    if (suspects[links.to[state]!]) suspects[state] = 1;
  }
  const shadowedBy = findShadowed(rows, next, width, own, links.to);
  const table = toRows(next, { ends, suspects }, width, states);
  return { ...(isWide ? withSingles(table, width) : table), letters, shadowedBy };
}

/**
 * Turns the automaton over letters, `boundary` and `joint` into rows over characters. A word is left by the boundary's transition.
 * Where white space follows, the state behind the boundary is the one between words, and other separators change nothing. Where
 * none does, the joint and a second boundary come before the next letter, if any pattern asks for them: such a state has a row more.
 */
function toRows(
  next: Int32Array,
  { ends, suspects }: { ends: Int32Array; suspects: Uint8Array },
  width: number,
  states: number,
): { cells: Int32Array; start: number } {
  const step = (state: number, column: number) => next[state * width + column]!;
  const isBetween = new Uint8Array(states);
  for (let state = 0; state < states; state++) isBetween[step(state, boundary)] = 1;
  const tight = new Map<number, number>();
  for (let state = 0; state < states; state++) {
    if (isBetween[state] && ends[state]! < 0 && step(step(state, joint), boundary) !== state) tight.set(state, states + tight.size);
  }
  const cells = new Int32Array((states + tight.size) * width);
  const toCell = (state: number) => {
    if (state >= states) return state * width;
    return ends[state]! >= 0 ? -1 - ends[state]! : suspects[state] ? suspect : state * width;
  };
  const fill = (row: number, letters: number, separator: number, space: number) => {
    cells[row * width + closerColumn] = lookCloser;
    cells[row * width + separatorColumn] = toCell(separator);
    cells[row * width + spaceColumn] = toCell(space);
    for (let column = columnsBeforeLetters; column < width; column++) {
      cells[row * width + column] = ends[letters]! >= 0 ? -1 - ends[letters]! : toCell(step(letters, column));
    }
  };
  for (let state = 0; state < states; state++) {
    const left = step(state, boundary);
    if (isBetween[state]) fill(state, state, state, state);
    else fill(state, state, tight.get(left) ?? left, left);
  }
  for (const [state, row] of tight) fill(row, step(step(state, joint), boundary), row, state);
  return { cells, start: step(0, boundary) * width };
}

/** Three of each letter in a row. An alphabet too large for a column a letter is not stretched by people. */
function stretchedRows({ digits, columns, count }: LetterColumns): number[][] {
  if (digits > 1) return [];
  return [...columns.subarray(1, count)].map((column) => [column, column, column]);
}

/** Fewer single letters in a row are usual: «а я и в». */
export const singlesInARow = 4;

/**
 * Rows that count words of one letter: what begins a text leads by a letter to a copy of that letter's row, from where a separator
 * leads to the beginning's next copy. Only rows that follow on a beginning are copied, so the table grows by a few rows a letter.
 */
function withSingles({ cells, start }: { cells: Int32Array; start: number }, width: number): { cells: Int32Array; start: number } {
  const ones = [...new Set(cells.subarray(start + columnsBeforeLetters, start + width))].filter((row) => row >= 0);
  const added = (singlesInARow - 1 + singlesInARow * ones.length) * width;
  const grown = new Int32Array(cells.length + added);
  grown.set(cells);
  let free = cells.length;
  const copy = (row: number) => {
    grown.copyWithin(free, row, row + width);
    free += width;
    return free - width;
  };
  const beginnings = [start, ...Array.from({ length: singlesInARow - 1 }, () => copy(start))];
  for (const [singles, beginning] of beginnings.entries()) {
    const copies = new Map(ones.map((one) => [one, copy(one)]));
    for (let column = columnsBeforeLetters; column < width; column++) {
      const cell = grown[beginning + column]!;
      grown[beginning + column] = copies.get(cell) ?? cell;
    }
    for (const column of [separatorColumn, spaceColumn]) {
      // Another separator after the first changes nothing.
      if (grown[beginning + column] === start) grown[beginning + column] = beginning;
      for (const one of copies.values()) {
        if (grown[one + column] === start) grown[one + column] = beginnings[singles + 1] ?? suspect;
      }
    }
  }
  return { cells: grown, start };
}

/** Fills the missing transitions; `to` is each state's longest proper suffix that is a state, `order` the states by depth. */
function linkStates(next: Int32Array, width: number, states: number): { to: Int32Array; order: Int32Array } {
  const to = new Int32Array(states);
  const order = new Int32Array(states - 1);
  let known = 0;
  for (let column = 0; column < width; column++) {
    if (next[column]! < 0) next[column] = 0;
    else order[known++] = next[column]!;
  }
  for (let done = 0; done < known; done++) {
    const state = order[done]!;
    for (let column = 0; column < width; column++) {
      const cell = state * width + column;
      const onSuffix = next[to[state]! * width + column]!;
      if (next[cell]! < 0) {
        next[cell] = onSuffix;
      } else {
        to[next[cell]!] = onSuffix;
        order[known++] = next[cell]!;
      }
    }
  }
  return { to, order };
}

/** A pattern is needless when another one ends somewhere along it. */
function findShadowed(rows: readonly number[][], next: Int32Array, width: number, own: Int32Array, to: Int32Array): Map<number, number> {
  const shadowedBy = new Map<number, number>();
  rows.forEach((row, pattern) => {
    let state = 0;
    for (const column of row) {
      state = next[state * width + column]!;
      for (let suffix = state; suffix > 0; suffix = to[suffix]!) {
        const other = own[suffix]!;
        if (other >= 0 && other !== pattern) {
          shadowedBy.set(pattern, other);
          return;
        }
      }
    }
  });
  return shadowedBy;
}

function rowOf(pattern: WordPattern, { digits, numberOf, columns }: LetterColumns): number[] {
  const row: number[] = [];
  for (const symbol of pattern.symbols) {
    if (symbol === boundary || symbol === joint) {
      row.push(symbol);
      continue;
    }
    const letter = numberOf(symbol);
    for (let digit = 0; digit < digits; digit++) row.push(columns[letter * digits + digit]!);
  }
  return row;
}

/** More cells than this (32 MB) and letters are spelt in several columns. */
const manyCells = 8_000_000;

function numberLetters(patterns: readonly WordPattern[], classOf: (letter: number) => number): LetterColumns {
  const numbers = new Map<number, number>();
  let symbols = 0;
  for (const pattern of patterns) {
    symbols += pattern.symbols.length;
    for (const symbol of pattern.symbols) {
      if (symbol > joint && !numbers.has(classOf(symbol))) numbers.set(classOf(symbol), numbers.size + 1);
    }
  }
  const count = numbers.size;
  const { digits, radix } = spelling(count + 1, symbols);
  const columns = new Int32Array((count + 1) * digits);
  for (let letter = 0; letter <= count; letter++) {
    // Each digit has columns of its own, so that no match can begin in the middle of a letter.
    for (let digit = 0, rest = letter; digit < digits; digit++, rest = Math.floor(rest / radix)) {
      columns[letter * digits + digit] = columnsBeforeLetters + digit * radix + (rest % radix);
    }
  }
  const numberOf = (letter: number) => numbers.get(classOf(letter)) ?? 0;
  return { digits, numberOf, count: count + 1, columns, width: columnsBeforeLetters + digits * radix };
}

/** How many digits of which radix spell one of `letters` letters: as few as the memory allows. */
function spelling(letters: number, symbols: number): { digits: number; radix: number } {
  let best = { digits: 1, radix: letters };
  let fewest = Infinity;
  for (let digits = 1; digits <= 4; digits++) {
    const radix = Math.ceil(letters ** (1 / digits));
    const cells = symbols * digits * (columnsBeforeLetters + digits * radix);
    if (cells < fewest) {
      fewest = cells;
      best = { digits, radix };
    }
    if (cells <= manyCells) break;
  }
  return best;
}
