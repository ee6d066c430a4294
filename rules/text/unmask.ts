import { toOneScript } from './twins.js';
import { singlesInARow } from './word-table.js';

/** A text with its hidden words written out. It is compared and never shown: `written` gives what stood there. */
export interface Unmasked {
  text: string;
  /** What was written between two places of `text`; whole words where one was hidden. */
  written: (from: number, to: number) => string;
}

/**
 * The readings of a text in which words may be hidden, none where nothing is. Only what no ordinary word has is read otherwise:
 * - a word of Latin and Cyrillic letters, all of which have a twin in one of the two, is of that one;
 * - marks that no letter has are dropped; `й` keeps its own;
 * - three or more of a letter are one or two, but at a word's end only where the word is stretched elsewhere, too;
 * - nothing of this where fewer than four letters come of it;
 * - four or more single letters in a row are a word, as are parts that nothing but emoji part.
 * @param plain normalised text
 */
export function unmask(plain: string): Unmasked[] {
  const start = plain.slice(0, longestDisguise);
  const pieces = piecesOf(start);
  const odd = new Set(pieces.filter(({ letters }) => isOdd(letters)));
  const seen = new Set<string>();
  const readings: Unmasked[] = [];
  for (const repeats of [1, 2]) {
    for (const prefer of ['cyrillic', 'latin'] as const) {
      const reading = readPieces(start, pieces, (piece) =>
        odd.has(piece) ? toOneScript(unstretch(piece.letters, repeats), prefer) : piece.letters,
      );
      if (!reading || seen.has(reading.text)) continue;
      seen.add(reading.text);
      readings.push(reading);
    }
  }
  return readings;
}

/** As long as messengers let a message be; what stands behind it is compared as it is. */
export const longestDisguise = 4096;

/** Short words are what they are: few letters are soon alike. */
const shortest = 4;

/** A word, or several that are read as one. */
interface Piece {
  from: number;
  to: number;
  letters: string;
}

function piecesOf(plain: string): Piece[] {
  const pieces: Piece[] = [];
  let singles: Piece[] = [];
  let gapOfSingles = '';
  const endSingles = () => {
    if (singles.length >= singlesInARow) pieces.push(joined(singles));
    else pieces.push(...singles);
    singles = [];
  };
  for (const match of plain.matchAll(words)) {
    const piece = { from: match.index, to: match.index + match[0].length, letters: withoutMarks(match[0]) };
    const last = singles.at(-1) ?? pieces.at(-1);
    const gap = last ? plain.slice(last.to, piece.from) : '';
    if (last && gap > '\u00a8' && onlyEmoji.test(gap) && startsWithLetter.test(piece.letters)) {
      if (singles.pop() === undefined) pieces.pop();
      endSingles();
      pieces.push(joined([last, piece]));
    } else if (piece.letters.length !== 1 || !oneLetter.test(piece.letters)) {
      endSingles();
      pieces.push(piece);
    } else {
      // «и к.р.е.д.и.т»: the letters of a word are parted alike, and what is parted otherwise does not belong to it.
      const first = singles.length > 1 && gap !== gapOfSingles && gap.length <= widestGap ? singles.pop() : undefined;
      if (first || gap.length > widestGap) endSingles();
      singles.push(...(first ? [first] : []), piece);
      gapOfSingles = gap;
    }
  }
  endSingles();
  return pieces;
}

function joined(parts: readonly Piece[]): Piece {
  return { from: parts[0]!.from, to: parts.at(-1)!.to, letters: parts.map(({ letters }) => letters).join('') };
}

function readPieces(plain: string, pieces: readonly Piece[], read: (piece: Piece) => string): Unmasked | undefined {
  let text = '';
  let at = 0;
  const changed: { from: number; to: number; piece: Piece }[] = [];
  for (const piece of pieces) {
    const letters = read(piece);
    if (letters.length < shortest || letters === plain.slice(piece.from, piece.to)) continue;
    text += plain.slice(at, piece.from);
    changed.push({ from: text.length, to: text.length + letters.length, piece });
    text += letters;
    at = piece.to;
  }
  if (changed.length === 0) return undefined;
  return { text: text + plain.slice(at), written: (from, to) => plain.slice(placeOf(from, 'from'), placeOf(to, 'to')) };

  function placeOf(place: number, side: 'from' | 'to'): number {
    let moved = 0;
    for (const { from, to, piece } of changed) {
      if (side === 'from' ? place < from : place <= from) break;
      if (side === 'from' ? place < to : place <= to) return piece[side];
      moved = piece.to - to;
    }
    return place + moved;
  }
}

/** Whether a word has marks that are none of its letters' own. */
export function hasOddMarks(plain: string): boolean {
  return oddMarks.test(plain);
}

/** A quick look, so that ordinary words between hidden ones cost little. */
function isOdd(letters: string): boolean {
  if (letters.length < shortest) return false;
  let [cyrillic, other, repeats] = [false, false, 0];
  for (let at = 0; at < letters.length; at++) {
    const unit = letters.charCodeAt(at);
    if (unit >= 0x400 && unit <= 0x52f) cyrillic = true;
    else if (unit > 0x39) other = true;
    if (at > 0 && (unit === letters.charCodeAt(at - 1) || letters[at]!.toLowerCase() === letters[at - 1]!.toLowerCase())) repeats++;
  }
  return repeats > 1 || (cyrillic && other);
}

function mayHaveMarks(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    if (unit >= 0x300 && !(unit >= 0x370 && unit <= 0x482) && !(unit >= 0x48a && unit < 0x4c0)) return true;
  }
  return false;
}

function withoutMarks(word: string): string {
  if (!mayHaveMarks(word)) return word;
  return word
    .normalize('NFD')
    .replace(cyrillicMarks, (_, letter: string, marks: string) => letter + (ownMarks.get(letter.toLowerCase())?.exec(marks)?.[0] ?? ''))
    .normalize('NFC')
    .replace(leftMarks, '$1');
}

function unstretch(word: string, repeats: number): string {
  const runs = word.match(sameLetters) ?? [];
  const long = runs.filter((run) => run.length > 2 && isLetter.test(run));
  const isDoubled = runs.length > 2 && runs.every((run) => run.length > 1);
  if (isDoubled && repeats === 1) return runs.map((run) => run[0]).join('');
  if (long.length === 0) return word;
  return runs
    .map((run, place) => {
      const isLoneEnd = place === runs.length - 1 && long.length === 1;
      return run.length > 2 && isLetter.test(run) && !isLoneEnd ? run.slice(0, repeats) : run;
    })
    .join('');
}

const words = /[\p{L}\p{M}\p{N}]+/gu;
const oneLetter = /^[\p{Script=Cyrillic}\p{Script=Latin}\p{Script=Greek}]$/u;
const startsWithLetter = /^\p{L}/u;
const widestGap = 8;
const onlyEmoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator})+$/u;
const cyrillicMarks = /(\p{Script=Cyrillic})(\p{M}+)/gu;
/** й, ў and ї are letters of their own; ё is е anyway. */
const ownMarks = new Map([
  ['и', /\u0306/],
  ['у', /\u0306/],
  ['і', /\u0308/],
]);
const leftMarks = /([\p{Script=Cyrillic}\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
const sameLetters = /([^])\1*/giu;
const isLetter = /^\p{L}/u;
const oddMarks = /[\p{Script=Cyrillic}\p{Script=Latin}\p{Script=Greek}]\p{M}|[ӐӑӒӓӖӗӁӂӜӝӞӟӢӣӤӥӦӧӮӯӰӱӲӳӴӵӸӹӬӭ]/u;
