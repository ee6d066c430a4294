import { contextual, invisible, isWordSymbol, separator, symbolOf, symbolOfNormalized, symbolOfPair, whiteSpace } from './letters.js';
import { normalizeText, withoutMentions } from './normalize.js';
import type { WordPattern } from './patterns.js';
import { buildWordTable, type WordTable } from './word-table.js';

/** What was found first: the pattern as the admin wrote it and the word (or the words side by side) of the text. */
export interface WordHit {
  pattern: string;
  word: string;
}

/**
 * Compiles patterns to a function that finds the first match in a text; undefined when there is none. The first is the one that
 * ends first in the text, and of several such the first as written. The cost depends on the text alone, not on the patterns.
 */
export function wordMatcher(patterns: readonly WordPattern[]): (text: string) => WordHit | undefined {
  if (patterns.length === 0) return () => undefined;
  const table = buildWordTable(patterns);
  const scan = scanner(table);
  return (text) => {
    const found = scan(text, false);
    if (found === undefined) return undefined;
    if (found !== 'normalize') return toHit(patterns[found.pattern]!, text, found.end, rawSymbol);
    const plain = withoutMentions(normalizeText(text));
    const again = scan(plain, true);
    return again === undefined || again === 'normalize' ? undefined : toHit(patterns[again.pattern]!, plain, again.end, symbolOfNormalized);
  };
}

/** Patterns that another pattern makes needless, with that other one. */
export function shadowedPatterns(patterns: readonly WordPattern[]): { pattern: string; by: string }[] {
  if (patterns.length === 0) return [];
  const { shadowedBy } = buildWordTable(patterns);
  return [...shadowedBy].map(([pattern, by]) => ({ pattern: patterns[pattern]!.source, by: patterns[by]!.source }));
}

/** `end` is the index of the last unit of the match's last letter. */
type Found = { pattern: number; end: number };

const noGap = 0;
const tightGap = 1;
const wideGap = 2;
const firstLetter = contextual + 1;
/** From a letter's code to its column, behind those of `boundary` and `joint`. */
const afterLetters = 2 - firstLetter;

/**
 * Most messages are read as they are, one look-up a unit. Where a character's meaning depends on its neighbours the answer is
 * `normalize`: the same scan then runs over the normalised text, where nothing is contextual.
 */
function scanner({ cells, letters }: WordTable): (text: string, isNormalized: boolean) => Found | 'normalize' | undefined {
  const { digits, numbers, columns } = letters;
  const start = cells[0]!;
  /**
   * What each UTF-16 unit is to this table: its symbol where it is no letter, else `firstLetter` and the letter's number; 0 is not
   * known yet. Kept in pages of 256 units, made when a text first needs them: few scripts, few pages.
   */
  let codes = new Int32Array(256 * 4);
  const pages = new Uint16Array(256);
  let lastPage = 0;
  const toCode = (symbol: number) => (symbol > contextual ? firstLetter + (numbers.get(symbol) ?? 0) : symbol);
  const learnPage = (page: number) => {
    const place = ++lastPage << 8;
    if (place + 256 > codes.length) {
      const more = new Int32Array(codes.length * 2);
      more.set(codes);
      codes = more;
    }
    for (let low = 0; low < 256; low++) codes[place + low] = toCode(symbolOf((page << 8) | low));
    pages[page] = lastPage;
  };
  return (text, isNormalized) => {
    // Locals, because a name of the module or of the closure is read from memory at every use, which nearly doubles the cost.
    const [rows, pageOf, isOneColumn] = [cells, pages, digits === 1];
    const [context, hidden, none, shift] = [contextual, invisible, noGap, afterLetters];
    let known = codes;
    let state = start;
    // A text begins as after white space: a word may start, nothing stands beside it.
    let gap = wideGap;
    let lastLetter = -1;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let code = known[(pageOf[unit >> 8]! << 8) | (unit & 255)]!;
      if (code > context && gap === none && isOneColumn) {
        // The common step, on its own because most of the time goes here: the next letter of a word.
        state = rows[state + code + shift]!;
        lastLetter = at;
        if (state >= 0) continue;
        if (!isNormalized && isMarkedAfter(text, at)) return 'normalize';
        return { pattern: -1 - state, end: at };
      }
      if (code === 0) {
        learnPage(unit >> 8);
        known = codes;
        code = known[(pageOf[unit >> 8]! << 8) | (unit & 255)]!;
      }
      let end = at;
      if (code === context || (isNormalized && code === hidden)) {
        const codePoint = text.codePointAt(at)!;
        if (codePoint > 0xffff) end++;
        code = toCode(isNormalized ? symbolOfNormalized(codePoint) : rawSymbol(codePoint));
        if (code === context) return 'normalize';
      }
      if (code >= firstLetter) {
        if (gap === tightGap) {
          state = rows[state + 1]!;
          if (state < 0) return { pattern: -1 - state, end };
          state = rows[state]!;
          if (state < 0) return { pattern: -1 - state, end };
        }
        gap = none;
        if (isOneColumn) {
          state = rows[state + code + shift]!;
        } else {
          const first = (code - firstLetter) * digits;
          for (let digit = first; digit < first + digits; digit++) state = rows[state + columns[digit]!]!;
        }
        lastLetter = end;
        if (state < 0) {
          // What follows may change this very letter: и before a breve is й.
          if (!isNormalized && isMarkedAfter(text, end)) return 'normalize';
          return { pattern: -1 - state, end };
        }
      } else if (code !== hidden) {
        if (gap === none) {
          state = rows[state]!;
          if (state < 0) return { pattern: -1 - state, end: lastLetter };
          gap = code === separator ? tightGap : wideGap;
        } else if (code === whiteSpace) {
          gap = wideGap;
        }
      }
      at = end;
    }
    if (gap !== none) return undefined;
    state = rows[state]!;
    return state < 0 ? { pattern: -1 - state, end: lastLetter } : undefined;
  };
}

/** Whether the next visible character joins the one at `at`. */
function isMarkedAfter(text: string, at: number): boolean {
  for (let next = at + 1; next < text.length;) {
    const codePoint = text.codePointAt(next)!;
    const symbol = rawSymbol(codePoint);
    if (symbol !== invisible) return symbol === contextual;
    next += codePoint > 0xffff ? 2 : 1;
  }
  return false;
}

function rawSymbol(codePoint: number): number {
  if (codePoint > 0xffff) return symbolOfPair(codePoint);
  // Half of a pair, as a cut text leaves it, is no letter.
  return codePoint >= 0xd800 && codePoint <= 0xdfff ? separator : symbolOf(codePoint);
}

/** The whole word around the end of a match, and the words side by side before it that the pattern covers. */
function toHit(pattern: WordPattern, text: string, end: number, symbolAt: (codePoint: number) => number): WordHit {
  const kindAt = (at: number) => {
    const unit = text.charCodeAt(at);
    const isSecond = unit >= 0xdc00 && unit <= 0xdfff;
    return symbolAt(text.codePointAt(isSecond && at > 0 ? at - 1 : at)!);
  };
  const belongs = (at: number) => {
    const kind = kindAt(at);
    return isWordSymbol(kind) || kind === invisible || (kind === contextual && text[at] !== '@');
  };
  let last = end;
  while (last + 1 < text.length && belongs(last + 1)) last++;
  let first = end;
  for (let words = pattern.words; ;) {
    while (first > 0 && belongs(first - 1)) first--;
    if (--words === 0 || first === 0) break;
    while (first > 0 && !belongs(first - 1)) first--;
  }
  return { pattern: pattern.source, word: text.slice(first, last + 1).replace(/\p{Default_Ignorable_Code_Point}/gu, '') };
}
