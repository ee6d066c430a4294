import { RE2JS } from 're2js';
import type { Bilingual } from '../bilingual.js';

/** A compiled expression, or why it is none. */
export type LinearRegex = { test(text: string): boolean } | { problem: Bilingual };

const longest = 1000;
/** RE2's measure of an expression; with it a text of 64 KB takes tens of milliseconds at most. */
const largest = 400;

/**
 * Compiles an expression of RE2's syntax (no look-around, no back-references): unanchored, ignoring case, in time linear in the
 * text. `\w`, `\d`, `\s` and `\b` know every script, which RE2's own do not:
 * - the classes are written out (`\w` is letters, marks, digits and `_`);
 * - `\b` has no such spelling, so where one occurs each character of the text is put between two signs, `a` and `a` for a
 *   character of a word, `-` and `-` for another (a line break between line breaks, for `^` and `$` of several lines). RE2's own
 *   boundary between two such signs is then the boundary between words. Whatever takes a character in the expression takes its
 *   signs with it, and the expression starts at a whole character.
 */
export function compileRegex(source: string): LinearRegex {
  if (source.length > longest) {
    return { problem: { ru: `Выражение длиннее ${longest} знаков`, en: `The expression is longer than ${longest} characters` } };
  }
  const pieces = readPieces(source);
  const marksWords = pieces.some((piece) => piece.kind === 'boundary');
  const body = pieces.map((piece) => (piece.kind === 'one' && marksWords ? `(?:[-a\\n]${piece.text}[-a\\n])` : piece.text)).join('');
  try {
    // Compiled as written first, so that a message about a mistake shows what the admin wrote.
    RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
    const expression = RE2JS.compile(marksWords ? `\\A(?s:...)*?(?:${body})` : body, RE2JS.CASE_INSENSITIVE);
    if (expression.programSize() > (marksWords ? 3 * largest : largest)) {
      return {
        problem: {
          ru: 'Выражение слишком сложное: уменьшите числа повторений',
          en: 'The expression is too complex: lower its repeat counts',
        },
      };
    }
    return { test: marksWords ? (text) => expression.test(withSigns(text)) : (text) => expression.test(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return { problem: { ru: `Выражение не читается: ${why}`, en: `The expression cannot be read: ${why}` } };
  }
}

/** `one` takes one character of the text, `boundary` is `\b` or `\B`, the rest (groups, repeats, anchors) is `other`. */
interface Piece {
  kind: 'one' | 'boundary' | 'other';
  text: string;
}

const classes: Record<string, string> = {
  w: '\\p{L}\\p{M}\\p{N}_',
  // Everything else, named by what it is: a class in brackets cannot subtract.
  W: '\\p{C}\\p{Z}\\p{S}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\x{203F}\\x{2040}\\x{2054}\\x{FE33}\\x{FE34}\\x{FE4D}-\\x{FE4F}\\x{FF3F}',
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: '\\p{White_Space}\\x{FEFF}',
  S: '\\x{0}-\\x{8}\\x{E}-\\x{1F}\\x{21}-\\x{84}\\x{86}-\\x{9F}\\x{A1}-\\x{167F}\\x{1681}-\\x{1FFF}\\x{200B}-\\x{2027}\\x{202A}-\\x{202E}\\x{2030}-\\x{205E}\\x{2060}-\\x{2FFF}\\x{3001}-\\x{FEFE}\\x{FF00}-\\x{10FFFF}',
};

function readPieces(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const take = (kind: Piece['kind'], length: number, text = source.slice(at, at + length)) => {
    pieces.push({ kind, text });
    at += length;
  };
  while (at < source.length) {
    const character = String.fromCodePoint(source.codePointAt(at)!);
    if (character === '\\') {
      const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(source.slice(at));
      if (quoted) {
        for (const one of quoted[1]!) pieces.push({ kind: 'one', text: RE2JS.quote(one) });
        at += quoted[0].length;
        continue;
      }
      const length = escapeLength(source, at);
      const name = source[at + 1] ?? '';
      if (name in classes) take('one', length, `[${classes[name]!}]`);
      else take(/[bB]/.test(name) ? 'boundary' : /[AzE]/.test(name) ? 'other' : 'one', length);
    } else if (character === '[') {
      takeClass();
    } else if (character === '(') {
      take('other', /^\((?:\?(?:P?<[^>]*>|[imsU-]*[:)]))?/.exec(source.slice(at))![0].length);
    } else if (/[)|*+?^$]/.test(character)) {
      take('other', 1);
    } else {
      const repeat = /^\{\d+(?:,\d*)?\}/.exec(source.slice(at));
      if (repeat) take('other', repeat[0].length);
      else take('one', character.length);
    }
  }
  return pieces;

  function takeClass(): void {
    let end = at + (source[at + 1] === '^' ? 2 : 1);
    let text = source.slice(at, end);
    for (let first = true; end < source.length && (first || source[end] !== ']'); first = false) {
      const named = /^\[:\^?\w+:\]/.exec(source.slice(end))?.[0];
      const length = named?.length ?? (source[end] === '\\' ? escapeLength(source, end) : 1);
      const name = source[end] === '\\' ? (source[end + 1] ?? '') : '';
      text += name in classes ? classes[name]! : source.slice(end, end + length);
      end += length;
    }
    take('one', end + 1 - at, `${text}${source.slice(end, end + 1)}`);
  }
}

/** How long an escape is: `\n`, `\x41`, `\x{1F600}`, `\pL`, `\p{Greek}`, `\012`. */
function escapeLength(source: string, at: number): number {
  return /^\\(?:x\{[^}]*\}|x[0-9A-Fa-f]{2}|[pP](?:\{[^}]*\}|[\s\S])|[0-7]{1,3}|[\s\S]?)/u.exec(source.slice(at))![0].length;
}

function withSigns(text: string): string {
  let marked = '';
  for (const character of text) {
    const sign = character === '\n' ? '\n' : isWord.test(character) ? 'a' : '-';
    marked += sign + character + sign;
  }
  return marked;
}

const isWord = /[\p{L}\p{M}\p{N}_]/u;
