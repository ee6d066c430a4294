import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleSet } from '../../../api/rule-sets.js';
import classes from './lists.module.css';

/** What runs now, against what is drawn. */
export function StateBadge({ ruleSet: { publishedVersion, changed, enabled } }: { ruleSet: RuleSet }) {
  const { t } = useTranslation('graph');
  if (publishedVersion === null) return <Badge color="gray">{t('state.draft')}</Badge>;
  if (!enabled) return <Badge color="gray">{t('state.off')}</Badge>;
  if (changed) {
    return (
      <Badge color="yellow" classNames={whole} c="light-dark(#7a4a00, var(--mantine-color-yellow-4))">
        {t('state.changed', { version: publishedVersion })}
      </Badge>
    );
  }
  return (
    <Badge color="green" classNames={whole} c="light-dark(#14602a, var(--mantine-color-green-4))">
      {t('state.published', { version: publishedVersion })}
    </Badge>
  );
}

const whole = { root: classes.badge, label: classes.badgeLabel };
