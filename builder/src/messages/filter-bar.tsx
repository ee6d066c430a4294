import { Button, Collapse, Group, Pill, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { useMe } from '../session.js';
import { SearchField } from '../ui/search-field.js';
import { addDays, toDate } from '../ui/times.js';
import { useNow } from '../ui/use-now.js';
import { countFilters, statuses, type MessageFilters } from './message-filters.js';
import { daysOf, namedPeriods } from './period.js';

/** The calendar is a fifth of the page's code and is rarely opened. */
const DayRange = lazy(() => import('./day-range.js'));

interface Bar {
  filters: MessageFilters;
  onChange: (changes: Partial<Record<keyof MessageFilters, string | undefined>>) => void;
  isPhone: boolean;
}

/** What the log is narrowed to, in one bar; on a phone behind a button, the search stays. */
export function FilterBar({ filters, onChange, isPhone }: Bar) {
  const { t } = useTranslation('messages');
  const [isOpen, setOpen] = useState(false);
  const count = countFilters(filters);
  return (
    <search aria-label={t('filters.bar')}>
      <Group gap="sm" align="flex-end">
        <SearchField
          label={t('filters.search')}
          value={filters.q ?? ''}
          onSearch={(q) => onChange({ q })}
          flex={1}
          miw={180}
          maw={isPhone ? undefined : 320}
        />
        {isPhone ? (
          <Button
            variant="default"
            leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
            onClick={() => setOpen(!isOpen)}
            aria-expanded={isOpen}
          >
            {t('filters.open')}
            {count > 0 && ` · ${count}`}
          </Button>
        ) : (
          <Choices filters={filters} onChange={onChange} />
        )}
      </Group>
      {isPhone && (
        <Collapse expanded={isOpen} pt="sm">
          <Group gap="sm" grow preventGrowOverflow={false}>
            <Choices filters={filters} onChange={onChange} />
          </Group>
        </Collapse>
      )}
    </search>
  );
}

function Choices({ filters, onChange }: Omit<Bar, 'isPhone'>) {
  const { t } = useTranslation('messages');
  const { timezone } = useMe();
  const { data } = useQuery({ queryKey: ['directory'], queryFn: () => api.get('/api/directory', directory), staleTime: 60_000 });
  const days = daysOf(filters.period);
  const today = toDate(useNow(), timezone);
  const count = countFilters(filters);
  return (
    <>
      <Select
        aria-label={t('filters.period')}
        w={150}
        allowDeselect={false}
        value={days ? 'range' : filters.period}
        data={[...namedPeriods, 'range'].map((value) => ({ value, label: t(`period.${value}`) }))}
        onChange={(value) => onChange({ period: value === 'range' ? `${addDays(today, -6)}..${today}` : (value ?? undefined) })}
      />
      {days && (
        <Suspense fallback={null}>
          <DayRange label={t('filters.range')} days={days} onChange={(period) => onChange({ period })} />
        </Suspense>
      )}
      <Select
        aria-label={t('filters.channel')}
        w={170}
        clearable
        searchable
        placeholder={t('filters.anyChannel')}
        value={filters.channel ?? null}
        data={(data?.channels ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(channel) => onChange({ channel: channel ?? undefined })}
      />
      <Select
        aria-label={t('filters.direction')}
        w={165}
        clearable
        placeholder={t('filters.anyDirection')}
        value={filters.direction ?? null}
        data={(['in', 'out'] as const).map((value) => ({ value, label: t(`filters.${value}`) }))}
        onChange={(direction) => onChange({ direction: direction ?? undefined })}
      />
      <Select
        aria-label={t('filters.status')}
        w={170}
        clearable
        placeholder={t('filters.anyStatus')}
        value={filters.status ?? null}
        data={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
        onChange={(status) => onChange({ status: status ?? undefined })}
      />
      {(['contact', 'conversation'] as const).map(
        (name) =>
          filters[name] && (
            <Pill
              key={name}
              size="md"
              withRemoveButton
              onRemove={() => onChange({ [name]: undefined })}
              removeButtonProps={{ 'aria-label': t('filters.reset') }}
            >
              {t(`filters.${name}`)}
            </Pill>
          ),
      )}
      {count > 0 && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={16} aria-hidden />}
          onClick={() =>
            onChange({
              channel: undefined,
              contact: undefined,
              conversation: undefined,
              direction: undefined,
              status: undefined,
              q: undefined,
            })
          }
        >
          {t('filters.reset')}
        </Button>
      )}
    </>
  );
}
