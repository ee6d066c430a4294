import { compile, type NodeTypes } from '../compile.js';
import type { RuleGraph } from '../graph.js';
import { readEvent } from '../read-event.js';
import { toRunLine, type RunLine } from '../run-line.js';
import { createSession } from '../session.js';
import { present } from './present.js';

/** Plays events written as in an events file through graphs in order of priority, and gives the lines that `run` prints. */
export function play(graphs: readonly RuleGraph[], events: readonly Record<string, unknown>[], nodeTypes: NodeTypes): RunLine[] {
  const session = createSession(graphs.map((graph) => compile(graph, nodeTypes)));
  let previousAt: string | undefined;
  return events.flatMap((json, index) => {
    const read = readEvent(json, { position: index + 1, previousAt });
    if (!read.ok) throw new Error(`Event ${index + 1}: ${read.path} ${read.problem.en}`);
    previousAt = read.event.at;
    return present(session.play(read.event)).map(toRunLine);
  });
}

/** A message from a client, as short as a test wants it. */
export function message(text: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'message-received', message: { text }, ...more };
}
