import type { RuleGraph } from '../../../rules/index.js';
import {
  addNode,
  connect,
  disconnect,
  freeId,
  insertIntoEdge,
  makeRoom,
  moveThings,
  remove,
  removePicked,
  setDisabled,
  setSettings,
  setTitle,
} from './commands.js';

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
};

describe('commands', () => {
  it('never changes the graph that it was given', () => {
    const before = structuredClone(graph);
    addNode({ id: 'new', type: 'drop', position: [0, 0], from: 'in.next' })(graph);
    moveThings(new Map([['in', [500, 500]]]))(graph);
    setSettings('ask', { x: 1 }, { before: ['a', 'default'], after: ['b', 'default'] })(graph);
    remove(new Set(['in', 'reply']))(graph);
    expect(graph).toEqual(before);
  });

  it('gives the same object back where nothing changes', () => {
    expect(connect('in.next', 'ask')(graph)).toBe(graph);
    expect(connect('in.next', 'nowhere')(graph)).toBe(graph);
    expect(connect('ask.a', 'ask')(graph)).toBe(graph);
    expect(disconnect([{ from: 'in.next', to: 'reply' }])(graph)).toBe(graph);
    expect(moveThings(new Map([['in', [3, -4]]]))(graph)).toBe(graph);
    expect(remove(new Set(['nobody']))(graph)).toBe(graph);
  });

  it('adds a step on the grid and wires it from the port that was chosen', () => {
    const added = addNode({ id: 'night', type: 'time-window', position: [311, 88], from: 'in.next' })(graph);
    expect(added.nodes.at(-1)).toEqual({ id: 'night', type: 'time-window', settings: {}, position: [320, 80] });
    expect(added.edges.at(-1)).toEqual({ from: 'in.next', to: 'night' });
  });

  it('finds an id that is free', () => {
    expect(freeId(graph, 'drop')).toBe('drop');
    expect(freeId(graph, 'reply')).toBe('reply-2');
    expect(freeId(graph, 'reply', new Set(['reply-2']))).toBe('reply-3');
    expect(freeId(graph, 'x'.repeat(90))).toHaveLength(56);
  });

  it('puts a step into a wire at that wire’s place in the order', () => {
    const split = insertIntoEdge({ from: 'in.next', to: 'ask' }, { id: 'words', type: 'word-filter', position: [150, 0] }, 'pass')(graph);
    expect(split.edges.slice(0, 2)).toEqual([
      { from: 'in.next', to: 'words' },
      { from: 'words.pass', to: 'ask' },
    ]);
    expect(split.edges).toHaveLength(4);
  });

  it('makes room in a wire where no card fits, and leaves what lies before it alone', () => {
    const room = makeRoom(graph, { from: 'in.next', to: 'ask' });
    expect(room?.place).toEqual([320, 0]);
    expect(room?.graph.nodes.map(({ position }) => position)).toEqual([
      [0, 0],
      [640, 0],
      [940, 40],
    ]);
    const wide = moveThings(new Map([['ask', [900, 0]]]))(graph);
    expect(makeRoom(wide, { from: 'in.next', to: 'ask' })?.graph).toBe(wide);
    expect(makeRoom(graph, { from: 'reply.next', to: 'in' })).toBeUndefined();
  });

  it('keeps the wires of an exit that was renamed, and drops those of one that is gone', () => {
    const renamed = setSettings('ask', {}, { before: ['a', 'default'], after: ['b', 'default'] })(graph);
    expect(renamed.edges.map((edge) => edge.from)).toEqual(['in.next', 'ask.b', 'ask.default']);
    const gone = setSettings('ask', {}, { before: ['a', 'default'], after: ['default'] })(graph);
    expect(gone.edges.map((edge) => edge.from)).toEqual(['in.next', 'ask.default']);
  });

  it('keeps the wires of exits that only changed places', () => {
    const swapped = setSettings('ask', {}, { before: ['a', 'default'], after: ['default', 'a'] })(graph);
    expect(swapped.edges).toEqual(graph.edges);
  });

  it('takes a step out with every wire that touches it', () => {
    const left = remove(new Set(['ask']))(graph);
    expect(left.nodes.map((node) => node.id)).toEqual(['in', 'reply']);
    expect(left.edges).toEqual([]);
  });

  it('gives the type’s name back when a title is emptied, and switches steps off and on', () => {
    const titled = setTitle('reply', 'Ночной ответ')(graph);
    expect(titled.nodes[2]).toHaveProperty('title', 'Ночной ответ');
    expect(setTitle('reply', '  ')(titled).nodes[2]).not.toHaveProperty('title');
    const off = setDisabled(new Set(['reply']), true)(graph);
    expect(off.nodes[2]).toHaveProperty('disabled', true);
    expect(setDisabled(new Set(['reply']), false)(off)).toEqual(graph);
  });

  it('moves, removes and leaves alone notes and groups, which may have the ids of steps', () => {
    const drawn: RuleGraph = {
      ...graph,
      notes: [{ id: 'in', text: 'заметка', position: [0, 300] }],
      groups: [{ id: 'in', title: 'рамка', position: [0, -40], size: [300, 200] }],
    };
    const moved = moveThings(new Map([['note:in', [43, 300]]]))(drawn);
    expect(moved.notes?.[0]?.position).toEqual([40, 300]);
    expect(moved.nodes).toBe(drawn.nodes);
    expect(moved.groups).toBe(drawn.groups);
    expect(moveThings(new Map([['group:in', [0, -43]]]), true)(drawn).groups?.[0]?.position).toEqual([0, -43]);
    const left = removePicked({ nodes: new Set(), notes: new Set(['in']), groups: new Set() })(drawn);
    expect(left).not.toHaveProperty('notes');
    expect(left.nodes).toHaveLength(3);
    expect(left.groups).toHaveLength(1);
    expect(removePicked({ nodes: new Set(), notes: new Set(['b']), groups: new Set(['b']) })(drawn)).toBe(drawn);
  });
});
