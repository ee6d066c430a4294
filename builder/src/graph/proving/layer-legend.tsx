import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRuleGraph } from '../graph-store.js';
import { useLayers } from '../layers.js';
import { layerName } from '../seeing/layer-name.js';
import { gapsOf } from './coverage-layer.js';
import { BacktestNote } from './backtest-note.js';
import type { LayerChoice } from './layer-choice.js';
import classes from './proving.module.css';

/** What the colours of the layer mean, and how much it reached. */
export function LayerLegend({ ruleSetId, layer, onClose }: { ruleSetId: string; layer: LayerChoice; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const graph = useRuleGraph();
  const coverage = useLayers((layers) => layers.coverage);
  const hasRun = useLayers(({ run }) => run !== undefined);
  if (layer.kind === 'none' || (hasRun && layer.kind !== 'counts')) return null;
  const gaps = coverage && gapsOf(graph, coverage);
  return (
    <div className={classes.legend} role="note" aria-label={t('cover.legend')}>
      <b>{layerName(layer, t)}</b>
      {gaps && (
        <>
          <span>
            <span className={`${classes.sample} ${classes.sampleReached}`} aria-hidden />
            {t('cover.reached')}
          </span>
          <span>
            <span className={`${classes.sample} ${classes.sampleMissed}`} aria-hidden />
            {t('cover.notReached')}
          </span>
          <span className={classes.dimmed}>
            {t('cover.nodes', { reached: gaps.nodes.reached, all: gaps.nodes.all })} ·{' '}
            {t('cover.ports', { reached: gaps.ports.reached, all: gaps.ports.all })}
          </span>
        </>
      )}
      {layer.kind === 'backtest' && <BacktestNote ruleSetId={ruleSetId} />}
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('cover.off')} onClick={onClose}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
