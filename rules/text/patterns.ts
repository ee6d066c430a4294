import { isWordSymbol, symbolOfNormalized } from './letters.js';
import { normalizeText } from './normalize.js';

/** A word pattern that can match: `цен*`, `*куплю`, `*красн*`, `заказ`, or words side by side: `t.me*`, `e-mail`. */
export interface WordPattern {
  /** As the admin wrote it, for the trace. */
  source: string;
  /**
   * What a text must hold in a row: folded letters as code points, `boundary` where a word begins or ends, and `joint` between
   * two words that no white space parts.
   */
  symbols: readonly number[];
  /** How many words of the text a match covers, for showing them. */
  words: number;
}

/** A pattern that cannot match: an asterisk with nothing beside it, one inside a word, or no word at all. */
export interface PatternProblem {
  source: string;
  problem: 'star-alone' | 'star-inside' | 'no-words';
}

/** Code points below the first digit, so that no letter can be taken for them. */
export const boundary = 0;
export const joint = 1;

/** Reads a field of patterns, separated by spaces or line breaks; a pattern with a problem is left out of `patterns`. */
export function parsePatterns(text: string): { patterns: WordPattern[]; problems: PatternProblem[] } {
  const patterns: WordPattern[] = [];
  const problems: PatternProblem[] = [];
  for (const source of text.split(/\s+/)) {
    if (source === '') continue;
    const parsed = parsePattern(source);
    if (typeof parsed === 'string') problems.push({ source, problem: parsed });
    else patterns.push(parsed);
  }
  return { patterns, problems };
}

/** A word of a pattern, or an asterisk (a run of them counts once), or what separates. */
type Token = { letters: number[] } | 'star' | 'gap';

function parsePattern(source: string): WordPattern | PatternProblem['problem'] {
  const tokens = tokensOf(source);
  while (tokens[0] === 'gap') tokens.shift();
  while (tokens.at(-1) === 'gap') tokens.pop();
  if (!tokens.some((token) => typeof token === 'object')) return tokens.includes('star') ? 'star-alone' : 'no-words';
  if (tokens.slice(1, -1).includes('star')) return 'star-inside';
  const symbols: number[] = [];
  let words = 0;
  for (const [place, token] of tokens.entries()) {
    if (typeof token === 'object') {
      symbols.push(...token.letters);
      words++;
    } else if (token === 'gap') {
      symbols.push(boundary, joint, boundary);
    }
    // `*.ru`: any word may stand where an asterisk has no word beside it.
    if (token === 'star' && tokens[place === 0 ? 1 : place - 1] === 'gap') words++;
  }
  if (tokens[0] !== 'star') symbols.unshift(boundary);
  if (tokens.at(-1) !== 'star') symbols.push(boundary);
  return { source, symbols, words };
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (const character of normalizeText(source)) {
    const symbol = symbolOfNormalized(character.codePointAt(0)!);
    const last = tokens.at(-1);
    if (character === '*') {
      if (last !== 'star') tokens.push('star');
    } else if (!isWordSymbol(symbol)) {
      if (last !== 'gap') tokens.push('gap');
    } else if (typeof last === 'object') {
      last.letters.push(symbol);
    } else {
      tokens.push({ letters: [symbol] });
    }
  }
  return tokens;
}
