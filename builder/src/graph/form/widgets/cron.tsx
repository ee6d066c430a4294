import { useMemo, useState } from 'react';
import { Button, Chip, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n.js';
import { useNow } from '../../../ui/use-now.js';
import { nextTimes } from '../next-times.js';
import { textOf } from '../read-value.js';
import { readSchedule, writeSchedule, type SimpleSchedule } from '../simple-schedule.js';
import { useFormScope, type WidgetProps } from '../widget.js';
import { ClockInput } from './clock-input.js';
import classes from './widgets.module.css';

/** What a schedule begins with when nothing is set. */
const firstSchedule: SimpleSchedule = { time: '09:00', days: [1, 2, 3, 4, 5] };

/** A time on days of the week, or any schedule as a cron line; the times at which it comes next stand below: nobody reads cron without a doubt. */
export function CronWidget(props: WidgetProps) {
  const { value, onChange, label, error, required } = props;
  const { t } = useTranslation('graph');
  const { readOnly } = useFormScope();
  const [isLine, setLine] = useState(false);
  const line = textOf(value);
  const schedule = line === '' ? undefined : readSchedule(line);
  const isSimple = !isLine && (line === '' || schedule !== undefined);
  return (
    <>
      {isSimple ? (
        <Input.Wrapper label={label} error={error} withAsterisk={required}>
          <TimeAndDays schedule={schedule} onChange={(next) => onChange(writeSchedule(next))} />
        </Input.Wrapper>
      ) : (
        <LineInput {...props} />
      )}
      {!readOnly && (isSimple || line === '' || schedule) && (
        <Button variant="subtle" size="compact-xs" mt={6} onClick={() => setLine(isSimple)}>
          {t(isSimple ? 'cron.toLine' : 'cron.toDays')}
        </Button>
      )}
      <NextTimes />
    </>
  );
}

function TimeAndDays({ schedule, onChange }: { schedule: SimpleSchedule | undefined; onChange: (schedule: SimpleSchedule) => void }) {
  const { t } = useTranslation('graph');
  const { readOnly } = useFormScope();
  const change = (part: Partial<SimpleSchedule>) => onChange({ ...(schedule ?? firstSchedule), ...part });
  return (
    <Stack gap={6} mt={6}>
      <ClockInput
        label={t('cron.time')}
        placeholder={firstSchedule.time}
        value={schedule?.time ?? ''}
        // What is no time yet stays in the field and changes nothing.
        onChange={(time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time) && change({ time })}
      />
      <Chip.Group multiple value={(schedule?.days ?? []).map(String)} onChange={(days) => change({ days: days.map(Number) })}>
        <Group gap={4} role="group" aria-label={t('cron.days')}>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <Chip key={day} value={String(day)} size="xs" radius="sm" disabled={readOnly}>
              {t(`weekdays.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Stack>
  );
}

function LineInput({ value, onChange, label, help, placeholder, error, required }: WidgetProps) {
  return (
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
  );
}

function NextTimes() {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { nodeType, settings, timezone } = useFormScope();
  const now = useNow();
  const times = useMemo(
    () => nextTimes({ nodeType, settings, timezone }, { after: now, count: 5, language }),
    [nodeType, settings, timezone, now, language],
  );
  if (times.length === 0) return null;
  return (
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
  );
}
