import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { conversationPage } from '../../../api/crm.js';
import { useLiveQuery } from '../live.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { usePages } from '../ui/use-pages.js';
import { ConversationRow } from './conversation-row.js';

/** Conversations of a contact, last written first; an open one can be answered and closed. */
export function ConversationList({ contactId }: { contactId: string }) {
  const { t } = useTranslation('crm');
  const list = usePages(['conversations'], '/api/conversations', conversationPage, { contact: contactId });
  useLiveQuery(['conversation', 'message'], ['conversations'], 2000);
  return (
    <Section title={t('contact.conversations')}>
      <ProblemAlert problem={list.error} />
      {list.isPending && <RowsSkeleton rows={2} />}
      {list.isEmpty && <Text c="dimmed">{t('contact.noConversations')}</Text>}
      <Stack gap="md">
        {list.items.map((conversation) => (
          <ConversationRow key={conversation.id} conversation={conversation} />
        ))}
      </Stack>
      <ShowMore list={list} />
    </Section>
  );
}
