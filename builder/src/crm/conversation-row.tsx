import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Conversation } from '../../../api/crm.js';
import { AnswerForm } from '../conversations/answer-form.js';
import { ConversationActions } from '../conversations/conversation-actions.js';
import { ConversationBadges } from '../conversations/conversation-badges.js';
import { can, useMe } from '../session.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { When } from '../ui/when.js';

/** One conversation: where it stands, its last words and score; an open one is answered, asked for a score and closed here. */
export function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const mayWork = can(useMe().role, 'work');
  const { id, number, channel, status, lastMessageAt, lastText, assignee } = conversation;
  return (
    <Stack gap={6}>
      <Group gap="sm">
        <Anchor component={Link} to={`/conversations/${id}`}>
          {t('number', { number })}
        </Anchor>
        <ConversationBadges conversation={conversation} />
        {assignee && (
          <Text size="xs" c="dimmed">
            <bdi>{assignee.name}</bdi>
          </Text>
        )}
        <Anchor component={Link} size="xs" ml="auto" to={`/messages?conversation=${id}`} aria-label={t('inLogOf', { number })}>
          {t('inLog')}
        </Anchor>
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
      {mayWork && status === 'open' && <AnswerForm id={id} />}
      {mayWork && <ConversationActions id={id} isOpen={status === 'open'} />}
    </Stack>
  );
}
