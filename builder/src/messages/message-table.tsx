import { Anchor, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Message } from '../../../api/messages.js';
import { useLanguage } from '../i18n.js';
import { useMe } from '../session.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { formatTime } from '../ui/times.js';
import { When } from '../ui/when.js';
import { MessageContent } from './message-content.js';
import { Delivery, ExportStatuses, Reason, SentBy } from './statuses.js';

interface Rows {
  items: Message[];
  onOpen: (id: string) => void;
}

/** The log as a dense table; where it is narrow, a channel is its sign alone. A row opens by a click anywhere or by its time, which is a button. */
export function MessageTable({ items, onOpen }: Rows) {
  const { t } = useTranslation('messages');
  return (
    <Table highlightOnHover stickyHeader layout="fixed" verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={124}>{t('columns.at')}</Table.Th>
          <Table.Th w={{ base: 44, xl: 150 }} title={t('columns.channel')}>
            <Text span inherit visibleFrom="xl">
              {t('columns.channel')}
            </Text>
          </Table.Th>
          <Table.Th w={150}>{t('columns.client')}</Table.Th>
          <Table.Th>{t('columns.text')}</Table.Th>
          <Table.Th w={104}>{t('columns.context')}</Table.Th>
          <Table.Th w={236}>{t('columns.export')}</Table.Th>
          <Table.Th w={174}>{t('columns.delivery')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((message) => (
          <Table.Tr key={message.id} className="row-link" onClick={() => onOpen(message.id)} style={{ verticalAlign: 'top' }}>
            <Table.Td>
              <OpenButton message={message} onOpen={onOpen} />
              <ConversationLink conversation={message.conversation} />
            </Table.Td>
            <Table.Td aria-label={message.channel.name}>
              <Group gap={6} wrap="nowrap" title={message.channel.name}>
                <ChannelIcon kind={message.channel.kind} />
                <Text truncate visibleFrom="xl">
                  {message.channel.name}
                </Text>
              </Group>
            </Table.Td>
            <Table.Td>
              <ClientName contact={message.contact} />
            </Table.Td>
            <Table.Td>
              <MessageContent message={message} />
            </Table.Td>
            <Table.Td>
              <Context message={message} />
            </Table.Td>
            <Table.Td>
              <Stack gap={4} align="flex-start">
                <ExportStatuses message={message} />
                <Reason message={message} />
                <SentBy message={message} isShort />
              </Stack>
            </Table.Td>
            <Table.Td>
              <Stack gap={4} align="flex-start">
                {message.delivery && <Delivery delivery={message.delivery} />}
              </Stack>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The same for a phone: a card a message. */
export function MessageCards({ items, onOpen }: Rows) {
  return (
    <Stack gap="sm">
      {items.map((message) => (
        <Paper key={message.id} withBorder p="md" className="row-link" onClick={() => onOpen(message.id)}>
          <Group justify="space-between" gap="sm" mb={4}>
            <OpenButton message={message} onOpen={onOpen} />
            <Group gap={6} wrap="nowrap" c="dimmed" fz="xs" maw="60%">
              <ChannelIcon kind={message.channel.kind} />
              <Text size="xs" truncate>
                {message.channel.name}
              </Text>
              <Context message={message} />
            </Group>
          </Group>
          <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
            <ClientName contact={message.contact} />
            <ConversationLink conversation={message.conversation} />
          </Group>
          <MessageContent message={message} lines={4} />
          <Group gap={6} mt="sm">
            <ExportStatuses message={message} />
            {message.delivery && <Delivery delivery={message.delivery} />}
          </Group>
          <Reason message={message} />
          <SentBy message={message} isShort />
        </Paper>
      ))}
    </Stack>
  );
}

function OpenButton({ message, onOpen }: { message: Message; onOpen: (id: string) => void }) {
  const { t } = useTranslation('messages');
  const language = useLanguage();
  const { timezone } = useMe();
  const client = message.contact.name ?? message.contact.username ?? t('ui:unnamed');
  return (
    <Anchor
      component="button"
      type="button"
      c="var(--mantine-color-text)"
      aria-label={t('openRow', { client, time: formatTime(message.at, { language, timezone }) })}
      onClick={(event) => {
        event.stopPropagation();
        onOpen(message.id);
      }}
    >
      <When at={message.at} />
    </Anchor>
  );
}

/** «№ 12», which opens the conversation; a press does not open the message. */
function ConversationLink({ conversation: { id, number } }: { conversation: Message['conversation'] }) {
  const { t } = useTranslation('messages');
  return (
    <Anchor
      component={Link}
      to={`/conversations/${id}`}
      display="block"
      w="fit-content"
      style={{ flex: 'none' }}
      size="xs"
      c="dimmed"
      underline="always"
      aria-label={t('openConversation', { number })}
      onClick={(event) => event.stopPropagation()}
    >
      № {number}
    </Anchor>
  );
}

function ClientName({ contact: { name, username, phone } }: { contact: Message['contact'] }) {
  const { t } = useTranslation('ui');
  const second = username ? `@${username}` : phone;
  return (
    <div style={{ minWidth: 0 }}>
      <Text truncate className="client-name" title={name ?? undefined}>
        <bdi>{name ?? (second ? '' : t('unnamed'))}</bdi>
      </Text>
      {second && (
        <Text size="xs" c="dimmed" truncate>
          <bdi>{second}</bdi>
        </Text>
      )}
    </div>
  );
}

/** «(вх)» or «(исх)», with who wrote a sent one. */
function Context({ message: { direction, origin, kind } }: { message: Message }) {
  const { t } = useTranslation('messages');
  return (
    <Text size="xs" c="dimmed" title={t(`context.${direction}Long`)}>
      {kind === 'comment' && `${t('kind.comment')} `}
      {t(`context.${direction}`)}
      {direction === 'out' && ` ${t(`origin.${origin}`, { defaultValue: origin })}`}
    </Text>
  );
}
