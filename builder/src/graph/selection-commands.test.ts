import type { RuleGraph } from '../../../rules/index.js';
import { createGraphStore } from './graph-store.js';
import { everything, selectionCommands } from './selection-commands.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'ask', type: 'word-match', settings: { patterns: 'цен*' }, position: [320, 60] },
    { id: 'out', type: 'reply', settings: { text: 'а' }, position: [660, 20] },
  ],
  edges: [
    { from: 'in.next', to: 'ask' },
    { from: 'ask.yes', to: 'out' },
  ],
  groups: [{ id: 'g', title: 'Конец', position: [620, -40], size: [320, 260] }],
};

function desk(select: { nodes?: string[]; groups?: string[] }) {
  const store = createGraphStore(graph);
  store.getState().select({ nodes: new Set(select.nodes), groups: new Set(select.groups) });
  const unclear: string[] = [];
  const now = () => selectionCommands({ state: store.getState(), sizes: new Map(), onUnclear: (id) => unclear.push(id) });
  const present = () => store.getState().history.present;
  return { store, now, present, unclear };
}

describe('what can be done with a selection', () => {
  it('offers only what does something', () => {
    expect(Object.keys(desk({}).now())).toEqual([]);
    const one = desk({ nodes: ['in'] }).now();
    expect(one).toHaveProperty('remove');
    expect(one).toHaveProperty('switch-off');
    expect(one).not.toHaveProperty('align-left');
    expect(desk({ nodes: ['in', 'ask'] }).now()).not.toHaveProperty('distribute-across');
    expect(desk({ nodes: ['in', 'ask', 'out'] }).now()).toHaveProperty('distribute-across');
    expect(desk({ groups: ['g'] }).now()).not.toHaveProperty('switch-off');
  });

  it('moves a frame with what is inside, by one step of the grid and in one entry of the history', () => {
    const { now, present, store } = desk({ groups: ['g'] });
    now()['move-right']?.();
    now()['move-right']?.();
    expect(present().groups?.[0]?.position).toEqual([660, -40]);
    expect(present().nodes.map(({ position }) => position?.[0])).toEqual([0, 320, 700]);
    expect(store.getState().history.past).toHaveLength(1);
  });

  it('aligns a frame and its steps as one thing', () => {
    const { now, present } = desk({ nodes: ['in', 'out'], groups: ['g'] });
    now()['align-top']?.();
    expect(present().groups?.[0]?.position).toEqual([620, -40]);
    expect(present().nodes.map(({ position }) => position?.[1])).toEqual([-40, 60, 20]);
  });

  it('puts a frame around what is selected, ready for its title', () => {
    const { now, present, store } = desk({ nodes: ['in', 'ask'] });
    now().group?.();
    const { position: [x, y] = [1, 1], size: [width] = [0, 0] } = present().groups?.[1] ?? {};
    expect(x).toBeLessThan(0);
    expect(y).toBeLessThan(0);
    expect(x + width).toBeGreaterThan(560);
    expect(store.getState().editing).toBe('group:group-1');
  });

  it('says of which step it is unclear where it goes on, and changes nothing', () => {
    const fork = { ...graph, edges: [...graph.edges, { from: 'ask.no', to: 'in' }] };
    const { now, present, store, unclear } = desk({ nodes: ['ask'] });
    store.getState().load(fork, false);
    store.getState().select({ nodes: new Set(['ask']) });
    now()['remove-and-join']?.();
    expect(unclear).toEqual(['ask']);
    expect(present()).toBe(fork);
  });

  it('takes everything that is drawn for all', () => {
    expect(everything(graph)).toEqual({ nodes: new Set(['in', 'ask', 'out']), notes: new Set(), groups: new Set(['g']) });
  });
});
