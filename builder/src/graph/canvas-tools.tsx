import type { ReactNode } from 'react';
import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconFocusCentered,
  IconFrame,
  IconHash,
  IconMarquee2,
  IconMinus,
  IconNote,
  IconPlus,
  IconSearch,
  IconSitemap,
} from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { fitOptions } from './flow-view.js';
import { keysFor, type EditorCommand } from './keys.js';
import type { Commands } from './selection-commands.js';
import type { Picking } from './use-picking.js';
import classes from './canvas.module.css';

interface CanvasToolsProps {
  counts?: { shown: boolean; toggle: () => void };
  picking?: Picking;
  /** What can be done now; without it the graph is only looked at. */
  commandsNow?: () => Commands;
}

/** Commands that have a button of their own: what is there for the whole canvas and nowhere else on the screen. */
const drawing: { command: EditorCommand; Mark: typeof IconNote }[] = [
  { command: 'note', Mark: IconNote },
  { command: 'group', Mark: IconFrame },
  { command: 'tidy', Mark: IconSitemap },
  { command: 'find', Mark: IconSearch },
];

/** Zoom, fit, picking of several things without a keyboard, and the layers that lie over the cards. */
export function CanvasTools({ counts, picking, commandsNow }: CanvasToolsProps) {
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
      {commandsNow &&
        drawing
          .filter(({ command }) => commandsNow()[command])
          .map(({ command, Mark }) => (
            <Tool
              key={command}
              label={[t(`keys.${command}`), keysFor(command)[0]].filter(Boolean).join(' · ')}
              name={t(`keys.${command}`)}
              run={() => commandsNow()[command]?.()}
            >
              <Mark size={16} />
            </Tool>
          ))}
      {counts && (
        <Tool label={t(counts.shown ? 'canvas.hideCounts' : 'canvas.showCounts')} run={counts.toggle} pressed={counts.shown}>
          <IconHash size={16} />
        </Tool>
      )}
    </Panel>
  );
}

interface ToolProps {
  label: string;
  /** Without its key; the label where there is none. */
  name?: string;
  run: () => void;
  pressed?: boolean;
  children: ReactNode;
}

function Tool({ label, name = label, run, pressed, children }: ToolProps) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? undefined : 'gray'}
        onClick={run}
        aria-label={name}
        aria-pressed={pressed}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
