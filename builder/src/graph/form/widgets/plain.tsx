import { Checkbox, Group, NumberInput, Radio, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useLanguage } from '../../../i18n.js';
import { textOf, textsOf } from '../read-value.js';
import type { WidgetProps } from '../widget.js';

/** A line of text. */
export function TextWidget({ value, onChange, label, help, placeholder, error, required }: WidgetProps) {
  return (
    <TextInput
      label={label}
      description={help}
      placeholder={placeholder}
      error={error}
      withAsterisk={required}
      value={textOf(value)}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  );
}

export function NumberWidget({ value, onChange, label, help, placeholder, error, required, schema }: WidgetProps) {
  return (
    <NumberInput
      label={label}
      description={help}
      placeholder={placeholder}
      error={error}
      withAsterisk={required}
      min={schema.minimum}
      max={schema.maximum}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  );
}

export function BooleanWidget({ value, onChange, label, help, error }: WidgetProps) {
  return (
    <Switch
      label={label}
      description={help}
      error={error}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** One of few named values: all of them in sight. */
export function RadioWidget({ value, onChange, label, help, error, required, schema }: WidgetProps) {
  const options = useOptions(schema.enum, schema.options);
  return (
    <Radio.Group label={label} description={help} error={error} withAsterisk={required} value={textOf(value)} onChange={onChange}>
      <Stack gap={6} mt={6}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.label} size="sm" />
        ))}
      </Stack>
    </Radio.Group>
  );
}

export function SelectWidget({ value, onChange, label, help, placeholder, error, required, schema }: WidgetProps) {
  const options = useOptions(schema.enum, schema.options);
  return (
    <Select
      label={label}
      description={help}
      placeholder={placeholder}
      error={error}
      withAsterisk={required}
      data={options}
      value={textOf(value) || null}
      onChange={(next) => onChange(next ?? undefined)}
      allowDeselect={!required}
      searchable={options.length > 8}
    />
  );
}

/** Any of several named values; none chosen means that the setting is absent. */
export function ChoicesWidget({ value, onChange, label, help, error, schema }: WidgetProps) {
  const options = useOptions(schema.items?.enum, schema.items?.options ?? schema.options);
  return (
    <Checkbox.Group
      label={label}
      description={help}
      error={error}
      value={textsOf(value)}
      onChange={(next) =>
        onChange(next.length === 0 ? undefined : options.map((option) => option.value).filter((one) => next.includes(one)))
      }
    >
      <Group gap="xs" mt={6}>
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value} label={option.label} size="xs" />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

/** A list, one entry a line. Empty lines are kept while they are typed and mean nothing. */
export function LinesWidget({ value, onChange, label, help, placeholder, error, required }: WidgetProps) {
  return (
    <Textarea
      label={label}
      description={help}
      placeholder={placeholder}
      error={error}
      withAsterisk={required}
      autosize
      minRows={3}
      maxRows={12}
      value={textsOf(value).join('\n')}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value.split('\n'))}
      onBlur={() => {
        const lines = textsOf(value);
        const kept = lines.map((line) => line.trim()).filter(Boolean);
        if (kept.length !== lines.length) onChange(kept.length === 0 ? undefined : kept);
      }}
    />
  );
}

function useOptions(values: readonly unknown[] = [], names: WidgetProps['schema']['options'] = {}) {
  const language = useLanguage();
  return values.map((value) => ({ value: textOf(value), label: names[textOf(value)]?.[language] ?? textOf(value) }));
}
