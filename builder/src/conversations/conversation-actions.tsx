import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { scoreRequested } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { refreshConversation } from './refresh-conversation.js';

/** «Отправить NPS» comes first, then the conversation may be closed: the answer counts all the same. */
export function ConversationActions({ id, isOpen }: { id: string; isOpen: boolean }) {
  const { t } = useTranslation('conversations');
  const client = useQueryClient();
  const onSuccess = () => refreshConversation(client, id);
  const close = useMutation({ mutationFn: () => api.post(`/api/conversations/${id}/close`), onSuccess });
  const ask = useMutation({ mutationFn: () => api.post(`/api/conversations/${id}/request-score`, scoreRequested), onSuccess });
  return (
    <>
      <ProblemAlert problem={close.error ?? ask.error} />
      <Group gap="sm">
        <Button size="xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t('askScore')}
        </Button>
        {isOpen && (
          <Button size="xs" variant="default" loading={close.isPending} onClick={() => close.mutate()}>
            {t('close')}
          </Button>
        )}
        {ask.data && (
          <Text size="xs" c="dimmed" role="status">
            {t(ask.data.asked ? 'asked' : 'nobodyAsks')}
          </Text>
        )}
      </Group>
    </>
  );
}
