import { Anchor, Badge, Group, Paper, SegmentedControl, Select, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconBriefcase, IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { dealPage, type Deal } from '../../../api/crm.js';
import { directory } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { useLiveQuery } from '../live.js';
import { EmptyState } from '../ui/empty-state.js';
import { Page } from '../ui/page.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { SearchField } from '../ui/search-field.js';
import { ShowMore } from '../ui/show-more.js';
import { usePages } from '../ui/use-pages.js';
import { When } from '../ui/when.js';

const filters = ['q', 'pipeline', 'stage', 'open', 'contact'] as const;

/** «Сделки»: newest first, narrowed by pipeline, stage and state; the filters are in the address. */
export function DealsPage() {
  const { t } = useTranslation('crm');
  const [address, setAddress] = useSearchParams();
  const isPhone = useMediaQuery('(max-width: 61.99em)', false, { getInitialValueInEffect: false });
  const values = Object.fromEntries(filters.map((name) => [name, address.get(name) ?? undefined]));
  const isNarrowed = filters.some((name) => values[name] !== undefined);
  const list = usePages(['deals'], '/api/deals', dealPage, values);
  useLiveQuery(['deal'], ['deals'], 2000);
  const { data } = useQuery({ queryKey: ['directory'], queryFn: () => api.get('/api/directory', directory), staleTime: 60_000 });
  const change = (changes: Partial<Record<(typeof filters)[number], string | null>>) => {
    const after = new URLSearchParams(address);
    for (const [name, value] of Object.entries(changes)) {
      if (value) after.set(name, value);
      else after.delete(name);
    }
    setAddress(after, { replace: true });
  };
  const stages = data?.pipelines.find(({ name }) => name === values['pipeline'])?.stages ?? [];
  return (
    <Page title={t('deals.title')}>
      <Stack gap="md">
        <Group gap="sm">
          <SearchField label={t('deals.search')} value={values['q'] ?? ''} onSearch={(q) => change({ q })} w={{ base: '100%', sm: 280 }} />
          <Select
            aria-label={t('deals.pipeline')}
            placeholder={t('deals.anyPipeline')}
            clearable
            w={180}
            value={values['pipeline'] ?? null}
            data={(data?.pipelines ?? []).map(({ name }) => name)}
            onChange={(pipeline) => change({ pipeline, stage: null })}
          />
          {stages.length > 0 && (
            <Select
              aria-label={t('deals.stage')}
              placeholder={t('deals.anyStage')}
              clearable
              w={200}
              value={values['stage'] ?? null}
              data={stages.map(({ name }) => name)}
              onChange={(stage) => change({ stage })}
            />
          )}
          <SegmentedControl
            aria-label={t('deals.state')}
            value={values['open'] ?? ''}
            data={[
              { value: '', label: t('deals.any') },
              { value: 'true', label: t('deals.open') },
              { value: 'false', label: t('deals.closed') },
            ]}
            onChange={(open) => change({ open })}
          />
        </Group>
        <ProblemAlert problem={list.error} onRetry={list.again} />
        {list.isPending && <RowsSkeleton />}
        {list.isEmpty && (
          <EmptyState
            icon={isNarrowed ? IconFilterOff : IconBriefcase}
            title={t(isNarrowed ? 'deals.nothing' : 'deals.empty')}
            text={t(isNarrowed ? 'deals.nothingText' : 'deals.emptyText')}
          />
        )}
        {list.items.length > 0 && (isPhone ? <Cards deals={list.items} /> : <Rows deals={list.items} />)}
        <ShowMore list={list} />
      </Stack>
    </Page>
  );
}

function Rows({ deals }: { deals: Deal[] }) {
  const { t } = useTranslation('crm');
  const navigate = useNavigate();
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>№</Table.Th>
          <Table.Th>{t('deals.name')}</Table.Th>
          <Table.Th>{t('deals.contact')}</Table.Th>
          <Table.Th>{t('deals.stage')}</Table.Th>
          <Table.Th>{t('deals.responsible')}</Table.Th>
          <Table.Th>{t('deals.tags')}</Table.Th>
          <Table.Th>{t('deals.updated')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {deals.map((deal) => (
          <Table.Tr key={deal.id} className="row-link" onClick={() => void navigate(`/deals/${deal.id}`)}>
            <Table.Td>{deal.number}</Table.Td>
            <Table.Td maw={280}>
              <DealLink deal={deal} />
            </Table.Td>
            <Table.Td>
              <bdi>{deal.contact.name ?? t('ui:unnamed')}</bdi>
            </Table.Td>
            <Table.Td>
              <Stage deal={deal} />
            </Table.Td>
            <Table.Td>{deal.responsible?.name ?? t('deals.nobody')}</Table.Td>
            <Table.Td>
              <Tags tags={deal.tags} />
            </Table.Td>
            <Table.Td>
              <When at={deal.updatedAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Cards({ deals }: { deals: Deal[] }) {
  const { t } = useTranslation('crm');
  return (
    <Stack gap="sm">
      {deals.map((deal) => (
        <Paper key={deal.id} withBorder p="md">
          <Group justify="space-between" wrap="nowrap">
            <DealLink deal={deal} />
            <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              № {deal.number}
            </Text>
          </Group>
          <Text size="xs" c="dimmed" mb="sm">
            <bdi>{deal.contact.name ?? t('ui:unnamed')}</bdi> · {deal.responsible?.name ?? t('deals.nobody')} · <When at={deal.updatedAt} />
          </Text>
          <Stage deal={deal} />
          <Tags tags={deal.tags} />
        </Paper>
      ))}
    </Stack>
  );
}

function DealLink({ deal: { id, name } }: { deal: Deal }) {
  return (
    <Anchor
      component={Link}
      to={`/deals/${id}`}
      c="var(--mantine-color-text)"
      truncate
      display="block"
      onClick={(event) => event.stopPropagation()}
    >
      <bdi>{name}</bdi>
    </Anchor>
  );
}

function Stage({ deal: { pipeline, stage, open } }: { deal: Deal }) {
  const { t } = useTranslation('crm');
  return (
    <>
      <Group gap={6}>
        {stage}
        {!open && <Badge color="gray">{t('deal.isClosed')}</Badge>}
      </Group>
      <Text size="xs" c="dimmed">
        {pipeline}
      </Text>
    </>
  );
}

function Tags({ tags }: { tags: string[] }) {
  return (
    <Group gap={4}>
      {tags.map((tag) => (
        <Badge key={tag} color="gray" maw={200}>
          {tag}
        </Badge>
      ))}
    </Group>
  );
}
