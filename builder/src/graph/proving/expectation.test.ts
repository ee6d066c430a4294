import type { RunLine } from '../../../../rules/index.js';
import { expectationOf, partsOf, togglePart, withoutFreeEnd } from './expectation.js';

const line: RunLine = {
  event: 'e1',
  type: 'message-received',
  at: '2026-03-02T20:10:00Z',
  status: 'passed',
  effects: [
    { type: 'send-message', text: 'Ответим утром', node: 'hello' },
    { type: 'create-task', text: 'Ответить', due: '2026-03-02T20:15:00Z', mode: 'one-per-deal', to: 'responsible', node: 'task' },
  ],
  trace: [['in', 'next']],
};
const find = (expected: Record<string, unknown>, path: string) => {
  const part = partsOf(line, expected).find((one) => one.path.join(' ') === path);
  if (!part) throw new Error(`no part ${path}`);
  return part;
};

it('expects what was done, not where in the graph and when', () => {
  expect(expectationOf(line)).toEqual({
    status: 'passed',
    effects: [
      { type: 'send-message', text: 'Ответим утром' },
      { type: 'create-task', text: 'Ответить', mode: 'one-per-deal', to: 'responsible' },
    ],
  });
});

it('expects of a dropped message who dropped it', () => {
  const dropped: RunLine = { ...line, status: 'filtered', effects: [], reason: { node: 'spam', text: 'Реклама', ruleSet: 'Проба' } };
  expect(expectationOf(dropped)).toEqual({ status: 'filtered', effects: [], reason: { node: 'spam', text: 'Реклама' } });
});

it('is thinned out part by part, and thickened again with what came', () => {
  const full = expectationOf(line);
  const free = togglePart(line, full, find(full, 'effects 0 text'));
  expect(free['effects']).toMatchObject([{ type: 'send-message' }, {}]);
  expect(JSON.stringify(free)).not.toContain('Ответим утром');
  expect(togglePart(line, free, find(free, 'effects 0 text'))).toEqual(full);
  const due = togglePart(line, full, find(full, 'effects 1 due'));
  expect(due['effects']).toMatchObject([{}, { due: '2026-03-02T20:15:00Z' }]);
});

it('leaves all effects free, and expects them again as they came', () => {
  const full = expectationOf(line);
  const free = togglePart(line, full, find(full, 'effects'));
  expect(free).toEqual({ status: 'passed' });
  expect(partsOf(line, free).map(({ path }) => path.join(' '))).toEqual(['status', 'effects']);
  expect(togglePart(line, free, find(free, 'effects'))).toEqual(full);
});

it('drops the free lines at the end, and keeps those between', () => {
  expect(withoutFreeEnd([{}, { status: 'passed' }, {}, {}])).toEqual([{}, { status: 'passed' }]);
  expect(withoutFreeEnd([{}])).toEqual([]);
});
