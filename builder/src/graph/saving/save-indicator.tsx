import { Group, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudOff, IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SaveState } from './draft-saver.js';

const marks = {
  saved: IconCheck,
  waiting: IconDots,
  saving: IconDots,
  offline: IconCloudOff,
  conflict: IconAlertTriangle,
  refused: IconAlertTriangle,
};

/** Whether the draft is safe: an icon and a word. */
export function SaveIndicator({ state, refusal }: { state: SaveState; refusal?: string }) {
  const { t } = useTranslation('graph');
  const Mark = marks[state];
  const isBad = state === 'conflict' || state === 'refused';
  const line = (
    <Group gap={4} wrap="nowrap" role="status" c={isBad ? 'var(--mantine-color-error)' : 'dimmed'}>
      <Mark size={14} aria-hidden />
      <Text size="xs" style={{ whiteSpace: 'nowrap' }}>
        {t(`save.${state}`)}
      </Text>
    </Group>
  );
  return refusal ? <Tooltip label={refusal}>{line}</Tooltip> : line;
}
