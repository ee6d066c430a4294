import { Input, Stack } from '@mantine/core';
import { useLanguage } from '../../../i18n.js';
import { widgetOf, fieldsOf } from '../field-schema.js';
import { recordOf } from '../read-value.js';
import { FormScopeContext, useFormScope, type WidgetProps } from '../widget.js';
import classes from './widgets.module.css';

/** A setting of several parts, each drawn as a field of its own; the parts see each other as settings of one form do. */
export function ObjectWidget({ value, onChange, label, help, error, schema }: WidgetProps) {
  const language = useLanguage();
  const scope = useFormScope();
  const record = recordOf(value);
  const change = (name: string, next: unknown) => {
    const { [name]: _, ...rest } = record;
    const changed = next === undefined ? rest : { ...record, [name]: next };
    onChange(Object.keys(changed).length === 0 ? undefined : changed);
  };
  return (
    <Input.Wrapper label={label} description={help} error={error}>
      <FormScopeContext value={{ ...scope, settings: record }}>
        <Stack gap="sm" mt={6} className={classes.box}>
          {fieldsOf(schema).map((field) => {
            const Part = scope.widgets[widgetOf(field.schema)] ?? scope.widgets.text;
            return (
              Part && (
                <Part
                  key={field.name}
                  name={field.name}
                  value={record[field.name]}
                  onChange={(next) => change(field.name, next)}
                  label={field.schema.label?.[language] ?? field.name}
                  help={field.schema.help?.[language]}
                  placeholder={field.schema.placeholder?.[language]}
                  required={field.required}
                  schema={field.schema}
                />
              )
            );
          })}
        </Stack>
      </FormScopeContext>
    </Input.Wrapper>
  );
}
