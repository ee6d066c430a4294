import { Anchor, Badge, Group, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { z } from 'zod';
import { deal as dealShape, type changeDeal, type Deal } from '../../../api/crm.js';
import { directory } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { useLiveQuery } from '../live.js';
import { can, useMe } from '../session.js';
import { isUnknownAddress } from '../ui/is-unknown-address.js';
import { NotFoundPage } from '../ui/not-found-page.js';
import { Page } from '../ui/page.js';
import { PageSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { toFieldErrors } from '../ui/problem-text.js';
import { Section } from '../ui/section.js';
import { When } from '../ui/when.js';
import { ConversationList } from './conversation-list.js';
import { NoteList } from './note-list.js';
import { OwnFields } from './own-fields.js';
import { TaskList } from './task-list.js';

type Change = z.infer<typeof changeDeal>;

/** One deal: stage, responsible and tags change at once; tasks, notes and the client's conversations beside. */
export function DealPage() {
  const { t } = useTranslation('crm');
  const { id = '' } = useParams();
  const queryKey = ['deal', id];
  const { data, error, refetch } = useQuery({ queryKey, queryFn: () => api.get(`/api/deals/${id}`, dealShape) });
  useLiveQuery(['deal'], queryKey);
  if (isUnknownAddress(error)) return <NotFoundPage />;
  if (error) {
    return (
      <Page title={t('deals.title')} width={720}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) return <PageSkeleton />;
  return (
    <Page title={data.name} width={1200}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
        <Stack gap="lg">
          <DealFields key={data.id} deal={data} />
          <Section title={t('deal.fields')}>
            <OwnFields fields={data.fields} none={t('deal.noFields')} />
          </Section>
          <ConversationList contactId={data.contact.id} />
        </Stack>
        <Stack gap="lg">
          <TaskList of={{ deal: id }} />
          <NoteList contactId={data.contact.id} dealId={id} />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

function DealFields({ deal }: { deal: Deal }) {
  const { t } = useTranslation('crm');
  const language = useLanguage();
  const client = useQueryClient();
  const mayWork = can(useMe().role, 'work');
  const { data } = useQuery({ queryKey: ['directory'], queryFn: () => api.get('/api/directory', directory), staleTime: 60_000 });
  const change = useMutation({
    mutationFn: (changes: Change) => api.patch(`/api/deals/${deal.id}`, undefined, changes),
    onSettled: () => client.invalidateQueries({ queryKey: ['deal', deal.id] }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deals'] }),
  });
  const errors = toFieldErrors(change.error, language);
  // What was chosen is shown until the answer comes.
  const shown = { ...deal, ...(change.isPending ? change.variables : {}) };
  const pipelines = data?.pipelines ?? [{ name: deal.pipeline, stages: [{ name: deal.stage, open: deal.open }] }];
  const stages = pipelines.find(({ name }) => name === shown.pipeline)?.stages ?? [];
  const users = data?.users ?? (deal.responsible ? [deal.responsible] : []);
  const responsibleId =
    change.isPending && change.variables.responsibleId !== undefined ? change.variables.responsibleId : (deal.responsible?.id ?? null);
  return (
    <Section
      title={t('deal.number', { number: deal.number })}
      actions={<Badge color={deal.open ? 'green' : 'gray'}>{t(deal.open ? 'deal.isOpen' : 'deal.isClosed')}</Badge>}
    >
      <Stack gap="md">
        <Text>
          {t('deal.client')}:{' '}
          <Anchor component={Link} to={`/contacts/${deal.contact.id}`}>
            <bdi>{deal.contact.name ?? t('ui:unnamed')}</bdi>
          </Anchor>
        </Text>
        <DealName key={deal.name} name={deal.name} mayWork={mayWork} error={errors['name']} onChange={(name) => change.mutate({ name })} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <Select
            label={t('deals.pipeline')}
            data={pipelines.map(({ name }) => name)}
            value={shown.pipeline}
            error={errors['pipeline']}
            allowDeselect={false}
            disabled={!mayWork}
            onChange={(pipeline) => {
              const first = pipelines.find(({ name }) => name === pipeline)?.stages[0];
              if (pipeline && first && pipeline !== deal.pipeline) change.mutate({ pipeline, stage: first.name });
            }}
          />
          <Select
            label={t('deals.stage')}
            data={stages.map(({ name }) => name)}
            value={shown.stage}
            error={errors['stage']}
            allowDeselect={false}
            disabled={!mayWork}
            onChange={(stage) => stage && stage !== deal.stage && change.mutate({ pipeline: shown.pipeline, stage })}
          />
        </SimpleGrid>
        <Select
          label={t('deals.responsible')}
          placeholder={t('deals.nobody')}
          data={users.map(({ id, name }) => ({ value: id, label: name }))}
          value={responsibleId}
          error={errors['responsibleId']}
          searchable
          clearable
          disabled={!mayWork}
          onChange={(id) => change.mutate({ responsibleId: id })}
        />
        <TagsInput
          label={t('deals.tags')}
          placeholder={mayWork ? t('deal.tagsHelp') : ''}
          value={shown.tags ?? deal.tags}
          error={errors['tags']}
          maxTags={100}
          disabled={!mayWork}
          onChange={(tags) => change.mutate({ tags })}
        />
        <ProblemAlert problem={change.error} fields={['name', 'pipeline', 'stage', 'responsibleId', 'tags']} />
        <Group gap="lg" fz="xs" c="dimmed">
          <span>
            {t('deal.created')} <When at={deal.createdAt} />
          </span>
          {deal.closedAt && (
            <span>
              {t('deal.closed')} <When at={deal.closedAt} />
            </span>
          )}
          <span role="status">{change.isPending ? t('deal.saving') : change.isSuccess ? t('ui:saved') : ''}</span>
        </Group>
      </Stack>
    </Section>
  );
}

/** Saved when the field is left or Enter is pressed. */
function DealName({
  name,
  mayWork,
  error,
  onChange,
}: {
  name: string;
  mayWork: boolean;
  error: string | undefined;
  onChange: (name: string) => void;
}) {
  const { t } = useTranslation('crm');
  const [typed, setTyped] = useState(name);
  const save = () => {
    const trimmed = typed.trim();
    if (!trimmed) setTyped(name);
    else if (trimmed !== name) onChange(trimmed);
  };
  return (
    <TextInput
      label={t('deal.name')}
      value={typed}
      maxLength={200}
      error={error}
      disabled={!mayWork}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
