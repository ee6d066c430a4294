import { Group, SegmentedControl, Select, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n.js';
import { cardOf } from '../card-view.js';
import { useRuleGraph } from '../graph-store.js';
import { useLayers } from '../layers.js';
import { BacktestNote } from './backtest-note.js';
import { gapsOf } from './coverage-layer.js';
import { layerDays, type LayerChoice } from './layer-choice.js';
import lists from '../lists.module.css';

interface CoverageListProps {
  ruleSetId: string;
  layer: LayerChoice;
  onLayer: (layer: LayerChoice) => void;
  onJump: (node: string) => void;
}

/** What the chosen layer did not reach, as a list: steps, and exits of steps that were reached. */
export function CoverageList({ ruleSetId, layer, onLayer, onJump }: CoverageListProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const graph = useRuleGraph();
  const coverage = useLayers((layers) => layers.coverage);
  const gaps = coverage && gapsOf(graph, coverage);
  const viewOf = (id: string) => {
    const node = graph.nodes.find((one) => one.id === id);
    return node && cardOf(node, language, graph.timezone);
  };
  const value = layer.kind === 'counts' ? 'none' : layer.kind;
  return (
    <section aria-label={t('cover.title')} style={{ padding: 12, borderTop: '1px solid var(--mantine-color-default-border)' }}>
      <Text size="sm" fw={600} mb={6}>
        {t('cover.title')}
      </Text>
      <Group gap={8}>
        <SegmentedControl
          size="xs"
          aria-label={t('cover.title')}
          data={(['none', 'tests', 'live', 'backtest'] as const).map((kind) => ({ value: kind, label: t(`cover.by.${kind}`) }))}
          value={value}
          onChange={(kind) =>
            onLayer(kind === 'live' ? { kind, days: 7 } : { kind: kind === 'tests' || kind === 'backtest' ? kind : 'none' })
          }
        />
        {layer.kind === 'live' && (
          <Select
            size="xs"
            w={110}
            aria-label={t('cover.days')}
            data={layerDays.map((days) => ({ value: String(days), label: t('cover.lastDays', { count: days }) }))}
            value={String(layer.days)}
            allowDeselect={false}
            onChange={(days) => onLayer({ kind: 'live', days: layerDays.find((one) => String(one) === days) ?? 7 })}
          />
        )}
      </Group>
      {value === 'backtest' && (
        <Text size="sm" mt={8} component="div">
          <BacktestNote ruleSetId={ruleSetId} />
        </Text>
      )}
      {value !== 'none' && value !== 'backtest' && !gaps && (
        <Text size="sm" mt={8}>
          {t('loading')}
        </Text>
      )}
      {gaps && (
        <>
          <Text size="sm" mt={8} role="status">
            {t('cover.nodes', { reached: gaps.nodes.reached, all: gaps.nodes.all })} ·{' '}
            {t('cover.ports', { reached: gaps.ports.reached, all: gaps.ports.all })}
          </Text>
          {gaps.nodes.missed.length + gaps.ports.missed.length > 0 && (
            <Text size="xs" c="dimmed" mt={4}>
              {t('cover.missed')}
            </Text>
          )}
          <ul className={lists.list} style={{ padding: 0 }} aria-label={t('cover.missed')}>
            {gaps.nodes.missed.map((id) => (
              <li key={id}>
                <UnstyledButton className={`${lists.line} ${lists.press}`} onClick={() => onJump(id)}>
                  {viewOf(id)?.title ?? id}
                </UnstyledButton>
              </li>
            ))}
            {gaps.ports.missed.map(({ node, port }) => (
              <li key={`${node}.${port}`}>
                <UnstyledButton className={`${lists.line} ${lists.press}`} onClick={() => onJump(node)}>
                  {viewOf(node)?.title ?? node} → {viewOf(node)?.ports.find(({ name }) => name === port)?.label ?? port}
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
