import { emptyMemory, readEvent, type Memory, type RuleEvent } from '../../../../rules/index.js';
import type { Run } from '../../../../api/messages.js';
import type { Chat } from './chat-move.js';

/** A run as it was recorded, as the beginning of a chat: the same event, the same state before it, the same clock. Undefined where it cannot be read. */
export function chatOfRun(run: Pick<Run, 'event' | 'memory'>): Chat | undefined {
  const event = eventOfRun(run);
  if (!event) return undefined;
  const memory: Memory = { ...emptyMemory, ...run.memory };
  return { start: event.at, moves: [{ kind: 'recorded', event }], given: { event, memory } };
}

export function eventOfRun({ event }: Pick<Run, 'event'>): RuleEvent | undefined {
  const read = readEvent(event, { position: 1 });
  return read.ok ? read.event : undefined;
}

/** Whether a path that is walked now is the one that was recorded. */
export function isSamePath(recorded: Run['trace'], now: readonly (readonly [string, string, ...unknown[]])[]): boolean {
  return recorded.length === now.length && recorded.every(({ node, port }, index) => now[index]?.[0] === node && now[index]?.[1] === port);
}
