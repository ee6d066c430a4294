import type { RuleGraph } from '../../../../rules/index.js';
import { compareGraphs, countMarks } from './compare-graphs.js';
import type { Reader } from './value-words.js';

/** Texts by their keys, with what stands in them. */
const reader: Reader = {
  language: 'ru',
  t: (key, values) => (values ? `${key}(${Object.values(values).join(', ')})` : key),
  names: new Map([['7b0a2c1e-0000-4000-8000-000000000001', 'Ольга']]),
};

const base: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'night', type: 'time-window', settings: { from: '22:00', to: '08:00', days: [1, 2] }, position: [300, 0] },
    { id: 'hello', type: 'reply', settings: { text: 'Ответим утром' }, position: [600, 0] },
    { id: 'olga', type: 'assign-responsible', settings: { user: '7b0a2c1e-0000-4000-8000-000000000001' }, position: [900, 0] },
  ],
  edges: [
    { from: 'in.next', to: 'night' },
    { from: 'night.inside', to: 'hello' },
    { from: 'hello.next', to: 'olga' },
  ],
};

const edit = (id: string, change: Partial<RuleGraph['nodes'][number]>): RuleGraph => ({
  ...base,
  nodes: base.nodes.map((node) => (node.id === id ? { ...node, ...change } : node)),
});
const compare = (newer: RuleGraph, older = base) => compareGraphs(older, newer, reader);

it('finds nothing between a graph and its copy', () => {
  expect(compare(structuredClone(base))).toMatchObject({ equal: true, differences: [], layer: { nodes: new Map() } });
});

it('tells each setting with the label of its form, old and new; of a list what came and went', () => {
  const settings = { from: '21:00', to: '08:00', days: [2, 3] };
  const { differences } = compare(edit('night', { settings, title: 'Ночь?' }));
  expect(differences).toEqual([
    {
      key: 'node night',
      mark: 'changed',
      node: 'night',
      title: 'Ночь?',
      values: [
        { what: 'panel.title', old: [], new: ['Ночь?'] },
        { what: 'С', old: ['22:00'], new: ['21:00'] },
        { what: 'Дни недели', old: ['weekdays.1'], new: ['weekdays.3'] },
      ],
    },
  ]);
});

it('says people by name, conditions as sentences, choices by their names', () => {
  const question = { id: 'q', type: 'if', settings: { when: { field: 'message.text', op: 'contains', value: 'цена' } } };
  const older = { ...base, nodes: [...base.nodes, question] };
  const newer = {
    ...base,
    nodes: [...base.nodes, { ...question, settings: { when: { field: 'contact.name', op: 'exists', value: true } } }],
  };
  const values = compare(newer, older).differences.flatMap((one) => one.values);
  expect(values).toEqual([
    { what: 'Условие', old: [expect.stringContaining('содержит «цена»')], new: [expect.stringContaining('задано')] },
  ]);
  const reassigned = compare(edit('olga', { settings: { user: 'Пётр' } })).differences[0]?.values;
  expect(reassigned).toEqual([{ what: expect.any(String), old: ['Ольга'], new: ['Пётр'] }]);
});

it('keeps what is gone as a ghost with its wires, and says where an exit leads now', () => {
  const newer = { ...base, nodes: base.nodes.slice(0, 3), edges: base.edges.slice(0, 2) };
  const { graph, layer, differences } = compare(newer);
  expect(graph.nodes.map(({ id }) => id)).toEqual(['in', 'night', 'hello', 'olga']);
  expect(graph.edges).toContainEqual({ from: 'hello.next', to: 'olga' });
  expect(layer).toEqual({
    nodes: new Map([
      ['olga', 'removed'],
      ['hello', 'changed'],
    ]),
    edges: new Map([['hello.next>olga', 'removed']]),
  });
  const [hello, olga] = differences;
  expect(hello?.values).toEqual([{ what: expect.stringContaining('compare.exit'), old: [expect.any(String)], new: ['exits.nowhere'] }]);
  expect(olga).toMatchObject({
    mark: 'removed',
    node: 'olga',
    values: [{ what: 'compare.does', old: [expect.stringContaining('Ольга')], new: [] }],
  });
});

it('draws a ghost below the card that took its place', () => {
  const [, , , olga] = base.nodes;
  const newer = { ...base, nodes: [...base.nodes.slice(0, 3), { ...olga!, id: 'petr' }], edges: base.edges.slice(0, 2) };
  const { graph } = compare(newer);
  const [petr, ghost] = ['petr', 'olga'].map((id) => graph.nodes.find((node) => node.id === id)?.position);
  expect(petr).toEqual([900, 0]);
  expect(ghost?.[0]).toBe(900);
  expect(ghost?.[1]).toBeGreaterThanOrEqual(120);
});

it('tells a moved step apart from a changed one, at the end', () => {
  const newer = { ...edit('night', { settings: { from: '21:00' } }), timezone: 'Asia/Omsk' };
  newer.nodes = newer.nodes.map((node) => ({ ...node, position: [5, 5] }));
  const { differences, equal } = compare(newer);
  expect(equal).toBe(false);
  expect(differences.map(({ key, mark }) => `${key} ${mark}`)).toEqual([
    'node night changed',
    'graph changed',
    'node in moved',
    'node hello moved',
    'node olga moved',
  ]);
  expect(countMarks(differences)).toEqual({ added: 0, removed: 0, changed: 2, moved: 3 });
  expect(
    compare(newer, { ...newer, nodes: base.nodes.map((node, index) => ({ ...newer.nodes[index]!, position: node.position! })) }).equal,
  ).toBe(true);
});

it('tells tests that came and went, and a step of another type by what both do', () => {
  const newer = { ...edit('hello', { type: 'add-note', settings: { text: 'Ночь' } }), tests: [{ name: 'ночью', events: [], expect: [] }] };
  const { differences } = compare(newer);
  expect(differences.map(({ mark, title }) => [mark, title])).toEqual([
    ['changed', expect.any(String)],
    ['added', 'compare.test(ночью)'],
  ]);
  expect(differences[0]?.values[0]).toEqual({ what: 'compare.type', old: ['Автоответчик'], new: [expect.any(String)] });
});
