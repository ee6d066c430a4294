import { useState } from 'react';
import { Accordion, Alert, Badge, Button, Group, Paper, Progress, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Directory, RuleSet } from '../../../../api/rule-sets.js';
import { shadowWithLedger, type Shadow, type ShadowWithLedger } from '../../../../api/shadows.js';
import { api } from '../../api-client.js';
import { can, useMe } from '../../session.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { When } from '../../ui/when.js';
import { BacktestGroupItem } from '../backtest/backtest-group.js';
import { howMuch } from '../backtest/how-much.js';
import { comparePath } from '../compare/pair.js';
import { emptyDirectory } from '../form/widget.js';
import { PublishVersion } from './publish-version.js';

const pollMs = 3000;

interface ShadowViewProps {
  ruleSet: RuleSet;
  shadow: Shadow;
  directory: Directory | undefined;
  /** Something is tried just now. */
  isBusy: boolean;
  onChanged: () => Promise<unknown>;
}

/** One shadow: how far it is, what it would have done beside what was done, and what can be done with its version. */
export function ShadowView({ ruleSet, shadow, directory, isBusy, onChanged }: ShadowViewProps) {
  const { t } = useTranslation('graph');
  const [isPublishing, setPublishing] = useState(false);
  const canPublish = can(useMe().role, 'manage');
  const { version, baseVersion, status, author, startedAt, endsAt, endedAt, endedBy, events, mostEvents } = shadow;
  const isActive = status === 'active';
  const ledger = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'shadow', shadow.id],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/shadows/${shadow.id}`, shadowWithLedger),
    refetchInterval: isActive ? pollMs : false,
  });
  const stop = useMutation({
    mutationFn: () => api.post(`/api/rule-sets/${ruleSet.id}/shadows/${shadow.id}/stop`),
    onSuccess: onChanged,
  });
  const isLive = ruleSet.publishedVersion === version;
  const seen = ledger.data?.events ?? events;
  return (
    <Stack gap="md" component="section" aria-label={t('trial.shadowOf', { version })}>
      <Paper withBorder p="md" radius="md">
        <Group justify="space-between" gap="sm" align="flex-start">
          <div>
            <Group gap={8}>
              <Title order={2} size="h3">
                {t('trial.shadowOf', { version })}
              </Title>
              <Badge color={isActive ? 'teal' : 'gray'} c="var(--mantine-color-text)" tt="none">
                {t(`trial.state.${status}`)}
              </Badge>
            </Group>
            <Text size="sm" c="dimmed" component="div">
              {t('trial.beside', { version: baseVersion })} · {author}, <When at={startedAt} />
              {isActive ? (
                <>
                  {' · '}
                  {t('trial.endsAt')} <When at={endsAt} />
                </>
              ) : (
                endedAt && (
                  <>
                    {' · '}
                    {endedBy === null ? t('trial.endedItself') : t('trial.endedBy', { name: endedBy })} <When at={endedAt} />
                  </>
                )
              )}
            </Text>
          </div>
          <Group gap={8}>
            <Button component={Link} to={comparePath(ruleSet.id, { older: baseVersion, newer: version })} size="xs" variant="default">
              {t('compare.open')}
            </Button>
            {isActive && (
              <Button size="xs" variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
                {t('trial.stop')}
              </Button>
            )}
            {canPublish && !isLive && (isActive || !isBusy) && (
              <Button
                component={Link}
                to={`/rules/${ruleSet.id}/trial?how=release&version=${version}&shown=${shadow.id}`}
                size="xs"
                variant="default"
              >
                {t('trial.release')}
              </Button>
            )}
            {canPublish && !isLive && (
              <Button size="xs" variant={isBusy && !isActive ? 'default' : 'filled'} onClick={() => setPublishing(true)}>
                {t('trial.publish')}
              </Button>
            )}
          </Group>
        </Group>
        {isActive && (
          <>
            <Text size="sm" mt="sm" role="status">
              {t('trial.seen', { done: seen, total: mostEvents })}
            </Text>
            <Progress mt={6} value={(100 * seen) / mostEvents} aria-label={t('trial.seenLabel')} />
          </>
        )}
        <ProblemAlert problem={stop.error} mt="sm" />
      </Paper>
      <ProblemAlert problem={ledger.error} onRetry={() => void ledger.refetch()} />
      {ledger.isPending && <Skeleton h={160} />}
      {ledger.data && <Ledger ruleSet={ruleSet} ledger={ledger.data} directory={directory ?? emptyDirectory} />}
      {isPublishing && <PublishVersion ruleSet={ruleSet} version={version} onClose={() => setPublishing(false)} onPublished={onChanged} />}
    </Stack>
  );
}

function Ledger({ ruleSet, ledger, directory }: { ruleSet: RuleSet; ledger: ShadowWithLedger; directory: Directory }) {
  const { t } = useTranslation('graph');
  const { id, lines, differ, outcomes, effects, wouldCall, groups, version, baseVersion } = ledger;
  const sides = { old: t('trial.side', { version: baseVersion }), now: t('trial.side', { version }) };
  return (
    <>
      {lines === 0 ? (
        <Text c="dimmed">{t('trial.noLines')}</Text>
      ) : (
        <>
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
            <Figure label={t('trial.effects.same')} value={effects.same} />
            <Figure label={t('trial.effects.other')} value={effects.other} />
            <Figure label={t('trial.effects.live', { version: baseVersion })} value={effects.live} />
            <Figure label={t('trial.effects.shadow', { version })} value={effects.shadow} />
          </SimpleGrid>
          {differ === 0 ? (
            <Alert color="green" variant="light" icon={<IconCircleCheck aria-hidden />} title={t('trial.same')}>
              {t('trial.sameText', { count: lines })}
            </Alert>
          ) : (
            <div>
              <Title order={3}>{howMuch(ledger, 'trial.differs', t) ?? t('backtest.noOutcome')}</Title>
              <Text size="sm" c="dimmed">
                {t('trial.counts', { lines, outcomes, same: differ - outcomes })}
                {wouldCall > 0 && ` ${t('trial.wouldCall', { count: wouldCall })}`}
              </Text>
            </div>
          )}
          <Accordion variant="separated" multiple radius="md">
            {groups.map((group) => (
              <BacktestGroupItem
                key={group.key}
                name={group.key}
                path={`/api/rule-sets/${ruleSet.id}/shadows/${id}/conversations`}
                group={group}
                directory={directory}
                sides={sides}
              />
            ))}
          </Accordion>
        </>
      )}
    </>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <Paper withBorder p="sm" radius="md">
      <Text size="xl" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
    </Paper>
  );
}
