import { ActionIcon, Button, Group, Input, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { listOf, recordOf, textOf } from '../read-value.js';
import type { WidgetProps } from '../widget.js';
import classes from './widgets.module.css';

const kinds = ['image', 'video', 'audio', 'file'];

/** Files that go with an answer, by their addresses. */
export function AttachmentsWidget({ value, onChange, label, help, error }: WidgetProps) {
  const { t } = useTranslation('graph');
  const rows = listOf(value).map(recordOf);
  const change = (index: number, part: Record<string, unknown>) => onChange(rows.with(index, { ...rows[index], ...part }));
  return (
    <Input.Wrapper label={label} description={help} error={error}>
      <Stack gap={8} mt={6}>
        {rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.box}>
            <Group gap={6} wrap="nowrap">
              <Select
                aria-label={t('attachments.kind', { number: index + 1 })}
                size="xs"
                data={kinds.map((kind) => ({ value: kind, label: t(`attachments.${kind}`) }))}
                value={textOf(row.type) || null}
                allowDeselect={false}
                onChange={(type) => type && change(index, { type })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('attachments.remove', { number: index + 1 })}
                onClick={() => onChange(rows.length === 1 ? undefined : rows.toSpliced(index, 1))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
            <TextInput
              mt={6}
              size="xs"
              type="url"
              placeholder="https://"
              aria-label={t('attachments.url', { number: index + 1 })}
              value={textOf(row.url)}
              onChange={(event) => change(index, { url: event.currentTarget.value })}
            />
          </div>
        ))}
        <Button
          variant="default"
          size="compact-xs"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...rows, { type: 'image', url: '' }])}
        >
          {t('attachments.add')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
