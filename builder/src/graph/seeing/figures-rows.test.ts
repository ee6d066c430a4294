import type { RuleGraph } from '../../../../rules/index.js';
import type { StepFigures } from '../../../../api/steps.js';
import { sortRows, toRows } from './figures-rows.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', title: 'Вход', settings: {} },
    { id: 'hello', type: 'reply', title: 'Ответ', settings: { text: 'Да' } },
  ],
  edges: [],
};
const figures = (node: string, part: Partial<StepFigures> = {}): StepFigures => ({
  node,
  times: 0,
  exits: {},
  replies: 0,
  held: 0,
  drops: 0,
  errors: 0,
  skipped: 0,
  undelivered: 0,
  scores: [],
  replySeconds: null,
  lastAt: null,
  since: null,
  live: true,
  ...part,
});

it('names steps, keeps those that ran and are gone, and leaves out what never did and is gone', () => {
  const rows = toRows([figures('hello'), figures('old', { times: 2 }), figures('older')], graph, 'ru');
  expect(rows.map(({ title, isThere }) => [title, isThere])).toEqual([
    ['Ответ', true],
    ['old', false],
  ]);
});

it('sorts by any column; what has no value comes last either way', () => {
  const rows = toRows([figures('in', { times: 3 }), figures('hello', { times: 9, replySeconds: 4 })], graph, 'ru');
  const order = (by: 'title' | 'times' | 'replySeconds', isDown: boolean) => sortRows(rows, by, isDown, 'ru').map(({ node }) => node);
  expect(order('title', false)).toEqual(['in', 'hello']);
  expect(order('times', true)).toEqual(['hello', 'in']);
  expect(order('replySeconds', true)).toEqual(['hello', 'in']);
  expect(order('replySeconds', false)).toEqual(['hello', 'in']);
});

it('takes the scale with most answers for the score', () => {
  const scores = [
    { scale: '1-5', count: 1, average: 5, nps: null },
    { scale: '0-10', count: 7, average: 8.5, nps: 40 },
  ];
  expect(toRows([figures('hello', { scores })], graph, 'ru')[0]?.score).toBe(8.5);
});
