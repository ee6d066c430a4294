import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { conversationPage } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { useLiveQuery } from '../live.js';
import { can, useMe } from '../session.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { usePages } from '../ui/use-pages.js';
import { When } from '../ui/when.js';

/** Conversations of a contact, last written first; an open one can be closed. */
export function ConversationList({ contactId }: { contactId: string }) {
  const { t } = useTranslation('crm');
  const client = useQueryClient();
  const mayWork = can(useMe().role, 'work');
  const list = usePages(['conversations'], '/api/conversations', conversationPage, { contact: contactId });
  useLiveQuery(['conversation', 'message'], ['conversations'], 2000);
  const close = useMutation({
    mutationFn: (id: string) => api.post(`/api/conversations/${id}/close`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['conversations'] }),
  });
  return (
    <Section title={t('contact.conversations')}>
      <ProblemAlert problem={list.error ?? close.error} />
      {list.isPending && <RowsSkeleton rows={2} />}
      {list.isEmpty && <Text c="dimmed">{t('contact.noConversations')}</Text>}
      <Stack gap="md">
        {list.items.map(({ id, number, channel, status, lastMessageAt, lastText }) => (
          <Group key={id} justify="space-between" wrap="nowrap" align="flex-start">
            <div style={{ minWidth: 0 }}>
              <Group gap="sm">
                <Anchor component={Link} to={`/messages?conversation=${id}`} aria-label={t('conversation.show', { number })}>
                  {t('conversation.number', { number })}
                </Anchor>
                <Badge color={status === 'open' ? 'green' : 'gray'}>{t(`conversation.status.${status}`)}</Badge>
              </Group>
              <Group gap={6} fz="xs" c="dimmed" wrap="nowrap" align="flex-start">
                <ChannelIcon kind={channel.kind} />
                <span>
                  {channel.name} · <When at={lastMessageAt} />
                </span>
              </Group>
              {lastText && (
                <Text truncate c="dimmed">
                  <bdi>{lastText}</bdi>
                </Text>
              )}
            </div>
            {mayWork && status === 'open' && (
              <Button
                size="xs"
                variant="default"
                style={{ flex: 'none' }}
                loading={close.isPending && close.variables === id}
                onClick={() => close.mutate(id)}
              >
                {t('conversation.close')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
      <ShowMore list={list} />
    </Section>
  );
}
