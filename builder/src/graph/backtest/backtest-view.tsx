import { Accordion, Alert, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Backtest, BacktestResult } from '../../../../api/backtests.js';
import type { Directory, RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { When } from '../../ui/when.js';
import { emptyDirectory } from '../form/widget.js';
import { howMuch } from './how-much.js';
import { BacktestGroupItem } from './backtest-group.js';

interface Shown {
  ruleSet: RuleSet;
  backtest: Backtest;
  directory: Directory | undefined;
}

/** One backtest: how far it is, or what came out. */
export function BacktestView({ ruleSet, backtest, directory, onChanged }: Shown & { onChanged: () => unknown }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { status, done, total, author, createdAt, from, to, channels, result, error } = backtest;
  const names = channels?.map((id) => directory?.channels.find((channel) => channel.id === id)?.name ?? id).join(', ');
  return (
    <Stack gap="md" component="section" aria-label={t('backtest.outcome')}>
      <Text size="sm" c="dimmed">
        {t('backtest.asked', { from: spellDay(from), to: spellDay(to), channels: names ?? t('backtest.everyChannel') })} · {author},{' '}
        <When at={createdAt} />
      </Text>
      {(status === 'queued' || status === 'running') && (
        <UnderWay ruleSet={ruleSet} id={backtest.id} isQueued={status === 'queued'} done={done} total={total} onChanged={onChanged} />
      )}
      {status === 'cancelled' && <Text>{t('backtest.cancelled')}</Text>}
      {status === 'failed' && (
        <Alert color="red" variant="light" title={t('backtest.failed')}>
          {error?.[language]}
        </Alert>
      )}
      {backtest.isOutdated && status === 'done' && (
        <Alert color="yellow" variant="light">
          {t('backtest.outdated')}
        </Alert>
      )}
      {result && <Result ruleSet={ruleSet} backtest={backtest} directory={directory} result={result} />}
    </Stack>
  );
}

function UnderWay(props: { ruleSet: RuleSet; id: string; isQueued: boolean; done: number; total: number; onChanged: () => unknown }) {
  const { ruleSet, id, isQueued, done, total, onChanged } = props;
  const { t } = useTranslation('graph');
  const cancel = useMutation({
    mutationFn: () => api.post(`/api/rule-sets/${ruleSet.id}/backtests/${id}/cancel`),
    onSuccess: onChanged,
  });
  const label = isQueued ? t('backtest.queued') : t('backtest.progress', { done, total });
  return (
    <Paper withBorder p="md" radius="md">
      <Group justify="space-between" mb="xs" gap="sm">
        <Text role="status">{label}</Text>
        <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('backtest.cancel')}
        </Button>
      </Group>
      <Progress value={total > 0 ? (100 * done) / total : 0} animated aria-label={t('backtest.title')} />
      <Text size="xs" c="dimmed" mt="xs">
        {t('backtest.leave')}
      </Text>
      <ProblemAlert problem={cancel.error} mt="sm" />
    </Paper>
  );
}

function Result({ ruleSet, backtest, directory = emptyDirectory, result }: Shown & { result: BacktestResult }) {
  const { t } = useTranslation('graph');
  if (result.differ === 0) {
    return (
      <Alert color="green" variant="light" icon={<IconCircleCheck aria-hidden />} title={t('backtest.same')}>
        {t('backtest.sameText', { count: result.events })}
      </Alert>
    );
  }
  return (
    <>
      <div>
        <Title order={2} size="h3">
          {howMuch(result, 'backtest.changes', t) ?? t('backtest.noOutcome')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('backtest.counts', { events: result.events, outcomes: result.outcomes, same: result.differ - result.outcomes })}
          {result.unreadable > 0 && ` ${t('backtest.unreadable', { count: result.unreadable })}`}
        </Text>
      </div>
      <Accordion variant="separated" multiple defaultValue={['0']} radius="md">
        {result.groups.map((group, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a result never changes, and its groups go by their place
          <BacktestGroupItem
            key={place}
            name={String(place)}
            path={`/api/rule-sets/${ruleSet.id}/backtests/${backtest.id}/conversations`}
            group={group}
            directory={directory}
          />
        ))}
      </Accordion>
      {result.isCut && (
        <Text size="sm" c="dimmed">
          {t('backtest.cut')}
        </Text>
      )}
    </>
  );
}

/** A day as people write it: 02.03.2026. */
function spellDay(day: string): string {
  return day.split('-').toReversed().join('.');
}
