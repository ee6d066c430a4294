import { useCallback, useState } from 'react';
import type { Connection, EdgeChange, IsValidConnection, NodeChange } from '@xyflow/react';
import type { GraphEdge } from '../../../rules/index.js';
import { hasEntry } from './card-view.js';
import { connect, isSameEdge, moveNodes, type Place } from './commands.js';
import { edgeId, type CardNode, type Size, type WireEdge } from './flow-view.js';
import { useGraphStore } from './graph-store.js';

/** Turns what React Flow reports into selection, transient places and commands: it never keeps a graph of its own. */
export function useFlowEvents() {
  const store = useGraphStore();
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      const measured: [string, Size][] = [];
      const dragged = new Map(store.getState().dragged);
      const settled = new Map<string, Place>();
      const { selection } = store.getState();
      const nodes = new Set(selection.nodes);
      let isSelection = false;
      for (const change of changes) {
        if (change.type === 'dimensions' && change.dimensions) measured.push([change.id, change.dimensions]);
        else if (change.type === 'position' && change.position) {
          const place: Place = [change.position.x, change.position.y];
          if (change.dragging) dragged.set(change.id, place);
          else settled.set(change.id, place);
        } else if (change.type === 'select') {
          isSelection = true;
          if (change.selected) nodes.add(change.id);
          else nodes.delete(change.id);
        }
      }
      if (measured.length > 0) setSizes((known) => new Map([...known, ...measured]));
      if (isSelection) store.getState().select({ nodes, edges: nodes.size > 0 ? selection.edges : [] });
      if (store.getState().readOnly) return;
      if (settled.size > 0) {
        // Arrow keys move by small steps: those in quick succession are one entry.
        store.getState().commit(moveNodes(settled), { merge: `move:${[...settled.keys()].join(' ')}` });
        store.getState().drag(undefined);
      } else if (dragged.size > 0) store.getState().drag(dragged);
    },
    [store],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      const { selection, history } = store.getState();
      let edges: readonly GraphEdge[] = selection.edges;
      for (const change of changes) {
        if (change.type !== 'select') continue;
        const edge = history.present.edges.find((other) => edgeId(other) === change.id);
        if (!edge) continue;
        edges = change.selected ? [...edges, edge] : edges.filter((other) => !isSameEdge(other, edge));
      }
      if (edges !== selection.edges) store.getState().select({ nodes: selection.nodes, edges });
    },
    [store],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      if (sourceHandle) store.getState().commit(connect(`${source}.${sourceHandle}`, target));
    },
    [store],
  );

  const isValidConnection: IsValidConnection<WireEdge> = useCallback(
    ({ source, target }) => {
      const node = store.getState().history.present.nodes.find(({ id }) => id === target);
      return source !== target && node !== undefined && hasEntry(node);
    },
    [store],
  );

  return { sizes, onNodesChange, onEdgesChange, onConnect, isValidConnection };
}
