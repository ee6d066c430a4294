import type { RunLine, TestResult } from '../../../../rules/index.js';

export type TestMark = 'passed' | 'failed';

/**
 * What the tests say of each step: red where a line that is not as expected went, or was expected to go; green where only good ones did.
 * @param graph the name of the graph, for steps of several rule sets
 */
export function marksOf(results: readonly TestResult[], graph: string): Map<string, TestMark> {
  const marks = new Map<string, TestMark>();
  for (const { lines, differences } of results) {
    const bad = new Set(differences.map(({ line }) => line));
    for (const [index, { trace }] of lines.entries()) {
      const mark = bad.has(index + 1) ? 'failed' : 'passed';
      for (const node of stepsOf(trace, graph)) if (marks.get(node) !== 'failed') marks.set(node, mark);
    }
  }
  return marks;
}

function stepsOf(trace: RunLine['trace'], graph: string): string[] {
  return trace.flatMap((entry) => {
    const last = entry.at(-1);
    return typeof last === 'object' && last.ruleSet !== graph ? [] : [entry[0]];
  });
}
