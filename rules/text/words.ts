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

/**
 * Most messages are read as they are, one look-up a unit. Where a character's meaning depends on its neighbours the answer is
 * `normalize`: the same scan then runs over the normalised text, where nothing is contextual.
 */
function scanner({ cells, letters }: WordTable): (text: string, isNormalized: boolean) => Found | 'normalize' | undefined {
  const { digits, index, blocks, far, columns } = letters;
  const start = cells[0]!;
  return (text, isNormalized) => {
    let state = start;
    // A text begins as after white space: a word may start, nothing stands beside it.
    let gap = wideGap;
    let lastLetter = -1;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let symbol = symbolOf(unit);
      let width = 1;
      if (symbol === contextual || (isNormalized && symbol === invisible)) {
        const codePoint = text.codePointAt(at)!;
        width = codePoint > 0xffff ? 2 : 1;
        symbol = isNormalized ? symbolOfNormalized(codePoint) : width === 2 ? symbolOfPair(codePoint) : contextual;
        if (symbol === contextual) return 'normalize';
      }
      if (symbol > contextual) {
        if (gap === tightGap) {
          state = cells[state + 1]!;
          if (state < 0) return { pattern: -1 - state, end: at + width - 1 };
          state = cells[state]!;
          if (state < 0) return { pattern: -1 - state, end: at + width - 1 };
        }
        gap = noGap;
        const letter = symbol > 0xffff ? (far.get(symbol) ?? 0) : blocks[(index[symbol >> 6]! << 6) | (symbol & 63)]!;
        for (let digit = letter * digits, last = digit + digits; digit < last; digit++) state = cells[state + columns[digit]!]!;
        lastLetter = at + width - 1;
        if (state < 0) {
          // What follows may change this very letter: и before a breve is й.
          if (!isNormalized && isMarkedAfter(text, lastLetter)) return 'normalize';
          return { pattern: -1 - state, end: lastLetter };
        }
      } else if (symbol === whiteSpace || symbol === separator) {
        if (gap === noGap) {
          state = cells[state]!;
          if (state < 0) return { pattern: -1 - state, end: lastLetter };
          gap = symbol === separator ? tightGap : wideGap;
        } else if (symbol === whiteSpace) {
          gap = wideGap;
        }
      }
      at += width - 1;
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
  return codePoint > 0xffff ? symbolOfPair(codePoint) : symbolOf(codePoint);
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
