import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Directory, RuleSet } from '../../../../api/rule-sets.js';
import { useSettledGraph } from '../graph-store.js';
import { SettingsPanel } from '../settings-panel.js';
import { StepFigures } from './step-figures.js';

interface StepPanelProps {
  ruleSet: RuleSet;
  directory: Directory;
  showsFigures: boolean;
  onFigures: (shows: boolean) => void;
}

/** The selected step: its settings, or what it did. */
export function StepPanel({ ruleSet, directory, showsFigures, onFigures }: StepPanelProps) {
  const { t } = useTranslation('graph');
  const node = useSettledGraph(({ selection, history }) =>
    selection.nodes.size === 1 ? history.present.nodes.find(({ id }) => selection.nodes.has(id)) : undefined,
  );
  if (!node) return <SettingsPanel directory={directory} />;
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth
        mx="md"
        mt="md"
        aria-label={t('figures.part')}
        data={[
          { value: 'settings', label: t('figures.settings') },
          { value: 'figures', label: t('figures.title') },
        ]}
        value={showsFigures ? 'figures' : 'settings'}
        onChange={(part) => onFigures(part === 'figures')}
      />
      {showsFigures ? <StepFigures ruleSet={ruleSet} node={node} /> : <SettingsPanel directory={directory} />}
    </>
  );
}
