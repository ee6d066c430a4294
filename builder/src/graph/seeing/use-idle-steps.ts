import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { RuleSet } from '../../../../api/rule-sets.js';
import { ruleSetSteps } from '../../../../api/steps.js';
import { api } from '../../api-client.js';
import type { LayerStore } from '../layers.js';
import { isIdle } from './idle.js';

/** Tells the lists which steps of the live version have not run for 30 days. Asked for once in a while: it does not change by the minute. */
export function useIdleSteps({ id, publishedVersion, enabled }: RuleSet, layers: LayerStore): void {
  const { data } = useQuery({
    queryKey: ['rule-set', id, 'steps', 30, publishedVersion],
    queryFn: () => api.get(`/api/rule-sets/${id}/steps?days=30`, ruleSetSteps),
    enabled: publishedVersion !== null && enabled,
    staleTime: 10 * 60_000,
  });
  useEffect(() => {
    const idle = (data?.items ?? []).filter((step) => step.live && isIdle(step, Date.now()));
    layers.setState({ idle: new Map(idle.map(({ node, lastAt }) => [node, lastAt])) });
  }, [data, layers]);
}
