import * as fc from 'fast-check';
import type { RuleGraph } from '../graph.js';
import { buildGraph, buildTest } from '../testing/graph-builder.js';
import { mergeGraphs } from './merge-graphs.js';

const at = (x: number): { position: [number, number] } => ({ position: [x, 0] });

const base = buildGraph(
  {
    in: ['on-message', {}, at(0)],
    night: ['time-window', { from: '22:00', to: '08:00' }, at(300)],
    hello: ['reply', { text: 'Здравствуйте' }, at(600)],
    bye: ['reply', { text: 'До завтра' }, at(900)],
  },
  ['in.next > night', 'night.inside > hello', 'hello.next > bye'],
  { tests: [buildTest('ночью', [], []), buildTest('днём', [], [])], notes: [{ id: 'n', text: 'помнить', position: [0, 0] }] },
);

function changed(graph: RuleGraph, id: string, settings: Record<string, unknown>): RuleGraph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id ? { ...node, settings: { ...node.settings, ...settings } } : node)) };
}

function without(graph: RuleGraph, id: string): RuleGraph {
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => node.id !== id),
    edges: graph.edges.filter(({ from, to }) => to !== id && !from.startsWith(`${id}.`)),
  };
}

function added(graph: RuleGraph, id: string, text: string, from?: string): RuleGraph {
  return {
    ...graph,
    nodes: [...graph.nodes, { id, type: 'reply', settings: { text } }],
    edges: from === undefined ? graph.edges : [...graph.edges, { from, to: id }],
  };
}

const textOf = (graph: RuleGraph, id: string) => graph.nodes.find((node) => node.id === id)?.settings['text'];

describe('what does not touch is joined', () => {
  it('settings of different steps, and different settings of one', () => {
    const ours = changed(changed(base, 'hello', { text: 'Добрый вечер' }), 'night', { from: '21:00' });
    const theirs = changed(changed(base, 'bye', { text: 'Пока' }), 'night', { to: '09:00' });
    const { graph, clashes } = mergeGraphs(base, ours, theirs);
    expect(clashes).toEqual([]);
    expect(graph.nodes.map(({ settings }) => settings)).toEqual([
      {},
      { from: '21:00', to: '09:00' },
      { text: 'Добрый вечер' },
      { text: 'Пока' },
    ]);
  });

  it('a new step here, a step that went there', () => {
    const { graph, clashes } = mergeGraphs(base, added(base, 'day', 'Днём', 'night.outside'), without(base, 'bye'));
    expect(clashes).toEqual([]);
    expect(graph.nodes.map(({ id }) => id)).toEqual(['in', 'night', 'hello', 'day']);
    expect(graph.edges).toContainEqual({ from: 'night.outside', to: 'day' });
    expect(graph.edges).not.toContainEqual({ from: 'hello.next', to: 'bye' });
  });

  it('a wire of the port whose step the other took out', () => {
    const ours = added(base, 'more', 'Ещё', 'hello.next');
    expect(mergeGraphs(base, ours, without(base, 'bye'))).toMatchObject({ clashes: [], graph: { edges: expect.not.arrayContaining([{ from: 'hello.next', to: 'bye' }]) } }); // oxfmt-ignore
  });

  it('two steps that got the same id: both stay, with their wires', () => {
    const { graph, clashes } = mergeGraphs(base, added(base, 'reply', 'Моё', 'night.outside'), added(base, 'reply', 'Чужое', 'bye.next'));
    expect(clashes).toEqual([]);
    expect([textOf(graph, 'reply'), textOf(graph, 'reply-2')]).toEqual(['Чужое', 'Моё']);
    expect(graph.edges).toEqual(expect.arrayContaining([{ from: 'bye.next', to: 'reply' }, { from: 'night.outside', to: 'reply-2' }])); // oxfmt-ignore
  });

  it('two steps that got the same id: the tests of the one that is renamed expect it under its new id', () => {
    const line = { trace: [['in', 'next'], ['reply', 'next']], effects: [{ node: 'reply', type: 'send-message' }], reason: { node: 'reply' }, status: 'done' }; // oxfmt-ignore
    const ours = { ...added(base, 'reply', 'Моё', 'night.outside'), tests: [...(base.tests ?? []), buildTest('моя', [], [line])] };
    const { graph } = mergeGraphs(base, ours, added(base, 'reply', 'Чужое', 'bye.next'));
    expect(graph.tests?.at(-1)?.expect).toEqual([
      { trace: [['in', 'next'], ['reply-2', 'next']], effects: [{ node: 'reply-2', type: 'send-message' }], reason: { node: 'reply-2' }, status: 'done' }, // oxfmt-ignore
    ]);
    expect(graph.tests?.slice(0, 2)).toEqual(base.tests);
  });

  it('tests, notes, the zone, and moved cards: a card that both moved lies where ours has it', () => {
    const ours = { ...changed(base, 'hello', {}), timezone: 'Asia/Omsk', tests: [...(base.tests ?? []), buildTest('моя', [], [])] };
    const theirs = { ...base, notes: [{ id: 'n', text: 'забыть', position: [0, 0] as [number, number] }], tests: base.tests?.slice(1) };
    ours.nodes = ours.nodes.map((node) => ({ ...node, ...at(5) }));
    theirs.nodes = theirs.nodes.map((node) => (node.id === 'in' ? { ...node, ...at(7) } : node));
    const { graph, clashes } = mergeGraphs(base, ours, theirs);
    expect(clashes).toEqual([]);
    expect(graph).toMatchObject({ timezone: 'Asia/Omsk', tests: [{ name: 'днём' }, { name: 'моя' }], notes: [{ text: 'забыть' }] });
    expect(graph.nodes.map(({ position }) => position)).toEqual([[5, 0], [5, 0], [5, 0], [5, 0]]); // oxfmt-ignore
  });
});

describe('what both changed', () => {
  it('is no clash where both made the same of it', () => {
    const same = changed(base, 'hello', { text: 'Привет' });
    expect(mergeGraphs(base, same, structuredClone(same))).toEqual({ graph: same, clashes: [] });
  });

  it('is one clash a setting, with ours until somebody chooses', () => {
    const ours = changed(base, 'hello', { text: 'Моё' });
    const theirs = changed(base, 'hello', { text: 'Чужое' });
    const { graph, clashes } = mergeGraphs(base, ours, theirs);
    expect(clashes).toEqual([
      { key: 'setting hello settings.text', kind: 'setting', node: 'hello', path: 'settings.text', base: 'Здравствуйте', ours: 'Моё', theirs: 'Чужое' },
    ]); // oxfmt-ignore
    expect(textOf(graph, 'hello')).toBe('Моё');
    const chosen = mergeGraphs(base, ours, theirs, new Map([['setting hello settings.text', 'theirs']]));
    expect(textOf(chosen.graph, 'hello')).toBe('Чужое');
    expect(chosen.clashes).toMatchObject([{ chosen: 'theirs' }]);
  });

  it.each(['ours', 'theirs'] as const)('a step that %s took out and the other worked on: it goes or stays with its wires', (remover) => {
    const worker = remover === 'ours' ? 'theirs' : 'ours';
    const [less, other] = [without(base, 'hello'), changed(base, 'hello', { text: 'Новое' })];
    const graphs = remover === 'ours' ? { ours: less, theirs: other } : { ours: other, theirs: less };
    const merge = (side: 'ours' | 'theirs') => mergeGraphs(base, graphs.ours, graphs.theirs, new Map([['node hello', side]]));
    const stays = merge(worker);
    expect(stays.clashes).toMatchObject([{ key: 'node hello', kind: 'node', [remover]: undefined, chosen: worker }]);
    expect(stays.graph).toEqual(graphs[worker]);
    expect(merge(remover).graph).toEqual(graphs[remover]);
  });

  it('a step that one took out and the other led a wire to', () => {
    const theirs = { ...base, edges: [...base.edges, { from: 'night.outside', to: 'bye' }] };
    const { clashes } = mergeGraphs(base, without(base, 'bye'), theirs);
    expect(clashes).toMatchObject([{ kind: 'node', node: 'bye' }]);
  });

  it('where a port leads', () => {
    const { clashes } = mergeGraphs(base, added(base, 'a', 'А', 'night.outside'), added(base, 'b', 'Б', 'night.outside'));
    expect(clashes).toMatchObject([{ key: 'wires night.outside', kind: 'wires', base: [], ours: ['a'], theirs: ['b'] }]);
  });

  it('the type of a step takes its settings along', () => {
    const retyped = {
      ...base,
      nodes: base.nodes.map((node) => (node.id === 'hello' ? { ...node, type: 'note', settings: { text: 'x' } } : node)),
    };
    const { graph, clashes } = mergeGraphs(base, retyped, changed(base, 'hello', { text: 'y' }), 'theirs');
    expect(clashes).toMatchObject([{ kind: 'node', node: 'hello', chosen: 'theirs' }]);
    expect(graph.nodes[2]).toMatchObject({ type: 'reply', settings: { text: 'y' } });
  });
});

it('keeps every step of a file that names two by one id', () => {
  const doubled = { ...base, nodes: [...base.nodes, { id: 'in', type: 'reply', settings: { text: 'двойник' } }] };
  expect(mergeGraphs(doubled, doubled, changed(doubled, 'bye', { text: 'x' })).graph.nodes).toHaveLength(5);
});

/** One edit of a graph, as the canvas makes them; which steps it is about comes from numbers, so that two people often meet. */
type Edit = { kind: 'text' | 'title' | 'move' | 'off' | 'remove' | 'add' | 'wire' | 'unwire' | 'test'; first: number; second: number };

const edits = fc.array(
  fc.record({
    kind: fc.constantFrom<Edit['kind']>('text', 'title', 'move', 'off', 'remove', 'add', 'wire', 'unwire', 'test'),
    first: fc.nat(6),
    second: fc.nat(6),
  }),
  { maxLength: 8 },
);

function apply(graph: RuleGraph, { kind, first, second }: Edit): RuleGraph {
  const node = graph.nodes[first % graph.nodes.length];
  const other = graph.nodes[second % graph.nodes.length];
  if (!node || !other) return graph;
  const replace = (made: RuleGraph['nodes'][number]) => ({ ...graph, nodes: graph.nodes.map((one) => (one === node ? made : one)) });
  switch (kind) {
    case 'text':
      return changed(graph, node.id, { text: `текст ${second}` });
    case 'title':
      return replace({ ...node, title: `Шаг ${second}` });
    case 'move':
      return replace({ ...node, position: [second, second] });
    case 'off':
      return replace({ ...node, disabled: second % 2 === 0 });
    case 'remove':
      return graph.nodes.length > 1 ? without(graph, node.id) : graph;
    case 'add':
      return graph.nodes.some(({ id }) => id === `new-${first}`)
        ? graph
        : added(graph, `new-${first}`, `новый ${second}`, `${other.id}.next`);
    case 'wire':
      return { ...graph, edges: [...graph.edges, { from: `${node.id}.next`, to: other.id }] };
    case 'unwire':
      return { ...graph, edges: graph.edges.filter((_, index) => index !== first) };
    case 'test':
      return { ...graph, tests: [...(graph.tests ?? []), buildTest(`проверка ${first} ${second} ${graph.tests?.length}`, [], [])] };
  }
}

const edited = (list: readonly Edit[]) => list.reduce(apply, base);

it('a side that changed nothing: the other as it is', () => {
  fc.assert(
    fc.property(edits, (list) => {
      const other = edited(list);
      expect(mergeGraphs(base, other, base)).toEqual({ graph: other, clashes: [] });
      expect(mergeGraphs(base, base, other)).toEqual({ graph: other, clashes: [] });
      expect(mergeGraphs(base, other, structuredClone(other))).toEqual({ graph: other, clashes: [] });
    }),
  );
});

it('nothing is lost without a question, no wire leads nowhere, and a choice leaves no question open', () => {
  fc.assert(
    fc.property(edits, edits, fc.constantFrom('ours' as const, 'theirs' as const), (mine, others, side) => {
      const [ours, theirs] = [edited(mine), edited(others)];
      const { graph, clashes } = mergeGraphs(base, ours, theirs, side);
      const asked = JSON.stringify(clashes);
      expect(clashes.every(({ chosen }) => chosen === side)).toBe(true);
      const ids = graph.nodes.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(graph.edges.every(({ from, to }) => ids.includes(to) && ids.includes(from.split('.')[0] ?? ''))).toBe(true);
      // Every text that somebody wrote is in the graph or in a question.
      for (const node of [...ours.nodes, ...theirs.nodes]) {
        const text = node.settings['text'];
        const wasThere = base.nodes.some((old) => old.id === node.id && old.settings['text'] === text);
        if (!wasThere && text !== undefined) expect(`${JSON.stringify(graph)} ${asked}`).toContain(JSON.stringify(text));
      }
    }),
    { numRuns: 300 },
  );
});

it('comes to the same whoever of the two joins', () => {
  fc.assert(
    fc.property(edits, edits, (mine, others) => {
      // New steps under one id are renamed on one side, moved cards lie where ours are: both aside here.
      const still = (list: readonly Edit[]) => list.filter(({ kind }) => kind !== 'add' && kind !== 'move');
      const [ours, theirs] = [edited(still(mine)), edited(still(others))];
      const sorted = (graph: RuleGraph) => ({ ...graph, edges: graph.edges.map(({ from, to }) => `${from}>${to}`).sort(), tests: graph.tests?.map(({ name }) => name).sort() }); // oxfmt-ignore
      expect(sorted(mergeGraphs(base, ours, theirs, 'ours').graph)).toEqual(sorted(mergeGraphs(base, theirs, ours, 'theirs').graph));
    }),
  );
});
