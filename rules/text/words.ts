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
  let codes = new Uint32Array(256 * 4);
  const pages = new Uint16Array(256);
  let lastPage = 0;
  const toCode = (symbol: number) => (symbol > contextual ? firstLetter + (numbers.get(symbol) ?? 0) : symbol);
  const learnPage = (page: number) => {
    const place = ++lastPage << 8;
    if (place + 256 > codes.length) {
      const more = new Uint32Array(codes.length * 2);
      more.set(codes);
      codes = more;
    }
    for (let low = 0; low < 256; low++) codes[place + low] = toCode(symbolOf((page << 8) | low));
    pages[page] = lastPage;
  };
  return (text, isNormalized) => {
    let state = start;
    // A text begins as after white space: a word may start, nothing stands beside it.
    let gap = wideGap;
    let lastLetter = -1;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (pages[unit >> 8] === 0) learnPage(unit >> 8);
      let code = codes[(pages[unit >> 8]! << 8) | (unit & 255)]!;
      let end = at;
      if (code === contextual || (isNormalized && code === invisible)) {
        const codePoint = text.codePointAt(at)!;
        if (codePoint > 0xffff) end++;
        code = toCode(isNormalized ? symbolOfNormalized(codePoint) : rawSymbol(codePoint));
        if (code === contextual) return 'normalize';
      }
      if (code >= firstLetter) {
        if (gap === tightGap) {
          state = cells[state + 1]!;
          if (state < 0) return { pattern: -1 - state, end };
          state = cells[state]!;
          if (state < 0) return { pattern: -1 - state, end };
        }
        gap = noGap;
        if (digits === 1) {
          state = cells[state + 2 + code - firstLetter]!;
        } else {
          const first = (code - firstLetter) * digits;
          for (let digit = first; digit < first + digits; digit++) state = cells[state + columns[digit]!]!;
        }
        lastLetter = end;
        if (state < 0) {
          // What follows may change this very letter: и before a breve is й.
          if (!isNormalized && isMarkedAfter(text, end)) return 'normalize';
          return { pattern: -1 - state, end };
        }
      } else if (code !== invisible) {
        if (gap === noGap) {
          state = cells[state]!;
          if (state < 0) return { pattern: -1 - state, end: lastLetter };
          gap = code === separator ? tightGap : wideGap;
        } else if (code === whiteSpace) {
          gap = wideGap;
        }
      }
      at = end;
    }
    if (gap !== noGap) return undefined;
    state = cells[state]!;
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
