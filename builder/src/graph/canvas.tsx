import { useCallback, useMemo, useState, type DragEvent, type MouseEvent as ReactMouseEvent, type ReactNode } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import { Background, BackgroundVariant, ConnectionLineType, MiniMap, ReactFlow, useReactFlow, type OnConnectEnd } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useTranslation } from 'react-i18next';
import { CanvasTools } from './canvas-tools.js';
import { gridStep, type Place } from './commands.js';
import { fitOptions, FlowView, type CardNode, type WireEdge } from './flow-view.js';
import { useGraph } from './graph-store.js';
import { NodeCard } from './node-card.js';
import { draggedType } from './palette.js';
import { inReadingOrder } from './reading-order.js';
import { useFlowEvents } from './use-flow-events.js';
import { useIsNarrow } from './use-is-narrow.js';
import { Wire } from './wire.js';
import classes from './canvas.module.css';

const nodeViews = { card: NodeCard };
const edgeViews = { wire: Wire };

/** From this many cards on, only those in sight are in the page. */
const manyNodes = 120;

/** Where a step is asked for: its place in the graph, and the port or wire that it joins. */
export interface StepRequest {
  place?: Place;
  /** `node.port` that leads to it. */
  from?: string;
  /** Place on the screen for the list to open at, in pixels. */
  screen?: { x: number; y: number };
}

interface CanvasProps {
  onQuickAdd: (request: StepRequest) => void;
  /** A step of the palette was dropped: on free ground, or on the wire of that id. */
  onDropType: (type: string, place: Place, wire: string | undefined) => void;
  onOpen: (node: string) => void;
  /** Beside the tools of the canvas: the choice of layers. */
  tools?: ReactNode;
}

/** The graph as cards and wires: a view of the store, in which every change is a command. */
export function Canvas({ onQuickAdd, onDropType, onOpen, tools }: CanvasProps) {
  const { t } = useTranslation('graph');
  const scheme = useComputedColorScheme();
  const graph = useGraph((state) => state.history.present);
  const selection = useGraph((state) => state.selection);
  const dragged = useGraph((state) => state.dragged);
  const readOnly = useGraph((state) => state.readOnly);
  const { sizes, ...events } = useFlowEvents();
  const { screenToFlowPosition } = useReactFlow();
  const [view] = useState(() => new FlowView());
  const nodes = view.toNodes(graph, selection, dragged, sizes);
  const edges = view.toEdges(graph, selection);

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
      const target = event.target;
      if (!(target instanceof Element) || !target.classList.contains('react-flow__pane')) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point) return;
      const screen = { x: point.clientX, y: point.clientY };
      const [x, y] = placeOf(screen);
      onQuickAdd({ place: [x, y - gridStep], from: `${fromNode.id}.${fromHandle.id}`, screen });
    },
    [onQuickAdd, placeOf],
  );

  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(draggedType);
    if (type === '' || readOnly) return;
    event.preventDefault();
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest('.react-flow__edge');
    const [x, y] = placeOf({ x: event.clientX, y: event.clientY });
    onDropType(type, [x - 120, y - gridStep], under?.getAttribute('data-id') ?? undefined);
  };

  const onDoubleClick = (event: ReactMouseEvent) => {
    if (readOnly || !(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return;
    const screen = { x: event.clientX, y: event.clientY };
    onQuickAdd({ place: placeOf(screen), screen });
  };

  // A phone shows the beginning at a size that can be read, not the whole too small for it.
  const isNarrow = useIsNarrow();
  const [firstView] = useState(() => (isNarrow ? { ...fitOptions, nodes: inReadingOrder(graph).slice(0, 2) } : fitOptions));

  const labels = useMemo(() => ({ 'minimap.ariaLabel': t('canvas.minimap'), 'node.a11yDescription.default': t('canvas.nodeHelp') }), [t]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classes.canvas}
      role="application"
      aria-label={t('canvas.label')}
      aria-roledescription={t('canvas.role')}
      tabIndex={-1}
      data-canvas
      onDragOver={(event) => event.dataTransfer.types.includes(draggedType) && event.preventDefault()}
      onDrop={onDrop}
      onDoubleClick={onDoubleClick}
      onPointerDown={(event) => event.target instanceof Element && event.target.closest('.react-flow__pane') && event.currentTarget.focus()}
    >
      <ReactFlow<CardNode, WireEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeViews}
        edgeTypes={edgeViews}
        {...events}
        onConnectEnd={onConnectEnd}
        onNodeDoubleClick={(_, node) => onOpen(node.id)}
        colorMode={scheme}
        ariaLabelConfig={labels}
        connectionLineType={ConnectionLineType.Bezier}
        connectionRadius={28}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesFocusable={false}
        elevateNodesOnSelect
        snapToGrid
        snapGrid={[gridStep, gridStep]}
        onlyRenderVisibleElements={graph.nodes.length > manyNodes}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Meta', 'Control']}
        panActivationKeyCode="Space"
        zoomOnDoubleClick={false}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={firstView}
      >
        <Background variant={BackgroundVariant.Dots} gap={gridStep} size={1.6} color={scheme === 'dark' ? '#3a4147' : '#c6ccd2'} />
        {graph.nodes.length > 4 && <MiniMap pannable zoomable position="bottom-right" style={miniMapSize} nodeColor={miniColor(scheme)} />}
        <CanvasTools>{tools}</CanvasTools>
      </ReactFlow>
    </div>
  );
}

const miniMapSize = { width: 140, height: 90 };

function miniColor(scheme: 'light' | 'dark'): string {
  return scheme === 'dark' ? '#56606a' : '#b9c1c9';
}
