import { useMemo } from 'react';
import { Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n.js';
import { useNow } from '../../../ui/use-now.js';
import { nextTimes } from '../next-times.js';
import { textOf } from '../read-value.js';
import { useFormScope, type WidgetProps } from '../widget.js';
import classes from './widgets.module.css';

/** A cron line, with the times at which it comes next below it: nobody reads cron without a doubt. */
export function CronWidget({ value, onChange, label, help, placeholder, error, required }: WidgetProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { nodeType, settings, timezone } = useFormScope();
  const now = useNow();
  const times = useMemo(
    () => nextTimes({ nodeType, settings, timezone }, { after: now, count: 5, language }),
    [nodeType, settings, timezone, now, language],
  );
  return (
    <>
      <TextInput
        label={label}
        description={help}
        placeholder={placeholder}
        error={error}
        withAsterisk={required}
        spellCheck={false}
        classNames={{ input: classes.code }}
        value={textOf(value)}
        onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
      {times.length > 0 && (
        <Stack gap={2} mt={8} aria-live="polite">
          <Text size="xs" c="dimmed">
            {t('cron.next')}
          </Text>
          {times.map((time) => (
            <Text key={time} size="xs" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {time}
            </Text>
          ))}
        </Stack>
      )}
    </>
  );
}
