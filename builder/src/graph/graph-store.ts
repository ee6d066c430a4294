import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GraphEdge, RuleGraph } from '../../../rules/index.js';
import { isSameEdge, ownerOf, type Command, type Place } from './commands.js';
import { rebase, record, redo, startHistory, undo, type History } from './history.js';

/** What is selected: no part of the graph, and no entry of its history. */
export interface Selection {
  nodes: ReadonlySet<string>;
  edges: readonly GraphEdge[];
}

/** One rule graph under edit (or on show). The canvas, the panels and the try-it chat are views of it. */
export interface GraphState {
  history: History;
  selection: Selection;
  /** Places under a drag that is not over yet, in pixels. */
  dragged: ReadonlyMap<string, Place> | undefined;
  readOnly: boolean;
  /** The only way to change the graph. Changes with the same `merge` in quick succession are one entry of the history. */
  commit: (command: Command, options?: { merge?: string }) => void;
  undo: () => void;
  redo: () => void;
  select: (selection: Partial<Selection>) => void;
  drag: (places: ReadonlyMap<string, Place> | undefined) => void;
  /** Takes another graph (read from the server) and forgets the history. */
  load: (graph: RuleGraph, readOnly: boolean) => void;
  /** Takes the graph as joined with somebody else's changes; `onto` brings these into a snapshot, so that undo leaves them alone. */
  rebase: (graph: RuleGraph, onto: (snapshot: RuleGraph) => RuleGraph) => void;
}

export type GraphStore = StoreApi<GraphState>;

const nothing: Selection = { nodes: new Set(), edges: [] };

/** @param clock gives milliseconds since 1970; tells a pause in typing */
export function createGraphStore(graph: RuleGraph, options: { readOnly?: boolean; clock?: () => number } = {}): GraphStore {
  const clock = options.clock ?? (() => Date.now());
  return createStore<GraphState>()((set, get) => {
    const show = (history: History) => {
      if (history !== get().history) set({ history, selection: stillThere(get().selection, history.present), dragged: undefined });
    };
    return {
      history: startHistory(graph),
      selection: nothing,
      dragged: undefined,
      readOnly: options.readOnly ?? false,
      commit(command, { merge } = {}) {
        const { history, readOnly } = get();
        if (!readOnly) show(record(history, command(history.present), { merge, now: clock() }));
      },
      undo: () => show(undo(get().history)),
      redo: () => show(redo(get().history)),
      select: (selection) => set({ selection: { ...nothing, ...selection } }),
      drag: (dragged) => set({ dragged }),
      rebase: (next, onto) => show(rebase(get().history, onto, next)),
      load: (next, readOnly) => set({ history: startHistory(next), selection: nothing, dragged: undefined, readOnly }),
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

/** The graph as it is now. */
export function useRuleGraph(): RuleGraph {
  return useGraph((state) => state.history.present);
}

function stillThere(selection: Selection, graph: RuleGraph): Selection {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const nodes = new Set([...selection.nodes].filter((id) => ids.has(id)));
  const edges = selection.edges.filter((edge) => ids.has(ownerOf(edge.from)) && graph.edges.some((other) => isSameEdge(other, edge)));
  return nodes.size === selection.nodes.size && edges.length === selection.edges.length ? selection : { nodes, edges };
}
