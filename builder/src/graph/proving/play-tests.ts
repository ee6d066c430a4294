import {
  countCoverage,
  nodeTypes,
  readGraph,
  runTests,
  toRunLine,
  createSession,
  readEvent,
  type GraphTest,
  type RunLine,
  type TestResult,
} from '../../../../rules/index.js';
import { compileAll, type ChatRules } from './chat.js';
import { expectationOf, withoutFreeEnd } from './expectation.js';

/** How often places of the graph were reached: steps by id, exits by `node.port`. */
export interface Reach {
  nodes: Record<string, number>;
  ports: Record<string, number>;
}

/** What the tests of a graph gave, and what of it they reach. */
export interface TestsPlayed {
  results: TestResult[];
  reach: Reach;
}

/** Plays all tests that live in the graph. @returns undefined while the graph has errors */
export async function playTests(rules: ChatRules): Promise<TestsPlayed | undefined> {
  const graph = readGraph(rules.graph, nodeTypes).graph;
  const [compiled, ...others] = compileAll(rules) ?? [];
  if (!graph || !compiled) return undefined;
  const results = await runTests(graph, compiled, others);
  const count = countCoverage([graph], nodeTypes);
  for (const { lines } of results) for (const line of lines) count.add({ trace: line.trace.filter(isOf(graph.name)) }, 'tests');
  const [coverage] = count.result();
  const nodes = (coverage?.nodes ?? []).map(({ node, reached }): [string, number] => [node, reached.tests]);
  const ports = (coverage?.nodes ?? []).flatMap(({ node, ports }) =>
    ports.map(({ port, reached }): [string, number] => [`${node}.${port}`, reached.tests]),
  );
  return { results, reach: { nodes: Object.fromEntries(nodes), ports: Object.fromEntries(ports) } };
}

/** Steps of the graph itself, not of those that it calls. */
function isOf(name: string) {
  return (entry: RunLine['trace'][number]): boolean => {
    const last = entry.at(-1);
    return typeof last !== 'object' || last.ruleSet === name;
  };
}

/** The lines that events give on rules, from a fresh state. @returns undefined while the graph has errors @throws Error on an event that is none */
export async function playLines(rules: ChatRules, events: GraphTest['events']): Promise<RunLine[] | undefined> {
  const graphs = compileAll(rules);
  if (!graphs) return undefined;
  const session = createSession(graphs);
  const lines: RunLine[] = [];
  let previousAt: string | undefined;
  for (const [index, json] of events.entries()) {
    const read = readEvent(json, { position: index + 1, previousAt });
    if (!read.ok) throw new Error(`${index + 1}: ${read.path}`);
    previousAt = read.event.at;
    lines.push(...(await session.play(read.event)).map(toRunLine));
  }
  return lines;
}

/** A test of what the rules do with these events now. @returns undefined while the graph has errors */
export async function testOf(name: string, rules: ChatRules, events: GraphTest['events']): Promise<GraphTest | undefined> {
  const lines = await playLines(rules, events);
  return lines && { name, events, expect: withoutFreeEnd(lines.map(expectationOf)) };
}
