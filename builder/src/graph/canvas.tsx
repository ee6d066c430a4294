import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type MouseEvent as ReactMouseEvent,
  type PointerEvent as ReactPointerEvent,
  type ReactNode,
} from 'react';
import { useComputedColorScheme } from '@mantine/core';
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  MiniMap,
  ReactFlow,
  useReactFlow,
  useStore,
  type OnConnectEnd,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n.js';
import { CanvasTools } from './canvas-tools.js';
import { CanvasContext } from './canvas-context.js';
import { cardOf } from './card-view.js';
import { gridStep, type Place } from './commands.js';
import type { MenuRequest } from './canvas-menu.js';
import { edgeId, fitOptions, type CanvasNode, type NameWire, type WireEdge } from './flow-view.js';
import { useGraph, useGraphStore } from './graph-store.js';
import { GroupView } from './group-view.js';
import { NodeCard } from './node-card.js';
import { NoteView } from './note-view.js';
import { draggedType } from './palette.js';
import { inReadingOrder } from './reading-order.js';
import { keysOf, pickedBy, thingOf } from './things.js';
import { useFlowEvents } from './use-flow-events.js';
import { useFlowView } from './use-flow-view.js';
import { useIsNarrow } from './use-is-narrow.js';
import { useLongPress } from './use-long-press.js';
import { usePicking } from './use-picking.js';
import { wireAt } from './wire-at.js';
import { Wire } from './wire.js';
import classes from './canvas.module.css';

const nodeViews = { card: NodeCard, note: NoteView, 'named-group': GroupView };
const edgeViews = { wire: Wire };

/** From this many cards on, only those in sight are in the page. */
const manyNodes = 120;

const snapGrid: Place = [gridStep, gridStep];
const severalKeys = ['Meta', 'Control'];

/** Smaller than this nothing on a card can be read: cards are plain blocks in the colours of their families then, which are drawn many times faster. */
const farZoom = 0.3;

/** Where a step is asked for: its place in the graph, and the port or wire that it joins. */
export interface StepRequest {
  place?: Place;
  /** `node.port` that leads to it. */
  from?: string;
  /** The wire that it goes into, by its id on the canvas. */
  wire?: string;
  /** Place on the screen for the list to open at, in pixels. */
  screen?: { x: number; y: number };
}

interface CanvasProps {
  onQuickAdd: (request: StepRequest) => void;
  /** A step of the palette was dropped: on free ground, or on the wire of that id. */
  onDropType: (type: string, place: Place, wire: string | undefined) => void;
  onOpen: (node: string) => void;
  onMenu?: (request: MenuRequest & { place: Place }) => void;
  /** Beside the tools of the canvas: the choice of layers. */
  tools?: ReactNode;
  /** What lies over the canvas: the bar of a selection, the search. */
  children?: ReactNode;
}

/** The graph as cards and wires: a view of the store, in which every change is a command. */
export function Canvas({ onQuickAdd, onDropType, onOpen, onMenu, tools, children }: CanvasProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const scheme = useComputedColorScheme();
  const graph = useGraph((state) => state.history.present);
  const selection = useGraph((state) => state.selection);
  const readOnly = useGraph((state) => state.readOnly);
  const store = useGraphStore();
  const { sizes, handlers } = useFlowEvents();
  const picking = usePicking();
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < farZoom);
  const { screenToFlowPosition } = useReactFlow();
  const { timezone } = graph;
  const shared = useMemo(() => ({ isFar, canConnect: !readOnly, timezone }), [isFar, readOnly, timezone]);
  const nameWire: NameWire = useCallback(
    (from, port, to) => {
      const { title, ports } = cardOf(from, language, timezone);
      const exit = ports.find(({ name }) => name === port)?.label ?? port;
      return t('canvas.wire', { from: title, exit, to: cardOf(to, language, timezone).title });
    },
    [t, language, timezone],
  );
  const { nodes, edges } = useFlowView({ graph, selection, sizes }, nameWire);

  const placeOf = useCallback(
    (point: { x: number; y: number }): Place => {
      const { x, y } = screenToFlowPosition(point);
      return [x, y];
    },
    [screenToFlowPosition],
  );

  // A wire let go over free ground asks which step it should lead to.
  const onConnectEnd: OnConnectEnd = useCallback(
    (event, { isValid, fromNode, fromHandle }) => {
      if (isValid || !fromNode || !fromHandle?.id || fromHandle.type !== 'source') return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      // The target of a touch is where the finger came down, wherever it is lifted.
      if (!point || !document.elementFromPoint(point.clientX, point.clientY)?.classList.contains('react-flow__pane')) return;
      const screen = { x: point.clientX, y: point.clientY };
      const [x, y] = placeOf(screen);
      onQuickAdd({ place: [x, y - gridStep], from: `${fromNode.id}.${fromHandle.id}`, screen });
    },
    [onQuickAdd, placeOf],
  );

  const opens = useRef(onOpen);
  useEffect(() => {
    opens.current = onOpen;
  });
  // One function for good: with a new one React Flow draws every card again, at each move of a drag.
  const onNodeDoubleClick = useCallback(
    (_: unknown, { id }: CanvasNode) => (thingOf(id).kind === 'node' ? opens.current(id) : store.getState().edit(id)),
    [store],
  );

  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(draggedType);
    if (type === '' || readOnly) return;
    event.preventDefault();
    const point = { x: event.clientX, y: event.clientY };
    const [x, y] = placeOf(point);
    onDropType(type, [x - 120, y - gridStep], wireAt(point));
    store.getState().aimAt(undefined);
  };

  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(draggedType)) return;
    event.preventDefault();
    store.getState().aimAt(wireAt({ x: event.clientX, y: event.clientY }));
  };

  /** A menu for what lies at a point; what it is about is selected, unless it is part of a selection already. */
  const openMenu = (screen: { x: number; y: number }, target: Element) => {
    if (!onMenu) return;
    const key = target.closest('.react-flow__node')?.getAttribute('data-id');
    const wire = key ? undefined : wireAt(screen);
    const edge = graph.edges.find((one) => edgeId(one) === wire);
    const isPicked = key && keysOf(selection).includes(key);
    if (key && !isPicked) store.getState().select(pickedBy([key]));
    if (edge) store.getState().select({ edges: [edge] });
    const onSelection = key ?? target.closest('.react-flow__nodesselection');
    onMenu({ screen, place: placeOf(screen), on: onSelection ? 'thing' : edge ? 'wire' : 'ground' });
  };
  const longPress = useLongPress(openMenu);
  const onContextMenu = (event: ReactMouseEvent) => {
    // Text that is being typed has the browser's own menu.
    if (!onMenu || !(event.target instanceof Element) || event.target.closest('textarea, input, a')) return;
    event.preventDefault();
    openMenu(menuPoint(event), event.target);
  };

  const onPointerDown = ({ target, currentTarget }: ReactPointerEvent<HTMLElement>) => {
    if (!(target instanceof Element)) return;
    if (target.closest('.react-flow__pane')) currentTarget.focus();
    if (!target.closest('.react-flow__node')) return;
    const { press } = store.getState();
    press(true);
    const letGo = new AbortController();
    // Wherever the pointer is by then.
    for (const end of ['pointerup', 'pointercancel'])
      window.addEventListener(end, () => (letGo.abort(), press(false)), { capture: true, signal: letGo.signal });
  };

  const onDoubleClick = (event: ReactMouseEvent) => {
    if (readOnly || !(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return;
    const screen = { x: event.clientX, y: event.clientY };
    onQuickAdd({ place: placeOf(screen), screen });
  };

  // A phone shows the beginning at a size that can be read, not the whole too small for it.
  const isNarrow = useIsNarrow();
  const [firstView] = useState(() => (isNarrow ? { ...fitOptions, nodes: inReadingOrder(graph).slice(0, 2) } : fitOptions));

  const labels = useMemo(
    () => ({
      'minimap.ariaLabel': t('canvas.minimap'),
      'node.a11yDescription.default': t('canvas.nodeHelp'),
      'node.a11yDescription.ariaLiveMessage': ({ x, y }: { x: number; y: number }) => t('drawing.moved', { x, y }),
    }),
    [t],
  );

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classes.canvas}
      role="application"
      aria-label={t('canvas.label')}
      aria-roledescription={t('canvas.role')}
      tabIndex={-1}
      data-canvas
      data-far={isFar || undefined}
      onDragOver={onDragOver}
      onDragLeave={() => store.getState().aimAt(undefined)}
      onDrop={onDrop}
      onDoubleClick={onDoubleClick}
      onContextMenu={onContextMenu}
      {...longPress}
      onPointerDown={onPointerDown}
    >
      <CanvasContext value={shared}>
        <ReactFlow<CanvasNode, WireEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeViews}
          edgeTypes={edgeViews}
          {...handlers}
          onConnectEnd={onConnectEnd}
          onNodeDoubleClick={onNodeDoubleClick}
          colorMode={scheme}
          ariaLabelConfig={labels}
          connectionLineType={ConnectionLineType.Bezier}
          connectionRadius={28}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          edgesReconnectable={!readOnly && !isFar}
          reconnectRadius={14}
          edgesFocusable={false}
          elevateNodesOnSelect
          snapToGrid
          snapGrid={snapGrid}
          onlyRenderVisibleElements={graph.nodes.length > manyNodes}
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          selectionOnDrag={picking.isOn}
          panOnDrag={!picking.isOn}
          multiSelectionKeyCode={severalKeys}
          panActivationKeyCode="Space"
          zoomOnDoubleClick={false}
          minZoom={0.1}
          maxZoom={2}
          fitView
          fitViewOptions={firstView}
        >
          <Background variant={BackgroundVariant.Dots} gap={gridStep} size={1.6} color={scheme === 'dark' ? '#3a4147' : '#c6ccd2'} />
          {graph.nodes.length > 4 && (
            <MiniMap pannable zoomable position="bottom-right" style={miniMapSize} nodeColor={miniColor(scheme)} />
          )}
          <CanvasTools picking={readOnly ? undefined : picking}>{tools}</CanvasTools>
          {children}
        </ReactFlow>
      </CanvasContext>
    </div>
  );
}

/** The key for a menu has no pointer: the menu then opens at the card that has the focus. */
function menuPoint({ clientX, clientY, target }: ReactMouseEvent): { x: number; y: number } {
  if (clientX !== 0 || clientY !== 0 || !(target instanceof Element)) return { x: clientX, y: clientY };
  const { left, top } = target.getBoundingClientRect();
  return { x: left + 20, y: top + 20 };
}

const miniMapSize = { width: 140, height: 90 };

function miniColor(scheme: 'light' | 'dark'): string {
  return scheme === 'dark' ? '#56606a' : '#b9c1c9';
}
