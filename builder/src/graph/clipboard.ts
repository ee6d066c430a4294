import { graphSchema, type RuleGraph } from '../../../rules/index.js';
import { pieceOf } from './commands.js';

/** Steps as text for the clipboard: a graph file of the contract's format, so that it pastes into other rule sets and into an editor. */
export function toClipboardText(graph: RuleGraph, ids: ReadonlySet<string>): string {
  return JSON.stringify(pieceOf(graph, ids), null, 2);
}

/** The largest text worth parsing: more than 2,000 steps hold. In characters. */
const maxLength = 5_000_000;

/** Reads steps from the clipboard. Undefined when the text is no graph file or holds no step: somebody copied something else. */
export function parseClipboardText(text: string): RuleGraph | undefined {
  if (text.length > maxLength || !text.trimStart().startsWith('{')) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = graphSchema.safeParse(json);
  return parsed.success && parsed.data.nodes.length > 0 ? parsed.data : undefined;
}
