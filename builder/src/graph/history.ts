import type { RuleGraph } from '../../../rules/index.js';

/** Snapshots of the graph. Steps of one typing are one entry: they share `merge`. */
export interface History {
  past: readonly RuleGraph[];
  present: RuleGraph;
  future: readonly RuleGraph[];
  /** Names what the newest entry changed, so that the next key press in the same field joins it. */
  merge?: string;
  /** Milliseconds since 1970 of the newest change. */
  changedAt: number;
}

/** Snapshots share what did not change, so many of them cost little. */
const maxEntries = 300;

/** A pause in typing that begins a new entry, in milliseconds. */
const pause = 1500;

export function startHistory(graph: RuleGraph): History {
  return { past: [], present: graph, future: [], changedAt: 0 };
}

/**
 * Records the next state of the graph; what could be redone is gone then.
 * @param change `merge` joins this change to the one before when both carry the same name and no pause lies between; `now` in ms
 */
export function record(history: History, graph: RuleGraph, change: { merge?: string; now: number }): History {
  if (graph === history.present) return history;
  const joins = change.merge !== undefined && change.merge === history.merge && change.now - history.changedAt < pause;
  const past = joins ? history.past : [...history.past, history.present].slice(-maxEntries);
  return { past, present: graph, future: [], merge: change.merge, changedAt: change.now };
}

export function undo(history: History): History {
  const previous = history.past.at(-1);
  if (!previous) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future], changedAt: 0 };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.present], present: next, future, changedAt: 0 };
}

/**
 * Puts the history on another ground: somebody else's changes come into every snapshot, so that undo takes back what its own user did and nothing of theirs.
 * @param onto gives a snapshot with those changes
 * @param present what the newest one becomes
 */
export function rebase(history: History, onto: (graph: RuleGraph) => RuleGraph, present: RuleGraph): History {
  return { past: history.past.map(onto), present, future: history.future.map(onto), changedAt: 0 };
}
