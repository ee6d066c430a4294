import { useEffect, useState, type ReactNode } from 'react';
import { Button, Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleGraph } from '../../../rules/index.js';
import type { Directory } from '../../../api/rule-sets.js';
import { Canvas } from './canvas.js';
import type { CompareLayer } from './compare/compare-graphs.js';
import { emptyDirectory } from './form/widget.js';
import { GraphProviders } from './graph-providers.js';
import { createGraphStore, useSettledGraph } from './graph-store.js';
import { createLayerStore, useLayerStore } from './layers.js';
import type { RunLayer } from './run-layer.js';
import { useDirectory } from './use-directory.js';
import { useIsNarrow } from './use-is-narrow.js';
import { useJump } from './use-jump.js';
import { useStart } from './seeing/use-start.js';
import classes from './editor.module.css';

interface ReadOnlyGraphProps {
  graph: RuleGraph;
  /** A run to draw over it. */
  run?: RunLayer;
  /** The step to have in sight at first; absent: the whole graph. */
  start?: string;
  /** What to mark as come, gone, changed or moved. */
  compare?: CompareLayer;
  /** What the panel is called; the steps of the graph unless it is something else. */
  panelName?: string;
  /** Whether the panel is open at first where it covers the graph. */
  isPanelOpen?: boolean;
  /** What the panel on the right shows. */
  children: (page: { jump: (node: string) => void; hasSelection: boolean; directory: Directory }) => ReactNode;
}

/** A graph that is only looked at, with a panel beside it, at the foot of a phone. */
export function ReadOnlyGraph({ graph, ...rest }: ReadOnlyGraphProps) {
  const [stores] = useState(() => ({ store: createGraphStore(graph, { readOnly: true }), layers: createLayerStore() }));
  return (
    <GraphProviders {...stores}>
      <View {...rest} />
    </GraphProviders>
  );
}

const nothing = () => undefined;

function View({ run, start, compare, panelName, isPanelOpen = false, children }: Omit<ReadOnlyGraphProps, 'graph'>) {
  const { t } = useTranslation('graph');
  const layers = useLayerStore();
  const jump = useJump();
  useStart(start, jump);
  const isNarrow = useIsNarrow();
  const [isOpen, setOpen] = useState(isPanelOpen);
  const hasSelection = useSettledGraph((state) => state.selection.nodes.size > 0);
  useEffect(() => layers.setState({ run, compare }), [layers, run, compare]);
  const directory = useDirectory() ?? emptyDirectory;
  const panel = children({ jump, hasSelection, directory });
  return (
    <div className={classes.work}>
      <div className={classes.canvas}>
        <Canvas onQuickAdd={nothing} onDropType={nothing} onOpen={() => setOpen(true)} />
      </div>
      {!isNarrow && (
        <aside className={classes.panel} style={{ overflowY: 'auto' }} aria-label={panelName ?? t('tab.label')}>
          {panel}
        </aside>
      )}
      {isNarrow && (
        <>
          <Button size="xs" variant="default" onClick={() => setOpen(true)} style={{ position: 'absolute', right: 12, top: 12 }}>
            {panelName ?? t('run.steps')}
          </Button>
          <Drawer
            opened={isOpen}
            onClose={() => setOpen(false)}
            position="bottom"
            size="65%"
            title={panelName ?? t('run.steps')}
            closeButtonProps={{ 'aria-label': t('close') }}
          >
            {panel}
          </Drawer>
        </>
      )}
    </div>
  );
}
