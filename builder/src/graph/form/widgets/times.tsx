import { ActionIcon, Button, Chip, Group, Input, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { zoneName } from '../../../../../rules/index.js';
import { useLanguage } from '../../../i18n.js';
import { addDays, toDate } from '../../../ui/times.js';
import { isDurationUnit, parseDuration, spellDuration, type DurationUnit } from '../duration.js';
import { listOf, recordOf, textOf } from '../read-value.js';
import { useFormScope, type WidgetProps } from '../widget.js';
import { zoneChoices } from '../zone-choices.js';
import { ClockInput } from './clock-input.js';
import classes from './widgets.module.css';

/** A clock time, HH:MM. */
export function ClockWidget({ value, onChange, label, help, error, required, placeholder }: WidgetProps) {
  return (
    <Input.Wrapper label={label} description={help} error={error} withAsterisk={required}>
      <ClockInput
        value={textOf(value)}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        label={label}
        placeholder={placeholder}
      />
    </Input.Wrapper>
  );
}

/** Days of the week, Monday 1; none chosen means every day. */
export function WeekdaysWidget({ value, onChange, label, help, error }: WidgetProps) {
  const { t } = useTranslation('graph');
  const { readOnly } = useFormScope();
  const chosen = listOf(value).map(textOf);
  return (
    <Input.Wrapper label={label} description={help ?? t('weekdays.help')} error={error}>
      <Chip.Group
        multiple
        value={chosen}
        onChange={(days) => onChange(days.length === 0 ? undefined : days.map(Number).sort((a, b) => a - b))}
      >
        <Group gap={4} mt={6} role="group" aria-label={label}>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <Chip key={day} value={String(day)} size="xs" radius="sm" disabled={readOnly}>
              {t(`weekdays.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

/** Stretches of the day, each from one clock time to another. */
export function IntervalsWidget({ value, onChange, label, help, error }: WidgetProps) {
  return (
    <Input.Wrapper label={label} description={help} error={error}>
      <Intervals value={value} onChange={onChange} />
    </Input.Wrapper>
  );
}

function Intervals({ value, onChange }: { value: unknown; onChange: (value: unknown) => void }) {
  const { t } = useTranslation('graph');
  const rows = listOf(value).map((row) => [textOf(listOf(row)[0]), textOf(listOf(row)[1])] as const);
  const change = (index: number, row: readonly [string, string]) => onChange(rows.with(index, row));
  return (
    <Stack gap={6} mt={6}>
      {rows.map(([from, to], index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} gap={6} wrap="nowrap">
          <ClockInput value={from} onChange={(next) => change(index, [next, to])} label={t('intervals.from', { number: index + 1 })} />
          <Text c="dimmed">–</Text>
          <ClockInput value={to} onChange={(next) => change(index, [from, next])} label={t('intervals.to', { number: index + 1 })} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('intervals.remove', { number: index + 1 })}
            onClick={() => onChange(rows.length === 1 ? undefined : rows.toSpliced(index, 1))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="default"
        size="compact-xs"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...rows, rows.length === 0 ? ['09:00', '18:00'] : ['', '']])}
      >
        {t('intervals.add')}
      </Button>
    </Stack>
  );
}

/** Days that are not like others: closed, or with hours of their own. */
export function DatesWidget({ value, onChange, label, help, error }: WidgetProps) {
  const { t } = useTranslation('graph');
  const { timezone } = useFormScope();
  const dates = recordOf(value);
  const [next, setNext] = useState('');
  const replace = (entries: [string, unknown][]) =>
    onChange(entries.length === 0 ? undefined : Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))));
  const set = (date: string, hours: unknown) => replace(Object.entries({ ...dates, [date]: hours }));
  const add = () => {
    const date = next === '' ? tomorrow(timezone) : next;
    set(date, 'closed');
    setNext('');
  };
  return (
    <Input.Wrapper label={label} description={help} error={error}>
      <Stack gap={8} mt={6}>
        {Object.entries(dates).map(([date, hours]) => (
          <div key={date} className={classes.box}>
            <Group justify="space-between" wrap="nowrap">
              <Text fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
                {date.split('-').toReversed().join('.')}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('dates.remove', { date })}
                onClick={() => replace(Object.entries(dates).filter(([other]) => other !== date))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
            <SegmentedControl
              size="xs"
              mt={6}
              aria-label={t('dates.kind', { date })}
              data={[
                { value: 'closed', label: t('dates.closed') },
                { value: 'hours', label: t('dates.hours') },
              ]}
              value={hours === 'closed' ? 'closed' : 'hours'}
              onChange={(kind) => set(date, kind === 'closed' ? 'closed' : [['10:00', '15:00']])}
            />
            {hours !== 'closed' && <Intervals value={hours} onChange={(changed) => set(date, changed ?? 'closed')} />}
          </div>
        ))}
        <Group gap={6} wrap="nowrap">
          <TextInput
            type="date"
            size="xs"
            value={next}
            aria-label={t('dates.date')}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
            {t('dates.add')}
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

function tomorrow(timezone: string): string {
  return addDays(toDate(Date.now(), timezone), 1);
}

/** An IANA time zone; empty means the graph's. */
export function ZoneWidget({ value, onChange, label, help, error }: WidgetProps) {
  const { t } = useTranslation('graph');
  const { timezone } = useFormScope();
  const language = useLanguage();
  const current = textOf(value);
  const zones = useMemo(() => zoneChoices(current, language), [current, language]);
  return (
    <Select
      label={label}
      description={help}
      error={error}
      placeholder={t('zone.graphs', { zone: zoneName(timezone)[language] })}
      data={zones}
      value={current || null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      clearable
      limit={60}
      nothingFoundMessage={t('form.nothingFound')}
    />
  );
}

const durationUnits: DurationUnit[] = ['seconds', 'minutes', 'hours', 'days'];

/** A length of time, stored as ISO 8601. One that does not fit «number and unit» is edited as it is written. */
export function DurationWidget({ value, onChange, label, help, error, required, placeholder }: WidgetProps) {
  const { t } = useTranslation('graph');
  const stored = textOf(value);
  const parts = parseDuration(stored);
  const [unit, setUnit] = useState<DurationUnit>('minutes');
  if (stored !== '' && !parts) {
    return (
      <TextInput
        label={label}
        description={help}
        error={error}
        placeholder={placeholder}
        withAsterisk={required}
        value={stored}
        onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
    );
  }
  const shown = parts?.unit ?? unit;
  return (
    <Input.Wrapper label={label} description={help} error={error} withAsterisk={required}>
      <Group gap={6} wrap="nowrap" mt={4}>
        <NumberInput
          aria-label={label}
          w={100}
          min={0}
          allowDecimal={false}
          value={parts?.count ?? ''}
          onChange={(count) => onChange(typeof count === 'number' ? spellDuration(count, shown) : undefined)}
        />
        <Select
          aria-label={t('duration.unit')}
          data={durationUnits.map((one) => ({ value: one, label: t(`duration.${one}`) }))}
          value={shown}
          allowDeselect={false}
          onChange={(next) => {
            if (!isDurationUnit(next)) return;
            setUnit(next);
            if (parts) onChange(spellDuration(parts.count, next));
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
