import type { ReactNode } from 'react';
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n.js';
import { cardOf } from './card-view.js';
import { useRuleGraph } from './graph-store.js';
import { useLayers } from './layers.js';
import { nameIds } from './name-ids.js';
import type { RunLayer } from './run-layer.js';
import classes from './lists.module.css';

interface RunStepsProps {
  run: RunLayer;
  onJump: (node: string) => void;
  /** What stands under each step, in their order. */
  details?: readonly ReactNode[];
}

/** The steps of a run in order, with the reason of each; a click leads to the card. */
export function RunSteps({ run, onJump, details }: RunStepsProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const graph = useRuleGraph();
  const names = useLayers((layers) => layers.names);
  if (run.steps.length === 0) return null;
  return (
    <ol className={classes.list} style={{ padding: 0 }} aria-label={t('run.steps')}>
      {run.steps.map(({ node: id, number, port, reason, ruleSet }) => {
        const node = ruleSet === undefined ? graph.nodes.find((one) => one.id === id) : undefined;
        const shown = ruleSet === undefined ? id : callerOf(number, run);
        const card = node && cardOf(node, language, graph.timezone);
        const exit = card?.ports.find(({ name }) => name === port)?.label;
        const left =
          port === 'drop' ? t('run.dropped') : port === 'error' ? t('run.failed') : exit && card && card.ports.length > 1 ? exit : '';
        return (
          <li key={number}>
            <UnstyledButton className={`${classes.line} ${classes.press}`} onClick={() => shown !== undefined && onJump(shown)}>
              <span className={classes.number}>{number}</span>
              <span className={classes.text}>
                <span className={classes.where}>{card?.title ?? (ruleSet === undefined ? id : `${ruleSet}: ${id}`)}</span>
                {left !== '' && <span>{left}</span>}
                {reason !== '' && <span className={classes.dimmed}>{nameIds(reason, names)}</span>}
              </span>
            </UnstyledButton>
            {details?.[number - 1]}
          </li>
        );
      })}
    </ol>
  );
}

/** A step of a rule set that was called leads to the step that called it, which ends after it; to the last one before, while the called one waits. */
function callerOf(number: number, { steps }: RunLayer): string | undefined {
  const own = steps.filter(({ ruleSet }) => ruleSet === undefined);
  return (own.find((one) => one.number > number) ?? own.at(-1))?.node;
}
