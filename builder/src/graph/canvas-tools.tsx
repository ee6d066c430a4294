import type { ReactNode } from 'react';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconHash, IconMarquee2, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { fitOptions } from './flow-view.js';
import type { Picking } from './use-picking.js';
import classes from './canvas.module.css';

interface CanvasToolsProps {
  counts?: { shown: boolean; toggle: () => void };
  picking?: Picking;
}

/** Zoom, fit, picking of several things without a keyboard, and the layers that lie over the cards. */
export function CanvasTools({ counts, picking }: CanvasToolsProps) {
  const { t } = useTranslation('graph');
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Panel position="bottom-left" className={classes.tools}>
      <Tool label={t('canvas.zoomOut')} run={() => void zoomOut()}>
        <IconMinus size={16} />
      </Tool>
      <Tool label={t('canvas.zoomIn')} run={() => void zoomIn()}>
        <IconPlus size={16} />
      </Tool>
      <Tool label={t('canvas.fit')} run={() => void fitView(fitOptions)}>
        <IconFocusCentered size={16} />
      </Tool>
      {picking && (
        <Tool label={t('drawing.pickSeveral')} run={picking.toggle} pressed={picking.isOn}>
          <IconMarquee2 size={16} />
        </Tool>
      )}
      {counts && (
        <Tool label={t(counts.shown ? 'canvas.hideCounts' : 'canvas.showCounts')} run={counts.toggle} pressed={counts.shown}>
          <IconHash size={16} />
        </Tool>
      )}
    </Panel>
  );
}

function Tool({ label, run, pressed, children }: { label: string; run: () => void; pressed?: boolean; children: ReactNode }) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? undefined : 'gray'}
        onClick={run}
        aria-label={label}
        aria-pressed={pressed}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
