import { Input, SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormScope, type WidgetProps } from '../widget.js';
import { DurationWidget } from './times.js';

/** In what time something is counted: the calendar day, or a length of time that moves along. */
export function PerWidget(props: WidgetProps) {
  const { t } = useTranslation('graph');
  const { readOnly } = useFormScope();
  const { value, onChange, label, help, error, required } = props;
  const isDay = value === 'day';
  return (
    <Input.Wrapper label={label} description={help} error={isDay ? error : undefined} withAsterisk={required}>
      <Stack gap={6} mt={6}>
        <SegmentedControl
          size="xs"
          aria-label={label}
          disabled={readOnly}
          data={[
            { value: 'day', label: t('per.day') },
            { value: 'duration', label: t('per.duration') },
          ]}
          value={isDay ? 'day' : 'duration'}
          onChange={(kind) => onChange(kind === 'day' ? 'day' : 'PT1H')}
        />
        {!isDay && <DurationWidget {...props} label={t('per.duration')} help={undefined} required={false} />}
      </Stack>
    </Input.Wrapper>
  );
}
