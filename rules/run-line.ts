import type { Effect } from './effect.js';
import type { Played } from './session.js';
import type { Decision, RunStatus, Step } from './trace.js';

/** A trace entry of a printed line: node, port, what was held back, and with several rule sets the one it belongs to. */
export type TraceEntry = [string, string, ...(string | { ruleSet: string })[]];

/** What `run` prints for one event, and what an embedded test expects a part of. */
export interface RunLine {
  event: string;
  type: string;
  at: string;
  status: RunStatus;
  effects: Effect[];
  trace: TraceEntry[];
  reason?: Decision['reason'];
  error?: Decision['error'];
}

/** Turns a decision into the line that `run` prints. Its keys stand in a fixed order, so equal decisions are equal bytes. */
export function toRunLine({ event, decision }: Pick<Played, 'event' | 'decision'>): RunLine {
  const { status, effects, trace, reason, error } = decision;
  const line: RunLine = { event: event.id, type: event.type, at: event.at, status, effects, trace: trace.map(toTraceEntry) };
  if (reason) line.reason = reason;
  if (error) line.error = error;
  return line;
}

function toTraceEntry(step: Step): TraceEntry {
  const entry: TraceEntry = [step.node, step.port];
  if (step.held) entry.push(`held: ${step.held}`);
  if (step.ruleSet !== undefined) entry.push({ ruleSet: step.ruleSet });
  return entry;
}
