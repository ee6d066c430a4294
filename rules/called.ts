import type { CompiledGraph } from './compile.js';

/** A rule set with those that it runs as steps, and those that they run: what it needs to be played alone. The first is the rule set itself. */
export function withCalled(graphs: readonly CompiledGraph[], index: number): CompiledGraph[] {
  const found: CompiledGraph[] = [];
  const add = (graph: CompiledGraph | undefined): void => {
    if (!graph || found.includes(graph)) return;
    found.push(graph);
    for (const name of graph.calls) add(graphs.find((other) => other.name === name));
  };
  add(graphs[index]);
  return found;
}

/** Whether one of the rule sets runs this one as a step: then it does not run by itself. */
export function isCalled(graphs: readonly CompiledGraph[], name: string): boolean {
  return graphs.some((graph) => graph.name !== name && graph.calls.includes(name));
}
