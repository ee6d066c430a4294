import type { RuleGraph } from '../../../../rules/index.js';
import { boxesOf, overlaps as overlap, type Box } from '../boxes.js';
import { pickedBy } from '../things.js';
import { tidy } from './tidy.js';

const nothing = pickedBy([]);

const graph: RuleGraph = {
  format: 1,
  name: 'Вперемешку',
  nodes: [
    { id: 'end', type: 'reply', settings: { text: 'а' }, position: [0, 0] },
    { id: 'in', type: 'on-message', settings: {}, position: [640, 40] },
    { id: 'drop', type: 'drop', settings: {}, position: [0, 0] },
    { id: 'words', type: 'word-match', settings: { patterns: 'цен*' }, position: [40, 20] },
    { id: 'alone', type: 'on-message', settings: {}, position: [900, 900] },
  ],
  edges: [
    { from: 'in.next', to: 'words' },
    { from: 'words.no', to: 'drop' },
    { from: 'words.yes', to: 'end' },
  ],
};

const boxOf = (of: RuleGraph, key: string): Box => boxesOf(of).get(key) ?? { x: NaN, y: NaN, width: 0, height: 0 };

describe('tidy', () => {
  const laid = tidy(graph, nothing);

  it('lays every step right of what leads to it, the first exit above the second', () => {
    expect(boxOf(laid, 'words').x).toBeGreaterThan(boxOf(laid, 'in').x + 240);
    expect(boxOf(laid, 'end').x).toBeGreaterThan(boxOf(laid, 'words').x + 240);
    expect(boxOf(laid, 'end').y).toBeLessThan(boxOf(laid, 'drop').y);
  });

  it('lays nothing over anything, on the grid, and parts without a wire between them below each other', () => {
    const boxes = laid.nodes.map(({ id }) => boxOf(laid, id));
    boxes.forEach((box, index) => {
      expect([box.x % 20, box.y % 20].map(Math.abs)).toEqual([0, 0]);
      expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
    });
    expect(boxOf(laid, 'alone').y).toBeGreaterThan(boxOf(laid, 'drop').y);
  });

  it('changes places only, and keeps the upper left corner', () => {
    const placeless = ({ nodes, ...rest }: RuleGraph) => ({ ...rest, nodes: nodes.map((node) => ({ ...node, position: undefined })) });
    expect(placeless(laid)).toEqual(placeless(graph));
    expect(Math.min(...laid.nodes.map(({ id }) => boxOf(laid, id).x))).toBe(0);
    expect(Math.min(...laid.nodes.map(({ id }) => boxOf(laid, id).y))).toBe(0);
  });

  it('says the same of a graph that is tidy already', () => {
    expect(tidy(laid, nothing)).toEqual(laid);
  });

  it('lays out only what is picked', () => {
    const part = tidy(graph, pickedBy(['words', 'end']));
    expect(part.nodes.find(({ id }) => id === 'in')?.position).toEqual([640, 40]);
    expect(boxOf(part, 'end').x).toBeGreaterThan(boxOf(part, 'words').x + 240);
  });

  it('keeps a frame around its steps and out of the way of others, and a note beside its step', () => {
    const framed: RuleGraph = {
      ...graph,
      notes: [{ id: 'n', text: 'к ответу', position: [0, 120] }],
      groups: [{ id: 'g', title: 'Ветка', position: [-40, -60], size: [320, 320] }],
      nodes: graph.nodes.map((node) => (node.id === 'words' || node.id === 'drop' ? { ...node, position: [700, 400] } : node)),
    };
    const moved = tidy(framed, nothing);
    const frame = boxOf(moved, 'group:g');
    expect(overlap(frame, boxOf(moved, 'end'))).toBe(true);
    for (const id of ['in', 'words', 'drop', 'alone']) expect(overlap(frame, boxOf(moved, id))).toBe(false);
    const [before, after] = [boxOf(framed, 'end'), boxOf(moved, 'end')];
    expect(boxOf(moved, 'note:n')).toMatchObject({ x: after.x - before.x, y: 120 + after.y - before.y });
  });

  it('lays frames side by side, with their titles and margins, and one in another', () => {
    const at = (id: string, position: [number, number]) => ({
      ...(graph.nodes.find((node) => node.id === id) ?? { id, type: 'reply', settings: {} }),
      position,
    });
    const framed: RuleGraph = {
      ...graph,
      nodes: [at('in', [0, 0]), at('words', [320, 140]), at('end', [660, 20]), at('tag', [1000, 80]), at('drop', [660, 260])],
      edges: [...graph.edges, { from: 'end.next', to: 'tag' }],
      groups: [
        { id: 'upper', title: 'Ответ', position: [600, -60], size: [720, 260] },
        { id: 'inner', title: 'Тег', position: [980, 20], size: [300, 200] },
        { id: 'lower', title: 'Отказ', position: [600, 210], size: [360, 200] },
      ],
    };
    const moved = tidy(framed, nothing);
    const [upper, inner, lower] = ['group:upper', 'group:inner', 'group:lower'].map((key) => boxOf(moved, key));
    expect(upper && lower && overlap(upper, lower)).toBe(false);
    expect(lower && overlap(lower, boxOf(moved, 'end'))).toBe(false);
    expect(inner && upper && inner.x > upper.x && inner.y > upper.y && inner.x + inner.width < upper.x + upper.width).toBe(true);
  });

  it('lays a note on nothing', () => {
    const noted: RuleGraph = { ...graph, notes: ['a', 'b'].map((id) => ({ id, text: 'о словах', position: [60, 40] })) };
    const moved = tidy(noted, nothing);
    const keys = [...boxesOf(moved).keys()];
    for (const note of ['note:a', 'note:b'])
      expect(keys.filter((key) => key !== note && overlap(boxOf(moved, note), boxOf(moved, key)))).toEqual([]);
  });

  it('leaves a frame alone of which only a part is tidied', () => {
    const framed: RuleGraph = { ...graph, groups: [{ id: 'g', title: 'Все', position: [-40, -60], size: [1500, 1500] }] };
    expect(tidy(framed, pickedBy(['words', 'end'])).groups).toEqual(framed.groups);
  });

  it('draws circles, which are legal through a wait, and an empty graph', () => {
    const loop: RuleGraph = { ...graph, edges: [...graph.edges, { from: 'end.next', to: 'words' }] };
    expect(tidy(loop, nothing).nodes).toHaveLength(5);
    const empty: RuleGraph = { ...graph, nodes: [], edges: [] };
    expect(tidy(empty, nothing)).toBe(empty);
  });
});
