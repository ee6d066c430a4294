import { useQuery } from '@tanstack/react-query';
import { release } from '../../../../api/releases.js';
import { shadow } from '../../../../api/shadows.js';
import { api } from '../../api-client.js';
import { listOf } from '../../list-of.js';
import { trialsOf, type Trial } from './trials-of.js';

/** While a shadow is under way its state is asked for so often. */
const shadowEveryMs = 3_000;
/** Less often: each answer counts all runs since the release began. */
const releaseEveryMs = 5_000;

/** What is and was tried of a rule set, as far as it is read. */
interface Trials {
  /** What is under way first, then the newest; of a list that cannot be read, none. */
  trials: Trial[];
  isPending: boolean;
  /** Why one of the lists cannot be read; null: both can. */
  problem: Error | null;
  retry: () => void;
}

/** What is and was tried of a rule set on live traffic; what is under way is asked for again and again. */
export function useTrials(ruleSetId: string): Trials {
  const every = (ms: number) => (query: { state: { data?: { status: string }[] | undefined } }) =>
    query.state.data?.some(({ status }) => status === 'active') ? ms : false;
  const shadows = useQuery({
    queryKey: ['rule-set', ruleSetId, 'shadows'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSetId}/shadows`, listOf(shadow)),
    refetchInterval: every(shadowEveryMs),
  });
  const releases = useQuery({
    queryKey: ['rule-set', ruleSetId, 'releases'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSetId}/releases`, listOf(release)),
    refetchInterval: every(releaseEveryMs),
  });
  return {
    trials: trialsOf(shadows.data ?? [], releases.data ?? []),
    isPending: shadows.isPending || releases.isPending,
    problem: shadows.error ?? releases.error,
    retry: () => void Promise.all([shadows.refetch(), releases.refetch()]),
  };
}
