import type { AwaitedAnswer } from '../effects/scene.js';
import type { RunRecord } from './batch.js';

/** The wait of a run for the answer of a node's call, as the run left it; a node of a rule set waits once in a conversation. Undefined: it does not wait. */
export function awaitedAnswer({ decision, ruleSet }: Pick<RunRecord, 'decision' | 'ruleSet'>, node: string): AwaitedAnswer | undefined {
  for (const run of decision.memory.waiting ?? []) {
    const wait = run.ruleSet === ruleSet.name && run.waits.find((one) => one.node === node && one.for === 'answer');
    if (wait) return { wait: wait.id, giveUpAt: new Date(wait.due).toISOString() };
  }
  return undefined;
}
