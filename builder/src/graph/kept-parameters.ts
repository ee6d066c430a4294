import { settingAt, withParametersById, type RuleGraph } from '../../../rules/index.js';

/**
 * The graph after a change that took steps out of `before`: the parameters of steps that are gone go with them, and the others are spelt by id, because
 * places in the list of steps have moved.
 */
export function withKeptParameters(before: RuleGraph, after: RuleGraph): RuleGraph {
  const { parameters } = withParametersById(before);
  if (!parameters) return after;
  const ids = new Set(after.nodes.map(({ id }) => id));
  const kept = parameters.filter(({ path }) => ids.has(settingAt(before, path)?.node ?? ''));
  const { parameters: _, ...rest } = after;
  return kept.length === 0 ? rest : { ...rest, parameters: kept };
}
