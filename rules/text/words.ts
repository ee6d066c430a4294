import { contextual, invisible, isWordSymbol, separator, symbolOf, symbolOfNormalized, symbolOfPair, whiteSpace } from './letters.js';
import { normalizeText, withoutMentions } from './normalize.js';
import { joint, type WordPattern } from './patterns.js';
import { hasOddMarks, longestDisguise, unmask } from './unmask.js';
import { buildWordTable, lookCloser, separatorColumn, spaceColumn, suspect, type WordTable } from './word-table.js';

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
  const scanWide = scanner(buildWordTable(patterns, true), true);
  let exact: Scan | undefined;
  return (text) => {
    const found = scanWide(text, false);
    // Nearly all messages end here: nothing in them even looks like a pattern, or a pattern is there letter by letter.
    if (found === undefined) return undefined;
    if (typeof found === 'object' && isExact(patterns[found.pattern]!, text, found.end)) {
      return toHit(patterns[found.pattern]!, text, found.end, rawSymbol);
    }
    const plain = found === 'normalize' ? toPlain(text) : undefined;
    if (plain !== undefined && scanWide(plain, true) === undefined && !hasOddMarks(plain)) return undefined;
    exact ??= scanner(buildWordTable(patterns), false);
    return findClosely(patterns, exact, text, plain);
  };
}

function toPlain(text: string): string {
  return withoutMentions(normalizeText(text));
}

/** Looks for patterns letter by letter, and then behind a disguise. `plain` is the normalised text, where the text itself does not do. */
function findClosely(patterns: readonly WordPattern[], scan: Scan, text: string, plain: string | undefined): WordHit | undefined {
  if (plain === undefined) {
    const found = scan(text, false);
    if (typeof found === 'object') return toHit(patterns[found.pattern]!, text, found.end, rawSymbol);
    if (found === 'normalize') return findClosely(patterns, scan, text, toPlain(text));
  } else {
    const found = scan(plain, true);
    if (typeof found === 'object') return toHit(patterns[found.pattern]!, plain, found.end, symbolOfNormalized);
  }
  for (const reading of unmask(plain ?? toPlain(text.slice(0, longestDisguise)))) {
    const hidden = scan(reading.text, true);
    if (typeof hidden === 'object') {
      return toHit(patterns[hidden.pattern]!, reading.text, hidden.end, symbolOfNormalized, reading.written);
    }
  }
  return undefined;
}

/** Whether the letters before the end of a match are the pattern's own and not ones that look like them. */
function isExact({ symbols }: WordPattern, text: string, end: number): boolean {
  let at = end;
  // `е.*` ends with the first letter of any word, which is none of the pattern's.
  if (symbols.at(-2) === joint) while (at >= 0 && isWordSymbol(rawSymbol(text.charCodeAt(at)))) at--;
  for (let place = symbols.length - 1; place >= 0; place--) {
    const letter = symbols[place]!;
    if (letter <= joint) continue;
    while (at >= 0 && !isWordSymbol(rawSymbol(text.charCodeAt(at)))) at--;
    if (at < 0 || rawSymbol(text.charCodeAt(at)) !== letter) return false;
    at--;
  }
  return true;
}

/** Patterns that another pattern makes needless, with that other one. */
export function shadowedPatterns(patterns: readonly WordPattern[]): { pattern: string; by: string }[] {
  if (patterns.length === 0) return [];
  const { shadowedBy } = buildWordTable(patterns);
  return [...shadowedBy].map(([pattern, by]) => ({ pattern: patterns[pattern]!.source, by: patterns[by]!.source }));
}

/** `end` is the index of the last unit of the match's last letter, or of what is invisible behind it. */
type Found = { pattern: number; end: number };

/** `normalize`: the text has to be normalised first. `suspect`: a word may be hidden, look closely at the whole text. */
type Scan = (text: string, isNormalized: boolean) => Found | 'normalize' | 'suspect' | undefined;

/**
 * Most messages are read as they are, one look-up a unit for its column and one for the next row. Where a character's meaning
 * depends on its neighbours the answer is `normalize`: the same scan then runs over the normalised text, where nothing is contextual.
 */
function scanner({ cells, start, letters }: WordTable, isWide: boolean): Scan {
  const { digits, numberOf, columns, width } = letters;
  /** The column of each UTF-16 unit; `closerColumn` where it is not known yet, or where the unit alone does not tell. */
  let known: Uint8Array | Uint16Array | undefined;
  return (text, isNormalized) => {
    known ??= width <= 256 ? new Uint8Array(0x10000) : new Uint16Array(0x10000);
    // Locals, because a name of the module or of the closure is read from memory at every use, which nearly doubles the cost.
    const [rows, columnOf, length] = [cells, known, text.length];
    let row = start;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      let next = rows[row + columnOf[unit]!]!;
      if (next >= 0) {
        row = next;
        continue;
      }
      let end = at;
      let isLetter = columnOf[unit]! > spaceColumn;
      if (next === lookCloser) {
        const codePoint = text.codePointAt(at)!;
        if (codePoint > 0xffff) end++;
        const symbol = isNormalized ? symbolOfNormalized(codePoint) : rawSymbol(codePoint);
        if (symbol === contextual) return 'normalize';
        if (symbol === invisible) {
          at = end;
          continue;
        }
        isLetter = isWordSymbol(symbol);
        if (isLetter) {
          const first = numberOf(symbol) * digits;
          next = row;
          for (let digit = first; digit < first + digits && next >= 0; digit++) next = rows[next + columns[digit]!]!;
          if (digits === 1 && symbolOf(unit) === symbol) columnOf[unit] = columns[first]!;
        } else {
          const column = symbol === whiteSpace ? spaceColumn : separatorColumn;
          next = rows[row + column]!;
          if (mayBeEmoji(codePoint)) {
            if (isWide && isInsideWord(text, at, end)) return 'suspect';
          } else if (symbolOf(unit) === symbol) columnOf[unit] = column;
        }
      }
      if (next < 0) {
        if (next === suspect) return 'suspect';
        if (!isLetter) return { pattern: -1 - next, end: at - 1 };
        // What follows may change this very letter: и before a breve is й.
        return !isNormalized && isMarkedAfter(text, end) ? 'normalize' : { pattern: -1 - next, end };
      }
      row = next;
      at = end;
    }
    const last = rows[row + separatorColumn]!;
    if (last === suspect) return 'suspect';
    return last < 0 ? { pattern: -1 - last, end: length - 1 } : undefined;
  };
}

/** Those of the first plane are looked at one by one as well; there are few. */
function mayBeEmoji(codePoint: number): boolean {
  return codePoint > 0xffff || (codePoint >= 0x2300 && codePoint <= 0x2bff);
}

/** Whether letters touch an emoji on both sides; what follows it may be more of it. */
function isInsideWord(text: string, from: number, to: number): boolean {
  if (from === 0 || !isWordSymbol(rawSymbol(text.charCodeAt(from - 1)))) return false;
  return /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\ufe0f\u200d]*\p{L}/u.test(text.slice(to + 1, to + 33));
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
function toHit(
  pattern: WordPattern,
  text: string,
  end: number,
  symbolAt: (codePoint: number) => number,
  written = (from: number, to: number) => text.slice(from, to),
): WordHit {
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
  return { pattern: pattern.source, word: written(first, last + 1).replace(/\p{Default_Ignorable_Code_Point}/gu, '') };
}
