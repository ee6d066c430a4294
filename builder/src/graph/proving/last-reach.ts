import { useQuery } from '@tanstack/react-query';
import { backtest, type Backtest } from '../../../../api/backtests.js';
import { api } from '../../api-client.js';
import { listOf } from '../../list-of.js';
import type { Reach } from './play-tests.js';

/** What the newest backtest that is over reached. */
export interface LastReach {
  /** Undefined when none is over. */
  reached: Reach | undefined;
  /** The draft has changed since. */
  isOutdated: boolean;
}

/** What the newest backtest of a rule set reached; undefined until it is read, and while nobody asks. */
export function useLastReach(ruleSetId: string, isAsked: boolean): LastReach | undefined {
  const { data } = useQuery({
    queryKey: ['rule-set', ruleSetId, 'backtests'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSetId}/backtests`, listOf(backtest)),
    enabled: isAsked,
    staleTime: 0,
    select: lastReach,
  });
  return isAsked ? data : undefined;
}

/** @param backtests the newest first */
export function lastReach(backtests: readonly Backtest[]): LastReach {
  const last = backtests.find(({ result }) => result?.reached !== undefined);
  return { reached: last?.result?.reached, isOutdated: last?.isOutdated ?? false };
}
