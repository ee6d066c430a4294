import { useReactFlow } from '@xyflow/react';
import { duplicate, remove, setDisabled } from './commands.js';
import { fitOptions } from './flow-view.js';
import { useGraphStore } from './graph-store.js';
import type { KeyCommand } from './keys.js';
import type { PanelPart } from './panel-focus.js';
import type { PanelTab } from './side-panel.js';

interface EditorActions {
  open: (on: PanelPart) => void;
  quickAdd: () => void;
  show: (tab: PanelTab) => void;
  close: () => void;
  help: () => void;
  save: () => void;
  publish: () => void;
}

/** What each key command does in the editor. Gives false for what it leaves to the browser. */
export function useEditorKeys(actions: EditorActions): (command: KeyCommand) => boolean {
  const store = useGraphStore();
  const flow = useReactFlow();

  return (command) => {
    const { selection, history, readOnly, commit, select } = store.getState();
    const { nodes, edges } = selection;
    const looks: Partial<Record<KeyCommand, () => void>> = {
      fit: () => void flow.fitView(fitOptions),
      'actual-size': () => void flow.zoomTo(1),
      'zoom-in': () => void flow.zoomIn(),
      'zoom-out': () => void flow.zoomOut(),
      'select-all': () => select({ nodes: new Set(history.present.nodes.map(({ id }) => id)) }),
      find: () => {
        actions.show('steps');
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-steps] input')?.focus());
      },
      try: () => {
        actions.show('try');
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-try-it] textarea')?.focus());
      },
      help: actions.help,
      save: actions.save,
      publish: actions.publish,
      escape: actions.close,
    };
    if (nodes.size === 1) looks.open = () => actions.open('form');
    const look = looks[command];
    if (look) {
      look();
      return true;
    }
    if (readOnly) return false;

    const edits: Partial<Record<KeyCommand, () => void>> = {
      undo: () => store.getState().undo(),
      redo: () => store.getState().redo(),
      'quick-add': actions.quickAdd,
    };
    if (nodes.size > 0 || edges.length > 0) edits.remove = () => commit(remove(nodes, edges));
    if (nodes.size > 0) {
      edits.duplicate = () => {
        const made = duplicate(history.present, nodes);
        commit(() => made.graph);
        select({ nodes: new Set(made.ids) });
      };
      edits['switch-off'] = () => {
        const isOn = history.present.nodes.some(({ id, disabled }) => nodes.has(id) && !disabled);
        commit(setDisabled(nodes, isOn));
      };
    }
    if (nodes.size === 1) {
      edits.rename = () => actions.open('title');
      edits.connect = () => actions.open('exits');
    }
    const edit = edits[command];
    edit?.();
    // The browser bookmarks with Ctrl+D: never while the canvas is in use.
    return edit !== undefined || command === 'duplicate';
  };
}
