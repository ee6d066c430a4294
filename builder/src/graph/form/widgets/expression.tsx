import { Textarea } from '@mantine/core';
import { textOf } from '../read-value.js';
import type { WidgetProps } from '../widget.js';
import classes from './widgets.module.css';

/** A JSONata text. What is wrong with it is told with its place, the number of a character. */
export function ExpressionWidget({ value, onChange, label, help, placeholder, error, required }: WidgetProps) {
  return (
    <Textarea
      label={label}
      description={help}
      placeholder={placeholder}
      error={error}
      withAsterisk={required}
      autosize
      minRows={2}
      maxRows={14}
      spellCheck={false}
      classNames={{ input: classes.code }}
      value={textOf(value)}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  );
}
