import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { listOf, recordOf, textOf } from '../read-value.js';
import { useFormScope, type WidgetProps } from '../widget.js';
import { FieldValues } from './field-value.js';
import classes from './widgets.module.css';

/** Exits by the values that lead to them: each case is a list of values and the name of its exit. */
export function CasesWidget({ value, onChange, label, help, error, required }: WidgetProps) {
  const { t } = useTranslation('graph');
  const { settings } = useFormScope();
  const cases = listOf(value).map(recordOf);
  const change = (index: number, part: Record<string, unknown>) => onChange(cases.with(index, { ...cases[index], ...part }));
  const add = () => {
    const taken = new Set(cases.map(({ port }) => textOf(port)));
    let number = cases.length + 1;
    while (taken.has(`case-${number}`)) number += 1;
    onChange([...cases, { in: [], port: `case-${number}` }]);
  };
  return (
    <Input.Wrapper label={label} description={help} error={error} withAsterisk={required}>
      <Stack gap={8} mt={6}>
        {cases.map((one, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.box}>
            <FieldValues
              path={textOf(settings.field)}
              label={t('cases.values')}
              isLabelShown
              placeholder={t('cases.valuesPlaceholder')}
              value={one.in}
              onChange={(values) => change(index, { in: values })}
            />
            <Group gap={6} mt={6} wrap="nowrap" align="flex-end">
              <TextInput
                flex={1}
                size="xs"
                label={t('cases.port')}
                value={textOf(one.port)}
                onChange={(event) => change(index, { port: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('cases.remove', { name: textOf(one.port) })}
                onClick={() => onChange(cases.toSpliced(index, 1))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          </div>
        ))}
        <Button variant="default" size="compact-xs" style={{ alignSelf: 'flex-start' }} leftSection={<IconPlus size={14} />} onClick={add}>
          {t('cases.add')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
