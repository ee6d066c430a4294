import { ActionIcon, Divider, Group, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconCopyPlus,
  IconFrame,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconPlayerPause,
  IconSitemap,
  IconTrash,
} from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { setColor, thingColors } from './canvas-things.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { keysFor, type EditorCommand } from './keys.js';
import type { Commands } from './selection-commands.js';
import { countOf, keysOf } from './things.js';
import canvasClasses from './canvas.module.css';
import classes from './things.module.css';

const tools: { command: EditorCommand; Mark: typeof IconTrash; begins?: boolean }[] = [
  { command: 'align-left', Mark: IconLayoutAlignLeft },
  { command: 'align-centre', Mark: IconLayoutAlignCenter },
  { command: 'align-right', Mark: IconLayoutAlignRight },
  { command: 'align-top', Mark: IconLayoutAlignTop },
  { command: 'align-middle', Mark: IconLayoutAlignMiddle },
  { command: 'align-bottom', Mark: IconLayoutAlignBottom },
  { command: 'distribute-across', Mark: IconLayoutDistributeVertical },
  { command: 'distribute-down', Mark: IconLayoutDistributeHorizontal },
  { command: 'tidy', Mark: IconSitemap, begins: true },
  { command: 'group', Mark: IconFrame },
  { command: 'switch-off', Mark: IconPlayerPause },
  { command: 'duplicate', Mark: IconCopyPlus },
  { command: 'remove', Mark: IconTrash },
];

/** Above the canvas while several things are selected, or a note or a frame: what can be done with them. */
export function SelectionBar({ commandsNow }: { commandsNow: () => Commands }) {
  const { t } = useTranslation('graph');
  const selection = useGraph((state) => state.selection);
  const readOnly = useGraph((state) => state.readOnly);
  const hasThings = selection.notes.size + selection.groups.size > 0;
  if (readOnly || (countOf(selection) < 2 && !hasThings)) return null;
  const commands = commandsNow();
  // A frame around a single note, and tidying where no step is selected, are for the menu.
  const isShown = (command: EditorCommand) =>
    commands[command] && (command !== 'tidy' || selection.nodes.size > 1 || selection.groups.size > 0);
  return (
    <Panel position="top-center" className={canvasClasses.tools} role="toolbar" aria-label={t('selection.label')}>
      {hasThings && selection.nodes.size === 0 && <Colors />}
      {tools
        .filter(({ command }) => isShown(command))
        .map(({ command, Mark, begins }, index) => (
          <Group key={command} gap={2} wrap="nowrap">
            {begins && index > 0 && <Divider orientation="vertical" mx={2} />}
            <Tooltip label={[t(`keys.${command}`), keysFor(command)[0]].filter(Boolean).join(' · ')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t(`keys.${command}`)}
                // Asked again at the press: what the bar was drawn with may be over.
                onClick={() => commandsNow()[command]?.()}
              >
                <Mark size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
        ))}
    </Panel>
  );
}

function Colors() {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  return (
    <Group gap={6} px={6} wrap="nowrap" role="group" aria-label={t('thing.color')}>
      {thingColors.map((color) => (
        <Tooltip key={color} label={t(`color.${color}`)}>
          <UnstyledButton
            className={classes.swatch}
            style={{ '--swatch': `var(--thing-${color})` }}
            aria-label={t(`color.${color}`)}
            onClick={() => {
              const { commit, selection } = store.getState();
              commit(setColor(new Set(keysOf(selection)), color));
            }}
          />
        </Tooltip>
      ))}
    </Group>
  );
}
