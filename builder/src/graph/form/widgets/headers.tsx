import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { recordOf, textOf } from '../read-value.js';
import type { WidgetProps } from '../widget.js';
import classes from './widgets.module.css';

/** Headers of a call, a name and a text each, in their order. */
export function HeadersWidget({ value, onChange, label, help, error, required }: WidgetProps) {
  const { t } = useTranslation('graph');
  const headers = Object.entries(recordOf(value));
  const replace = (entries: [string, unknown][]) => onChange(entries.length === 0 ? undefined : Object.fromEntries(entries));
  const free = ['Authorization', 'Content-Type', 'X-Header'].find((name) => !headers.some(([other]) => other === name));
  return (
    <Input.Wrapper label={label} description={help} error={error} withAsterisk={required}>
      <Stack gap={6} mt={6}>
        {headers.map(([name, text], index) => (
          // The name is being typed in this very row, so it cannot be its key.
          // oxlint-disable-next-line react/no-array-index-key
          <Group key={index} gap={6} wrap="nowrap">
            <TextInput
              flex={1}
              size="xs"
              spellCheck={false}
              classNames={{ input: classes.code }}
              aria-label={t('headers.name', { number: index + 1 })}
              value={name}
              onChange={(event) => {
                const next = event.currentTarget.value;
                // Two headers of one name would become one: such a name waits until it differs.
                if (!headers.some(([other], place) => place !== index && other === next)) replace(headers.with(index, [next, text]));
              }}
            />
            <TextInput
              flex={2}
              size="xs"
              spellCheck={false}
              classNames={{ input: classes.code }}
              aria-label={t('headers.value', { name })}
              value={textOf(text)}
              onChange={(event) => replace(headers.with(index, [name, event.currentTarget.value]))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('headers.remove', { name })}
              onClick={() => replace(headers.toSpliced(index, 1))}
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
          onClick={() => replace([...headers, [free ?? `X-Header-${headers.length + 1}`, '']])}
        >
          {t('headers.add')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
