import type { RuleGraph } from './graph.js';

/**
 * Writes a graph so that git shows what changed: keys in a fixed order, one node, edge, test, note or group a line.
 * @returns JSON with a newline at the end; the same graph always gives the same bytes
 */
export function canonicalJson(graph: RuleGraph): string {
  const parts = graphKeys.flatMap((key) => {
    const value = graph[key];
    if (value === undefined) return [];
    return `  ${JSON.stringify(key)}: ${Array.isArray(value) ? lines(value) : flat(value)}`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}

const graphKeys = ['format', 'name', 'timezone', 'description', 'parameters', 'nodes', 'edges', 'tests', 'notes', 'groups'] as const;

/** Keys that readers look for first; the others follow in alphabetical order. */
const leading = ['id', 'type', 'name', 'title', 'disabled', 'settings', 'from', 'to', 'events', 'expect', 'ru', 'en'];

function lines(values: readonly unknown[]): string {
  if (values.length === 0) return '[]';
  return `[\n${values.map((value) => `    ${flat(value)}`).join(',\n')}\n  ]`;
}

function flat(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${flat(inner)}`).join(', ')}}`;
}

function rank(key: string): number {
  const place = leading.indexOf(key);
  return place < 0 ? leading.length : place;
}
