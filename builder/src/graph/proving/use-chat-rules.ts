import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { RuleGraph } from '../../../../rules/index.js';
import { ruleSet as ruleSetSchema, versionWithGraph, type RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { listOf } from '../../list-of.js';
import { recordOf, textOf } from '../form/read-value.js';
import { useRuleGraph } from '../graph-store.js';
import { toGraph } from '../to-graph.js';
import type { ChatRules } from './chat.js';

/** The draft under its rule set's name, with the published graphs that it runs as steps. */
export function useChatRules(ruleSet: Pick<RuleSet, 'id' | 'name'>): ChatRules {
  const graph = useRuleGraph();
  const names = calledBy(graph).join('\n');
  const { data: others = none } = useQuery({
    queryKey: ['called-rules', ruleSet.id, names],
    queryFn: () => gatherCalled(names.split('\n'), ruleSet.name),
    enabled: names !== '',
    staleTime: 60_000,
  });
  return useMemo(
    () => ({ graph: graph.name === ruleSet.name ? graph : { ...graph, name: ruleSet.name }, others }),
    [graph, others, ruleSet.name],
  );
}

const none: readonly RuleGraph[] = [];

/** The live graphs of these names, and of those that they call; what is not published is left out, as it would not run. */
async function gatherCalled(names: readonly string[], own: string): Promise<RuleGraph[]> {
  const ruleSets = await api.get('/api/rule-sets', listOf(ruleSetSchema));
  const found = new Map<string, RuleGraph>();
  const wanted = [...names];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const ruleSet = ruleSets.find((one) => one.name === name);
    if (name === own || found.has(name) || ruleSet?.publishedVersion == null) continue;
    const version = await api.get(`/api/rule-sets/${ruleSet.id}/versions/${ruleSet.publishedVersion}`, versionWithGraph);
    const graph = toGraph(version.graph);
    if (!graph) continue;
    found.set(name, { ...graph, name });
    wanted.push(...calledBy(graph));
  }
  return [...found.values()];
}

function calledBy(graph: RuleGraph): string[] {
  const names = graph.nodes.filter(({ type }) => type === 'call').map(({ settings }) => textOf(recordOf(settings)['ruleSet']));
  return [...new Set(names.filter((name) => name !== ''))].toSorted();
}
