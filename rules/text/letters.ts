import { foldLetter } from './fold-case.js';
import { normalizeText } from './normalize.js';

/** What a UTF-16 unit is to the word filter; a greater number is a part of a word, folded. */
export const separator = 1;
export const whiteSpace = 2;
/** Removed before comparing: zero-width characters, soft hyphens, variation selectors. */
export const invisible = 3;
/** Its meaning depends on its neighbours (a combining mark, a mention's `@`), or it becomes several characters: normalise the text first. */
export const contextual = 4;

/**
 * The symbol of a UTF-16 unit in raw text: one of the four above or the folded letter. Filled on demand and shared by all
 * matchers, because classifying 65,536 characters at start would cost more than a small command line run.
 */
const symbols = new Uint16Array(0x10000);

/** The symbol of one UTF-16 unit of raw text; surrogates are `contextual`, see `symbolOfPair`. */
export function symbolOf(unit: number): number {
  return symbols[unit]! || learn(unit);
}

/** The symbol of a character beyond U+FFFF in raw text: emoji separate words, letters need the normalised text. */
export function symbolOfPair(codePoint: number): number {
  let symbol = pairs.get(codePoint);
  if (symbol === undefined) {
    const character = String.fromCodePoint(codePoint);
    const normalized = normalizeText(character);
    if (normalized === '') symbol = invisible;
    else symbol = isWordText.test(normalized) || normalized.includes('@') ? contextual : separator;
    pairs.set(codePoint, symbol);
  }
  return symbol;
}

/** The symbol of a character of normalised text (mentions removed): never `invisible` or `contextual`. */
export function symbolOfNormalized(codePoint: number): number {
  const symbol = codePoint > 0xffff ? contextual : symbolOf(codePoint);
  if (symbol !== contextual && symbol !== invisible) return symbol;
  let plain = normalizedSymbols.get(codePoint);
  if (plain === undefined) {
    plain = plainSymbol(String.fromCodePoint(codePoint));
    normalizedSymbols.set(codePoint, plain);
  }
  return plain;
}

/** Whether a symbol belongs to a word. */
export function isWordSymbol(symbol: number): boolean {
  return symbol > contextual;
}

const pairs = new Map<number, number>();
const normalizedSymbols = new Map<number, number>();
const isWordText = /[\p{L}\p{M}\p{N}]/u;
const dependsOnNeighbours = /[\p{M}\p{Cs}\u1100-\u11ff@]/u;

function learn(unit: number): number {
  const symbol = symbolOfUnit(String.fromCharCode(unit));
  symbols[unit] = symbol;
  return symbol;
}

function symbolOfUnit(character: string): number {
  const normalized = normalizeText(character);
  if (normalized === '') return invisible;
  if (dependsOnNeighbours.test(character) || dependsOnNeighbours.test(normalized)) return contextual;
  if (normalized.length > 1) return /[\p{L}\p{N}\p{White_Space}]/u.test(normalized) ? contextual : separator;
  return plainSymbol(normalized);
}

function plainSymbol(character: string): number {
  if (/\p{White_Space}/u.test(character)) return whiteSpace;
  if (!isWordText.test(character)) return separator;
  const folded = foldLetter(character);
  return folded === 'ё' ? 'е'.codePointAt(0)! : folded.codePointAt(0)!;
}
