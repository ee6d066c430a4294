import { canonicalJson, graphSchema, nodeTypes, readGraph, type Language, type RuleGraph } from '../../../../rules/index.js';
import type { Size } from '../boxes.js';
import { withOwnIds } from '../canvas-things.js';
import { pieceOf } from './piece.js';
import type { Picked } from '../things.js';

/** What is picked as text for the clipboard: a graph file of the contract's format, so that it pastes into other rule sets, a chat and an editor. */
export function toClipboardText(graph: RuleGraph, picked: Picked, sizes?: ReadonlyMap<string, Size>): string {
  return canonicalJson(pieceOf(graph, picked, sizes));
}

/** A piece of a graph; or why a text is none: no JSON in it, broken JSON, nothing to paste, or what is wrong with it and where. */
export type ReadPiece = { piece: RuleGraph; refusal?: undefined } | { piece?: undefined; refusal: Refusal };
export type Refusal = { kind: 'empty' | 'not-json' | 'broken-json' | 'nothing' | 'too-long' } | { kind: 'bad-graph'; problems: string[] };

/** The largest text worth parsing: more than 2,000 steps hold. In characters. */
const maxLength = 5_000_000;

/**
 * Reads a piece from the clipboard. What a chat puts around it (a fence, a greeting) is left aside; settings may be unfinished, as in a draft.
 * @param language of the problems
 */
export function readPiece(text: string, language: Language): ReadPiece {
  if (text.trim() === '') return { refusal: { kind: 'empty' } };
  if (text.length > maxLength) return { refusal: { kind: 'too-long' } };
  const [start, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (start < 0 || end < start || !text.includes('"')) return { refusal: { kind: 'not-json' } };
  let json: unknown;
  try {
    json = JSON.parse(text.slice(start, end + 1));
  } catch {
    return { refusal: { kind: 'broken-json' } };
  }
  const parsed = graphSchema.safeParse(json);
  if (!parsed.success) return { refusal: { kind: 'bad-graph', problems: problemsOf(json, language) } };
  const { nodes, notes = [], groups = [] } = parsed.data;
  return nodes.length + notes.length + groups.length > 0 ? { piece: withOwnIds(parsed.data) } : { refusal: { kind: 'nothing' } };
}

/** Enough to mend a text by. */
const mostProblems = 3;

function problemsOf(json: unknown, language: Language): string[] {
  return readGraph(json, nodeTypes)
    .findings.slice(0, mostProblems)
    .map(({ text, path }) => [path, text[language]].filter(Boolean).join(': '));
}
