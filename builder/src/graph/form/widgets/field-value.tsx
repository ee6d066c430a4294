import { MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n.js';
import { choicesOf, chosenValue } from '../field-choices.js';
import { listOf, textOf } from '../read-value.js';
import { useFormScope } from '../widget.js';
import { withUnknown } from './names.js';

interface FieldValueProps {
  /** The field whose value it is, as its path. */
  path: string;
  value: unknown;
  onChange: (value: unknown) => void;
  label: string;
  isLabelShown?: boolean;
  placeholder?: string;
}

/** A value of an event's field: chosen by name where the values are known, else written. */
export function FieldValue({ path, value, onChange, label, placeholder = label }: FieldValueProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { directory } = useFormScope();
  const choices = choicesOf(path, directory, language);
  const text = typeof value === 'boolean' ? String(value) : textOf(value);
  if (!choices) {
    return (
      <TextInput
        size="xs"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Select
      size="xs"
      aria-label={label}
      placeholder={t('names.choose')}
      data={withUnknown(choices, text === '' ? [] : [text], t)}
      value={text || null}
      allowDeselect={false}
      searchable={choices.length > 8}
      nothingFoundMessage={t('form.nothingFound')}
      onChange={(next) => next !== null && onChange(chosenValue(path, next))}
    />
  );
}

/** Several values of an event's field. */
export function FieldValues({ path, value, onChange, label, isLabelShown, placeholder = label }: FieldValueProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { directory } = useFormScope();
  const choices = choicesOf(path, directory, language);
  const texts = listOf(value).map(String);
  const named = isLabelShown ? { label } : { 'aria-label': label };
  if (!choices) return <TagsInput size="xs" {...named} placeholder={placeholder} value={texts} onChange={onChange} />;
  return (
    <MultiSelect
      size="xs"
      {...named}
      placeholder={texts.length === 0 ? t('names.choose') : undefined}
      data={withUnknown(choices, texts, t)}
      value={texts}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('form.nothingFound')}
      onChange={(next) => onChange(next.map((one) => chosenValue(path, one)))}
    />
  );
}
