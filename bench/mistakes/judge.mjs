// What finds a mistake: the check (of the graph, and of the desk's rule sets together), the tests embedded in it, a backtest on recorded events and on a month of traffic.
import { checkGraph, checkTogether, compile, createBacktest, nodeTypes, readGraph, runTests, withCalled } from '../../dist/rules/index.js';

const day = 86_400_000;

/** Findings of a desk as texts, so that those of the sound one can be told from new ones. */
export function findingsOf(graphs, account) {
  const reads = graphs.map((graph) => readGraph(structuredClone(graph), nodeTypes));
  const found = reads.flatMap(({ graph, findings }) =>
    (graph ? checkGraph(graph, nodeTypes, account) : findings).map((finding) => [graph?.name ?? '', finding]),
  );
  const isSound = reads.every(({ graph }) => graph) && !found.some(([, { severity }]) => severity === 'error');
  const between = isSound
    ? checkTogether(
        reads.map(({ graph }) => graph),
        nodeTypes,
        account,
      ).map(({ finding }) => ['together', finding])
    : [];
  return {
    isSound,
    lines: [...found, ...between].map(([where, { code, node, path }]) => `${where}: ${code} ${node ?? '$'} ${path ?? ''}`),
  };
}

/** @returns whether an embedded test of the changed rule set fails */
export async function failsTests(graphs, place) {
  const compiled = graphs.map((graph) => compile(graph, nodeTypes));
  const [own, ...others] = withCalled(compiled, place);
  const results = await runTests(graphs[place], own, others);
  return results.some(({ passed }) => !passed);
}

/** @returns whether any line of the events comes out differently */
export async function differs(older, newer, events) {
  const backtest = createBacktest(
    older.map((graph) => compile(graph, nodeTypes)),
    newer.map((graph) => compile(graph, nodeTypes)),
  );
  for (const event of events) await backtest.play(event);
  const last = events.at(-1);
  if (last) await backtest.advance(Date.parse(last.at) + 4 * day);
  return backtest.end().differ > 0;
}
