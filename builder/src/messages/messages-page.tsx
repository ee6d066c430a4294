import { Affix, Button, Center, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowUp, IconFilterOff, IconMessages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { can, useMe } from '../session.js';
import { EmptyState } from '../ui/empty-state.js';
import { Page } from '../ui/page.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { useNow } from '../ui/use-now.js';
import { Counters } from './counters.js';
import { FilterBar } from './filter-bar.js';
import { countFilters, readFilters, toQuery, writeFilters, type MessageFilters } from './message-filters.js';
import { MessageDrawer } from './message-drawer.js';
import { MessageCards, MessageTable } from './message-table.js';
import { useMessageLog } from './use-message-log.js';

/** «Сообщения»: every message in and out, with what became of it. Filters and the open message are in the address. */
export function MessagesPage() {
  const { t } = useTranslation('messages');
  const { timezone } = useMe();
  const [address, setAddress] = useSearchParams();
  // Below that a table has no room for the text beside all that is told of it.
  const isPhone = useMediaQuery('(max-width: 74.99em)', false, { getInitialValueInEffect: false });
  const filters = readFilters(address);
  const query = toQuery(filters, timezone, useNow());
  const opened = address.get('message');
  const { log, items, waiting, hasGap, showNew } = useMessageLog(query, () => window.scrollY < 8 && !opened);
  const change = (changes: Parameters<typeof writeFilters>[1]) => setAddress(writeFilters(address, changes), { replace: true });
  const open = (id: string | null) =>
    setAddress((before) => {
      const after = new URLSearchParams(before);
      if (id) after.set('message', id);
      else after.delete('message');
      return after;
    });
  const hasNews = waiting.length > 0;
  return (
    <Page title={t('title')} actions={<Counters query={query} />}>
      <Stack gap="md">
        <FilterBar filters={filters} onChange={change} isPhone={isPhone} />
        <ProblemAlert problem={log.error} onRetry={() => void log.refetch()} />
        {log.isPending && <RowsSkeleton rows={12} />}
        {items.length > 0 && (isPhone ? <MessageCards items={items} onOpen={open} /> : <MessageTable items={items} onOpen={open} />)}
        {log.data && items.length === 0 && !hasNews && <NoMessages filters={filters} isPartly={log.hasNextPage} onChange={change} />}
        {log.hasNextPage && (
          <Center>
            <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {items.length > 0 ? t('ui:more') : t('empty.goOn')}
            </Button>
          </Center>
        )}
      </Stack>
      {hasNews && (
        <Affix position={{ top: isPhone ? 64 : 16, left: '50%' }}>
          <Button
            radius="xl"
            size="xs"
            style={{ transform: 'translateX(-50%)' }}
            leftSection={<IconArrowUp size={16} aria-hidden />}
            onClick={() => {
              void showNew();
              window.scrollTo({ top: 0 });
            }}
          >
            {hasGap ? t('reload') : t('newRows', { count: waiting.length })}
          </Button>
        </Affix>
      )}
      <MessageDrawer id={opened} onClose={() => open(null)} />
    </Page>
  );
}

function NoMessages({
  filters,
  isPartly,
  onChange,
}: {
  filters: MessageFilters;
  isPartly: boolean;
  onChange: (changes: Parameters<typeof writeFilters>[1]) => void;
}) {
  const { t } = useTranslation('messages');
  const { role } = useMe();
  if (isPartly) {
    return (
      <Text c="dimmed" ta="center" pt="xl">
        {t('empty.partly')}
      </Text>
    );
  }
  if (countFilters(filters) > 0 || !['today', 'all', '30d'].includes(filters.period)) {
    return <EmptyState icon={IconFilterOff} title={t('empty.nothing')} text={t('empty.nothingText')} />;
  }
  const mayConnect = can(role, 'manage');
  return (
    <EmptyState
      icon={IconMessages}
      title={filters.period === 'today' ? t('empty.today') : t('empty.title')}
      text={mayConnect ? `${t('empty.text')} ${t('empty.connect')}` : t('empty.text')}
    >
      {filters.period === 'today' && (
        <Button variant="default" onClick={() => onChange({ period: '30d' })}>
          {t('empty.month')}
        </Button>
      )}
      {mayConnect && (
        <Button component={Link} to="/channels">
          {t('empty.openChannels')}
        </Button>
      )}
    </EmptyState>
  );
}
