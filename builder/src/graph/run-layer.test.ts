import type { RuleGraph } from '../../../rules/index.js';
import { toRunLayer } from './run-layer.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Опрос',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'ask', type: 'wait-reply', settings: { timeout: 'PT2H' } },
    { id: 'say', type: 'reply', settings: { text: 'а' } },
  ],
  edges: [
    { from: 'in.next', to: 'ask' },
    { from: 'ask.reply', to: 'say' },
  ],
};

it('numbers the steps, follows their wires, and says when a wait ends by the clock of the graph', () => {
  const because = { key: 'waits', values: { due: '2026-03-04T11:00:00.226Z' } };
  const layer = toRunLayer(
    graph,
    [
      { node: 'in', port: 'next' },
      { node: 'ask', port: 'wait', because },
    ],
    'ru',
  );
  expect(layer.steps.map(({ node, number }) => [node, number])).toEqual([
    ['in', 1],
    ['ask', 2],
  ]);
  expect([...layer.edges]).toEqual(['in.next>ask']);
  expect(layer.byNode.get('ask')?.reason).toContain('04.03 14:00');
  expect(layer.ended).toBeUndefined();
});

it('says where a run ended', () => {
  expect(toRunLayer(graph, [{ node: 'in', port: 'error' }], 'en').ended).toEqual({ node: 'in', how: 'error' });
});

it('keeps apart the steps of a rule set that was called: their ids mean nothing in this graph', () => {
  const trace = [
    { node: 'in', port: 'next', ruleSet: 'Опрос' },
    { node: 'ask', port: 'next', ruleSet: 'Ответы' },
    { node: 'say', port: 'drop', ruleSet: 'Ответы' },
  ];
  const layer = toRunLayer(graph, trace, 'ru');
  expect(layer.steps.map(({ node, ruleSet }) => [node, ruleSet])).toEqual([
    ['in', undefined],
    ['ask', 'Ответы'],
    ['say', 'Ответы'],
  ]);
  expect([...layer.byNode.keys()]).toEqual(['in']);
  expect([...layer.edges]).toEqual([]);
  expect(layer.ended).toBeUndefined();
});
