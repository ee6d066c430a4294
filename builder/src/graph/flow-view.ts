import type { Edge, Node } from '@xyflow/react';
import type { GraphEdge, GraphNode, RuleGraph } from '../../../rules/index.js';
import { groupBox, noteBox, placeOf, type Box, type Size } from './boxes.js';
import { ownerOf, portOf, type Place } from './commands.js';
import type { GraphState, Selection } from './graph-store.js';
import { groupKey, noteKey, type Group, type Key, type Note } from './things.js';

export type CardNode = Node<{ node: GraphNode }, 'card'>;
export type NoteNode = Node<{ note: Note }, 'note'>;
/** Not `group`: React Flow dresses nodes of that type itself. */
export type GroupNode = Node<{ group: Group }, 'named-group'>;
/** Whatever lies on the canvas, as React Flow takes it; its id is the thing's key. */
export type CanvasNode = CardNode | NoteNode | GroupNode;
export type NameWire = (from: GraphNode, port: string, to: GraphNode) => string;
export type WireEdge = Edge<{ edge: GraphEdge }, 'wire'>;

/** Small graphs are shown at their own size, not blown up. */
export const fitOptions = { padding: '32px', maxZoom: 1 } as const;

/** The one entry of a card, as React Flow names it. */
export const entryHandle = 'in';

/** React Flow lifts what is selected by 1000: a frame stays below the wires even so, a note below the cards until then. */
const depths = { group: -3000, note: -500 };

/** React Flow's view of the graph. Made anew at every change, but a card or wire of which nothing changed stays the same object. */
export class FlowView {
  private nodes = new Map<Key, { made: CanvasNode; from: unknown[] }>();
  private edges = new Map<string, { made: WireEdge; from: unknown[] }>();
  private lastNodes: CanvasNode[] = [];
  private lastEdges: WireEdge[] = [];
  private edgesFrom: unknown[] = [];

  /** @param sizes of cards as measured: React Flow forgets a card's size when it gets a new object without one */
  toNodes(
    graph: RuleGraph,
    { selection, dragged, resized }: Pick<GraphState, 'selection' | 'dragged' | 'resized'>,
    sizes: ReadonlyMap<string, Size>,
  ): CanvasNode[] {
    const next = new Map<Key, { made: CanvasNode; from: unknown[] }>();
    const keep = (key: Key, from: unknown[], make: () => CanvasNode) => {
      // A second thing of one id cannot be told apart from the first.
      if (next.has(key)) return;
      const known = this.nodes.get(key);
      next.set(key, known && isSame(known.from, from) ? known : { made: make(), from });
    };
    const boxNow = (key: Key, box: Box): Box => {
      const [x, y] = dragged?.get(key) ?? [box.x, box.y];
      return { ...box, ...resized?.get(key), x, y };
    };
    const groups = (graph.groups ?? []).toSorted((a, b) => b.size[0] * b.size[1] - a.size[0] * a.size[1]);
    groups.forEach((group, index) => {
      const key = groupKey(group.id);
      const box = boxNow(key, groupBox(group));
      const isSelected = selection.groups.has(group.id);
      keep(key, [group, index, isSelected, ...sidesOf(box)], () => toGroup(group, box, isSelected, index));
    });
    for (const note of graph.notes ?? []) {
      const key = noteKey(note.id);
      const box = boxNow(key, noteBox(note));
      const isSelected = selection.notes.has(note.id);
      keep(key, [note, isSelected, ...sidesOf(box)], () => toNote(note, box, isSelected));
    }
    graph.nodes.forEach((node, index) => {
      const place = dragged?.get(node.id) ?? placeOf(node, index);
      const size = sizes.get(node.id);
      keep(node.id, [node, place[0], place[1], selection.nodes.has(node.id), size], () => toCard(node, place, selection, size));
    });
    this.nodes = next;
    const list = [...next.values()].map(({ made }) => made);
    if (!isSame(this.lastNodes, list)) this.lastNodes = list;
    return this.lastNodes;
  }

  /** @param nameWire what a screen reader calls the wire from an exit of one step to another step */
  toEdges(graph: RuleGraph, selection: Selection, nameWire: NameWire): WireEdge[] {
    // While something is dragged, none of these changes.
    const from = [graph.nodes, graph.edges, selection.edges, nameWire];
    if (isSame(this.edgesFrom, from)) return this.lastEdges;
    this.edgesFrom = from;
    const next = new Map<string, { made: WireEdge; from: unknown[] }>();
    const byId = new Map(graph.nodes.map((node) => [node.id, node]));
    const selected = new Set(selection.edges.map(edgeId));
    const list = graph.edges.flatMap((edge) => {
      const id = edgeId(edge);
      const [start, end] = [byId.get(ownerOf(edge.from)), byId.get(edge.to)];
      if (!start || !end || next.has(id)) return [];
      const from = [edge.from, edge.to, selected.has(id), start, end, nameWire];
      const known = this.edges.get(id);
      const made = () => ({ ...toEdge(edge, selected.has(id)), ariaLabel: nameWire(start, portOf(edge.from), end) });
      const entry = known && isSame(known.from, from) ? known : { made: made(), from };
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

function toCard(node: GraphNode, [x, y]: Place, selection: Selection, size: Size | undefined): CardNode {
  const view: CardNode = { id: node.id, type: 'card', position: { x, y }, data: { node }, selected: selection.nodes.has(node.id) };
  if (size) view.measured = size;
  return view;
}

function toNote(note: Note, box: Box, selected: boolean): NoteNode {
  return { id: noteKey(note.id), type: 'note', data: { note }, selected, zIndex: depths.note, ...placed(box) };
}

/** A frame takes the pointer by its title only: what is drawn or picked inside it lies on the canvas. */
function toGroup(group: Group, box: Box, selected: boolean, index: number): GroupNode {
  const style = { pointerEvents: 'none' } as const;
  return { id: groupKey(group.id), type: 'named-group', data: { group }, selected, zIndex: depths.group + index, ...placed(box), style };
}

function placed({ x, y, width, height }: Box) {
  return { position: { x, y }, width, height, measured: { width, height } };
}

function sidesOf({ x, y, width, height }: Box): number[] {
  return [x, y, width, height];
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
