import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { taskPage, type Task } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { useLiveQuery } from '../live.js';
import { can, useMe } from '../session.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { useNow } from '../ui/use-now.js';
import { usePages } from '../ui/use-pages.js';
import { When } from '../ui/when.js';

/** Tasks of a contact or of a deal, open ones first. */
export function TaskList({ of }: { of: { contact?: string; deal?: string } }) {
  const { t } = useTranslation('crm');
  const client = useQueryClient();
  const mayWork = can(useMe().role, 'work');
  const list = usePages(['tasks'], '/api/tasks', taskPage, of);
  useLiveQuery(['task'], ['tasks']);
  const done = useMutation({
    mutationFn: (id: string) => api.post(`/api/tasks/${id}/done`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
  return (
    <Section title={t('tasks.title')}>
      <ProblemAlert problem={list.error ?? done.error} />
      {list.isPending && <RowsSkeleton rows={2} />}
      {list.isEmpty && <Text c="dimmed">{t('tasks.none')}</Text>}
      <Stack gap="sm">
        {list.items.map((task) => (
          <Group key={task.id} justify="space-between" wrap="nowrap" align="flex-start">
            <div style={{ minWidth: 0 }}>
              <Text className="client-text" td={task.doneAt ? 'line-through' : undefined} c={task.doneAt ? 'dimmed' : undefined}>
                {task.text}
              </Text>
              <TaskTimes task={task} />
            </div>
            {mayWork && !task.doneAt && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconCheck size={16} aria-hidden />}
                aria-label={t('tasks.doneLabel', { text: task.text })}
                loading={done.isPending && done.variables === task.id}
                onClick={() => done.mutate(task.id)}
              >
                {t('tasks.done')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
      <ShowMore list={list} />
    </Section>
  );
}

function TaskTimes({ task: { dueAt, doneAt, assignee } }: { task: Task }) {
  const { t } = useTranslation('crm');
  const now = useNow();
  const isOverdue = !doneAt && Date.parse(dueAt) < now;
  return (
    <Group gap="sm" fz="xs" c="dimmed">
      {assignee && <bdi>{assignee.name}</bdi>}
      <span>
        {t(doneAt ? 'tasks.doneAt' : 'tasks.due')} <When at={doneAt ?? dueAt} />
      </span>
      {isOverdue && <Badge color="red">{t('tasks.overdue')}</Badge>}
    </Group>
  );
}
