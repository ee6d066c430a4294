import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RuleSetTrial } from '../../../../api/rule-sets.js';
import classes from '../lists.module.css';

interface TrialBadgeProps {
  ruleSetId: string;
  trial: RuleSetTrial;
  /** Names the version too, where nothing beside it does. */
  withVersion?: boolean;
}

/** How a version is tried on live traffic now; leads to what came of it so far. */
export function TrialBadge({ ruleSetId, trial, withVersion = false }: TrialBadgeProps) {
  const { t } = useTranslation('graph');
  return (
    <Badge
      color="teal"
      classNames={{ root: classes.badge, label: classes.badgeLabel }}
      c="var(--mantine-color-text)"
      component={Link}
      to={`/rules/${ruleSetId}/trial`}
      style={{ cursor: 'pointer' }}
    >
      {t(`${withVersion ? 'state' : 'trial.badge'}.${trial.kind}`, trial)}
    </Badge>
  );
}
