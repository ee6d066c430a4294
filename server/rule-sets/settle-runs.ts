import type { WaitingChoice } from '../../api/publishing.js';
import type { SuspendedRun } from '../../rules/index.js';

/** What is to become of the waiting runs of one rule set. */
export interface Settlement {
  /** The rule set's id, as memories name it. */
  ruleSet: string;
  /** The version that runs move to. */
  to: number;
  /** Of a step of a version; undefined where nothing was said: it finishes. */
  choiceOf: (version: number, node: string) => WaitingChoice | undefined;
  /** Whether the new version has the step, and of the same type. */
  canMove: (version: number, node: string) => boolean;
}

export interface SettledRuns {
  waiting: SuspendedRun[];
  moved: number;
  /** Waits that ended, by the step in which they were. */
  handedOver: { version: number; node: string }[];
  /** Runs that were to move and could not. */
  stayed: number;
}

/**
 * Applies the choices to the waiting runs of one conversation. A run moves as a whole, so it stays on its version while it waits in another step that is to
 * finish there, or that the new version does not have.
 */
export function settleRuns(waiting: readonly SuspendedRun[], { ruleSet, to, choiceOf, canMove }: Settlement): SettledRuns {
  const settled: SettledRuns = { waiting: [], moved: 0, handedOver: [], stayed: 0 };
  for (const run of waiting) {
    const { version } = run;
    if (run.ruleSet !== ruleSet || version === undefined || version === to) {
      settled.waiting.push(run);
      continue;
    }
    const choice = (node: string) => choiceOf(version, node) ?? 'finish';
    const ended = run.waits.filter(({ node }) => choice(node) === 'hand-over');
    const left = run.waits.filter((wait) => !ended.includes(wait));
    settled.handedOver.push(...ended.map(({ node }) => ({ version, node })));
    if (left.length === 0) continue;
    const shouldMove = left.some(({ node }) => choice(node) === 'move');
    const moves = shouldMove && left.every(({ node }) => choice(node) === 'move' && canMove(version, node));
    if (moves) settled.moved += 1;
    else if (shouldMove) settled.stayed += 1;
    settled.waiting.push(moves ? { ...run, version: to, waits: left } : ended.length > 0 ? { ...run, waits: left } : run);
  }
  return settled;
}
