import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fitOptions } from './flow-view.js';
import classes from './canvas.module.css';

/** Zoom, fit, and what the page adds. */
export function CanvasTools({ children }: { children?: ReactNode }) {
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
      {children}
    </Panel>
  );
}

function Tool({ label, run, children }: { label: string; run: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" onClick={run} aria-label={label}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
