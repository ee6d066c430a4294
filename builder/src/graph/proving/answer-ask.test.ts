import type { RuleEvent, RuleGraph } from '../../../../rules/index.js';
import { answerAsk, type Ask } from './answer-ask.js';
import { playChat } from './chat.js';
import { gapsOf, toCoverageLayer, toLiveReach } from './coverage-layer.js';
import { mondayOf } from './play-week.js';
import { contextsOf } from './step-context.js';
import { WorkerDesk, type StartWorker } from './worker-desk.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'set', type: 'set', settings: { name: 'длина', value: '$length(message.text)' } },
    {
      id: 'asks',
      type: 'if',
      settings: {
        when: {
          all: [
            { field: 'message.text', op: 'contains', value: 'цена' },
            { field: 'deal.stage', op: 'eq', value: 'Новая' },
          ],
        },
      },
    },
    { id: 'price', type: 'reply', settings: { text: 'Пришлём прайс' } },
    { id: 'night', type: 'time-window', settings: { from: '22:00', to: '08:00' } },
    { id: 'sleep', type: 'reply', settings: { text: 'Ответим утром' } },
    { id: 'off', type: 'mark-read', settings: {}, disabled: true },
  ],
  edges: [
    { from: 'in.next', to: 'set' },
    { from: 'set.next', to: 'asks' },
    { from: 'asks.yes', to: 'price' },
    { from: 'asks.no', to: 'night' },
    { from: 'night.inside', to: 'sleep' },
  ],
};
const rules = { graph, others: [] };
const event: RuleEvent = {
  type: 'message-received',
  id: 'e1',
  at: '2026-03-04T11:00:00Z',
  contact: { id: 'a' },
  message: { text: 'какая цена?' },
};

async function playedOf(one: RuleEvent) {
  const play = await playChat(rules, { start: one.at, moves: [{ kind: 'recorded', event: one }] });
  const played = play?.turns.at(-1)?.played;
  if (!played) throw new Error('nothing was played');
  return played;
}

describe('a message through the week', () => {
  it('shows at which hours which exit answers', async () => {
    const ask: Ask = { kind: 'week', rules, event, monday: '2026-03-02', zone: 'Europe/Moscow' };
    const week = await new WorkerDesk(inline).ask<'week'>(ask);
    expect(week?.cells.map((row) => row.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
    expect(week?.outcomes.map(({ kind, node }) => [kind, node])).toEqual([
      ['answered', 'sleep'],
      ['nothing', undefined],
    ]);
    const [monday] = week?.cells ?? [];
    expect(monday?.map(({ outcome }) => outcome).join('')).toBe('000000001111111111111100');
    expect(monday?.[0]?.at).toBe('2026-03-01T21:00:00Z');
    expect(week?.outcomes[0]?.exits).toContain('night.inside');
  });

  it('begins on the Monday of any of its days', () => {
    expect(['2026-03-02', '2026-03-04', '2026-03-08', '2026-03-09'].map(mondayOf)).toEqual([
      '2026-03-02',
      '2026-03-02',
      '2026-03-02',
      '2026-03-09',
    ]);
  });
});

describe('why a step did not run', () => {
  it('names the comparison that failed, with the value that it met, and the smallest change', async () => {
    const answer = await answerAsk({ kind: 'why-not', rules, played: await playedOf(event), node: 'price' });
    if (!answer || !('obstacles' in answer)) throw new Error('no answer');
    expect(answer.obstacles[0]?.block).toMatchObject({ node: 'asks', port: 'no', wanted: ['yes'] });
    expect(answer.obstacles[0]?.failed).toMatchObject([{ field: 'deal.stage', holds: false }]);
    expect(answer.obstacles[0]?.failed[0]).not.toHaveProperty('found');
    expect(answer.changes[0]?.changes).toEqual([{ field: 'deal.stage', to: 'Новая' }]);
  });

  it('is nothing for a step that ran, and unknown for one that is not there', async () => {
    const played = await playedOf(event);
    expect(await answerAsk({ kind: 'why-not', rules, played, node: 'night' })).toMatchObject({ ran: true });
    expect(await answerAsk({ kind: 'why-not', rules, played, node: 'nowhere' })).toBeUndefined();
  });
});

it('shows what each step saw: the variables that were set before it', async () => {
  const contexts = await contextsOf(rules, await playedOf(event));
  expect(contexts.map(({ variables }) => variables)).toEqual([{}, {}, { длина: 11 }, { длина: 11 }]);
  expect(contexts[0]?.event.contact).toEqual({ id: 'a' });
});

describe('coverage', () => {
  it('tells the steps and exits that nothing reached; switched off steps count for nothing', () => {
    const layer = toCoverageLayer('tests', {
      nodes: { in: 2, set: 2, asks: 2, night: 2 },
      ports: { 'in.next': 2, 'set.next': 2, 'asks.no': 2, 'night.outside': 2 },
    });
    expect(gapsOf(graph, layer)).toEqual({
      nodes: { all: 6, reached: 4, missed: ['price', 'sleep'] },
      ports: {
        all: 8,
        reached: 4,
        missed: [
          { node: 'asks', port: 'yes' },
          { node: 'night', port: 'inside' },
        ],
      },
    });
  });
});

it('reads the drop of a filter as its exit that has no wire', () => {
  const filter = { id: 'f', type: 'word-filter', settings: { mode: 'except', patterns: 'кредит*' } };
  const filtering: RuleGraph = { ...graph, nodes: [...graph.nodes, filter] };
  expect(toLiveReach(filtering, { nodes: { f: 3 }, edges: { 'f.pass': 1, 'f.drop': 2 } }).ports).toMatchObject({
    'f.pass': 1,
    'f.filtered': 2,
  });
  const wired = { ...filtering, edges: [...graph.edges, { from: 'f.filtered', to: 'sleep' }] };
  expect(toLiveReach(wired, { nodes: {}, edges: { 'f.drop': 2 } }).ports).not.toHaveProperty(['f.filtered']);
});

describe('the desk of the worker', () => {
  it('hands each answer to the one who asked', async () => {
    const desk = new WorkerDesk(inline);
    const played = await playedOf(event);
    const [first, second] = await Promise.all([
      desk.ask<'why-not'>({ kind: 'why-not', rules, played, node: 'night' }),
      desk.ask<'why-not'>({ kind: 'why-not', rules, played, node: 'price' }),
    ]);
    expect([first?.ran, second?.ran]).toEqual([true, false]);
  });

  it('says what went wrong, and starts anew after the worker broke', async () => {
    let started = 0;
    const desk = new WorkerDesk((on) => {
      started += 1;
      return started === 1 ? breaking(on) : inline(on);
    });
    const ask = { kind: 'tests' as const, rules };
    await expect(desk.ask<'tests'>(ask)).rejects.toThrow('no such file');
    expect(await desk.ask<'tests'>(ask)).toMatchObject({ results: [] });
    const bad = { ...event, at: 'yesterday' };
    await expect(desk.ask<'week'>({ kind: 'week', rules, event: bad, monday: 'never', zone: 'Europe/Moscow' })).rejects.toThrow(
      'Invalid time value',
    );
  });
});

/** A worker that works in the page. */
const inline: StartWorker = ({ answer }) => ({
  stop: () => undefined,
  send: ({ id, ask }) => {
    void answerAsk(structuredClone(ask)).then(
      (given) => answer({ id, answer: given }),
      (problem: Error) => answer({ id, problem: problem.message }),
    );
  },
});

const breaking: StartWorker = ({ broken }) => ({ stop: () => undefined, send: () => queueMicrotask(() => broken('no such file')) });
