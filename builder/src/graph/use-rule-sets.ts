import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ruleSet, type RuleSet } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { listOf } from '../list-of.js';

/**
 * The account's rule sets in the order in which messages meet them.
 * @param staleTime for how many ms a list that was read is good enough; absent: as for any query
 */
export function useRuleSets({ staleTime }: { staleTime?: number } = {}): UseQueryResult<RuleSet[]> {
  return useQuery({
    queryKey: ['rule-sets'],
    queryFn: () => api.get('/api/rule-sets', listOf(ruleSet)),
    ...(staleTime !== undefined && { staleTime }),
  });
}
