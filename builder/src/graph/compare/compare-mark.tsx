import { IconArrowsMove, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Mark } from './compare-graphs.js';
import classes from './compare.module.css';

const icons = { added: IconPlus, removed: IconMinus, changed: IconPencil, moved: IconArrowsMove };

/** What became of something, as an icon and a word. */
export function CompareMark({ mark, className }: { mark: Mark; className?: string }) {
  const { t } = useTranslation('graph');
  const Icon = icons[mark];
  return (
    <span className={[classes.mark, classes[mark], className].filter(Boolean).join(' ')}>
      <Icon size={12} aria-hidden />
      {t(`compare.mark.${mark}`)}
    </span>
  );
}
