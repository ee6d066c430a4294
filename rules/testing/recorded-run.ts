import { compile, type CompiledGraph } from '../compile.js';
import { OutOfTime } from '../expressions/out-of-time.js';
import type { RuleGraph } from '../graph.js';
import { nodeTypes } from '../nodes/index.js';
import { readEvent } from '../read-event.js';
import { readGraph } from '../read-graph.js';
import { toRunLine } from '../run-line.js';
import { createSession } from '../session.js';
import { parseInstant } from '../time/instant.js';

/** All that a run depends on: the versions, the events, and how far the clock went after them. */
export interface RunInput {
  /** In order of priority, as their files hold them. */
  graphs: readonly unknown[];
  events: readonly unknown[];
  until?: string;
}

/** A run with the lines that it printed when it was recorded. */
export interface RecordedRun extends RunInput {
  name: string;
  lines: string[];
}

/**
 * Plays an input from a fresh state.
 * @param compiled its graphs made ready, for who plays many inputs of the same ones
 * @returns the lines that `run` prints
 * @throws Error for a graph or an event that is refused
 */
export async function replay(input: RunInput, compiled = compileAll(input.graphs)): Promise<string[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await playOnce(input, compiled);
    } catch (error) {
      // An expression that the wall clock stopped has decided nothing: a busy machine is no other result.
      if (!(error instanceof OutOfTime) || tries === mostTries) throw error;
    }
  }
}

const mostTries = 5;

async function playOnce({ events, until }: RunInput, compiled: readonly CompiledGraph[]): Promise<string[]> {
  const session = createSession(compiled);
  const lines: string[] = [];
  let previousAt: string | undefined;
  for (const [index, json] of events.entries()) {
    const read = readEvent(json, { position: index + 1, previousAt });
    if (!read.ok) throw new Error(`Event ${index + 1}: ${read.path} ${read.problem.en}`);
    previousAt = read.event.at;
    for (const played of await session.play(read.event)) lines.push(JSON.stringify(toRunLine(played)));
  }
  const end = until === undefined ? undefined : parseInstant(until);
  if (end !== undefined) for (const played of await session.advance(end)) lines.push(JSON.stringify(toRunLine(played)));
  return lines;
}

/** Reads and compiles graphs as their files hold them. @throws Error for one that is refused */
export function compileAll(graphs: readonly unknown[]): CompiledGraph[] {
  return graphs.map((json) => compile(readSound(json), nodeTypes));
}

function readSound(json: unknown): RuleGraph {
  const { graph, findings } = readGraph(json, nodeTypes);
  if (!graph) throw new Error(`The graph is refused: ${findings.map(({ code, path }) => `${code} ${path ?? ''}`).join(', ')}`);
  return graph;
}
