import { Anchor, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answered, scoreRequested, type Conversation } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { can, useMe } from '../session.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useSubmit } from '../ui/use-submit.js';
import { When } from '../ui/when.js';

const scoreColors: Record<string, string> = { promoter: 'green', passive: 'yellow', detractor: 'red' };

/** One conversation: where it stands, its last words and score; an open one is answered, asked for a score and closed here. */
export function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('crm');
  const mayWork = can(useMe().role, 'work');
  const { id, number, channel, status, lastMessageAt, lastText, score, assignee } = conversation;
  return (
    <Stack gap={6}>
      <Group gap="sm">
        <Anchor component={Link} to={`/messages?conversation=${id}`} aria-label={t('conversation.show', { number })}>
          {t('conversation.number', { number })}
        </Anchor>
        <Badge color={status === 'open' ? 'green' : 'gray'}>{t(`conversation.status.${status}`)}</Badge>
        {score && (
          <Badge color={scoreColors[score.bucket] ?? 'gray'}>{t('conversation.score', { score: score.score, scale: score.scale })}</Badge>
        )}
        {assignee && (
          <Text size="xs" c="dimmed">
            <bdi>{assignee.name}</bdi>
          </Text>
        )}
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
      {mayWork && status === 'open' && <Answer id={id} />}
      {mayWork && <Actions id={id} isOpen={status === 'open'} />}
    </Stack>
  );
}

function Answer({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const client = useQueryClient();
  const form = useForm({ initialValues: { text: '' } });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    ({ text }) => api.post(`/api/conversations/${id}/messages`, answered, { text: text.trim() }),
    () => {
      form.reset();
      return client.invalidateQueries({ queryKey: ['conversations'] });
    },
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          aria-label={t('conversation.answer')}
          placeholder={t('conversation.answer')}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={20_000}
          {...form.getInputProps('text')}
        />
        <ProblemAlert problem={problem} fields={fields} />
        {form.values.text.trim() && (
          <Group>
            <Button type="submit" size="xs" loading={isSending}>
              {t('conversation.send')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** «Отправить NPS» comes first, then the conversation may be closed: the answer counts all the same. */
function Actions({ id, isOpen }: { id: string; isOpen: boolean }) {
  const { t } = useTranslation('crm');
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['conversations'] });
  const close = useMutation({ mutationFn: () => api.post(`/api/conversations/${id}/close`), onSuccess: refresh });
  const ask = useMutation({ mutationFn: () => api.post(`/api/conversations/${id}/request-score`, scoreRequested), onSuccess: refresh });
  return (
    <>
      <ProblemAlert problem={close.error ?? ask.error} />
      <Group gap="sm">
        <Button size="xs" variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t('conversation.askScore')}
        </Button>
        {isOpen && (
          <Button size="xs" variant="default" loading={close.isPending} onClick={() => close.mutate()}>
            {t('conversation.close')}
          </Button>
        )}
        {ask.data && (
          <Text size="xs" c="dimmed" role="status">
            {t(ask.data.asked ? 'conversation.asked' : 'conversation.nobodyAsks')}
          </Text>
        )}
      </Group>
    </>
  );
}
