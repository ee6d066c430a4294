import { Group, Skeleton, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { messageCounts } from '../../../api/messages.js';
import { api, withQuery } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { useLiveQuery } from '../live.js';

const shown = ['inbound', 'outbound', 'contacts', 'filtered', 'failed'] as const;

/** The counters above the log, of the same filters. */
export function Counters({ query }: { query: Record<string, string | undefined> }) {
  const { t } = useTranslation('messages');
  const language = useLanguage();
  const queryKey = ['message-counts', query];
  const { data } = useQuery({
    queryKey,
    queryFn: () => api.get(withQuery('/api/messages/counts', query), messageCounts),
    placeholderData: keepPreviousData,
  });
  useLiveQuery(['message'], queryKey, 2000);
  return (
    <Group gap="8px 24px" className="figures">
      {shown.map((name) => (
        <Group key={name} gap={6} align="baseline" wrap="nowrap">
          <Text fz={20} fw={600} c={name === 'failed' && data?.failed ? 'var(--mantine-color-error)' : undefined}>
            {data ? `${data[name].toLocaleString(language)}${data.partial ? '+' : ''}` : <Skeleton w={28} h={20} display="inline-block" />}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`counters.${name}`)}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
