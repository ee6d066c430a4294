import { IconFrame, IconNote, IconSearch, IconSitemap } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CanvasTool } from './canvas-tool.js';
import { useGraph } from './graph-store.js';
import { keysFor, type EditorCommand } from './keys.js';
import type { Commands } from './selection-commands.js';

const tools: { command: EditorCommand; Mark: typeof IconNote; needsEdit: boolean }[] = [
  { command: 'note', Mark: IconNote, needsEdit: true },
  { command: 'group', Mark: IconFrame, needsEdit: true },
  { command: 'tidy', Mark: IconSitemap, needsEdit: true },
  { command: 'find', Mark: IconSearch, needsEdit: false },
];

/** Commands with a button of their own: what is there for the whole canvas and would else be found by its key or menu only. */
export function DrawingTools({ commandsNow }: { commandsNow: () => Commands }) {
  const { t } = useTranslation('graph');
  const readOnly = useGraph((state) => state.readOnly);
  return tools
    .filter(({ needsEdit }) => !needsEdit || !readOnly)
    .map(({ command, Mark }) => (
      <CanvasTool
        key={command}
        label={[t(`keys.${command}`), keysFor(command)[0]].filter(Boolean).join(' · ')}
        name={t(`keys.${command}`)}
        run={() => commandsNow()[command]?.()}
      >
        <Mark size={16} />
      </CanvasTool>
    ));
}
