import type { RuleGraph } from '../../../rules/index.js';
import { moveThings, remove, setTitle } from './commands.js';
import { createGraphStore } from './graph-store.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'out', type: 'reply', settings: {}, position: [300, 0] },
  ],
  edges: [{ from: 'in.next', to: 'out' }],
};

function storeWithClock() {
  const time = { now: 0 };
  return { time, store: createGraphStore(graph, { clock: () => time.now }) };
}

const present = (store: ReturnType<typeof createGraphStore>) => store.getState().history.present;

describe('the graph store', () => {
  it('goes back and forth through changes', () => {
    const { store } = storeWithClock();
    store.getState().commit(remove(new Set(['out'])));
    store.getState().commit(setTitle('in', 'Начало'));
    const last = present(store);
    store.getState().undo();
    store.getState().undo();
    expect(present(store)).toBe(graph);
    store.getState().undo();
    expect(present(store)).toBe(graph);
    store.getState().redo();
    store.getState().redo();
    expect(present(store)).toBe(last);
  });

  it('forgets what could be redone once something else is done', () => {
    const { store } = storeWithClock();
    store.getState().commit(setTitle('in', 'а'));
    store.getState().undo();
    store.getState().commit(setTitle('in', 'б'));
    store.getState().redo();
    expect(present(store).nodes[0]?.title).toBe('б');
  });

  it('makes one entry of the letters typed into one field, two after a pause', () => {
    const { store, time } = storeWithClock();
    for (const title of ['Н', 'На', 'Нач']) {
      time.now += 200;
      store.getState().commit(setTitle('in', title), { merge: 'title:in' });
    }
    expect(store.getState().history.past).toHaveLength(1);
    time.now += 5000;
    store.getState().commit(setTitle('in', 'Нача'), { merge: 'title:in' });
    expect(store.getState().history.past).toHaveLength(2);
    store.getState().undo();
    expect(present(store).nodes[0]?.title).toBe('Нач');
  });

  it('does not join a change to an entry that was undone', () => {
    const { store, time } = storeWithClock();
    time.now = 10;
    store.getState().commit(setTitle('in', 'а'), { merge: 'title:in' });
    store.getState().commit(setTitle('out', 'б'), { merge: 'title:out' });
    store.getState().undo();
    store.getState().commit(setTitle('in', 'в'), { merge: 'title:in' });
    store.getState().undo();
    expect(present(store).nodes[0]?.title).toBe('а');
  });

  it('makes one entry of a drag, however many places it went through', () => {
    const { store } = storeWithClock();
    for (let x = 0; x < 50; x++) store.getState().drag(new Map([['in', [x, x]]]));
    expect(store.getState().history.past).toHaveLength(0);
    store.getState().commit(moveThings(new Map([['in', [100, 100]]])));
    expect(store.getState().history.past).toHaveLength(1);
    expect(store.getState().dragged).toBeUndefined();
  });

  it('keeps the selection apart, and lets go of what is no longer there', () => {
    const { store } = storeWithClock();
    store.getState().select({ nodes: new Set(['in', 'out']), edges: [{ from: 'in.next', to: 'out' }] });
    expect(store.getState().history.past).toHaveLength(0);
    store.getState().commit(remove(new Set(['out'])));
    expect([...store.getState().selection.nodes]).toEqual(['in']);
    expect(store.getState().selection.edges).toEqual([]);
  });

  it('changes nothing while it is read-only', () => {
    const store = createGraphStore(graph, { readOnly: true });
    store.getState().commit(remove(new Set(['out'])));
    expect(present(store)).toBe(graph);
  });
});

it('joins with the changes of another person, which undo leaves alone', () => {
  const at = (name: string, timezone?: string): RuleGraph => ({ format: 1, name, nodes: [], edges: [], ...(timezone && { timezone }) });
  const store = createGraphStore(at('начало'));
  store.getState().commit((graph) => ({ ...graph, name: 'моё' }));
  store.getState().rebase({ ...at('моё'), timezone: 'Asia/Omsk' }, (snapshot) => ({ ...snapshot, timezone: 'Asia/Omsk' }));
  expect(store.getState().history.present).toEqual(at('моё', 'Asia/Omsk'));
  store.getState().undo();
  expect(store.getState().history.present).toEqual(at('начало', 'Asia/Omsk'));
  store.getState().redo();
  expect(store.getState().history.present).toEqual(at('моё', 'Asia/Omsk'));
});
