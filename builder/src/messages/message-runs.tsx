import { Button, Group, List, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { run, type Message, type Run } from '../../../api/messages.js';
import { directory } from '../../../api/rule-sets.js';
import { api, withQuery } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { listOf } from '../list-of.js';
import { can, useMe } from '../session.js';
import { ownHalf } from '../ui/own-half.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { effectDetail } from './effect-text.js';
import { StatusBadge } from './statuses.js';

/** What each rule set decided about a message, with what it did and the way to the run on its canvas. */
export function MessageRuns({ messageId, sentBy }: { messageId: string } & Pick<Message, 'sentBy'>) {
  const { t } = useTranslation('messages');
  const { data, error, refetch } = useQuery({
    queryKey: ['message-runs', messageId],
    queryFn: () => api.get(`/api/messages/${messageId}/runs`, listOf(run)),
  });
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={2} />;
  if (data.length === 0) return <Text c="dimmed">{t('drawer.noRuns')}</Text>;
  return (
    <Stack gap="sm">
      {data.map((item) => (
        <OneRun key={item.id} run={item} messageId={messageId} sender={sentBy?.run === item.id ? sentBy.node : undefined} />
      ))}
    </Stack>
  );
}

/** `sender` is the step that sent the message that is shown. */
function OneRun({ run, messageId: shown, sender }: { run: Run; messageId: string; sender: string | undefined }) {
  const { id, ruleSet, version, status, reason, error, effects, decisive, titles } = run;
  // A reply is shown with the run that sent it, which is the run of the message that it answers.
  const messageId = run.messageId ?? shown;
  const language = useLanguage();
  const { t } = useTranslation('messages');
  const { role } = useMe();
  const { data } = useQuery({ queryKey: ['directory'], queryFn: () => api.get('/api/directory', directory), staleTime: 60_000 });
  const nameOf = (userId: string) =>
    data?.users.find((user) => user.id === userId)?.name ?? t(`recipient.${userId}`, { defaultValue: userId });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="sm" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Text fw={600}>{ruleSet.name}</Text>
          <Text size="xs" c="dimmed">
            {t('drawer.version', { version })}
          </Text>
        </div>
        {can(role, 'readRules') && (
          <Button
            component={Link}
            to={withQuery(`/rules/${ruleSet.id}`, { version, run: id, message: messageId, at: sender })}
            size="xs"
            variant="light"
            leftSection={<IconRoute size={16} aria-hidden />}
          >
            {t('drawer.why')}
          </Button>
        )}
      </Group>
      {can(role, 'readRules') && run.messageId && (
        <Group gap={6} mt="sm">
          <Button
            component={Link}
            to={withQuery(`/rules/${ruleSet.id}`, { version, run: id, message: messageId, at: sender, differ: 'yes' })}
            size="compact-xs"
            variant="default"
          >
            {t('drawer.differ')}
          </Button>
          <Button
            component={Link}
            to={withQuery(`/rules/${ruleSet.id}`, { try: id, message: messageId })}
            size="compact-xs"
            variant="default"
          >
            {t('drawer.openRun')}
          </Button>
          {can(role, 'editRules') && (
            <Button
              component={Link}
              to={withQuery(`/rules/${ruleSet.id}`, { test: id, message: messageId })}
              size="compact-xs"
              variant="default"
            >
              {t('drawer.makeTest')}
            </Button>
          )}
        </Group>
      )}
      <Stack gap={4} mt="sm" align="flex-start">
        <StatusBadge status={status} />
        {decisive && <Decisive decisive={decisive} text={error?.text ?? reason?.text} />}
      </Stack>
      {effects.length === 0 ? (
        <Text c="dimmed" mt="sm">
          {t('drawer.noEffects')}
        </Text>
      ) : (
        <List size="sm" mt="sm" spacing={4}>
          {effects.map(({ node, type, body, outcome, detail }, index) => (
            // eslint-disable-next-line react/no-array-index-key -- a node may ask for one thing twice
            <List.Item key={`${node} ${index}`}>
              <Text span c={outcome === 'skipped' ? 'dimmed' : undefined}>
                {t(`effect.${type}`, { defaultValue: type })}
              </Text>{' '}
              <Text span size="xs" c="dimmed">
                {titles[node] && t('drawer.byStep', { title: titles[node][language] })}
              </Text>{' '}
              <span className="client-text">{effectDetail({ type, ...body }, nameOf)}</span>
              {outcome === 'skipped' && (
                <Text span size="xs" c="dimmed">
                  {' '}
                  — {t('drawer.skipped')}
                  {detail && `: ${ownHalf(detail, language)}`}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
      )}
    </Paper>
  );
}

/** The step that decided, by its name, with why it went as it did and what an admin or an error said there. */
function Decisive({ decisive: { title, because }, text }: { decisive: NonNullable<Run['decisive']>; text: string | undefined }) {
  const { t } = useTranslation('messages');
  const language = useLanguage();
  return (
    <Text size="xs" c="dimmed" className="client-text">
      {t('drawer.decided', { title: title[language] })}
      {because && `: ${because[language]}`}
      {text && ` — ${text}`}
    </Text>
  );
}
