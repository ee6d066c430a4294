import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ruleSet as ruleSetSchema, versionWithGraph, type RuleSet } from '../../../api/rule-sets.js';
import type { RuleGraph } from '../../../rules/index.js';
import { api } from '../api-client.js';
import { listOf } from '../list-of.js';
import { useLiveQuery } from '../live.js';
import { toGraph } from './to-graph.js';

/** A rule set that takes messages now, with the graph of its published version; without one where this version of the page cannot read it. */
export interface LiveGraph {
  ruleSet: RuleSet;
  version: number;
  graph: RuleGraph | undefined;
}

/** All graphs that take messages now, in the order in which a message meets them; anew when a rule set changes. */
export function useLiveGraphs() {
  const client = useQueryClient();
  useLiveQuery(['rule-set'], queryKey);
  return useQuery({ queryKey, queryFn: () => gather(client) });
}

const queryKey = ['live-graphs'];

async function gather(client: QueryClient): Promise<LiveGraph[]> {
  const ruleSets = await api.get('/api/rule-sets', listOf(ruleSetSchema));
  const found = await Promise.all(
    ruleSets.map(async (ruleSet): Promise<LiveGraph[]> => {
      const { id, enabled, publishedVersion: version } = ruleSet;
      if (version === null || !enabled) return [];
      const { graph } = await client.ensureQueryData({
        queryKey: ['version-graph', id, version],
        queryFn: () => api.get(`/api/rule-sets/${id}/versions/${version}`, versionWithGraph),
        // A version never changes.
        staleTime: Infinity,
      });
      return [{ ruleSet, version, graph: toGraph(graph) }];
    }),
  );
  return found.flat();
}
