import { memo, type ReactNode } from 'react';
import { IconFocusCentered, IconMarquee2, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { CanvasTool } from './canvas-tool.js';
import { fitOptions } from './flow-view.js';
import type { Picking } from './use-picking.js';
import classes from './canvas.module.css';

interface CanvasToolsProps {
  picking?: Picking;
  /** What the page adds. */
  children?: ReactNode;
}

/** Zoom, fit, picking of several things without a keyboard, and what the page adds. Not drawn again at each move of a drag, as the canvas is. */
export const CanvasTools = memo(function CanvasTools({ picking, children }: CanvasToolsProps) {
  const { t } = useTranslation('graph');
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Panel position="bottom-left" className={classes.tools}>
      <CanvasTool label={t('canvas.zoomOut')} run={() => void zoomOut()}>
        <IconMinus size={16} />
      </CanvasTool>
      <CanvasTool label={t('canvas.zoomIn')} run={() => void zoomIn()}>
        <IconPlus size={16} />
      </CanvasTool>
      <CanvasTool label={t('canvas.fit')} run={() => void fitView(fitOptions)}>
        <IconFocusCentered size={16} />
      </CanvasTool>
      {picking && (
        <CanvasTool label={t('drawing.pickSeveral')} run={picking.toggle} pressed={picking.isOn}>
          <IconMarquee2 size={16} />
        </CanvasTool>
      )}
      {children}
    </Panel>
  );
});
