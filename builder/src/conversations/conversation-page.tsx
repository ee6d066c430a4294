import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { conversation as conversationShape, type Conversation } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { MessageDrawer } from '../messages/message-drawer.js';
import { useMessageLog } from '../messages/use-message-log.js';
import { can, useMe } from '../session.js';
import { isUnknownAddress } from '../ui/is-unknown-address.js';
import { NotFoundPage } from '../ui/not-found-page.js';
import { Page, usePageTitle } from '../ui/page.js';
import { PageSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { AnswerForm } from './answer-form.js';
import { ConversationActions } from './conversation-actions.js';
import { ConversationHead } from './conversation-head.js';
import { Thread } from './thread.js';
import classes from './thread.module.css';
import { useLiveConversation } from './use-live-conversation.js';
import { useThreadScroll } from './use-thread-scroll.js';

/**
 * One conversation as its client sees it, with what he does not: who or what wrote each message, and why. `?message=` opens what is known of a message,
 * `?at=` only brings it into sight.
 */
export function ConversationPage() {
  const { t } = useTranslation('conversations');
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['conversation', id],
    queryFn: () => api.get(`/api/conversations/${id}`, conversationShape),
  });
  useLiveConversation(id);
  // 422 is an address that holds no id at all.
  if (isUnknownAddress(error)) return <NotFoundPage />;
  if (data) return <Opened key={id} conversation={data} />;
  if (!error) return <PageSkeleton />;
  return (
    <Page title={t('title')} width={720}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
    </Page>
  );
}

function Opened({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const { id, number, status } = conversation;
  const [address, setAddress] = useSearchParams();
  const opened = address.get('message');
  const wanted = opened ?? address.get('at');
  const thread = useMessageLog({ conversation: id }, always);
  const scroll = useThreadScroll({ first: thread.items.at(-1)?.id, last: thread.items[0]?.id, wanted });
  const mayWork = can(useMe().role, 'work');
  usePageTitle(t('number', { number }));
  const open = useCallback(
    (message: string | null) =>
      setAddress((before) => {
        const after = new URLSearchParams(before);
        after.delete('at');
        // The message stays in sight when what is known of it is closed.
        const last = after.get('message');
        after.delete('message');
        if (message) after.set('message', message);
        else if (last) after.set('at', last);
        return after;
      }),
    [setAddress],
  );
  return (
    <div className={classes.page}>
      <ConversationHead conversation={conversation} />
      <Thread thread={thread} wanted={wanted} scroll={scroll} onWhy={open} />
      {mayWork && (
        <Stack className={classes.foot} gap="sm" align="stretch">
          {status === 'open' ? (
            <AnswerForm
              id={id}
              onSent={() => {
                thread.look();
                scroll.toEnd();
              }}
            />
          ) : (
            <Text c="dimmed">{t('isClosed')}</Text>
          )}
          <ConversationActions id={id} isOpen={status === 'open'} />
        </Stack>
      )}
      <MessageDrawer id={opened} isInConversation onClose={() => open(null)} />
    </div>
  );
}

/** New messages join the thread as they come: they stand below what is read and move nothing. */
const always = () => true;
