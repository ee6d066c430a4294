import { useEffect, useState } from 'react';
import { useStoreApi } from '@xyflow/react';
import type { RuleGraph } from '../../../rules/index.js';
import type { Size } from './boxes.js';
import { FlowView, type CanvasNode, type NameWire, type WireEdge } from './flow-view.js';
import { useGraphStore, type Selection } from './graph-store.js';

interface Drawn {
  graph: RuleGraph;
  selection: Selection;
  /** Of cards, as measured. */
  sizes: ReadonlyMap<string, Size>;
}

/**
 * The graph as React Flow takes it. What is dragged goes to React Flow past React: the page drawn anew at each move of the mouse would cost the drag every
 * sixth frame with 500 cards in sight.
 */
export function useFlowView({ graph, selection, sizes }: Drawn, nameWire: NameWire): { nodes: CanvasNode[]; edges: WireEdge[] } {
  const store = useGraphStore();
  const flow = useStoreApi<CanvasNode, WireEdge>();
  const [view] = useState(() => new FlowView());
  useEffect(
    () =>
      store.subscribe((state, { dragged, resized }) => {
        if (state.dragged === dragged && state.resized === resized) return;
        // Whatever else changed with it, the page is about to draw.
        if (state.history.present !== graph || state.selection !== selection) return;
        flow.getState().setNodes(view.toNodes(graph, state, sizes));
      }),
    [store, flow, view, graph, selection, sizes],
  );
  const { dragged, resized } = store.getState();
  return { nodes: view.toNodes(graph, { selection, dragged, resized }, sizes), edges: view.toEdges(graph, selection, nameWire) };
}
