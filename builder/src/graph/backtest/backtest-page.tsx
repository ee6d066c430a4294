import { Paper, Select, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconRouteOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { backtest } from '../../../../api/backtests.js';
import { api } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { listOf } from '../../list-of.js';
import { useMe } from '../../session.js';
import { EmptyState } from '../../ui/empty-state.js';
import { usePageTitle } from '../../ui/page.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { formatFullTime } from '../../ui/times.js';
import { BesideCanvas } from '../beside-canvas.js';
import { useAllDirectory } from '../use-directory.js';
import { useRuleSets } from '../use-rule-sets.js';
import { BacktestView } from './backtest-view.js';
import { NewBacktest } from './new-backtest.js';

/** While one is under way its progress is asked for so often. */
const pollMs = 1000;

/** A rule set's draft tried on recorded messages beside what is live; `?shown=…` names the backtest to look at, else it is the newest. */
export function BacktestPage() {
  const { id = '' } = useParams();
  const [query, setQuery] = useSearchParams();
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { timezone } = useMe();
  const client = useQueryClient();
  const sets = useRuleSets();
  const directory = useAllDirectory();
  const tests = useQuery({
    queryKey: ['rule-set', id, 'backtests'],
    queryFn: () => api.get(`/api/rule-sets/${id}/backtests`, listOf(backtest)),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? pollMs : false),
  });
  const ruleSet = sets.data?.find((one) => one.id === id);
  usePageTitle(ruleSet ? `${t('backtest.title')}: ${ruleSet.name}` : t('backtest.title'));

  if (sets.isPending || tests.isPending) return <Skeleton h="70vh" m="md" />;
  if (!sets.data) return <ProblemAlert problem={sets.error} onRetry={() => void sets.refetch()} m="md" />;
  if (!ruleSet) return <EmptyState icon={IconRouteOff} title={t('list.missing')} text={t('list.missingText')} />;
  const known = tests.data ?? [];
  const shown = known.find((one) => one.id === query.get('shown')) ?? known[0];
  const show = (id: string) => setQuery({ shown: id }, { replace: true });
  const again = () => client.invalidateQueries({ queryKey: ['rule-set', id, 'backtests'] });
  return (
    <BesideCanvas
      ruleSetId={id}
      title={t('backtest.title')}
      about={t(ruleSet.publishedVersion === null ? 'backtest.aboutNew' : 'backtest.about', {
        name: ruleSet.name,
        version: ruleSet.publishedVersion,
      })}
    >
      <Paper withBorder p="md" radius="md">
        <NewBacktest
          ruleSet={ruleSet}
          directory={directory}
          isBusy={known.some(isUnderWay)}
          onStarted={(started) => {
            show(started);
            void again();
          }}
        />
      </Paper>
      <ProblemAlert problem={tests.error} onRetry={() => void tests.refetch()} />
      {known.length > 1 && (
        <Select
          label={t('backtest.earlier')}
          maw={420}
          allowDeselect={false}
          value={shown?.id ?? null}
          onChange={(chosen) => chosen && show(chosen)}
          data={known.map((one) => ({
            value: one.id,
            label: t('backtest.one', {
              at: formatFullTime(one.createdAt, { language, timezone }),
              state: t(`backtest.state.${one.status}`),
            }),
          }))}
        />
      )}
      {shown && <BacktestView key={shown.id} ruleSet={ruleSet} backtest={shown} directory={directory} onChanged={again} />}
    </BesideCanvas>
  );
}

function isUnderWay({ status }: { status: string }): boolean {
  return status === 'queued' || status === 'running';
}
