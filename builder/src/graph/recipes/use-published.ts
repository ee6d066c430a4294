import { useQueries, useQuery } from '@tanstack/react-query';
import { ruleSet as ruleSetShape, versionWithGraph, type RuleSet } from '../../../../api/rule-sets.js';
import type { RuleGraph } from '../../../../rules/index.js';
import { api } from '../../api-client.js';
import { listOf } from '../../list-of.js';
import { useLiveQuery } from '../../live.js';
import { toGraph } from '../to-graph.js';

/** A rule set with the graph that is live; without one where this version of the page cannot read it. */
export interface Published {
  ruleSet: RuleSet;
  graph: RuleGraph | undefined;
}

/** All live graphs in the order in which a message meets them; undefined until all are there. */
export function usePublished(): { sets?: Published[]; problem: unknown; retry: () => void } {
  const list = useQuery({ queryKey: ['rule-sets'], queryFn: () => api.get('/api/rule-sets', listOf(ruleSetShape)) });
  useLiveQuery(['rule-set'], ['rule-sets']);
  const live = (list.data ?? []).filter(({ enabled, publishedVersion }) => enabled && publishedVersion !== null);
  const versions = useQueries({
    queries: live.map(({ id, publishedVersion }) => ({
      queryKey: ['rule-set', id, 'version', publishedVersion, 'graph'],
      queryFn: () => api.get(`/api/rule-sets/${id}/versions/${publishedVersion}`, versionWithGraph),
      // A version never changes.
      staleTime: Infinity,
    })),
  });
  const failed = versions.find(({ error }) => error);
  const sets = live.flatMap((ruleSet, index): Published[] => {
    const version = versions[index]?.data;
    return version ? [{ ruleSet, graph: toGraph(version.graph) }] : [];
  });
  return {
    sets: list.data && sets.length === live.length ? sets : undefined,
    problem: list.error ?? failed?.error,
    retry: () => void (list.error ? list.refetch() : failed?.refetch()),
  };
}
