import { diffGraphs } from './diff.js';
import type { RuleGraph } from './graph.js';
import { buildGraph, buildTest } from './testing/graph-builder.js';
import { smallNodeTypes } from './testing/small-node-types.js';

const base = buildGraph({ in: ['start'], a: ['reply', { text: 'x' }], b: ['reply'] }, ['in.next > a', 'in.next > b']);
const diff = (newer: RuleGraph, older = base) => diffGraphs(older, newer, smallNodeTypes);

it('finds a graph equal to itself', () => {
  expect(diff(structuredClone(base)).equal).toBe(true);
});

it('finds a default written out equal to one left out', () => {
  const spelt = buildGraph(
    { in: ['start', { type: 'message-received' }], a: ['reply', { text: 'x' }], b: ['reply', { text: 'hello' }, { disabled: false }] },
    ['in.next > a', 'in.next > b'],
  );
  expect(diff({ ...spelt, timezone: 'Europe/Moscow' })).toMatchObject({ equal: true });
});

it('tells moves apart: they change nothing', () => {
  const moved = { ...base, nodes: base.nodes.map((node) => ({ ...node, position: [1, 2] as [number, number] })) };
  expect(diff(moved)).toMatchObject({ equal: true, canvas: { moved: ['in', 'a', 'b'] } });
});

it('tells notes and frames apart', () => {
  expect(diff({ ...base, notes: [{ id: 'n', text: 'x', position: [0, 0] }] })).toMatchObject({
    equal: true,
    canvas: { notes: true, groups: false },
  });
});

it('names nodes and edges that came and went', () => {
  const newer = buildGraph({ in: ['start'], a: ['reply', { text: 'x' }], c: ['reply'] }, ['in.next > a', 'a.next > c']);
  expect(diff(newer)).toMatchObject({
    equal: false,
    nodes: { added: ['c'], removed: ['b'], changed: [] },
    edges: { added: [{ from: 'a.next', to: 'c' }], removed: [{ from: 'in.next', to: 'b' }] },
  });
});

it('names a changed setting by its path, with the old and the new value', () => {
  const newer = buildGraph({ in: ['start'], a: ['reply', { text: 'y' }, { title: 'Ответ', disabled: true }], b: ['reply'] }, [
    'in.next > a',
    'in.next > b',
  ]);
  expect(diff(newer).nodes.changed).toEqual([
    { node: 'a', path: 'title', new: 'Ответ' },
    { node: 'a', path: 'disabled', old: false, new: true },
    { node: 'a', path: 'settings.text', old: 'x', new: 'y' },
  ]);
});

it('sees that edges of one port are followed in another order', () => {
  const newer = { ...base, edges: base.edges.toReversed() };
  expect(diff(newer)).toMatchObject({
    equal: false,
    edges: { added: [], removed: [], reordered: [{ from: 'in.next', old: ['a', 'b'], new: ['b', 'a'] }] },
  });
});

it('sees that triggers start in another order, and that the order of other nodes means nothing', () => {
  const order = ['two', 'one', 'a'];
  const two = buildGraph({ one: ['start'], two: ['start'], a: ['reply'] });
  expect(diff({ ...two, nodes: two.nodes.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) }, two).graph).toEqual([
    { path: 'triggers', old: ['one', 'two'], new: ['two', 'one'] },
  ]);
  expect(
    diff({ ...base, nodes: base.nodes.toSorted((a, b) => ['in', 'b', 'a'].indexOf(a.id) - ['in', 'b', 'a'].indexOf(b.id)) }).equal,
  ).toBe(true);
});

it('names the name, the zone and the tests', () => {
  const older = { ...base, tests: [buildTest('one', [], []), buildTest('two', [], [])] };
  const newer = {
    ...base,
    name: 'Другое',
    timezone: 'Asia/Omsk',
    tests: [buildTest('two', [{ type: 'call-missed' }], []), buildTest('three', [], [])],
  };
  expect(diff(newer, older)).toMatchObject({
    equal: false,
    graph: [
      { path: 'name', old: 'Правила', new: 'Другое' },
      { path: 'timezone', old: 'Europe/Moscow', new: 'Asia/Omsk' },
    ],
    tests: { added: ['three'], removed: ['one'], changed: ['two'] },
  });
});
