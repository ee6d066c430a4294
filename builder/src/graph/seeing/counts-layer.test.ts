import type { RuleGraph } from '../../../../rules/index.js';
import { toCountsLayer } from './counts-layer.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Фильтр',
  nodes: [
    { id: 'f', type: 'word-filter', settings: { mode: 'except', patterns: 'кредит*' } },
    { id: 'bye', type: 'reply', settings: { text: 'Нет' } },
  ],
  edges: [],
};
const counted = { nodes: { f: 3 }, edges: { 'f.pass': 1, 'f.drop': 2 } };
const of = { ruleSetId: 'r', days: 7 } as const;

it('shows who dropped at a filter without a wire at that exit, and asks for them by both names', () => {
  const layer = toCountsLayer(graph, counted, of);
  expect(layer).toMatchObject({ ruleSetId: 'r', days: 7, nodes: { f: 3 }, edges: { 'f.pass': 1, 'f.filtered': 2 } });
  expect(layer.ports('f', 'filtered')).toEqual(['filtered', 'drop']);
  expect(layer.ports('f', 'pass')).toEqual(['pass']);
});

it('leaves an exit that leads somewhere alone, and shows its number on the first of its wires', () => {
  const layer = toCountsLayer({ ...graph, edges: ['bye', 'f'].map((to) => ({ from: 'f.filtered', to })) }, counted, of);
  expect([...layer.shown]).toEqual(['f.filtered>bye']);
  expect(layer.edges['f.filtered']).toBeUndefined();
  expect(layer.ports('f', 'filtered')).toEqual(['filtered']);
});
