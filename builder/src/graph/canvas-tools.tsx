import type { ReactNode } from 'react';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMarquee2, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { fitOptions } from './flow-view.js';
import type { Picking } from './use-picking.js';
import classes from './canvas.module.css';

interface CanvasToolsProps {
  picking?: Picking;
  /** What the page adds. */
  children?: ReactNode;
}

/** Zoom, fit, picking of several things without a keyboard, and what the page adds. */
export function CanvasTools({ picking, children }: CanvasToolsProps) {
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
      {children}
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
