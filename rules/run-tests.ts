import type { CompiledGraph } from './compile.js';
import { differencesOf, type Difference } from './expectation.js';
import type { GraphTest, RuleGraph } from './graph.js';
import { readEvent } from './read-event.js';
import { toRunLine, type RunLine } from './run-line.js';
import { createSession } from './session.js';

/** How one embedded test went. */
export interface TestResult {
  name: string;
  passed: boolean;
  /** Where a printed line is not what the test expects; `line` counts from 1. */
  differences: (Difference & { line: number })[];
  /** All lines that the test's events gave. */
  lines: RunLine[];
}

/**
 * Plays the tests that live in a graph, each from a fresh state. The first expected line is compared with the first printed one,
 * and so on; lines that nothing is expected of are free.
 * @param graph what `readGraph` returned, with `compiled` made of it
 * @param others the rule sets that it calls as steps
 */
export async function runTests(graph: RuleGraph, compiled: CompiledGraph, others: readonly CompiledGraph[] = []): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const test of graph.tests ?? []) {
    const lines = await playTest(test, [compiled, ...others]);
    const differences = test.expect.flatMap((expected, index) =>
      differencesOf(expected, lines[index]).map((difference) => ({ line: index + 1, ...difference })),
    );
    results.push({ name: test.name, passed: differences.length === 0, differences, lines });
  }
  return results;
}

async function playTest(test: GraphTest, ruleSets: readonly CompiledGraph[]): Promise<RunLine[]> {
  const session = createSession(ruleSets);
  const lines: RunLine[] = [];
  let previousAt: string | undefined;
  for (const [index, json] of test.events.entries()) {
    const read = readEvent(json, { position: index + 1, previousAt });
    if (!read.ok) throw new Error(`The event ${index + 1} of the test «${test.name}» was not checked: ${read.path} ${read.problem.en}`);
    previousAt = read.event.at;
    lines.push(...(await session.play(read.event)).map(toRunLine));
  }
  return lines;
}
