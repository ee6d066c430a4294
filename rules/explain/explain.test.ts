import { compile } from '../compile.js';
import type { RuleGraph } from '../graph.js';
import { nodeTypes as realTypes } from '../nodes/index.js';
import type { NodeTypes } from '../compile.js';
import { readEvent } from '../read-event.js';
import { createSession, type Played } from '../session.js';
import { buildGraph } from '../testing/graph-builder.js';
import { message } from '../testing/play.js';
import { present } from '../testing/present.js';
import { smallNodeTypes } from '../testing/small-node-types.js';
import { explain, explainMissed } from './explain.js';

const at = '2026-03-02T14:00:00+03:00';

/** Plays the events and gives the last line, ready to be asked about. */
function last(graphs: readonly RuleGraph[], events: readonly Record<string, unknown>[], nodeTypes: NodeTypes = realTypes) {
  const compiled = graphs.map((graph) => compile(graph, nodeTypes));
  const session = createSession(compiled);
  const played = events.flatMap((json, index): Played[] => {
    const read = readEvent({ at, ...json }, { position: index + 1 });
    if (!read.ok) throw new Error(`${read.path} ${read.problem.en}`);
    return present(session.play(read.event));
  });
  const line = played.at(-1);
  if (!line) throw new Error('nothing was played');
  return {
    played,
    steps: async () => (await explain(line, graphs, nodeTypes)).steps,
    missed: (node: string, ruleSet = graphs[0]?.name ?? '', which = line) =>
      explainMissed(which, { ruleSet, node }, graphs, compiled, nodeTypes),
  };
}

const desk = buildGraph(
  {
    in: ['on-message', { channels: ['tg'] }],
    spam: ['word-filter', { mode: 'except', patterns: 'кредит*' }],
    asks: [
      'if',
      {
        when: {
          all: [
            { field: 'message.text', op: 'contains', value: 'цена' },
            { field: 'deal.stage', op: 'eq', value: 'Новая' },
          ],
        },
      },
    ],
    price: ['reply', { text: 'Пришлём прайс' }],
    night: ['time-window', { from: '22:00', to: '08:00' }],
    sleep: ['reply', { text: 'Ответим утром' }],
    alone: ['reply', { text: 'Никогда' }],
  },
  ['in.next > spam', 'spam.pass > asks', 'asks.yes > price', 'asks.no > night', 'night.inside > sleep'],
);
const tg = { channel: { id: 'tg', kind: 'telegram' } };

it('says of each step what it is called, which way it went and why, and of a condition every part with the value it met', async () => {
  const steps = await last([desk], [message('какая цена?', tg)]).steps();
  expect(steps.map(({ node, port, title }) => [node, port, title.ru])).toEqual([
    ['in', 'next', 'Сообщение'],
    ['spam', 'pass', 'Фильтр по словам'],
    ['asks', 'no', 'Условие'],
    ['night', 'outside', 'Время'],
  ]);
  expect(steps[1]?.reason?.en).toBe('none of the listed words');
  expect(steps[2]?.condition).toMatchObject({
    join: 'all',
    holds: false,
    parts: [
      { holds: true, field: 'message.text', found: 'какая цена?' },
      { holds: false, field: 'deal.stage', text: { ru: 'этап равно «Новая»' } },
    ],
  });
  expect(steps[2]?.condition?.parts?.[1]).not.toHaveProperty('found');
});

describe('what kept a node from running', () => {
  it('is the nearest node that went another way, with its reason', async () => {
    const { blocks, ran } = await last([desk], [message('привет', tg)]).missed('sleep');
    expect(ran).toBe(false);
    expect(blocks).toMatchObject([{ node: 'night', port: 'outside', wanted: ['inside'] }]);
    expect(blocks[0]?.text.en).toContain('night left by outside, and inside leads to sleep: it is another time');
  });

  it('is nothing for a node that ran', async () => {
    expect(await last([desk], [message('кредиты', tg)]).missed('spam')).toEqual({
      ruleSet: 'Правила',
      node: 'spam',
      ran: true,
      blocks: [],
      changes: [],
    });
  });

  it('is the setting of the trigger that refuses the event, or its kind', async () => {
    const refused = await last([desk], [message('привет', { channel: { id: 'wa' } })]).missed('spam');
    expect(refused.blocks).toMatchObject([
      { node: 'in', settings: ['channels'], text: { ru: 'in не пропускает это событие: channels = ["tg"]' } },
    ]);
    const two = buildGraph(
      { in: ['on-message', { channels: ['tg'], kinds: ['image'], chats: ['private'] }], x: ['reply', { text: 'x' }] },
      ['in.next > x'],
    );
    expect((await last([two], [message('привет', { channel: { id: 'wa' } })]).missed('x')).blocks[0]?.settings).toEqual([
      'channels',
      'kinds',
    ]);
    expect((await last([desk], [{ type: 'call-missed', ...tg }]).missed('spam')).blocks[0]?.text.en).toBe(
      'in does not start on call-missed',
    );
  });

  it('is the drop in another branch, or in an earlier rule set', async () => {
    const branches = buildGraph({ in: ['on-message'], no: ['drop', { reason: 'хватит' }], hello: ['reply', { text: 'Привет' }] }, [
      'in.next > no',
      'in.next > hello',
    ]);
    expect((await last([branches], [message('x')]).missed('hello')).blocks.map(({ text }) => text.en)).toEqual([
      'no dropped the event: this branch did not get its turn',
    ]);
    const later = { ...desk, name: 'Вторые' };
    expect((await last([branches, later], [message('x', tg)]).missed('spam', 'Вторые')).blocks.map(({ text }) => text.en)).toEqual([
      'Правила/no dropped the event: these rules did not get the event',
    ]);
  });

  it('is a waiting run that took the event, or no way at all', async () => {
    const listening = buildGraph({ in: ['start'], ear: ['listens'], other: ['start', { type: 'call-missed' }], n: ['reply'] }, [
      'in.next > ear',
      'other.next > n',
    ]);
    const { blocks } = await last([listening], [message('a'), message('b')], smallNodeTypes).missed('in');
    expect(blocks.map(({ text }) => text.en)).toEqual(['A waiting run took the event: no trigger saw it']);
    expect((await last([desk], [message('x', tg)]).missed('alone')).blocks.map(({ text }) => text.en)).toEqual(['No way leads to alone']);
  });

  it('is refused for a node that does not exist', async () => {
    await expect(last([desk], [message('x', tg)]).missed('nowhere')).rejects.toThrow('no node nowhere');
  });
});

describe('the smallest change', () => {
  const changed = async (graphs: readonly RuleGraph[], events: readonly Record<string, unknown>[], node: string) =>
    (await last(graphs, events).missed(node)).changes.map(({ changes }) => changes);

  it('is the nearest instant, spelt in the zone of the event', async () => {
    expect(await changed([desk], [message('привет', tg)], 'sleep')).toEqual([[{ field: 'at', from: at, to: '2026-03-02T07:59:00+03:00' }]]);
    expect(await changed([desk], [message('привет', { ...tg, at: '2026-03-02T06:00:00Z' })], 'sleep')).toEqual([
      [{ field: 'at', from: '2026-03-02T06:00:00Z', to: '2026-03-02T04:59:00Z' }],
    ]);
  });

  it('is a word less, or another channel', async () => {
    expect(await changed([desk], [message('дайте кредит сейчас', tg)], 'asks')).toEqual([
      [{ field: 'message.text', from: 'дайте кредит сейчас', to: 'дайте сейчас' }],
    ]);
    expect(await changed([desk], [message('привет', { channel: { id: 'wa', kind: 'whatsapp', name: 'Вацап' } })], 'spam')).toEqual([
      [{ field: 'channel', from: { id: 'wa', kind: 'whatsapp' }, to: { id: 'tg', kind: 'telegram' } }],
    ]);
  });

  it('is two fields where one is not enough', async () => {
    expect(await changed([desk], [message('привет', tg)], 'price')).toEqual([
      [
        { field: 'message.text', from: 'привет', to: 'привет цена' },
        { field: 'deal.stage', to: 'Новая' },
      ],
    ]);
  });

  it('is one field of each kind where several would do', async () => {
    const either = buildGraph(
      {
        in: ['on-message'],
        q: [
          'if',
          {
            when: {
              any: [
                { field: 'contact.vip', op: 'exists' },
                { field: 'chat.type', op: 'eq', value: 'group' },
              ],
            },
          },
        ],
        hi: ['reply', { text: 'x' }],
      },
      ['in.next > q', 'q.yes > hi'],
    );
    expect(await changed([either], [message('a')], 'hi')).toEqual([
      [{ field: 'chat.type', from: 'private', to: 'group' }],
      [{ field: 'contact.vip', to: 'x' }],
    ]);
  });

  it('is run with the state that earlier events left, and is none where only that state stands in the way', async () => {
    const limited = buildGraph({ in: ['start'], limit: ['counts'], hi: ['reply'] }, ['in.next > limit', 'limit.under > hi']);
    const { missed } = last(
      [limited],
      ['a', 'b', 'c'].map((text) => message(text, { contact: { id: '7' } })),
      smallNodeTypes,
    );
    expect(await missed('hi')).toMatchObject({ blocks: [{ node: 'limit', port: 'over' }], changes: [] });
  });

  it('is not looked for where the clock started the run', async () => {
    const waiting = buildGraph({ in: ['start'], w: ['waits'], way: ['fork'], l: ['reply'] }, [
      'in.next > w',
      'w.next > way',
      'way.left > l',
    ]);
    const later = { ...message('b'), at: '2026-03-02T15:00:00+03:00' };
    const { played, missed } = last([waiting], [message('a', { deal: { id: '1' } }), later], smallNodeTypes);
    expect(played.map(({ event }) => event.id)).toEqual(['e1', 'e1/w/1', 'e2']);
    expect(await missed('l', 'Правила', played[1])).toMatchObject({ ran: false, blocks: [{ node: 'way' }], changes: [] });
  });
});

it('asks the conditions of a timer of the event that its run waited with, and of the variables that it had by then', async () => {
  const graph = buildGraph(
    {
      in: ['on-message'],
      w: ['wait', { for: 'PT1M' }],
      set: ['set', { name: 'mood', value: '"good"' }],
      q: [
        'if',
        {
          when: {
            all: [
              { field: 'message.text', op: 'eq', value: 'да' },
              { field: 'vars.mood', op: 'eq', value: 'good' },
            ],
          },
        },
      ],
    },
    ['in.next > w', 'w.next > set', 'set.next > q'],
  );
  const compiled = [compile(graph, realTypes)];
  const session = createSession(compiled);
  const event = (id: string, text: string, minute: number) =>
    ({ ...message(text), id, at: `2026-03-02T15:0${minute}:00Z` }) as unknown as Parameters<typeof session.play>[0];
  await session.play(event('a', 'да', 0));
  const [timer] = await session.play(event('b', 'нет', 5));
  if (!timer) throw new Error('the timer did not fire');
  const { line, steps } = await explain(timer, [graph], realTypes);
  expect([line.event, steps.at(-1)?.condition]).toMatchObject([
    'a/w/1',
    {
      holds: true,
      parts: [
        { holds: true, found: 'да' },
        { holds: true, field: 'vars.mood', found: 'good' },
      ],
    },
  ]);
});

it('asks the conditions of silence and of the clock of what they started with', async () => {
  const graph = buildGraph(
    {
      quiet: ['on-no-reply', { from: 'operator', after: 'PT5M' }],
      clock: ['on-schedule', { cron: '0 * * * *' }],
      q: ['if', { when: { field: 'event.type', op: 'eq', value: 'message-received' } }],
    },
    ['quiet.next > q', 'clock.next > q'],
  );
  const { played } = last([graph], [message('есть кто?'), { type: 'call-missed', at: '2026-03-02T15:30:00+03:00' }]);
  expect(played.map(({ event }) => event.type)).toEqual(['message-received', 'timer-fired', 'schedule-ticked', 'call-missed']);
  const found = await Promise.all(
    played.slice(1, 3).map(async (line) => (await explain(line, [graph], realTypes)).steps.at(-1)?.condition?.found),
  );
  expect(found).toEqual(['message-received', 'schedule-ticked']);
});
