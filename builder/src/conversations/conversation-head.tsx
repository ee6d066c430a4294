import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { IconList } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Conversation } from '../../../api/crm.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { ConversationBadges } from './conversation-badges.js';
import classes from './thread.module.css';

/** Which conversation this is: its number and state, the client, the channel, who has it; the way to its rows of the log. */
export function ConversationHead({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const { id, number, contact, channel, assignee } = conversation;
  return (
    <header className={classes.head}>
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <Group gap="2px 8px">
          <Title order={1}>{t('number', { number })}</Title>
          <ConversationBadges conversation={conversation} />
        </Group>
        <Button
          component={Link}
          to={`/messages?conversation=${id}`}
          size="xs"
          variant="default"
          style={{ flex: 'none' }}
          leftSection={<IconList size={16} aria-hidden />}
          aria-label={t('inLogOf', { number })}
        >
          {t('inLog')}
        </Button>
      </Group>
      <Group gap="0 16px" mt={2}>
        <Anchor component={Link} to={`/contacts/${contact.id}`} className="client-name" style={{ overflowWrap: 'anywhere' }}>
          <bdi>{contact.name ?? t('ui:unnamed')}</bdi>
        </Anchor>
        <Group gap={6} wrap="nowrap" c="dimmed">
          <ChannelIcon kind={channel.kind} />
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {channel.name}
          </Text>
        </Group>
        {assignee && (
          <Text size="sm" c="dimmed">
            {t('assignee', { name: assignee.name })}
          </Text>
        )}
      </Group>
    </header>
  );
}
