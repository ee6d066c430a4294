import { Badge, Button, Center, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { channelLogEntry, quarantinePage, type Channel } from '../../../api/channels.js';
import { pageOf } from '../../../api/page.js';
import { api, withQuery } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { useLiveQuery } from '../live.js';
import { ownHalf } from '../ui/own-half.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { When } from '../ui/when.js';

const logPage = z.union([pageOf(channelLogEntry), z.array(channelLogEntry).transform((items) => ({ items, nextCursor: null }))]);
const colors = { info: 'gray', warning: 'yellow', error: 'red' } as const;

/** What the admin should know of a channel, newest first. */
export function ChannelLog({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const language = useLanguage();
  const queryKey = ['channel-log', channel.id];
  const log = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => api.get(withQuery(`/api/channels/${channel.id}/log`, { cursor: pageParam }), logPage),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  useLiveQuery(['channel'], queryKey);
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="md">
      <ProblemAlert problem={log.error} onRetry={() => void log.refetch()} />
      {log.isPending && <RowsSkeleton />}
      {log.data && items.length === 0 && <Text c="dimmed">{t('logEmpty')}</Text>}
      {items.map(({ id, at, level, text }) => (
        <div key={id}>
          <Group gap="sm">
            <Badge color={colors[level]}>{t(`level.${level}`)}</Badge>
            <Text size="xs" c="dimmed">
              <When at={at} />
            </Text>
          </Group>
          <Text className="client-text">{ownHalf(text, language)}</Text>
        </div>
      ))}
      <More hasMore={log.hasNextPage} isLoading={log.isFetchingNextPage} onMore={() => void log.fetchNextPage()} />
    </Stack>
  );
}

/** Requests that were taken and not understood; their bodies are shown as text. */
export function Quarantine({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const language = useLanguage();
  const client = useQueryClient();
  const queryKey = ['quarantine', channel.id];
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => api.get(withQuery(`/api/channels/${channel.id}/quarantine`, { cursor: pageParam }), quarantinePage),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const retry = useMutation({
    mutationFn: (id: string) => api.post(`/api/quarantine/${id}/retry`),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey }), client.invalidateQueries({ queryKey: ['channels'] })]),
  });
  useLiveQuery(['channel'], queryKey);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('quarantineText')}</Text>
      <ProblemAlert problem={list.error ?? retry.error} />
      {list.isPending && <RowsSkeleton />}
      {list.data && items.length === 0 && <Text>{t('quarantineEmpty')}</Text>}
      {items.map(({ id, receivedAt, error, body, bytes }) => (
        <Paper key={id} withBorder p="md">
          <Group justify="space-between" mb="sm" gap="sm">
            <Text size="xs" c="dimmed">
              <When at={receivedAt} /> · {t('bytes', { count: bytes })}
            </Text>
            <Button size="xs" variant="default" loading={retry.isPending && retry.variables === id} onClick={() => retry.mutate(id)}>
              {t('retry')}
            </Button>
          </Group>
          <Text className="client-text" mb="sm">
            {ownHalf(error, language)}
          </Text>
          <Code block mah={240} style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0}>
            {body}
          </Code>
        </Paper>
      ))}
      <More hasMore={list.hasNextPage} isLoading={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </Stack>
  );
}

function More({ hasMore, isLoading, onMore }: { hasMore: boolean; isLoading: boolean; onMore: () => void }) {
  const { t } = useTranslation('ui');
  if (!hasMore) return null;
  return (
    <Center>
      <Button variant="default" loading={isLoading} onClick={onMore}>
        {t('more')}
      </Button>
    </Center>
  );
}
