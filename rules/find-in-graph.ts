import type { Language } from './bilingual.js';
import type { NodeTypes } from './compile.js';
import { defaultTimezone, type GraphNode, type RuleGraph } from './graph.js';

/** One place of a graph that a search found. */
export interface FoundInGraph {
  kind: 'node' | 'note' | 'group';
  /** The node's, note's or group's. */
  id: string;
  /** A step's name (its own, else its type's), a frame's title; empty for a note. */
  title: string;
  /** The text around the first word found; empty where only the title or the id holds it. */
  excerpt: string;
}

/**
 * Searches the names, texts, words and ids of a graph. Every word of the query has to be somewhere in a node (a note, a group); case and ё do not matter.
 * @param language of the titles and summaries, which are searched too
 * @returns what was found, in the order of the file; nothing for an empty query
 */
export function findInGraph(graph: RuleGraph, query: string, nodeTypes: NodeTypes, language: Language): FoundInGraph[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const timezone = graph.timezone ?? defaultTimezone;
  const found: FoundInGraph[] = [];
  const look = (place: Pick<FoundInGraph, 'kind' | 'id' | 'title'>, texts: readonly string[]) => {
    const all = plain([place.title, place.id, ...texts].join('\n'));
    if (words.every((word) => all.includes(word))) found.push({ ...place, excerpt: excerptOf(place.title, texts, words) });
  };
  for (const node of graph.nodes) {
    const type = nodeTypes.get(node.type);
    const title = node.title ?? type?.title[language] ?? node.type;
    look({ kind: 'node', id: node.id, title }, [...textsIn(node.settings), ...wordsOf(node, nodeTypes, timezone, language)]);
  }
  for (const { id, title } of graph.groups ?? []) look({ kind: 'group', id, title }, []);
  for (const { id, text } of graph.notes ?? []) look({ kind: 'note', id, title: '' }, [text]);
  return found;
}

/** What a step says about itself: its type's names in both languages and what it does. */
function wordsOf(node: GraphNode, nodeTypes: NodeTypes, timezone: string, language: Language): string[] {
  const type = nodeTypes.get(node.type);
  if (!type) return [node.type];
  const settings = type.settings.safeParse(node.settings);
  const summary = settings.success ? [type.summary(settings.data, timezone)[language]] : [];
  return [...summary, type.title.ru, type.title.en, node.type];
}

/** Texts and numbers of a step's settings, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  // Keys too: the parts of a split and the dates of a window are named by them.
  return Object.entries(value).flatMap(([key, inner]) => (Array.isArray(value) ? textsIn(inner) : [...textsIn(inner), key]));
}

/** How much of a text is shown around what was found, in characters before it and in all. */
const shown = { before: 30, all: 110 };

function excerptOf(title: string, texts: readonly string[], words: readonly string[]): string {
  const text = texts.find((one) => one !== title && words.some((word) => plain(one).includes(word)));
  if (text === undefined) return '';
  const line = text.replace(/\s+/g, ' ');
  const at = Math.max(0, Math.min(...words.map((word) => plain(line).indexOf(word)).filter((place) => place >= 0)));
  const early = Math.max(0, at - shown.before);
  const space = line.indexOf(' ', early);
  // From the beginning of a word, where one lies between.
  const from = early > 0 && space >= 0 && space < at ? space + 1 : early;
  const part = line.slice(from, from + shown.all);
  return `${from > 0 ? '…' : ''}${part.trim()}${from + shown.all < line.length ? '…' : ''}`;
}

/** Of the same length as the text, so that places in one are places in the other: a letter that grows when it is made small stays as it is. */
function plain(text: string): string {
  const small = text.toLowerCase();
  const even = small.length === text.length ? small : text.replace(/./gsu, smallIfEven);
  return even.replaceAll('ё', 'е');
}

function smallIfEven(letter: string): string {
  const small = letter.toLowerCase();
  return small.length === letter.length ? small : letter;
}
