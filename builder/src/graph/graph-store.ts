import { createContext, useContext, useState } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GraphEdge, RuleGraph } from '../../../rules/index.js';
import type { Size } from './boxes.js';
import { isSameEdge, ownerOf, type Command, type Place } from './commands.js';
import { rebase, record, redo, startHistory, undo, type History } from './history.js';
import type { Key, Picked } from './things.js';

/** What is selected: no part of the graph, and no entry of its history. */
export interface Selection extends Picked {
  edges: readonly GraphEdge[];
}

/** One rule graph under edit (or on show). The canvas, the panels and the try-it chat are views of it. */
export interface GraphState {
  history: History;
  selection: Selection;
  /** Places under a drag that is not over yet, in pixels, by key. */
  dragged: ReadonlyMap<Key, Place> | undefined;
  /** The size of a note or frame whose corner is being pulled. */
  resized: ReadonlyMap<Key, Size> | undefined;
  /** The wire (its id on the canvas) that takes in what is dragged if it is let go now. */
  dropWire: string | undefined;
  /** A pointer is down on a card, note or frame, which is about to be dragged, or is. */
  pressed: boolean;
  /** The note or frame whose text is being typed on the canvas. */
  editing: Key | undefined;
  readOnly: boolean;
  /** The only way to change the graph. Changes with the same `merge` in quick succession are one entry of the history. */
  commit: (command: Command, options?: { merge?: string }) => void;
  undo: () => void;
  redo: () => void;
  select: (selection: Partial<Selection>) => void;
  drag: (places: ReadonlyMap<Key, Place> | undefined, sizes?: ReadonlyMap<Key, Size>) => void;
  aimAt: (wire: string | undefined) => void;
  press: (pressed: boolean) => void;
  edit: (key: Key | undefined) => void;
  /** Takes another graph (read from the server) and forgets the history. */
  load: (graph: RuleGraph, readOnly: boolean) => void;
  /** Takes the graph as joined with somebody else's changes; `onto` brings these into a snapshot, so that undo leaves them alone. */
  rebase: (graph: RuleGraph, onto: (snapshot: RuleGraph) => RuleGraph) => void;
}

export type GraphStore = StoreApi<GraphState>;

const nothing: Selection = { nodes: new Set(), notes: new Set(), groups: new Set(), edges: [] };

const noDrag = { dragged: undefined, resized: undefined, dropWire: undefined };

/** @param clock gives milliseconds since 1970; tells a pause in typing */
export function createGraphStore(graph: RuleGraph, options: { readOnly?: boolean; clock?: () => number } = {}): GraphStore {
  const clock = options.clock ?? (() => Date.now());
  return createStore<GraphState>()((set, get) => {
    const show = (history: History) => {
      if (history !== get().history) set({ history, selection: stillThere(get().selection, history.present), ...noDrag });
    };
    return {
      history: startHistory(graph),
      selection: nothing,
      ...noDrag,
      pressed: false,
      editing: undefined,
      readOnly: options.readOnly ?? false,
      commit(command, { merge } = {}) {
        const { history, readOnly } = get();
        if (!readOnly) show(record(history, command(history.present), { merge, now: clock() }));
      },
      undo: () => show(undo(get().history)),
      redo: () => show(redo(get().history)),
      select: (selection) => set({ selection: { ...nothing, ...selection } }),
      drag: (dragged, resized) => set({ dragged, resized }),
      aimAt: (dropWire) => dropWire !== get().dropWire && set({ dropWire }),
      press: (pressed) => set({ pressed }),
      edit: (editing) => set({ editing: get().readOnly ? undefined : editing }),
      rebase: (next, onto) => show(rebase(get().history, onto, next)),
      load: (next, readOnly) => set({ history: startHistory(next), selection: nothing, ...noDrag, editing: undefined, readOnly }),
    };
  });
}

export const GraphStoreContext = createContext<GraphStore | undefined>(undefined);

/** The store of the page's graph, for event handlers. @throws Error outside a page that provides one */
export function useGraphStore(): GraphStore {
  const store = useContext(GraphStoreContext);
  if (!store) throw new Error('No graph store above this component');
  return store;
}

/** A part of the page's graph state; the component draws again when that part changes. */
export function useGraph<Part>(part: (state: GraphState) => Part): Part {
  return useStore(useGraphStore(), part);
}

/**
 * As `useGraph`, but stands still while a pointer is down on a card: what opens for a step that is being dragged opens when it is let go, and costs the
 * drag no frames.
 * @param part the same in all calls
 */
export function useSettledGraph<Part>(part: (state: GraphState) => Part): Part {
  const [settled] = useState(() => {
    let last: { part: Part } | undefined;
    return (state: GraphState) => {
      if (!last || !state.pressed) last = { part: part(state) };
      return last.part;
    };
  });
  return useGraph(settled);
}

/** The graph as it is now. */
export function useRuleGraph(): RuleGraph {
  return useGraph((state) => state.history.present);
}

function stillThere(selection: Selection, graph: RuleGraph): Selection {
  const nodes = kept(selection.nodes, graph.nodes);
  const notes = kept(selection.notes, graph.notes);
  const groups = kept(selection.groups, graph.groups);
  const known = selection.edges.filter((edge) => graph.edges.some((other) => isSameEdge(other, edge)));
  const ids = new Set(graph.nodes.map(({ id }) => id));
  const drawn = known.filter(({ from, to }) => ids.has(ownerOf(from)) && ids.has(to));
  const edges = drawn.length === selection.edges.length ? selection.edges : drawn;
  const isSame = nodes === selection.nodes && notes === selection.notes && groups === selection.groups && edges === selection.edges;
  return isSame ? selection : { nodes, notes, groups, edges };
}

/** Those ids that are still there; the same set where all are. */
function kept(ids: ReadonlySet<string>, things: readonly { id: string }[] = []): ReadonlySet<string> {
  if (ids.size === 0) return ids;
  const there = new Set(things.map(({ id }) => id));
  const left = new Set([...ids].filter((id) => there.has(id)));
  return left.size === ids.size ? ids : left;
}
