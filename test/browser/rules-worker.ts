import { checkGraph, compile, createSession, nodeTypes, readEvent, readGraph, toRunLine } from '../../rules/index.js';

interface Asked {
  graph: unknown;
  events?: unknown[];
}

/** What the page says to a worker, and what the worker has for that: this file runs in one. */
interface WorkerSide {
  addEventListener(type: 'message', listener: (message: { data: Asked[] }) => void): void;
  postMessage(answer: unknown, transfer: []): void;
}
const side = globalThis as unknown as WorkerSide;

side.addEventListener('message', ({ data }) => {
  void answerAll(data).then(
    (answers) => side.postMessage({ answers }, []),
    (error: unknown) => side.postMessage({ error: String(error) }, []),
  );
});

async function answerAll(cases: readonly Asked[]) {
  const answers = [];
  for (const { graph: json, events = [] } of cases) {
    const { graph, findings } = readGraph(json, nodeTypes);
    if (!graph) {
      answers.push({ findings, lines: [] });
      continue;
    }
    const checked = checkGraph(graph, nodeTypes);
    const lines: string[] = [];
    // A graph with an error is not run anywhere.
    const session = checked.some(({ severity }) => severity === 'error') ? undefined : createSession([compile(graph, nodeTypes)]);
    let previousAt: string | undefined;
    for (const [index, event] of session ? events.entries() : []) {
      const read = readEvent(event, { position: index + 1, previousAt });
      if (!read.ok) throw new Error(`Event ${index + 1}: ${read.path}`);
      previousAt = read.event.at;
      for (const played of (await session?.play(read.event)) ?? []) lines.push(JSON.stringify(toRunLine(played)));
    }
    answers.push({ findings: checked, lines });
  }
  return answers;
}
