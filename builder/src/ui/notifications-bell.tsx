import { ActionIcon, Anchor, Button, Group, Indicator, Popover, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { notificationPage } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { useLiveQuery } from '../live.js';
import { ProblemAlert } from './problem-alert.js';
import { When } from './when.js';

const queryKey = ['notifications'];

/** The bell: one's own notifications, newest first, unread ones counted. */
export function NotificationsBell() {
  const { t } = useTranslation('ui');
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery({ queryKey, queryFn: () => api.get('/api/notifications?limit=30', notificationPage) });
  useLiveQuery(['notification'], queryKey);
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: (ids: string[]) => api.post('/api/notifications/read', undefined, { ids }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
  });
  const unread = data?.unread ?? 0;
  const items = data?.items ?? [];
  const unreadIds = items.filter((item) => !item.readAt).map((item) => item.id);
  return (
    <Popover opened={isOpen} onChange={setOpen} width={320} position="bottom-start" shadow="md" trapFocus>
      <Indicator disabled={unread === 0} label={unread > 99 ? '99+' : unread} size={16} offset={5} color="red.8">
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            onClick={() => setOpen(!isOpen)}
            aria-label={unread > 0 ? t('notifications.unread', { count: unread }) : t('notifications.title')}
          >
            <IconBell size={20} stroke={1.7} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0}>
        <Group justify="space-between" p="md" pb="sm">
          <Title order={2}>{t('notifications.title')}</Title>
          {unreadIds.length > 0 && (
            <Button size="compact-xs" variant="subtle" loading={read.isPending} onClick={() => read.mutate(unreadIds)}>
              {t('notifications.readAll')}
            </Button>
          )}
        </Group>
        <ProblemAlert problem={error ?? read.error} m="sm" />
        {data && items.length === 0 && (
          <Text c="dimmed" p="md" pt={0}>
            {t('notifications.empty')}
          </Text>
        )}
        <ScrollArea.Autosize mah={420} type="auto">
          <Stack gap={0} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {items.map((item) => (
              <li key={item.id} style={{ padding: '8px 12px', borderTop: '1px solid var(--mantine-color-default-border)' }}>
                <Text className="client-text" fw={item.readAt ? 400 : 600}>
                  {item.text}
                </Text>
                <Group justify="space-between" gap="sm">
                  <Text size="xs" c="dimmed">
                    <When at={item.createdAt} />
                  </Text>
                  {item.conversationId && (
                    <Anchor component={Link} size="xs" to={`/conversations/${item.conversationId}`} onClick={() => setOpen(false)}>
                      {t('notifications.open')}
                    </Anchor>
                  )}
                </Group>
              </li>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
