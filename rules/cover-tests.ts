import { withCalled } from './called.js';
import { compile, type NodeTypes } from './compile.js';
import { countCoverage, type GraphCoverage } from './coverage.js';
import type { MakeExpression } from './expressions/expression.js';
import type { RuleGraph } from './graph.js';
import { runTests, type TestResult } from './run-tests.js';

/**
 * Plays the tests that live in a graph and counts what they reach.
 * @param graph without errors
 * @param others the rule sets that it may call as steps
 * @param expressions where expressions are evaluated; absent: here
 * @throws OutOfTime when an expression took too long: nobody knows then whether the tests pass
 */
export async function coverTests(
  graph: RuleGraph,
  nodeTypes: NodeTypes,
  others: readonly RuleGraph[] = [],
  expressions?: MakeExpression,
): Promise<{ results: TestResult[]; coverage: GraphCoverage }> {
  const [own, ...called] = withCalled(
    [graph, ...others].map((one) => compile(one, nodeTypes, undefined, expressions)),
    0,
  );
  const count = countCoverage([graph], nodeTypes);
  const results = own ? await runTests(graph, own, called) : [];
  for (const { lines } of results) for (const line of lines) count.add(line, 'tests', graph.name);
  const [coverage] = count.result();
  if (!coverage) throw new Error('a count over one graph gave none');
  return { results, coverage };
}
