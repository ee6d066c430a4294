import { checkGraph, checkTogether, nodeTypes, readGraph, type AccountDirectory, type Finding } from '../../rules/index.js';
import type { LiveGraphs } from './live-graphs.js';

/** Everything that reading and checking find in a draft; names are compared with the account's own. */
export function findProblems(json: unknown, account: AccountDirectory): Finding[] {
  const { graph, findings } = readGraph(json, nodeTypes);
  return graph ? checkGraph(graph, nodeTypes, account) : findings;
}

/** What a draft and the rule sets that run beside it do to each other, as far as the draft is about it; nothing while it cannot be read. */
export function findConflicts(json: unknown, name: string, account: AccountDirectory, { before, after }: LiveGraphs): Finding[] {
  const { graph } = readGraph(json, nodeTypes);
  if (!graph) return [];
  const together = checkTogether([...before, { ...graph, name }, ...after], nodeTypes, account);
  return together.filter(({ index, other }) => index === before.length || other === before.length).map((one) => one.finding);
}
