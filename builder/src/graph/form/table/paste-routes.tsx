import { useMemo, useState } from 'react';
import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormScope } from '../widget.js';
import { emptySources, readRoutes, routeColumns, toRoutes, type PastedRoutes, type ReadRoutes, type UnknownValue } from './routes-table.js';

interface PasteRoutesProps {
  /** Whether there are rows already: then they can be added to or replaced. */
  hasRows: boolean;
  onAdd: (rows: Record<string, unknown>[]) => void;
  onReplace: (rows: Record<string, unknown>[]) => void;
  onClose: () => void;
}

/** Not a value of any directory: the choice to leave a cell empty. */
const leaveEmpty = '\n';

/** Rows of a spreadsheet for a route table: what was understood of them, and a choice for every name that the account does not have. */
export function PasteRoutes({ hasRows, onAdd, onReplace, onClose }: PasteRoutesProps) {
  const { t } = useTranslation('graph');
  const { directory } = useFormScope();
  const [text, setText] = useState('');
  const [decisions, setDecisions] = useState<ReadonlyMap<string, string>>(new Map());
  const read = useMemo(() => (text.trim() === '' ? undefined : readRoutes(text, directory)), [text, directory]);
  const routes = read?.pasted && toRoutes(read.pasted, decisions);
  const finish = (take: (rows: Record<string, unknown>[]) => void) => {
    if (!routes) return;
    take(routes);
    onClose();
  };
  const nameOf = (column: string) => t(`table.column.${column}`);
  return (
    <Modal opened onClose={onClose} size="lg" title={t('table.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        <Textarea
          data-autofocus
          label={t('table.field')}
          description={t('table.help', { columns: routeColumns.map(nameOf).join(', ') })}
          autosize
          minRows={5}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { whiteSpace: 'pre', overflowX: 'auto' } }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={read?.refusal && refusalText(read.refusal, t)}
        />
        {read?.pasted && <Understood pasted={read.pasted} nameOf={nameOf} />}
        {read?.pasted && read.pasted.unknown.length > 0 && (
          <Alert color="yellow" title={t('table.chooseTitle')}>
            <Stack gap="sm">
              {read.pasted.unknown.map((unknown) => (
                <Choice
                  key={unknown.key}
                  unknown={unknown}
                  column={nameOf(unknown.column)}
                  value={decisions.get(unknown.key)}
                  onChoose={(value) => setDecisions((before) => new Map([...before, [unknown.key, value]]))}
                />
              ))}
            </Stack>
          </Alert>
        )}
        {read?.pasted &&
          routes &&
          emptySources(read.pasted, routes).map((row) => (
            <Text key={row} size="sm" c="light-dark(#8a5300, var(--mantine-color-yellow-5))">
              {t('table.emptySource', { row })}
            </Text>
          ))}
        <Group justify="flex-end" gap="sm">
          {read?.pasted && !routes && (
            <Text size="xs" c="dimmed">
              {t('table.undecided')}
            </Text>
          )}
          {hasRows && (
            <Button variant="default" disabled={!routes} onClick={() => finish(onReplace)}>
              {t('table.replace')}
            </Button>
          )}
          <Button disabled={!routes} onClick={() => finish(onAdd)}>
            {t('table.add')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Understood({ pasted, nameOf }: { pasted: PastedRoutes; nameOf: (column: string) => string }) {
  const { t } = useTranslation('graph');
  return (
    <div role="status">
      <Text size="sm">
        {t('table.rows', { count: pasted.rows.length })}. {t('table.columns', { columns: pasted.columns.map(nameOf).join(', ') })}
      </Text>
      {pasted.skipped.length > 0 && (
        <Text size="sm" c="light-dark(#8a5300, var(--mantine-color-yellow-5))">
          {t('table.skipped', { columns: pasted.skipped.join(', ') })}
        </Text>
      )}
    </div>
  );
}

interface ChoiceProps {
  unknown: UnknownValue;
  column: string;
  value: string | undefined;
  onChoose: (value: string) => void;
}

function Choice({ unknown, column, value, onChoose }: ChoiceProps) {
  const { t } = useTranslation('graph');
  const nameOf = (name: string, label: string) => (unknown.column === 'surface' ? t(`routes.${name}`) : label);
  return (
    <Select
      size="xs"
      label={t('table.choose', { row: unknown.rows.join(', '), column, value: unknown.value })}
      placeholder={t('table.pick')}
      data={[
        { value: leaveEmpty, label: t('table.leaveEmpty') },
        ...unknown.options.map(({ value: one, label }) => ({ value: one, label: nameOf(one, label) })),
      ]}
      value={value === '' ? leaveEmpty : (value ?? null)}
      onChange={(next) => next !== null && onChoose(next === leaveEmpty ? '' : next)}
      allowDeselect={false}
      searchable
    />
  );
}

function refusalText(refusal: NonNullable<ReadRoutes['refusal']>, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (refusal.kind === 'unclosed') return t('table.unclosed', { row: refusal.row });
  return t(refusal.kind === 'too-many' ? 'table.tooMany' : 'table.nothing');
}
