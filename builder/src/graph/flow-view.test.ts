import type { RuleGraph } from '../../../rules/index.js';
import { setNoteText } from './canvas-things.js';
import { setTitle } from './commands.js';
import { FlowView, type NameWire } from './flow-view.js';
import { createGraphStore } from './graph-store.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'out', type: 'reply', settings: {} },
  ],
  edges: [
    { from: 'in.next', to: 'out' },
    { from: 'in.next', to: 'gone' },
  ],
  notes: [{ id: 'in', text: 'а', position: [0, 300] }],
  groups: [
    { id: 'small', title: '', position: [0, 0], size: [200, 200] },
    { id: 'large', title: '', position: [0, 0], size: [900, 900] },
  ],
};

const sizes = new Map([['in', { width: 240, height: 90 }]]);
const state = createGraphStore(graph).getState();

describe('the view of a graph for React Flow', () => {
  it('draws frames below all else, the larger below the smaller, under keys that differ from the ids of steps', () => {
    const nodes = new FlowView().toNodes(graph, state, sizes);
    expect(nodes.map(({ id }) => id)).toEqual(['group:large', 'group:small', 'note:in', 'in', 'out']);
    const [large, small, note] = nodes.map(({ zIndex = 0 }) => zIndex);
    expect([large, small, note]).toEqual([large, small, note].toSorted((a = 0, b = 0) => a - b));
    // Selected, a frame is lifted by 1000: still below the wires.
    expect(small).toBeLessThan(-1000);
  });

  it('keeps what did not change the same object, so that it is not drawn again', () => {
    const view = new FlowView();
    const before = view.toNodes(graph, state, sizes);
    expect(view.toNodes(graph, state, sizes)).toBe(before);
    const titled = view.toNodes(setTitle('out', 'Ответ')(graph), state, sizes);
    expect(titled.filter((node) => !before.includes(node)).map(({ id }) => id)).toEqual(['out']);
    const noted = view.toNodes(setNoteText('in', 'б')(graph), state, sizes);
    expect(noted.find(({ id }) => id === 'in')).toBe(before[3]);
    const dragged = view.toNodes(graph, { ...state, dragged: new Map([['note:in', [5, 7]]]) }, sizes);
    expect(dragged.find(({ id }) => id === 'note:in')?.position).toEqual({ x: 5, y: 7 });
  });

  it('draws wires between steps that are there, and again only when wires or their selection change', () => {
    const view = new FlowView();
    const name: NameWire = (from, port, to) => `${from.title ?? from.id} ${port} ${to.title ?? to.id}`;
    const before = view.toEdges(graph, state.selection, name);
    expect(before.map(({ id }) => id)).toEqual(['in.next>out']);
    expect(view.toEdges({ ...graph, name: 'Другое' }, state.selection, name)).toBe(before);
    const selected = view.toEdges(graph, { ...state.selection, edges: [{ from: 'in.next', to: 'out' }] }, name);
    expect(selected[0]?.selected).toBe(true);
    expect(selected[0]?.ariaLabel).toBe('in next out');
    expect(view.toEdges(setTitle('out', 'Ответ')(graph), state.selection, name)[0]?.ariaLabel).toBe('in next Ответ');
  });
});
