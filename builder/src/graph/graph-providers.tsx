import { ReactFlowProvider } from '@xyflow/react';
import type { ReactNode } from 'react';
import { GraphStoreContext, type GraphStore } from './graph-store.js';
import { LayerStoreContext, type LayerStore } from './layers.js';

/** What the canvas and its panels stand on: one graph, its layers, one view. */
export function GraphProviders({ store, layers, children }: { store: GraphStore; layers: LayerStore; children: ReactNode }) {
  return (
    <GraphStoreContext value={store}>
      <LayerStoreContext value={layers}>
        <ReactFlowProvider>{children}</ReactFlowProvider>
      </LayerStoreContext>
    </GraphStoreContext>
  );
}
