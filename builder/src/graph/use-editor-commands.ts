import { useCallback, useEffect, useRef } from 'react';
import { useReactFlow } from '@xyflow/react';
import { alongWires, stepBeside } from './along-wires.js';
import type { Size } from './boxes.js';
import { addGroup, addNote } from './canvas-things.js';
import { toClipboardText } from './copying/clipboard.js';
import type { Place } from './commands.js';
import { copyText } from './copy-text.js';
import { fitOptions } from './flow-view.js';
import { useGraphStore, type GraphState } from './graph-store.js';
import type { EditorCommand } from './keys.js';
import type { PanelPart } from './panel-focus.js';
import { freeThingId } from './copying/piece.js';
import { everything, selectionCommands, type Commands } from './selection-commands.js';
import { countOf, groupKey, keysOf, noteKey, type Key } from './things.js';

/** What the editor around the canvas does for its commands. */
export interface EditorActions {
  open: (on: PanelPart) => void;
  quickAdd: (at?: Place) => void;
  close: () => void;
  jump: (node: string) => void;
  /** The middle of what is in sight: the place of what is made without a pointer. */
  middle: () => Place;
  onUnclear: (node: string) => void;
  /** What needs nothing of the graph: panels, dialogs, saving. Those that this person may use. */
  plain: Commands;
}

/**
 * What each command would do at this moment. Keys, menus, the bar over a selection and the palette of commands all ask here, so a command that cannot do
 * anything is offered nowhere.
 * @returns a function of the place that a menu was opened at, in pixels of the graph
 */
export function useEditorCommands(actions: EditorActions): (at?: Place) => Commands {
  const store = useGraphStore();
  const flow = useReactFlow();
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });

  return useCallback(
    (at) => {
      const state = store.getState();
      const { open, close, plain } = latest.current;
      const looks: Commands = {
        fit: () => void flow.fitView(fitOptions),
        'actual-size': () => void flow.zoomTo(1),
        'zoom-in': () => void flow.zoomIn(),
        'zoom-out': () => void flow.zoomOut(),
        escape: close,
        ...plain,
        ...walkCommands(state, latest.current.jump),
      };
      if (state.selection.nodes.size === 1) looks.open = () => open('form');
      const sizes = sizesOf(flow.getNodes());
      if (countOf(state.selection) > 0) looks.copy = () => copyText(toClipboardText(state.history.present, state.selection, sizes));
      if (state.readOnly) return looks;

      const place = at ?? latest.current.middle();
      return {
        ...looks,
        ...makeCommands(state, place),
        ...selectionCommands({ state, sizes, onUnclear: latest.current.onUnclear }),
        ...editingCommands(state, open),
        ...tidyCommand(state, sizes, () => void flow.fitView(fitOptions)),
        'quick-add': () => latest.current.quickAdd(at),
      };
    },
    [store, flow],
  );
}

/** The sizes of cards as the browser drew them, by id. */
export function sizesOf(nodes: readonly { id: string; measured?: { width?: number; height?: number } }[]): Map<string, Size> {
  return new Map(
    nodes.flatMap(({ id, measured: { width, height } = {} }): [string, Size][] => (width && height ? [[id, { width, height }]] : [])),
  );
}

function walkCommands({ history, selection, select }: GraphState, jump: (node: string) => void): Commands {
  const graph = history.present;
  if (graph.nodes.length === 0) return {};
  const [current] = selection.nodes;
  const go = (by: 1 | -1) => {
    const id = stepBeside(graph, current, by);
    if (id === undefined) return;
    jump(id);
    // The card has the keyboard then: arrows move it. One far away is drawn once the view is there.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)?.focus({ preventScroll: true }));
  };
  const commands: Commands = {
    'select-all': () => select(everything(graph)),
    'next-step': () => go(1),
    'previous-step': () => go(-1),
  };
  if (selection.nodes.size > 0) {
    commands['select-after'] = () => select({ nodes: alongWires(graph, selection.nodes, 'after') });
    commands['select-before'] = () => select({ nodes: alongWires(graph, selection.nodes, 'before') });
  }
  return commands;
}

/** What makes something new, at a place. Selected steps get their frame from selectionCommands instead. */
function makeCommands({ history, commit, select, edit, undo, redo }: GraphState, place: Place): Commands {
  const graph = history.present;
  const commands: Commands = {
    note: () => {
      const id = freeThingId(graph.notes, 'note');
      commit(addNote(id, place));
      select({ notes: new Set([id]) });
      edit(noteKey(id));
    },
    group: () => {
      const id = freeThingId(graph.groups, 'group');
      commit(addGroup(id, [], place));
      select({ groups: new Set([id]) });
      edit(groupKey(id));
    },
  };
  if (history.past.length > 0) commands.undo = undo;
  if (history.future.length > 0) commands.redo = redo;
  return commands;
}

/** What opens the one selected thing for typing. */
function editingCommands({ selection, edit }: GraphState, open: (on: PanelPart) => void): Commands {
  const [key, ...others] = keysOf(selection);
  if (key === undefined || others.length > 0) return {};
  if (selection.nodes.size === 1) return { rename: () => open('title'), connect: () => open('exits') };
  const type = typeInto(key, edit);
  return { open: type, rename: type };
}

const typeInto = (key: Key, edit: GraphState['edit']) => () => edit(key);

/** The layout comes with its first use: it is as large as the rest of the canvas. */
function tidyCommand({ history, selection, commit }: GraphState, sizes: ReadonlyMap<string, Size>, fit: () => void): Commands {
  const graph = history.present;
  if (graph.nodes.length < 2) return {};
  return {
    tidy: () => {
      void import('./arranging/tidy.js').then(({ tidy }) => {
        // Between the key and the layout's arrival the graph may have changed: what is tidied is the graph of now.
        commit((now) => tidy(now, selection, sizes));
        if (selection.nodes.size < 2) requestAnimationFrame(fit);
      });
    },
  };
}

/** Keys that a browser would take for itself: they stay the canvas's, also where they do nothing at the moment. */
export const ownKeys: ReadonlySet<EditorCommand> = new Set([
  'duplicate',
  'group',
  'find',
  'find-next',
  'find-previous',
  'palette',
  'undo',
  'redo',
]);
