import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { pipeline as pipelineShape } from '../../../api/pipelines.js';
import { api } from '../api-client.js';
import { listOf } from '../list-of.js';
import { can, useMe } from '../session.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { PipelineForm } from './pipeline-form.js';

/** The pipelines with their stages. */
export function PipelineSettings() {
  const { t } = useTranslation('settings');
  const mayManage = can(useMe().role, 'manage');
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey: ['pipelines'], queryFn: () => api.get('/api/pipelines', listOf(pipelineShape)) });
  const add = useMutation({
    mutationFn: () =>
      api.post('/api/pipelines', undefined, {
        name: freeName(
          t('pipelines.newName'),
          (data ?? []).map(({ name }) => name),
        ),
        stages: [
          { name: t('pipelines.newStages.first'), open: true },
          { name: t('pipelines.newStages.won'), open: false },
          { name: t('pipelines.newStages.lost'), open: false },
        ],
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['pipelines'] }),
  });
  return (
    <Stack gap="lg" align="stretch">
      <Text c="dimmed">{t('pipelines.text')}</Text>
      <ProblemAlert problem={error ?? add.error} />
      {!data && !error && <RowsSkeleton />}
      {data?.length === 0 && <Text>{t('pipelines.empty')}</Text>}
      {data?.map((pipeline) => (
        // Saved stages get ids and others' changes come in: the form begins anew with them.
        <PipelineForm
          key={JSON.stringify([pipeline.id, pipeline.name, pipeline.stages.map(({ id }) => id)])}
          pipeline={pipeline}
          mayManage={mayManage}
        />
      ))}
      {mayManage && data && (
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          loading={add.isPending}
          onClick={() => add.mutate()}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('pipelines.add')}
        </Button>
      )}
    </Stack>
  );
}

/** «Новая воронка», else «Новая воронка 2» and so on: names of pipelines are unique. */
function freeName(wanted: string, taken: string[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.includes(name)) return name;
  }
}
