import { Text } from '@mantine/core';
import { IconZzz } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { When } from '../../ui/when.js';

/** That something has not run for 30 days, and when it last did. */
export function IdleMark({ lastAt }: { lastAt: string | null }) {
  const { t } = useTranslation('graph');
  return (
    <Text
      span
      size="xs"
      c="light-dark(#8a5300, var(--mantine-color-yellow-5))"
      style={{ display: 'inline-flex', gap: 4, alignItems: 'center' }}
    >
      <IconZzz size={13} aria-hidden style={{ flex: 'none' }} />
      <span>
        {t('idle.mark')},{' '}
        {lastAt === null ? (
          t('idle.never')
        ) : (
          <>
            {t('idle.last')} <When at={lastAt} />
          </>
        )}
      </span>
    </Text>
  );
}
