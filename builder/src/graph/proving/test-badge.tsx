import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLayers } from '../layers.js';

/** On a card: whether the tests that go through the step are as expected. */
export function TestBadge({ node }: { node: string }) {
  const { t } = useTranslation('graph');
  const mark = useLayers((layers) => layers.testMarks.get(node));
  if (!mark) return null;
  const [Mark, color] =
    mark === 'failed' ? [IconCircleX, 'var(--mantine-color-red-filled)'] : [IconCircleCheck, 'var(--mantine-color-green-filled)'];
  return (
    <span title={t(`tests.mark.${mark}`)} data-test-mark={mark} style={{ display: 'flex', flex: 'none' }}>
      <Mark size={16} color={color} role="img" aria-label={t(`tests.mark.${mark}`)} />
    </span>
  );
}
