import type { RuleGraph } from '../../../rules/index.js';

/** The steps of a run that stand in a graph itself: those of rule sets that it called have ids of their own, which may be the same. */
export function ownSteps<One extends { ruleSet?: string }>(trace: readonly One[], { name }: Pick<RuleGraph, 'name'>): One[] {
  return trace.filter(({ ruleSet }) => ruleSet === undefined || ruleSet === name);
}
