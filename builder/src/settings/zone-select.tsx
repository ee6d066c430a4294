import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const zones = Intl.supportedValuesOf('timeZone');

/** An IANA time zone, searched by name. */
export function ZoneSelect(props: SelectProps) {
  const { t } = useTranslation('settings');
  const { value } = props;
  const data = typeof value === 'string' && !zones.includes(value) ? [value, ...zones] : zones;
  return (
    <Select label={t('zone')} data={data} limit={80} searchable allowDeselect={false} nothingFoundMessage={t('zoneNothing')} {...props} />
  );
}
