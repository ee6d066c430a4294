import { useState } from 'react';
import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isFieldPath } from '../../../../../rules/index.js';
import { useLanguage } from '../../../i18n.js';
import { fieldName, offeredFields } from '../field-choices.js';
import { textOf } from '../read-value.js';
import type { WidgetProps } from '../widget.js';

/** Which field of an event a setting is about. */
export function FieldWidget({ value, onChange, label, help, error, required }: WidgetProps) {
  return <FieldSelect label={label} description={help} error={error} withAsterisk={required} path={textOf(value)} onPath={onChange} />;
}

interface FieldSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  path: string;
  onPath: (path: string) => void;
}

/** The fields by name, in groups; one without a name (`vars.size`) is typed as its path. */
export function FieldSelect({ path, onPath, ...rest }: FieldSelectProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const offered = Object.entries(offeredFields).map(([of, paths]) => ({
    group: t(`condition.of.${of}`),
    items: paths.map((one) => ({ value: one, label: fieldName(one, language) })),
  }));
  const known = new Set(Object.values(offeredFields).flat());
  const others = [...new Set([path, typed.trim()])].filter((one) => !known.has(one) && (one === path ? one !== '' : isFieldPath(one)));
  const other = { group: t('condition.of.other'), items: others.map((one) => ({ value: one, label: fieldName(one, language) })) };
  return (
    <Select
      {...rest}
      data={others.length > 0 ? [...offered, other] : offered}
      value={path || null}
      onChange={(next) => next !== null && onPath(next)}
      placeholder={t('names.choose')}
      searchable
      allowDeselect={false}
      onSearchChange={setTyped}
      nothingFoundMessage={t('condition.fieldHelp')}
      maxDropdownHeight={320}
    />
  );
}
