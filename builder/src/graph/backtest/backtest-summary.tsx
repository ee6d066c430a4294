import { Anchor, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { backtest } from '../../../../api/backtests.js';
import type { RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { listOf } from '../../list-of.js';
import { howMuch } from './how-much.js';

/**
 * What the newest finished comparison of this draft on past messages said, before it is published; else that there is none, and the way to one. And the way to
 * a trial on live messages.
 */
export function BacktestSummary({ ruleSet }: { ruleSet: RuleSet }) {
  const { t } = useTranslation('graph');
  const { data } = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'backtests'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/backtests`, listOf(backtest)),
    staleTime: 0,
  });
  if (!data) return null;
  const last = data.find(({ status, isOutdated, version }) => status === 'done' && !isOutdated && version === ruleSet.publishedVersion);
  return (
    <div>
      <Title order={3} mb={4}>
        {t('backtest.title')}
      </Title>
      <Text size="sm">
        {last?.result ? (howMuch(last.result, 'backtest.changes', t) ?? t('backtest.noOutcome')) : t('backtest.noneYet')}
      </Text>
      <Anchor component={Link} to={`/rules/${ruleSet.id}/backtest${last ? `?shown=${last.id}` : ''}`} size="sm">
        {t(last ? 'backtest.look' : 'backtest.start')}
      </Anchor>
      {ruleSet.publishedVersion !== null && (
        <Text size="sm" mt={4}>
          {t('trial.before')}{' '}
          <Anchor component={Link} to={`/rules/${ruleSet.id}/trial`} size="sm">
            {t('trial.do')}
          </Anchor>
        </Text>
      )}
    </div>
  );
}
