import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type Connection,
  type EdgeChange,
  type IsValidConnection,
  type NodeChange,
  type OnNodeDrag,
  type OnReconnect,
} from '@xyflow/react';
import type { GraphEdge } from '../../../rules/index.js';
import { boxesOf, contentsOf, type Size } from './boxes.js';
import { resizeThing } from './canvas-things.js';
import { hasEntry, portNamesOf } from './card-view.js';
import { connect, isSameEdge, moveThings, type Command, type Place } from './commands.js';
import { edgeId, type CanvasNode, type WireEdge } from './flow-view.js';
import { useGraphStore, type GraphState } from './graph-store.js';
import { insertExisting, moveWire } from './rejoin.js';
import { keysOf, pickedBy, thingOf, type Key } from './things.js';
import { wireAt } from './wire-at.js';

/** Turns what React Flow reports into selection, transient places and commands: it never keeps a graph of its own. */
export function useFlowEvents() {
  const store = useGraphStore();
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const drawn = useRef(sizes);
  useEffect(() => {
    drawn.current = sizes;
  });
  /** What lies in the frames that are being dragged: looked up once for each drag. */
  const carried = useRef(new Map<Key, readonly Key[]>());

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const { measured, moved, resized, selected, isDragging } = sortOut(changes);
      if (measured.length > 0) setSizes((known) => new Map([...known, ...measured]));
      const state = store.getState();
      if (selected.size > 0) pick(state, selected);
      if (state.readOnly) return;
      for (const [key, size] of resized) resize(state, key, size, moved);
      if (resized.size > 0 || moved.size === 0) return;

      const places = withCarried(state, moved, carried.current, drawn.current);
      if (isDragging) return state.drag(new Map([...(state.dragged ?? []), ...places]), state.resized);
      carried.current.clear();
      const merge = state.dragged ? undefined : `move:${[...moved.keys()].join(' ')}`;
      // Arrow keys move by small steps: those in quick succession are one entry. A drag is one by itself.
      state.commit(settle(state, places), { merge });
      state.drag(undefined);
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
      if (edges !== selection.edges) store.getState().select({ ...selection, edges });
    },
    [store],
  );

  const onNodeDrag: OnNodeDrag<CanvasNode> = useCallback(
    (event, node, all) => {
      const state = store.getState();
      const isAlone = all.length === 1 && node.type === 'card' && insertion(state, node.id) !== undefined;
      const point = 'touches' in event ? event.touches[0] : event;
      state.aimAt(isAlone && point ? wireAt({ x: point.clientX, y: point.clientY }) : undefined);
    },
    [store],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      if (sourceHandle) store.getState().commit(connect(`${source}.${sourceHandle}`, target));
    },
    [store],
  );

  const onReconnect: OnReconnect<WireEdge> = useCallback(
    ({ data }, { source, sourceHandle, target }) => {
      if (data && sourceHandle) store.getState().commit(moveWire(data.edge, { from: `${source}.${sourceHandle}`, to: target }));
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

  return { sizes, handlers: { onNodesChange, onEdgesChange, onNodeDrag, onConnect, onReconnect, isValidConnection } };
}

/** React Flow's changes by what they mean here. */
function sortOut(changes: readonly NodeChange<CanvasNode>[]) {
  const measured: [string, Size][] = [];
  const moved = new Map<Key, Place>();
  /** Notes and frames whose corner is pulled; undefined for one that was let go. */
  const resized = new Map<Key, Size | undefined>();
  const selected = new Map<Key, boolean>();
  let isDragging = false;
  for (const change of changes) {
    if (change.type === 'dimensions' && change.resizing !== undefined)
      resized.set(change.id, change.resizing ? change.dimensions : undefined);
    // Notes and frames are as large as the graph says, not as large as they were drawn.
    else if (change.type === 'dimensions' && change.dimensions && thingOf(change.id).kind === 'node')
      measured.push([change.id, change.dimensions]);
    else if (change.type === 'position' && change.position) {
      moved.set(change.id, [change.position.x, change.position.y]);
      isDragging ||= change.dragging === true;
    } else if (change.type === 'select') selected.set(change.id, change.selected);
  }
  return { measured, moved, resized, selected, isDragging };
}

function pick({ selection, select }: GraphState, changes: ReadonlyMap<Key, boolean>): void {
  const keys = new Set(keysOf(selection));
  for (const [key, isSelected] of changes) {
    if (isSelected) keys.add(key);
    else keys.delete(key);
  }
  select({ ...pickedBy(keys), edges: keys.size > 0 ? selection.edges : [] });
}

function resize(state: GraphState, key: Key, size: Size | undefined, moved: ReadonlyMap<Key, Place>): void {
  const place = moved.get(key) ?? state.dragged?.get(key);
  if (size) return state.drag(place && new Map([[key, place]]), new Map([[key, size]]));
  const box = boxesOf(state.history.present).get(key);
  const last = state.resized?.get(key);
  if (box && last) state.commit(resizeThing(key, { ...last, x: place?.[0] ?? box.x, y: place?.[1] ?? box.y }));
  state.drag(undefined);
}

/** The places of what is moved, and of all that lies in the frames among it. */
function withCarried(
  { history }: GraphState,
  moved: ReadonlyMap<Key, Place>,
  carried: Map<Key, readonly Key[]>,
  sizes: ReadonlyMap<string, Size>,
): ReadonlyMap<Key, Place> {
  const frames = [...moved.keys()].filter((key) => thingOf(key).kind === 'group');
  if (frames.length === 0) return moved;
  const boxes = boxesOf(history.present, sizes);
  const places = new Map(moved);
  for (const frame of frames) {
    const [start, end] = [boxes.get(frame), moved.get(frame)];
    if (!start || !end) continue;
    const inside = carried.get(frame) ?? contentsOf(frame, boxes);
    carried.set(frame, inside);
    for (const key of inside) {
      const box = boxes.get(key);
      if (box && !places.has(key)) places.set(key, [box.x + end[0] - start.x, box.y + end[1] - start.y]);
    }
  }
  return places;
}

/** The end of a move: a step that was dropped on a wire is in it then, in the same entry of the history. */
function settle(state: GraphState, places: ReadonlyMap<Key, Place>): Command {
  const [id] = places.keys();
  const edge = state.history.present.edges.find((one) => edgeId(one) === state.dropWire);
  const into = edge && id !== undefined && places.size === 1 ? insertion(state, id) : undefined;
  return (graph) => {
    const moved = moveThings(places)(graph);
    return edge && into ? insertExisting(edge, into.id, into.port)(moved) : moved;
  };
}

/** How a step that is there goes into a wire: nothing leads to it yet, and its first exit is free. Undefined for any other. */
function insertion({ history: { present } }: GraphState, id: string): { id: string; port: string | undefined } | undefined {
  const node = present.nodes.find((one) => one.id === id);
  if (!node || !hasEntry(node) || present.edges.some(({ to }) => to === id)) return undefined;
  const [port] = portNamesOf(node);
  const isFree = port === undefined || !present.edges.some(({ from }) => from === `${id}.${port}`);
  return isFree ? { id, port } : undefined;
}
