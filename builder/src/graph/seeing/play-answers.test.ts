import type { RuleEvent, RuleGraph } from '../../../../rules/index.js';
import { playAnswers } from './play-answers.js';

const event: RuleEvent = {
  type: 'message-received',
  id: 'e1',
  at: '2026-03-02T09:00:00Z',
  channel: { id: 'tg', kind: 'telegram', name: 'Телеграм' },
  contact: { id: 'new' },
  conversation: { id: 'c', status: 'open' },
  message: { text: 'Здравствуйте' },
};
const week = { monday: '2026-03-02', zone: 'Europe/Moscow' };

function graph(name: string, nodes: RuleGraph['nodes'], ...wires: [string, string][]): RuleGraph {
  return { format: 1, name, nodes, edges: wires.map(([from, to]) => ({ from, to })) };
}
const start = { id: 'in', type: 'on-message', settings: {} };
const reply = { id: 'hello', type: 'reply', settings: { text: 'Ответим утром' } };
const night = graph(
  'Ночь',
  [start, { id: 'night', type: 'time-window', settings: { from: '22:00', to: '08:00' } }, reply],
  ['in.next', 'night'],
  ['night.inside', 'hello'],
);
const weekend = graph(
  'Выходные',
  [start, { id: 'days', type: 'time-window', settings: { from: '00:00', to: '00:00', days: [6, 7] } }, reply],
  ['in.next', 'days'],
  ['days.inside', 'hello'],
);

/** The hours of a day as letters by what happens. */
async function dayOf(graphs: RuleGraph[], day: number, message = event) {
  const { outcomes, cells } = await playAnswers(graphs, message, week);
  return (cells[day] ?? []).map(({ outcome }) => outcomes[outcome]?.kind);
}

it('tells people from an autoresponder, and two of them from one', async () => {
  const monday = await dayOf([night, weekend], 0);
  expect(monday.slice(0, 9)).toEqual([...Array<string>(8).fill('one'), 'people']);
  expect(monday.slice(21)).toEqual(['people', 'one', 'one']);
  const saturday = await dayOf([night, weekend], 5);
  expect(saturday.slice(7, 9)).toEqual(['several', 'one']);
});

it('names the steps of all that answer, each once', async () => {
  const { outcomes } = await playAnswers([night, weekend], event, week);
  expect(outcomes.find(({ kind }) => kind === 'several')?.places).toEqual([
    { ruleSet: 'Ночь', node: 'hello' },
    { ruleSet: 'Выходные', node: 'hello' },
  ]);
});

it('nobody answers what is dropped, and later rules do not see it', async () => {
  const filter = graph('Фильтр', [start, { id: 'bye', type: 'drop', settings: { reason: 'спам' } }], ['in.next', 'bye']);
  const { outcomes } = await playAnswers([filter, night], event, week);
  expect(outcomes).toEqual([{ kind: 'nobody', places: [{ ruleSet: 'Фильтр', node: 'bye' }] }]);
});

it('waits an hour for an autoresponder that gives people time, and says how long it took', async () => {
  const late = graph(
    'Поздно',
    [start, { id: 'wait', type: 'wait', settings: { for: 'PT10M' } }, reply],
    ['in.next', 'wait'],
    ['wait.next', 'hello'],
  );
  const tooLate = graph(
    'Никогда',
    [start, { id: 'wait', type: 'wait', settings: { for: 'PT2H' } }, reply],
    ['in.next', 'wait'],
    ['wait.next', 'hello'],
  );
  expect((await playAnswers([late], event, week)).outcomes).toEqual([
    { kind: 'one', places: [{ ruleSet: 'Поздно', node: 'hello' }], after: 10 },
  ]);
  expect((await playAnswers([tooLate], event, week)).outcomes).toEqual([{ kind: 'people', places: [] }]);
});

it('people get what a rule failed on; rule sets that cannot be read are left out', async () => {
  const failing = graph('Ошибка', [start, { id: 'bad', type: 'call', settings: { ruleSet: 'Нет таких' } }], ['in.next', 'bad']);
  const unreadable = graph('Чужая', [{ id: 'x', type: 'from-the-future', settings: {} }]);
  expect((await playAnswers([unreadable, failing], event, week)).outcomes).toEqual([
    { kind: 'failed', places: [{ ruleSet: 'Ошибка', node: 'bad' }] },
  ]);
});
