import { Paper, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { passedRuns } from '../../../../api/steps.js';
import { api, withQuery } from '../../api-client.js';
import { PassedList } from './passed-list.js';

/** Shorter pieces are in almost every message. */
const leastLength = 3;
/** Between keys nobody is asked. */
const pauseMs = 300;

/** Recent messages that hold the words that a graph is searched for, under the search; each leads to its way on the canvas. Nothing where there are none. */
export function FoundMessages({ ruleSetId, query }: { ruleSetId: string; query: string }) {
  const { t } = useTranslation('graph');
  const [q] = useDebouncedValue(query.trim(), pauseMs);
  const { data } = useQuery({
    queryKey: ['rule-set', ruleSetId, 'messages', q],
    queryFn: () => api.get(withQuery(`/api/rule-sets/${ruleSetId}/messages`, { q }), passedRuns),
    enabled: q.length >= leastLength,
    staleTime: 5_000,
  });
  if (q.length < leastLength || !data || data.items.length === 0) return null;
  return (
    <Paper withBorder p={6} mt={4} maw={340} shadow="sm" style={{ marginLeft: 'auto' }}>
      <Text size="xs" c="dimmed" px={8} py={2} title={t('passed.foundHelp')}>
        {t('passed.found')}
      </Text>
      <PassedList items={data.items} label={t('passed.found')} />
    </Paper>
  );
}
