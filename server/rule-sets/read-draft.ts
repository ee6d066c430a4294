import { Buffer } from 'node:buffer';
import { graphSchema, nodeTypes, readGraph, type CodeName, type Finding, type RuleGraph } from '../../rules/index.js';
import { Invalid } from '../problem/problems.js';

/** A graph is stored in every version, so it is kept within what a person can draw. */
const longestGraph = 2 * 1024 * 1024;

/** A draft's graph as it was sent, with what `readGraph` finds in it. */
export interface ReadDraft {
  graph: RuleGraph;
  findings: Finding[];
}

/**
 * Takes a graph as a draft: it may be unfinished (unknown types, loose ports, bad settings are findings), but it must have a graph file's shape, or no
 * editor could open it again. Throws `Invalid` with the places, spelt `graph.nodes[1].id`.
 */
export function readDraft(json: unknown): ReadDraft {
  const { findings } = readGraph(json, nodeTypes);
  const refused = findings.filter(({ code }) => shapeCodes.has(code));
  if (refused.length > 0) {
    throw new Invalid(
      refused.map(({ path, text }) => ({ path: path ? `graph.${path}` : 'graph', detail: text })),
      { ru: 'Это не граф правил', en: 'This is not a rule graph' },
      { problems: refused },
    );
  }
  if (Buffer.byteLength(JSON.stringify(json)) > longestGraph) {
    throw new Invalid([{ path: 'graph', detail: { ru: 'Граф больше 2 МБ', en: 'The graph is larger than 2 MB' } }]);
  }
  return { graph: graphSchema.parse(json), findings };
}

const shapeCodes: ReadonlySet<string> = new Set<CodeName>([
  'not-a-graph',
  'newer-format',
  'too-large',
  'too-deep',
  'unknown-key',
  'bad-value',
]);
