import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLastReach } from './last-reach.js';

/** What should be known of the backtest whose reach is shown: that there is none, or that the draft has changed since; with the way to one. */
export function BacktestNote({ ruleSetId }: { ruleSetId: string }) {
  const { t } = useTranslation('graph');
  const last = useLastReach(ruleSetId, true);
  if (!last || (last.reached && !last.isOutdated)) return null;
  return (
    <span>
      {t(last.reached ? 'cover.outdated' : 'cover.noBacktest')}{' '}
      <Anchor component={Link} to={`/rules/${ruleSetId}/backtest`} fz="inherit">
        {t('backtest.start')}
      </Anchor>
    </span>
  );
}
