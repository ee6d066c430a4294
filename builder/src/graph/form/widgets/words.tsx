import { useState } from 'react';
import { Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n.js';
import { textOf } from '../read-value.js';
import { SeenWords } from '../seen/seen-words.js';
import { tryStep } from '../try-step.js';
import { useFormScope, type WidgetProps } from '../widget.js';

/** Patterns of words, with the account's last messages that have them, and a text to try them on at once. */
export function WordsWidget({ value, onChange, label, help, placeholder, error, required }: WidgetProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const scope = useFormScope();
  const [sample, setSample] = useState('');
  const tried = sample.trim() === '' ? undefined : tryStep(scope, { text: sample }, language);
  return (
    <>
      <Textarea
        label={label}
        description={help ?? t('words.help')}
        placeholder={placeholder ?? t('words.placeholder')}
        error={error}
        withAsterisk={required}
        autosize
        minRows={3}
        maxRows={14}
        spellCheck={false}
        value={textOf(value)}
        onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
      <SeenWords patterns={textOf(value)} />
      <TextInput
        mt={8}
        size="xs"
        label={t('words.try')}
        placeholder={t('words.tryPlaceholder')}
        value={sample}
        onChange={(event) => setSample(event.currentTarget.value)}
      />
      <Text size="xs" mt={4} c="dimmed" role="status">
        {sample.trim() !== '' && (tried ? [tried.exit, tried.reason].filter(Boolean).join(': ') : t('words.unfinished'))}
      </Text>
    </>
  );
}
