import type { Edge, Node } from '@xyflow/react';
import type { GraphEdge, GraphNode, RuleGraph } from '../../../rules/index.js';
import { ownerOf, portOf, type Place } from './commands.js';
import type { Selection } from './graph-store.js';

export type CardNode = Node<{ node: GraphNode }, 'card'>;
export type WireEdge = Edge<{ edge: GraphEdge }, 'wire'>;

/** The size that the browser gave a card, in pixels. */
export interface Size {
  width: number;
  height: number;
}

export const cardWidth = 240;

/** Small graphs are shown at their own size, not blown up. */
export const fitOptions = { padding: '32px', maxZoom: 1 } as const;

/** The one entry of a card, as React Flow names it. */
export const entryHandle = 'in';

/** React Flow's view of the graph. Made anew at every change, but a card or wire of which nothing changed stays the same object. */
export class FlowView {
  private nodes = new Map<string, { made: CardNode; from: unknown[] }>();
  private edges = new Map<string, { made: WireEdge; from: unknown[] }>();
  private lastNodes: CardNode[] = [];
  private lastEdges: WireEdge[] = [];

  /** @param sizes as measured: React Flow forgets a card's size when it gets a new object without one */
  toNodes(
    graph: RuleGraph,
    selection: Selection,
    dragged: ReadonlyMap<string, Place> | undefined,
    sizes: ReadonlyMap<string, Size>,
  ): CardNode[] {
    const next = new Map<string, { made: CardNode; from: unknown[] }>();
    const list = graph.nodes.map((node, index) => {
      const place = dragged?.get(node.id) ?? node.position ?? fallbackPlace(index);
      const from = [node, place[0], place[1], selection.nodes.has(node.id), sizes.get(node.id)];
      const known = this.nodes.get(node.id);
      const entry = known && isSame(known.from, from) ? known : { made: toNode(node, place, selection, sizes.get(node.id)), from };
      next.set(node.id, entry);
      return entry.made;
    });
    this.nodes = next;
    if (!isSame(this.lastNodes, list)) this.lastNodes = list;
    return this.lastNodes;
  }

  toEdges(graph: RuleGraph, selection: Selection): WireEdge[] {
    const next = new Map<string, { made: WireEdge; from: unknown[] }>();
    const ids = new Set(graph.nodes.map((node) => node.id));
    const selected = new Set(selection.edges.map(edgeId));
    const list = graph.edges.flatMap((edge) => {
      const id = edgeId(edge);
      if (!ids.has(edge.to) || !ids.has(ownerOf(edge.from)) || next.has(id)) return [];
      const from = [edge.from, edge.to, selected.has(id)];
      const known = this.edges.get(id);
      const entry = known && isSame(known.from, from) ? known : { made: toEdge(edge, selected.has(id)), from };
      next.set(id, entry);
      return [entry.made];
    });
    this.edges = next;
    if (!isSame(this.lastEdges, list)) this.lastEdges = list;
    return this.lastEdges;
  }
}

export function edgeId({ from, to }: GraphEdge): string {
  return `${from}>${to}`;
}

/** A place for a step whose file names none: in a row, so that nothing lies on top of anything. */
function fallbackPlace(index: number): Place {
  return [(index % 5) * 320, Math.floor(index / 5) * 200];
}

function toNode(node: GraphNode, [x, y]: Place, selection: Selection, size: Size | undefined): CardNode {
  const view: CardNode = { id: node.id, type: 'card', position: { x, y }, data: { node }, selected: selection.nodes.has(node.id) };
  if (size) view.measured = size;
  return view;
}

function toEdge(edge: GraphEdge, selected: boolean): WireEdge {
  return {
    id: edgeId(edge),
    type: 'wire',
    source: ownerOf(edge.from),
    sourceHandle: portOf(edge.from),
    target: edge.to,
    targetHandle: entryHandle,
    data: { edge },
    selected,
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
