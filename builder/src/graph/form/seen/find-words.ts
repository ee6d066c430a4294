import { parsePatterns, wordMatcher } from '../../../../../rules/index.js';

/** A message in which a pattern was found. */
export interface SeenWord {
  /** Place of the message in the list. */
  message: number;
  /** What was found, as written where the engine read the text as it stands. */
  word: string;
  /** The pattern that found it. */
  pattern: string;
}

/** How far a search has come. */
export interface Search {
  /** Messages looked at. */
  done: number;
  hits: readonly SeenWord[];
}

/** One word finder, made once for each change of the patterns. */
export type FindWord = (text: string) => { word: string; pattern: string } | undefined;

/** The engine's own search for a field of patterns; undefined while there is no pattern that can match. */
export function finderOf(patterns: string): FindWord | undefined {
  const parsed = parsePatterns(patterns).patterns;
  return parsed.length === 0 ? undefined : wordMatcher(parsed);
}

/**
 * Goes on with a search for as long as a slice of time lasts, at least by one message, so that a long list never keeps the page from answering.
 * @param clock milliseconds
 * @param slice milliseconds
 */
export function searchOn(search: Search, find: FindWord, texts: readonly string[], clock: () => number, slice: number): Search {
  const end = clock() + slice;
  const hits = [...search.hits];
  let { done } = search;
  while (done < texts.length) {
    const hit = find(texts[done] ?? '');
    if (hit) hits.push({ message: done, ...hit });
    done += 1;
    if (clock() >= end) break;
  }
  return { done, hits };
}

/** A text with its found part apart, cut to what fits a line. */
export interface Marked {
  before: string;
  /** Empty where the engine found the word behind a disguise, so that it does not stand in the text as such. */
  found: string;
  after: string;
}

/** Characters around the found part. */
const around = 60;

/** Where in a text a found word stands, with what is around it. */
export function markWord(text: string, word: string): Marked {
  const line = text.replace(/\s+/g, ' ').trim();
  const plain = word.replace(/\s+/g, ' ');
  const at = line.toLowerCase().indexOf(plain.toLowerCase());
  if (at < 0 || plain === '') return { before: cutEnd(line, 2 * around), found: '', after: '' };
  const end = at + plain.length;
  return { before: cutStart(line.slice(0, at), around), found: line.slice(at, end), after: cutEnd(line.slice(end), around) };
}

function cutStart(text: string, length: number): string {
  return text.length <= length ? text : `…${text.slice(-length)}`;
}

function cutEnd(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
