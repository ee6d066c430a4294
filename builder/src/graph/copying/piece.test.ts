import type { RuleGraph } from '../../../../rules/index.js';
import { duplicate, freeThingId, paste, pieceOf } from './piece.js';
import { pickedBy } from '../things.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'ask', type: 'switch', settings: {}, position: [300, 0] },
    { id: 'reply', type: 'reply', settings: { text: 'Привет' }, position: [600, 40] },
  ],
  edges: [
    { from: 'in.next', to: 'ask' },
    { from: 'ask.a', to: 'reply' },
    { from: 'ask.default', to: 'reply' },
  ],
  tests: [{ name: 'пример', events: [], expect: [] }],
  notes: [{ id: 'note-1', text: 'почему так', position: [620, 240], color: 'green' }],
  groups: [{ id: 'group-1', title: 'Ответ', position: [560, -40], size: [400, 460] }],
};

describe('a piece of a graph', () => {
  it('is pasted under fresh ids with the wires inside it', () => {
    const piece = pieceOf(graph, pickedBy(['ask', 'reply']));
    expect(piece.edges).toHaveLength(2);
    const pasted = paste(graph, piece, [1000, 200]);
    expect([...pasted.picked.nodes]).toEqual(['ask-2', 'reply-2']);
    expect(pasted.graph.nodes.slice(3).map((node) => node.position)).toEqual([
      [1000, 200],
      [1300, 240],
    ]);
    expect(pasted.graph.edges.slice(3)).toEqual([
      { from: 'ask-2.a', to: 'reply-2' },
      { from: 'ask-2.default', to: 'reply-2' },
    ]);
  });

  it('gives two steps of one piece two ids even if their names share a stem', () => {
    const piece: RuleGraph = {
      format: 1,
      name: 'x',
      nodes: [
        { id: 'reply-7', type: 'reply', settings: {} },
        { id: 'reply-9', type: 'reply', settings: {} },
      ],
      edges: [],
    };
    expect([...paste(graph, piece, [0, 0]).picked.nodes]).toEqual(['reply-2', 'reply-3']);
  });

  it('takes along what lies in a frame, and keeps text, colour and size', () => {
    const piece = pieceOf(graph, pickedBy(['group:group-1']));
    expect(piece.nodes.map(({ id }) => id)).toEqual(['reply']);
    expect(piece.notes).toEqual(graph.notes);
    expect(piece).not.toHaveProperty('tests');
    const { graph: twice, picked } = duplicate(graph, pickedBy(['group:group-1']));
    expect(twice.groups?.[1]).toEqual({ id: 'group-2', title: 'Ответ', position: [600, 0], size: [400, 460] });
    expect(twice.notes?.[1]).toEqual({ id: 'note-2', text: 'почему так', position: [660, 280], color: 'green' });
    expect(picked).toEqual({ nodes: new Set(['reply-2']), notes: new Set(['note-2']), groups: new Set(['group-2']) });
    expect(twice.tests).toBe(graph.tests);
  });

  it('duplicates beside the original', () => {
    const { graph: twice, picked } = duplicate(graph, pickedBy(['reply']));
    const [id] = picked.nodes;
    expect(twice.nodes.find((node) => node.id === id)?.position).toEqual([640, 80]);
  });

  it('leaves the graph that it was given as it was', () => {
    const before = structuredClone(graph);
    duplicate(graph, pickedBy(['in', 'note:note-1', 'group:group-1']));
    expect(graph).toEqual(before);
  });

  it('numbers notes and frames from one, in the first gap', () => {
    expect(freeThingId(undefined, 'note')).toBe('note-1');
    expect(freeThingId([{ id: 'note-1' }, { id: 'note-3' }], 'note')).toBe('note-2');
  });
});
