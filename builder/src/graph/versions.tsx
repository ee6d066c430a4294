import { useState } from 'react';
import { Badge, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { rollback, version, type RuleSet, type Version } from '../../../api/rule-sets.js';
import { pageOf } from '../../../api/page.js';
import { api, withQuery } from '../api-client.js';
import { can, useMe } from '../session.js';
import { Confirm } from '../ui/confirm.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { When } from '../ui/when.js';

/** Published versions, newest first: look at one on the canvas, or let it go live again. */
export function Versions({ ruleSet, shown, onClose }: { ruleSet: RuleSet; shown?: number; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const [asked, setAsked] = useState<Version>();
  const canPublish = can(useMe().role, 'manage');
  const versions = useInfiniteQuery({
    queryKey: ['rule-set', ruleSet.id, 'versions'],
    queryFn: ({ pageParam }) => api.get(withQuery(`/api/rule-sets/${ruleSet.id}/versions`, { cursor: pageParam }), pageOf(version)),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const known = versions.data?.pages.flatMap(({ items }) => items);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={420}
      title={t('versions.title', { name: ruleSet.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <ProblemAlert problem={versions.error} onRetry={() => void versions.refetch()} />
      {versions.isPending && <Text c="dimmed">{t('loading')}</Text>}
      {known?.length === 0 && <Text c="dimmed">{t('versions.none')}</Text>}
      <Stack gap="lg" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {known?.map((one) => (
          <Stack key={one.version} component="li" gap={4}>
            <Group gap={8}>
              <Text fw={600}>{t('versions.one', { version: one.version })}</Text>
              {one.live && (
                <Badge color="green" c="var(--mantine-color-text)">
                  {t('versions.live')}
                </Badge>
              )}
              {shown === one.version && <Badge variant="outline">{t('versions.shown')}</Badge>}
            </Group>
            <Text size="xs" c="dimmed">
              {one.author}, <When at={one.publishedAt} />
            </Text>
            {one.note && <Text size="sm">{one.note}</Text>}
            <Group gap={8} mt={2}>
              <Button
                component={Link}
                to={`/rules/${ruleSet.id}?version=${one.version}`}
                size="compact-sm"
                variant="default"
                onClick={onClose}
              >
                {t('versions.look')}
              </Button>
              {!one.live && canPublish && (
                <Button size="compact-sm" variant="default" onClick={() => setAsked(one)}>
                  {t('versions.back')}
                </Button>
              )}
            </Group>
          </Stack>
        ))}
      </Stack>
      {versions.hasNextPage && (
        <Button mt="lg" size="xs" variant="default" loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          {t('versions.more')}
        </Button>
      )}
      {asked && <RollBack ruleSet={ruleSet} version={asked.version} onClose={() => setAsked(undefined)} />}
    </Drawer>
  );
}

/** Asks once, then makes an earlier version the one that runs; the draft stays as it is. */
export function RollBack({ ruleSet, version: number, onClose }: { ruleSet: RuleSet; version: number; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const client = useQueryClient();
  return (
    <Confirm
      title={t('versions.backTitle', { name: ruleSet.name, version: number })}
      text={t('versions.backText')}
      action={t('versions.back')}
      onClose={onClose}
      onConfirm={async () => {
        await api.post(`/api/rule-sets/${ruleSet.id}/rollback`, undefined, rollback.parse({ version: number }));
        await client.invalidateQueries({ queryKey: ['rule-sets'] });
        await client.invalidateQueries({ queryKey: ['rule-set', ruleSet.id, 'versions'] });
      }}
    />
  );
}
