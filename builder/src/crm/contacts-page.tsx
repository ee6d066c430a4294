import { Anchor, Badge, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAddressBook, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { z } from 'zod';
import { contactPage, type contactRow } from '../../../api/crm.js';
import { useLiveQuery } from '../live.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { EmptyState } from '../ui/empty-state.js';
import { Page } from '../ui/page.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { SearchField } from '../ui/search-field.js';
import { ShowMore } from '../ui/show-more.js';
import { usePages } from '../ui/use-pages.js';
import { When } from '../ui/when.js';

type Row = z.infer<typeof contactRow>;

/** «Контакты»: people who wrote, newest first. */
export function ContactsPage() {
  const { t } = useTranslation('crm');
  const [address, setAddress] = useSearchParams();
  const q = address.get('q') ?? '';
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const list = usePages(['contacts'], '/api/contacts', contactPage, { q: q || undefined });
  useLiveQuery(['conversation'], ['contacts'], 3000);
  return (
    <Page title={t('contacts.title')}>
      <Stack gap="md">
        <SearchField
          label={t('contacts.search')}
          value={q}
          onSearch={(text) => setAddress(text ? { q: text } : {}, { replace: true })}
          maw={360}
        />
        <ProblemAlert problem={list.error} onRetry={list.again} />
        {list.isPending && <RowsSkeleton />}
        {list.isEmpty && (
          <EmptyState
            icon={q ? IconSearchOff : IconAddressBook}
            title={t(q ? 'contacts.nothing' : 'contacts.empty')}
            text={t(q ? 'contacts.nothingText' : 'contacts.emptyText')}
          />
        )}
        {list.items.length > 0 && (isPhone ? <Cards rows={list.items} /> : <Rows rows={list.items} />)}
        <ShowMore list={list} />
      </Stack>
    </Page>
  );
}

function Rows({ rows }: { rows: Row[] }) {
  const { t } = useTranslation('crm');
  const navigate = useNavigate();
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('contacts.name')}</Table.Th>
          <Table.Th>{t('contacts.kinds')}</Table.Th>
          <Table.Th>{t('contacts.phone')}</Table.Th>
          <Table.Th ta="right">{t('contacts.deals')}</Table.Th>
          <Table.Th>{t('contacts.lastMessage')}</Table.Th>
          <Table.Th>{t('contacts.created')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id} className="row-link" onClick={() => void navigate(`/contacts/${row.id}`)}>
            <Table.Td>
              <NameLink row={row} />
            </Table.Td>
            <Table.Td>
              <Kinds kinds={row.kinds} />
            </Table.Td>
            <Table.Td>{row.phone ?? '—'}</Table.Td>
            <Table.Td ta="right">{row.deals}</Table.Td>
            <Table.Td>
              <When at={row.lastMessageAt} />
            </Table.Td>
            <Table.Td>
              <When at={row.createdAt} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Cards({ rows }: { rows: Row[] }) {
  const { t } = useTranslation('crm');
  return (
    <Stack gap="sm">
      {rows.map((row) => (
        <Paper key={row.id} withBorder p="md">
          <Group justify="space-between" wrap="nowrap">
            <NameLink row={row} />
            <Kinds kinds={row.kinds} />
          </Group>
          <Text size="xs" c="dimmed">
            {row.phone && `${row.phone} · `}
            {t('contacts.lastMessage')}: <When at={row.lastMessageAt} />
          </Text>
        </Paper>
      ))}
    </Stack>
  );
}

function NameLink({ row: { id, name, bot } }: { row: Row }) {
  const { t } = useTranslation('crm');
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <Anchor component={Link} to={`/contacts/${id}`} truncate c="var(--mantine-color-text)" onClick={(event) => event.stopPropagation()}>
        <bdi>{name || t('ui:unnamed')}</bdi>
      </Anchor>
      {bot && <Badge color="gray">{t('contacts.bot')}</Badge>}
    </Group>
  );
}

function Kinds({ kinds }: { kinds: string[] }) {
  const { t } = useTranslation('ui');
  return (
    <Group gap={6} wrap="nowrap">
      {kinds.map((kind) => (
        <Group key={kind} gap={4} wrap="nowrap" fz="xs">
          <ChannelIcon kind={kind} />
          {t(`kinds.${kind}`, { defaultValue: kind })}
        </Group>
      ))}
    </Group>
  );
}
