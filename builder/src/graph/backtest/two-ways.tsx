import { useState } from 'react';
import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BacktestSide } from '../../../../api/backtests.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { useLanguage } from '../../i18n.js';
import { describeEffect } from '../effect-words.js';
import { nameIds, namesOf } from '../name-ids.js';
import { alignSteps, type StepRow } from './align-steps.js';
import classes from './backtest.module.css';

/** Steps before the first difference that are shown unasked: where one is, without what led there long before. */
const mostBefore = 2;

/** What two versions are called where they stand side by side. */
export interface SideNames {
  old: string;
  now: string;
}

interface Sides {
  old: BacktestSide | null;
  now: BacktestSide | null;
  directory: Directory;
  /** Absent: what is live, and the draft. */
  sides?: SideNames | undefined;
}

/** What two versions did with one message, side by side: steps, then what came of it. What differs is marked. */
export function TwoWays({ old, now, directory, sides }: Sides) {
  const { t } = useTranslation('graph');
  const [isWhole, setWhole] = useState(false);
  const rows = alignSteps(old?.steps ?? [], now?.steps ?? []);
  const alike = rows.findIndex(({ isSame }) => !isSame);
  const hidden = isWhole || alike <= mostBefore ? 0 : alike - mostBefore;
  return (
    <>
      {hidden > 0 && (
        <UnstyledButton className={classes.more} onClick={() => setWhole(true)}>
          {t('backtest.sameBefore', { count: hidden })}
        </UnstyledButton>
      )}
      <div role="table" aria-label={t('backtest.sideBySide')} className={classes.table}>
        <div role="row" className={classes.pair}>
          <span role="columnheader" className={classes.head}>
            {sides?.old ?? t('backtest.live')}
          </span>
          <span role="columnheader" className={classes.head}>
            {sides?.now ?? t('backtest.draft')}
          </span>
        </div>
        {rows.slice(hidden).map((row, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- steps have no other name than their place
          <div role="row" key={place} className={classes.pair}>
            <Cell step={row.old} isSame={row.isSame} directory={directory} />
            <Cell step={row.new} isSame={row.isSame} directory={directory} />
          </div>
        ))}
        <div role="row" className={classes.pair}>
          <Outcome side={old} directory={directory} />
          <Outcome side={now} directory={directory} />
        </div>
      </div>
    </>
  );
}

function Cell({ step, isSame, directory }: { step: StepRow['old']; isSame: boolean; directory: Directory }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  if (!step) return <span role="cell" className={classes.cell} aria-label={t('backtest.nothing')} />;
  const exit = endings.includes(step.port) ? t(`backtest.ending.${step.port}`) : (step.exit?.[language] ?? step.port);
  return (
    <span role="cell" className={classes.cell} data-differs={!isSame || undefined}>
      <span className={classes.step}>
        {step.ruleSet !== undefined && `${step.ruleSet}: `}
        {step.title[language]} → {exit}
      </span>
      {step.reason && <span className={classes.dimmed}>{nameIds(step.reason[language], namesOf(directory))}</span>}
    </span>
  );
}

const endings: readonly string[] = ['drop', 'wait', 'error'];

function Outcome({ side, directory }: { side: BacktestSide | null; directory: Directory }) {
  const { t } = useTranslation('graph');
  return (
    <span role="cell" className={classes.cell}>
      <Text span size="sm" fw={600}>
        {side ? t(`run.status.${side.status}`) : t('backtest.absent')}
      </Text>
      {side?.error && <span className={classes.dimmed}>{side.error.text}</span>}
      {side?.effects.map((effect, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- effects have no other name than their place
        <span key={place} className={classes.effect}>
          {describeEffect(effect, directory, t)}
        </span>
      ))}
      {side?.effects.length === 0 && <span className={classes.dimmed}>{t('run.noEffects')}</span>}
    </span>
  );
}
