import { finding } from './codes.js';
import { portsOf, type NodeTypes } from './compile.js';
import { describeIssues } from './describe-issue.js';
import type { Finding } from './finding.js';
import { graphFormat, graphSchema, splitPort, type RuleGraph } from './graph.js';
import { spellPath } from './json-path.js';
import type { NodeType } from './node-type.js';
import { readEvent } from './read-event.js';
import { isZone } from './time/zoned.js';

/** More than any desk has drawn; a graph of this size still checks within a second. */
const limits = { nodes: 2000, edges: 10_000, tests: 1000, depth: 64 };

/** `graph` is there exactly when nothing was found. */
export type ReadGraphResult = { graph: RuleGraph; findings: [] } | { graph?: undefined; findings: Finding[] };

/**
 * Reads a graph from unknown JSON: the format, every node's settings, every edge's port, the events of its tests.
 * The graph keeps its settings as they were written, those of earlier releases made today's; defaults are applied when it is compiled.
 * @returns the graph, or every problem found, with the JSON path spelt `nodes[1].settings.text`; never throws
 */
export function readGraph(json: unknown, nodeTypes: NodeTypes): ReadGraphResult {
  const outline = checkOutline(json);
  if (outline.length > 0) return { findings: outline };
  const parsed = graphSchema.safeParse(json);
  if (!parsed.success) return { findings: schemaFindings(parsed.error.issues, json) };
  const graph: RuleGraph = { ...parsed.data, nodes: parsed.data.nodes.map((node) => upgradeNode(node, nodeTypes)) };
  const ports = new Map<string, readonly string[] | undefined>();
  const findings = [
    ...checkTimezone(graph),
    ...graph.nodes.flatMap((node, index) => checkNode(node, index, nodeTypes, ports)),
    ...graph.edges.flatMap((edge, index) => checkEdge(edge, index, ports)),
    ...checkEntries(graph, nodeTypes),
    ...checkTests(graph),
  ];
  return findings.length > 0 ? { findings } : { graph, findings: [] };
}

/** A node with today's settings: releases may have written them otherwise. */
function upgradeNode(node: RuleGraph['nodes'][number], nodeTypes: NodeTypes): RuleGraph['nodes'][number] {
  const settings = nodeTypes.get(node.type)?.upgrade?.(node.settings);
  return settings ? { ...node, settings } : node;
}

/** What must be looked at before anything walks the whole of an unknown value. */
function checkOutline(json: unknown): Finding[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return [finding('not-a-graph', {})];
  const fields = new Map<string, unknown>(Object.entries(json));
  const format = fields.get('format');
  if (typeof format === 'number' && format > graphFormat) {
    return [finding('newer-format', { path: 'format' }, { format, known: graphFormat })];
  }
  for (const what of ['nodes', 'edges', 'tests'] as const) {
    const list = fields.get(what);
    if (Array.isArray(list) && list.length > limits[what]) {
      return [finding('too-large', { path: what }, { what, count: list.length, limit: limits[what] })];
    }
  }
  const odd = findOdd(json, []);
  if (odd === undefined) return [];
  if (odd.length > limits.depth) return [finding('too-deep', { path: spellPath(odd.slice(0, 4)) }, { limit: limits.depth })];
  return [finding('unknown-key', { path: spellPath(odd) }, { key: '__proto__' })];
}

/** The path of something nested too deeply, or of a key that would become an object's prototype. */
function findOdd(json: unknown, path: PropertyKey[]): PropertyKey[] | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  if (path.length > limits.depth) return path;
  for (const [key, value] of Object.entries(json)) {
    const inner = [...path, Array.isArray(json) ? Number(key) : key];
    if (key === '__proto__') return inner;
    const odd = findOdd(value, inner);
    if (odd) return odd;
  }
  return undefined;
}

function schemaFindings(issues: Parameters<typeof describeIssues>[0], json: unknown): Finding[] {
  return describeIssues(issues).map(({ path, text, unknownKey }) => {
    const place = { node: nodeAt(json, path), path: spellPath(path) };
    if (unknownKey !== undefined) return finding('unknown-key', place, { key: unknownKey });
    return finding('bad-value', place, { problem: text.ru, problemEn: text.en });
  });
}

/** The id of the node that a path goes through, if that id can be read. */
function nodeAt(json: unknown, path: readonly PropertyKey[]): string | undefined {
  const [list, index] = path;
  if (list !== 'nodes' || typeof index !== 'number') return undefined;
  if (typeof json !== 'object' || json === null || !('nodes' in json) || !Array.isArray(json.nodes)) return undefined;
  const node: unknown = json.nodes[index];
  return typeof node === 'object' && node !== null && 'id' in node && typeof node.id === 'string' ? node.id : undefined;
}

function checkTimezone(graph: RuleGraph): Finding[] {
  if (graph.timezone === undefined || isZone(graph.timezone)) return [];
  return [finding('bad-timezone', { path: 'timezone' }, { zone: graph.timezone })];
}

function checkNode(
  node: RuleGraph['nodes'][number],
  index: number,
  nodeTypes: NodeTypes,
  ports: Map<string, readonly string[] | undefined>,
): Finding[] {
  const path = `nodes[${index}]`;
  if (ports.has(node.id)) return [finding('duplicate-id', { node: node.id, path: `${path}.id` }, { id: node.id })];
  const nodeType = nodeTypes.get(node.type);
  // Undefined: the ports cannot be known, so edges that leave by them are not judged.
  ports.set(node.id, undefined);
  if (!nodeType) return [finding('unknown-type', { node: node.id, path: `${path}.type` }, { type: node.type })];
  const settings = nodeType.settings.safeParse(node.settings);
  if (settings.success) {
    ports.set(node.id, portsOf(nodeType, settings.data));
    return [];
  }
  return describeIssues(settings.error.issues, ['nodes', index, 'settings']).map((issue) => {
    const place = { node: node.id, path: spellPath(issue.path) };
    if (issue.unknownKey !== undefined) return finding('unknown-setting', place, { key: issue.unknownKey });
    return finding('bad-setting', place, { problem: issue.text.ru, problemEn: issue.text.en });
  });
}

function checkEdge(edge: RuleGraph['edges'][number], index: number, ports: Map<string, readonly string[] | undefined>): Finding[] {
  const path = `edges[${index}]`;
  const findings: Finding[] = [];
  const start = splitPort(edge.from);
  if (!start) findings.push(finding('bad-edge', { path: `${path}.from` }, { from: edge.from }));
  else if (!ports.has(start.node)) findings.push(finding('unknown-node', { path: `${path}.from` }, { id: start.node }));
  else {
    const known = ports.get(start.node);
    if (known && !known.includes(start.port)) {
      const values = { id: start.node, port: start.port, ports: known.join(', ') || '—' };
      findings.push(finding('unknown-port', { node: start.node, path: `${path}.from` }, values));
    }
  }
  if (!ports.has(edge.to)) findings.push(finding('unknown-node', { path: `${path}.to` }, { id: edge.to }));
  return findings;
}

/** Edges that enter a trigger: nothing enters where runs start. */
function checkEntries(graph: RuleGraph, nodeTypes: NodeTypes): Finding[] {
  const isTrigger = (nodeType: NodeType | undefined) => nodeType?.family === 'trigger';
  const triggers = new Set(graph.nodes.filter((node) => isTrigger(nodeTypes.get(node.type))).map((node) => node.id));
  return graph.edges.flatMap((edge, index) =>
    triggers.has(edge.to) ? [finding('edge-into-trigger', { node: edge.to, path: `edges[${index}].to` }, { id: edge.to })] : [],
  );
}

function checkTests(graph: RuleGraph): Finding[] {
  return (graph.tests ?? []).flatMap((test, index) =>
    test.events.flatMap((event, eventIndex) => {
      const read = readEvent(event, { position: eventIndex + 1 });
      if (read.ok) return [];
      const path = `tests[${index}].events[${eventIndex}]${read.path === '' ? '' : `.${read.path}`}`;
      const values = { test: test.name, problem: read.problem.ru, problemEn: read.problem.en };
      return [finding('bad-test-event', { path }, values)];
    }),
  );
}
