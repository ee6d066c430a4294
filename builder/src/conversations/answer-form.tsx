import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answered } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useSubmit } from '../ui/use-submit.js';
import { refreshConversation } from './refresh-conversation.js';

/** What a person writes to the client of an open conversation; a text that did not go stays in the field. `onSent` hears of one that did. */
export function AnswerForm({ id, onSent }: { id: string; onSent?: () => void }) {
  const { t } = useTranslation('conversations');
  const client = useQueryClient();
  const form = useForm({ initialValues: { text: '' } });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    ({ text }) => api.post(`/api/conversations/${id}/messages`, answered, { text: text.trim() }),
    () => {
      form.reset();
      onSent?.();
      return refreshConversation(client, id);
    },
  );
  const hasText = form.values.text.trim() !== '';
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          aria-label={t('answer')}
          placeholder={t('answer')}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={20_000}
          {...form.getInputProps('text')}
          onKeyDown={(event) => {
            const isEnter = event.nativeEvent.code === 'Enter' || event.nativeEvent.code === 'NumpadEnter';
            if (!isEnter || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            if (hasText && !isSending) event.currentTarget.form?.requestSubmit();
          }}
        />
        <ProblemAlert problem={problem} fields={fields} />
        {hasText && (
          <Group gap="sm">
            <Button type="submit" size="xs" loading={isSending}>
              {t('send')}
            </Button>
            <Text size="xs" c="dimmed" visibleFrom="sm">
              {t('answerKeys')}
            </Text>
          </Group>
        )}
      </Stack>
    </form>
  );
}
