import type { ActiveRuleSet } from './active-rule-sets.js';

/**
 * What an event of our own making adds to what its conversation tells. The answer of a call is stored with its rule set's id, because names change, and
 * names it for the rules as it is called now.
 */
export function eventBody(
  stored: Record<string, unknown>,
  ruleSets: readonly Pick<ActiveRuleSet, 'id' | 'name'>[],
): Record<string, unknown> {
  const { ruleSetId, ...body } = stored;
  if (ruleSetId === undefined) return body;
  // One that is switched off waits for nothing, and its answer is no other's: no name is like its id.
  return { ...body, ruleSet: ruleSets.find(({ id }) => id === ruleSetId)?.name ?? ruleSetId };
}
