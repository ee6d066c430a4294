import { ActionIcon, Button, Group, Input, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { recordOf, textOf } from '../read-value.js';
import type { WidgetProps } from '../widget.js';

/** Exits with their shares, in their order; beside each is how many of a hundred clients go there. */
export function PartsWidget({ value, onChange, label, help, error, required }: WidgetProps) {
  const { t } = useTranslation('graph');
  const parts = Object.entries(recordOf(value));
  const total = parts.reduce((sum, [, share]) => sum + (typeof share === 'number' ? share : 0), 0);
  const replace = (entries: [string, unknown][]) => onChange(entries.length === 0 ? undefined : Object.fromEntries(entries));
  const add = () => {
    const taken = new Set(parts.map(([name]) => name));
    const letter = 'abcdefghijklmnopqrstuvwxyz'.split('').find((one) => !taken.has(one));
    replace([...parts, [letter ?? `part-${parts.length + 1}`, 50]]);
  };
  return (
    <Input.Wrapper label={label} description={help} error={error} withAsterisk={required}>
      <Stack gap={6} mt={6}>
        {parts.map(([name, share], index) => (
          // The name is being typed in this very row, so it cannot be its key.
          // oxlint-disable-next-line react/no-array-index-key
          <Group key={index} gap={6} wrap="nowrap">
            <TextInput
              flex={1}
              size="xs"
              aria-label={t('parts.name', { number: index + 1 })}
              value={name}
              onChange={(event) => {
                const next = event.currentTarget.value;
                // Two exits of one name would become one: such a name waits until it differs.
                if (!parts.some(([other], place) => place !== index && other === next)) replace(parts.with(index, [next, share]));
              }}
            />
            <NumberInput
              w={90}
              size="xs"
              min={0}
              aria-label={t('parts.share', { name })}
              value={typeof share === 'number' ? share : textOf(share)}
              onChange={(next) => replace(parts.with(index, [name, typeof next === 'number' ? next : 0]))}
            />
            <Text w={56} size="xs" c="dimmed" ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {total > 0 && typeof share === 'number' ? t('parts.percent', { percent: Math.round((share / total) * 1000) / 10 }) : ''}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('parts.remove', { name })}
              onClick={() => replace(parts.toSpliced(index, 1))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button variant="default" size="compact-xs" style={{ alignSelf: 'flex-start' }} leftSection={<IconPlus size={14} />} onClick={add}>
          {t('parts.add')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
