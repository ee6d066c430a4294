import { Anchor, Button, Code, Drawer, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconRefresh } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import { messageDetail } from '../../../api/messages.js';
import { api } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { useLive } from '../live.js';
import { can, useMe } from '../session.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { ClientText } from '../ui/client-text.js';
import { Confirm } from '../ui/confirm.js';
import { ownHalf } from '../ui/own-half.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { When } from '../ui/when.js';
import { AttachmentList } from './message-content.js';
import { MessageRuns } from './message-runs.js';
import { Delivery, Reason, SentBy, StatusBadge } from './statuses.js';
import { exportReason } from './step-name.js';

type Detail = z.infer<typeof messageDetail>;

interface MessageDrawerProps {
  /** Null: closed. */
  id: string | null;
  /** Its conversation stands behind the drawer. */
  isInConversation?: boolean;
  onClose: () => void;
}

/** One message with all that is known of it: text, exports, delivery attempts, runs. */
export function MessageDrawer({ id, isInConversation = false, onClose }: MessageDrawerProps) {
  const { t } = useTranslation('messages');
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size={480}
      title={t('drawer.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      styles={{ title: { fontWeight: 600 } }}
    >
      {id && <Content id={id} isInConversation={isInConversation} />}
    </Drawer>
  );
}

function Content({ id, isInConversation }: { id: string; isInConversation: boolean }) {
  const language = useLanguage();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['message', id], queryFn: () => api.get(`/api/messages/${id}`, messageDetail) });
  useLive(['message'], (change) => {
    if (change.id !== undefined && change.id !== id) return;
    void client.invalidateQueries({ queryKey: ['message', id] });
    void client.invalidateQueries({ queryKey: ['message-runs', id] });
  });
  const { t } = useTranslation('messages');
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton />;
  return (
    <Stack gap="xl">
      <Head message={data} isInConversation={isInConversation} />
      <Part title={t('drawer.runs')}>
        <MessageRuns messageId={id} sentBy={data.sentBy} />
      </Part>
      {data.direction === 'in' && (
        <Part title={t('drawer.exports')}>
          {data.exports.length === 0 && <Text c="dimmed">{t('drawer.noExports')}</Text>}
          <Stack gap="sm">
            {data.exports.map(({ crm, status, at, attempts, reason }) => (
              <div key={crm}>
                <Group gap="sm">
                  <Text>{crm}</Text>
                  <StatusBadge status={status} of="export" />
                  <Text size="xs" c="dimmed">
                    <When at={at} />
                    {attempts > 1 && `, ${t('attempts', { count: attempts })}`}
                  </Text>
                </Group>
                {reason && (
                  <Text size="xs" c="dimmed" className="client-text">
                    {exportReason(reason, data.reason, language)}
                  </Text>
                )}
              </div>
            ))}
          </Stack>
        </Part>
      )}
      {data.delivery && <DeliveryPart message={data} delivery={data.delivery} />}
      <Part title={t('drawer.ids')}>
        <Text size="xs" c="dimmed">
          {t('drawer.ours')} <Code>{data.id}</Code>
        </Text>
        {data.externalId && (
          <Text size="xs" c="dimmed">
            {t('drawer.theirs')} <Code style={{ overflowWrap: 'anywhere' }}>{data.externalId}</Code>
          </Text>
        )}
      </Part>
    </Stack>
  );
}

function Head({ message, isInConversation }: { message: Detail; isInConversation: boolean }) {
  const { t } = useTranslation('messages');
  const { contact, conversation, channel, direction } = message;
  return (
    <Stack gap="sm">
      <Group gap={6} c="dimmed" fz="xs">
        <ChannelIcon kind={channel.kind} />
        <span>
          {channel.name} {t(`context.${direction}`)} · {t('conversation', { number: conversation.number })} · <When at={message.at} />
        </span>
      </Group>
      <Text fw={600}>
        <bdi>{contact.name ?? contact.username ?? contact.phone ?? t('ui:unnamed')}</bdi>
      </Text>
      <Paper withBorder p="md" bg="var(--page-ground)">
        {message.text ? <ClientText text={message.text} /> : <Text c="dimmed">{t('noText')}</Text>}
        {message.attachments.length > 0 && <AttachmentList attachments={message.attachments} />}
        {(message.editedAt ?? message.deletedAt) && (
          <Text size="xs" c="dimmed" mt="sm">
            {t(message.deletedAt ? 'deleted' : 'edited')} <When at={message.deletedAt ?? message.editedAt} />
          </Text>
        )}
      </Paper>
      <Reason message={message} />
      <SentBy message={message} />
      <Group gap="4px 16px">
        <Anchor component={Link} to={`/contacts/${contact.id}`}>
          {t('drawer.openContact')}
        </Anchor>
        {!isInConversation && (
          <Anchor component={Link} to={`/conversations/${conversation.id}?at=${message.id}`}>
            {t('drawer.openConversation')}
          </Anchor>
        )}
        <Anchor component={Link} to={`/messages?conversation=${conversation.id}`}>
          {t('drawer.onlyConversation')}
        </Anchor>
      </Group>
    </Stack>
  );
}

function DeliveryPart({ message, delivery }: { message: Detail; delivery: NonNullable<Detail['delivery']> }) {
  const { t } = useTranslation('messages');
  const language = useLanguage();
  const { role } = useMe();
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const send = async () => {
    await api.post(`/api/messages/${message.id}/resend`);
    await client.invalidateQueries({ queryKey: ['message', message.id] });
  };
  const resend = useMutation({ mutationFn: send });
  const mayResend = can(role, 'work') && (delivery.status === 'failed' || delivery.status === 'unknown');
  return (
    <Part title={t('drawer.delivery')}>
      <Stack gap="sm" align="flex-start">
        <Delivery delivery={delivery} />
        <List size="sm" spacing={4}>
          {message.deliveryAttempts.map(({ attempt, startedAt, finishedAt, outcome, detail }) => (
            <List.Item key={attempt}>
              {t('drawer.attempt', { number: attempt })}, <When at={startedAt} />:{' '}
              {finishedAt && outcome ? t(`attemptOutcome.${outcome}`, { defaultValue: outcome }) : t('drawer.going')}
              {detail && (
                <Text size="xs" c="dimmed" className="client-text">
                  {ownHalf(detail, language)}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
        <ProblemAlert problem={resend.error} />
        {mayResend && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={resend.isPending}
            onClick={() => (delivery.status === 'unknown' ? setAsks(true) : resend.mutate())}
          >
            {t('drawer.resend')}
          </Button>
        )}
      </Stack>
      {asks && (
        <Confirm
          title={t('drawer.resendUnknown')}
          text={t('drawer.resendUnknownText', { client: message.contact.name ?? message.contact.username ?? t('ui:unnamed') })}
          action={t('drawer.resend')}
          onConfirm={send}
          onClose={() => setAsks(false)}
        />
      )}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
