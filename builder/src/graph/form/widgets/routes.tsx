import { ActionIcon, Button, Group, Input, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconPlus, IconTable, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useState, type ReactNode } from 'react';
import { valueLabel } from '../../../../../rules/index.js';
import { useLanguage } from '../../../i18n.js';
import { copyText } from '../../copy-text.js';
import { listOf, recordOf, textOf, withoutEmpty } from '../read-value.js';
import { PasteRoutes } from '../table/paste-routes.js';
import { writeRoutes, type RouteColumn } from '../table/routes-table.js';
import { useFormScope, type WidgetProps } from '../widget.js';
import { stagesOf, withUnknown } from './names.js';
import classes from './widgets.module.css';

type Row = Record<string, unknown>;

/** Where deals go: a table of rows of which the first that matches wins. It can be pasted from a spreadsheet and copied to one. */
export function RoutesWidget({ value, onChange, label, help, error }: WidgetProps) {
  const { t } = useTranslation('graph');
  const { directory } = useFormScope();
  const [isPasting, setPasting] = useState(false);
  const rows = listOf(value).map(recordOf);
  const nameOf = (name: RouteColumn | 'direct' | 'comments') =>
    t(name === 'direct' || name === 'comments' ? `routes.${name}` : `table.column.${name}`);
  const swap = (index: number, other: number) => {
    const [row, neighbour] = [rows[index], rows[other]];
    if (row && neighbour) onChange(rows.with(index, neighbour).with(other, row));
  };
  return (
    <Input.Wrapper label={label} description={help} error={error}>
      <Stack gap={8} mt={6}>
        {rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.box}>
            <Group justify="space-between" wrap="nowrap" mb={4}>
              <Text size="xs" fw={600}>
                {t('routes.row', { number: index + 1 })}
              </Text>
              <Group gap={0} wrap="nowrap">
                <RowButton label={t('routes.up', { number: index + 1 })} isOff={index === 0} run={() => swap(index, index - 1)}>
                  <IconArrowUp size={14} />
                </RowButton>
                <RowButton
                  label={t('routes.down', { number: index + 1 })}
                  isOff={index === rows.length - 1}
                  run={() => swap(index, index + 1)}
                >
                  <IconArrowDown size={14} />
                </RowButton>
                <RowButton label={t('routes.remove', { number: index + 1 })} run={() => onChange(rows.toSpliced(index, 1))}>
                  <IconTrash size={14} />
                </RowButton>
              </Group>
            </Group>
            <When when={recordOf(row.when)} onChange={(when) => onChange(rows.with(index, { ...row, when }))} />
            <Text size="xs" c="dimmed" mt={8} mb={4}>
              {t('routes.leadsTo')}
            </Text>
            <Destination row={row} onChange={(next) => onChange(rows.with(index, { ...next, when: row.when ?? {} }))} />
          </div>
        ))}
        <Group gap={6}>
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...rows, { when: {} }])}
          >
            {t('routes.add')}
          </Button>
          <Button variant="default" size="compact-xs" leftSection={<IconTable size={14} />} onClick={() => setPasting(true)}>
            {t('table.paste')}
          </Button>
          {rows.length > 0 && (
            <Button
              variant="default"
              size="compact-xs"
              leftSection={<IconCopy size={14} />}
              onClick={() => copyText(writeRoutes(rows, directory, nameOf))}
            >
              {t('table.copy')}
            </Button>
          )}
        </Group>
        {isPasting && (
          <PasteRoutes
            hasRows={rows.length > 0}
            onAdd={(pasted) => onChange([...rows, ...pasted])}
            onReplace={onChange}
            onClose={() => setPasting(false)}
          />
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function When({ when, onChange }: { when: Row; onChange: (when: Row) => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { directory } = useFormScope();
  const set = (cell: string, value: string | null) => onChange(withoutEmpty({ ...when, [cell]: value ?? '' }));
  const kinds = [...new Set(directory.channels.map(({ kind }) => kind))].map((kind) => ({
    value: kind,
    label: valueLabel('channel.kind', kind)[language],
  }));
  const channels = directory.channels.map(({ id, name }) => ({ value: id, label: name }));
  // A file may name the channel instead of giving its id: it is the same channel.
  const channel = directory.channels.find(({ name }) => name === when.channel)?.id ?? textOf(when.channel);
  return (
    <Stack gap={6}>
      <Cell
        label={t('routes.channel')}
        options={channels}
        value={channel}
        empty={t('names.anyChannel')}
        set={(value) => set('channel', value)}
      />
      <SimpleGrid cols={2} spacing={6}>
        <Cell
          label={t('routes.kind')}
          options={kinds}
          value={textOf(when.kind)}
          empty={t('routes.any')}
          set={(value) => set('kind', value)}
        />
        <Cell
          label={t('routes.surface')}
          options={['direct', 'comments'].map((surface) => ({ value: surface, label: t(`routes.${surface}`) }))}
          value={textOf(when.surface)}
          empty={t('routes.any')}
          set={(value) => set('surface', value)}
        />
      </SimpleGrid>
    </Stack>
  );
}

function Destination({ row, onChange }: { row: Row; onChange: (row: Row) => void }) {
  const { t } = useTranslation('graph');
  const { directory } = useFormScope();
  const set = (cell: string, value: string | null) => onChange(withoutEmpty({ ...row, [cell]: value ?? '' }));
  const pipeline = textOf(row.pipeline);
  const users = directory.users.map(({ id, name }) => ({ value: id, label: name }));
  const pipelines = directory.pipelines.map(({ name }) => ({ value: name, label: name }));
  const asIs = t('routes.asIs');
  return (
    <Stack gap={6}>
      <SimpleGrid cols={2} spacing={6}>
        <Cell label={t('routes.pipeline')} options={pipelines} value={pipeline} empty={asIs} set={(value) => set('pipeline', value)} />
        <Cell
          label={t('routes.stage')}
          options={stagesOf(directory, pipeline)}
          value={textOf(row.stage)}
          empty={asIs}
          set={(value) => set('stage', value)}
        />
      </SimpleGrid>
      <Cell
        label={t('routes.responsible')}
        options={users}
        value={textOf(row.responsible)}
        empty={asIs}
        set={(value) => set('responsible', value)}
      />
      <TextInput
        size="xs"
        label={t('routes.tags')}
        placeholder={t('routes.tagsPlaceholder')}
        value={textOf(row.tags)}
        onChange={(event) => set('tags', event.currentTarget.value)}
      />
    </Stack>
  );
}

interface CellProps {
  label: string;
  options: { value: string; label: string }[];
  value: string;
  empty: string;
  set: (value: string | null) => void;
}

function Cell({ label, options, value, empty, set }: CellProps) {
  const { t } = useTranslation('graph');
  return (
    <Select
      size="xs"
      label={label}
      placeholder={empty}
      data={withUnknown(options, value === '' ? [] : [value], t)}
      value={value || null}
      onChange={set}
      clearable
      searchable={options.length > 6}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

function RowButton({ label, isOff = false, run, children }: { label: string; isOff?: boolean; run: () => void; children: ReactNode }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} disabled={isOff} onClick={run}>
      {children}
    </ActionIcon>
  );
}
