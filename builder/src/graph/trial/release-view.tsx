import { useState } from 'react';
import { Alert, Badge, Button, Group, NumberInput, Paper, Stack, Table, Text, Timeline, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { releaseMetrics, type Release, type ReleaseReason } from '../../../../api/releases.js';
import type { RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { can, useMe } from '../../session.js';
import { Confirm } from '../../ui/confirm.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { When } from '../../ui/when.js';
import { comparePath } from '../compare/pair.js';
import { partOf, spellShare } from './part-of.js';

/** Shares that are one press away. */
const steps = [10, 25, 50, 100] as const;

interface ReleaseViewProps {
  ruleSet: RuleSet;
  release: Release;
  onChanged: () => Promise<unknown>;
}

/** One release: who gets the version, what both versions did meanwhile, what happened to it, and what can be done. */
export function ReleaseView({ ruleSet, release, onChanged }: ReleaseViewProps) {
  const { t } = useTranslation('graph');
  const [isFinishing, setFinishing] = useState(false);
  const canManage = can(useMe().role, 'manage');
  const { version, baseVersion, share, status, author, startedAt, figures, reason } = release;
  const isActive = status === 'active';
  const path = `/api/rule-sets/${ruleSet.id}/releases/${release.id}`;
  const takeBack = useMutation({ mutationFn: () => api.post(`${path}/return`), onSuccess: onChanged });
  return (
    <Stack gap="md" component="section" aria-label={t('trial.releaseOf', { version })}>
      <Paper withBorder p="md" radius="md">
        <Group justify="space-between" gap="sm" align="flex-start">
          <div>
            <Group gap={8}>
              <Title order={2} size="h3">
                {t('trial.releaseOf', { version })}
              </Title>
              <Badge
                color={isActive ? 'teal' : status === 'stopped' ? 'red' : 'gray'}
                c="var(--mantine-color-text)"
                variant="light"
                tt="none"
              >
                {isActive ? t('trial.onShare', { share }) : t(`trial.state.${status}`)}
              </Badge>
            </Group>
            <Text size="sm" c="dimmed" component="div">
              {t('trial.othersGet', { version: baseVersion })} · {author}, <When at={startedAt} />
            </Text>
          </div>
          <Group gap={8}>
            <Button component={Link} to={comparePath(ruleSet.id, { older: baseVersion, newer: version })} size="xs" variant="default">
              {t('compare.open')}
            </Button>
            {isActive && canManage && (
              <>
                <Button size="xs" variant="default" loading={takeBack.isPending} onClick={() => takeBack.mutate()}>
                  {t('trial.return')}
                </Button>
                <Button size="xs" onClick={() => setFinishing(true)}>
                  {t('trial.finish')}
                </Button>
              </>
            )}
          </Group>
        </Group>
        <ProblemAlert problem={takeBack.error} mt="sm" />
        {isActive && canManage && <ShareForm path={path} share={share} onChanged={onChanged} />}
      </Paper>
      {reason && <Stopped reason={reason} />}
      {figures && <Figures release={release} figures={figures} />}
      <History release={release} />
      {isFinishing && (
        <Confirm
          title={t('trial.finishTitle', { name: ruleSet.name, version })}
          text={t('trial.finishText')}
          action={t('trial.finishDo')}
          onClose={() => setFinishing(false)}
          onConfirm={async () => {
            await api.post(`${path}/finish`);
            await onChanged();
          }}
        />
      )}
    </Stack>
  );
}

function ShareForm({ path, share, onChanged }: { path: string; share: number; onChanged: () => Promise<unknown> }) {
  const { t } = useTranslation('graph');
  const [wanted, setWanted] = useState<number | string>(share);
  const change = useMutation({
    mutationFn: (next: number) => api.post(`${path}/share`, undefined, { share: next }),
    onSuccess: onChanged,
  });
  const next = Number(wanted);
  const isShare = Number.isInteger(next) && next >= 1 && next <= 100;
  const press = (step: number) => {
    setWanted(step);
    change.mutate(step);
  };
  return (
    <>
      <Group gap="sm" mt="md" align="flex-end">
        <NumberInput
          label={t('trial.share')}
          suffix=" %"
          min={1}
          max={100}
          allowDecimal={false}
          w={130}
          value={wanted}
          onChange={setWanted}
        />
        <Button variant="default" loading={change.isPending} disabled={!isShare || next === share} onClick={() => change.mutate(next)}>
          {t('trial.changeShare')}
        </Button>
        <Group gap={6} role="group" aria-label={t('trial.steps')}>
          {steps
            .filter((step) => step > share)
            .map((step) => (
              <Button key={step} size="compact-sm" variant="default" disabled={change.isPending} onClick={() => press(step)}>
                {step} %
              </Button>
            ))}
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mt={6}>
        {t('trial.shareHelp')}
      </Text>
      <ProblemAlert problem={change.error} mt="sm" />
    </>
  );
}

function Stopped({ reason }: { reason: ReleaseReason }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  return (
    <Alert color="red" variant="light" title={t('trial.stopped')}>
      {t('trial.stoppedText', {
        metric: t(`trial.metric.${reason.metric}`),
        is: spellShare(reason.new, language),
        was: spellShare(reason.old, language),
        points: reason.above,
      })}
    </Alert>
  );
}

function Figures({ release, figures: { old, new: now } }: { release: Release; figures: NonNullable<Release['figures']> }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { version, baseVersion, limits } = release;
  return (
    <div>
      <Title order={3} mb={6}>
        {t('trial.figures')}
      </Title>
      <Table.ScrollContainer minWidth={320} tabIndex={0} aria-label={t('trial.figures')} role="region">
        <Table verticalSpacing={6} style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th aria-label={t('trial.what')} />
              <Table.Th>{t('trial.side', { version: baseVersion })}</Table.Th>
              <Table.Th>{t('trial.side', { version })}</Table.Th>
              <Table.Th>{t('trial.limit')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {(['contacts', 'runs'] as const).map((count) => (
              <Table.Tr key={count}>
                <Table.Th scope="row" fw={400}>
                  {t(`trial.${count}`)}
                </Table.Th>
                <Table.Td>{old[count]}</Table.Td>
                <Table.Td>{now[count]}</Table.Td>
                <Table.Td />
              </Table.Tr>
            ))}
            {releaseMetrics.map((metric) => {
              const [was, is] = [partOf(metric, old), partOf(metric, now)];
              const points = limits.above[metric];
              return (
                <Table.Tr key={metric}>
                  <Table.Th scope="row" fw={400}>
                    {t(`trial.metric.${metric}`)}
                  </Table.Th>
                  {[was, is].map((part, place) => (
                    // oxlint-disable-next-line react/no-array-index-key -- the two sides have no other name than their place
                    <Table.Td key={place}>
                      {spellShare(part, language)}{' '}
                      <Text span size="xs" c="dimmed">
                        {t('trial.of', { part: part.count, of: part.of })}
                      </Text>
                    </Table.Td>
                  ))}
                  <Table.Td>{points === undefined ? t('trial.notWatched') : `+${points}${t('trial.pointsShort')}`}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt={4}>
        {t('trial.figuresHelp', { least: limits.least })}
      </Text>
    </div>
  );
}

function History({ release: { history } }: { release: Release }) {
  const { t } = useTranslation('graph');
  return (
    <div>
      <Title order={3} mb="sm">
        {t('trial.history')}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={history.length}>
        {history.map((step) => (
          <Timeline.Item key={`${step.at} ${step.what}`} title={t(`trial.step.${step.what}`, { share: step.share })}>
            <Text size="xs" c="dimmed" component="div">
              {step.by ?? t('trial.itself')}, <When at={step.at} />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </div>
  );
}
