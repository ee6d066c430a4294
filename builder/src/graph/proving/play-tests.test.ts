import type { RuleGraph } from '../../../../rules/index.js';
import { marksOf } from './test-marks.js';
import { playLines, playTests, testOf } from './play-tests.js';

const at = '2026-03-02T20:10:00Z';
const says = (text: string, more: Record<string, unknown> = {}) => ({ type: 'message-received', at, message: { text }, ...more });
const graph: RuleGraph = {
  format: 1,
  name: 'Прайс',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'price', type: 'word-match', settings: { patterns: 'цен*' } },
    { id: 'yes', type: 'reply', settings: { text: 'Пришлём прайс' } },
    { id: 'no', type: 'reply', settings: { text: 'Здравствуйте' } },
  ],
  edges: [
    { from: 'in.next', to: 'price' },
    { from: 'price.yes', to: 'yes' },
    { from: 'price.no', to: 'no' },
  ],
};
const rules = { graph, others: [] };

it('makes a test of what happens, which passes at once', async () => {
  const test = await testOf('цена', rules, [says('какая цена?')]);
  expect(test?.expect).toEqual([{ status: 'passed', effects: [{ type: 'send-message', text: 'Пришлём прайс' }] }]);
  const played = await playTests({ graph: { ...graph, tests: test ? [test] : [] }, others: [] });
  expect(played?.results.map(({ passed }) => passed)).toEqual([true]);
});

it('counts what the tests reach, and marks the steps of a failing line red', async () => {
  const tests = [
    { name: 'цена', events: [says('цена')], expect: [{ effects: [{ text: 'Пришлём прайс' }] }] },
    { name: 'привет', events: [says('привет')], expect: [{ effects: [{ text: 'Добрый день' }] }] },
  ];
  const played = await playTests({ graph: { ...graph, tests }, others: [] });
  expect(played?.reach.nodes).toEqual({ in: 2, price: 2, yes: 1, no: 1 });
  expect(played?.reach.ports).toMatchObject({ 'in.next': 2, 'price.yes': 1, 'price.no': 1, 'yes.next': 1 });
  expect([...marksOf(played?.results ?? [], 'Прайс')]).toEqual([
    ['in', 'failed'],
    ['price', 'failed'],
    ['yes', 'passed'],
    ['no', 'failed'],
  ]);
});

it('plays the rules that a step calls, and counts only its own steps', async () => {
  const called: RuleGraph = { ...graph, name: 'Общие' };
  const calling: RuleGraph = {
    format: 1,
    name: 'Внешние',
    nodes: [
      { id: 'in', type: 'on-message', settings: {} },
      { id: 'sub', type: 'call', settings: { ruleSet: 'Общие' } },
    ],
    edges: [{ from: 'in.next', to: 'sub' }],
    tests: [{ name: 'а', events: [says('цена')], expect: [{ effects: [{ text: 'Пришлём прайс' }] }] }],
  };
  const played = await playTests({ graph: calling, others: [called] });
  expect(played?.results[0]?.differences).toEqual([]);
  expect(played?.reach.nodes).toEqual({ in: 1, sub: 1 });
  expect([...marksOf(played?.results ?? [], 'Внешние').keys()]).toEqual(['in', 'sub']);
});

it('refuses an event that is none with its place, and a graph with errors', async () => {
  await expect(playLines(rules, [says('а'), { type: 'message-received', message: { text: 7 } }])).rejects.toThrow('2: message.text');
  expect(await playTests({ graph: { ...graph, nodes: [{ id: 'x', type: 'nothing', settings: {} }] }, others: [] })).toBeUndefined();
});
