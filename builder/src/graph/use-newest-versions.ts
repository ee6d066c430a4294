import { useQuery } from '@tanstack/react-query';
import { version, type Version } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { listOf } from '../list-of.js';

/** The newest versions of a rule set, candidates among them, for lists to choose from; none until they are read. */
export function useNewestVersions(ruleSetId: string): Version[] {
  const { data = [] } = useQuery({
    queryKey: ['rule-set', ruleSetId, 'versions', 'newest'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSetId}/versions`, listOf(version)),
    staleTime: 60_000,
  });
  return data;
}
