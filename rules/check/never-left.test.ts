import { checkGraph } from '../check.js';
import type { AccountDirectory } from '../finding.js';
import { nodeTypes } from '../nodes/index.js';
import { buildGraph, type NodeWords } from '../testing/graph-builder.js';

type Step = [words: NodeWords, port: string];

/** Steps in a row, `s0` first, each left by the port named after it, with an answer at the end. */
function row(trigger: NodeWords, ...steps: Step[]) {
  const nodes: Record<string, NodeWords> = { in: trigger };
  const wires: string[] = [];
  let from = 'in.next';
  for (const [place, [words, port]] of steps.entries()) {
    nodes[`s${place}`] = words;
    wires.push(`${from} > s${place}`);
    from = `s${place}.${port}`;
  }
  nodes['answer'] = ['reply', { text: 'Здравствуйте' }];
  return buildGraph(nodes, [...wires, `${from} > answer`]);
}

/** Findings but loose ports, which rows have many of. */
function found(graph: ReturnType<typeof row>, account?: AccountDirectory): string[] {
  return checkGraph(graph, nodeTypes, account).flatMap(({ code, node }) => (code === 'loose-port' ? [] : [`${code} ${node ?? '$'}`]));
}

const message: NodeWords = ['on-message'];
const match = (patterns: string, port = 'yes'): Step => [['word-match', { patterns }], port];
const words = (mode: string, patterns: string, port = 'pass'): Step => [['word-filter', { mode, patterns }], port];
const hours = (from: string, to: string, port = 'inside', more: Record<string, unknown> = {}): Step => [
  ['time-window', { from, to, ...more }],
  port,
];
const when = (condition: unknown, port = 'yes'): Step => [['if', { when: condition }], port];
const is = (field: string, op: string, value?: unknown) => ({ field, op, value });
const kinds = (mode: string, list: string[], port = 'pass'): Step => [['kind-filter', { mode, list }], port];

describe.each<[string, ReturnType<typeof row>, string[], ReturnType<typeof row>]>([
  [
    'windows that never overlap',
    row(message, hours('09:00', '12:00'), hours('14:00', '18:00')),
    ['port-never-left s1'],
    row(message, hours('09:00', '12:00'), hours('11:59', '18:00')),
  ],
  [
    'the inside of a window and its outside',
    row(message, hours('22:00', '08:00'), hours('22:00', '08:00', 'outside')),
    ['port-never-left s1'],
    row(message, hours('22:00', '08:00'), hours('22:00', '07:59', 'outside')),
  ],
  [
    'windows of two zones',
    row(message, hours('09:00', '10:00'), hours('09:00', '10:00', 'inside', { timezone: 'Asia/Yekaterinburg' })),
    ['port-never-left s1'],
    row(message, hours('09:00', '10:00'), hours('11:30', '12:30', 'inside', { timezone: 'Asia/Yekaterinburg' })),
  ],
  [
    'days that never meet',
    row(message, hours('00:00', '00:00', 'inside', { days: [6, 7] }), hours('09:00', '18:00', 'inside', { days: [1, 2, 3, 4, 5] })),
    ['port-never-left s1'],
    row(message, hours('00:00', '00:00', 'inside', { days: [5, 6, 7] }), hours('09:00', '18:00', 'inside', { days: [1, 2, 3, 4, 5] })),
  ],
  [
    'a Friday that begins on Thursday night',
    row(message, hours('22:00', '06:00', 'inside', { days: [4] }), hours('06:00', '21:00', 'inside', { days: [5] })),
    ['port-never-left s1'],
    row(message, hours('22:00', '06:00', 'inside', { days: [4] }), hours('05:00', '21:00', 'inside', { days: [5] })),
  ],
  [
    'a date that is closed before',
    row(
      message,
      hours('09:00', '18:00', 'inside', { days: [], dates: { '2026-01-01': [['10:00', '12:00']] } }),
      hours('09:00', '18:00', 'inside', { dates: { '2026-01-01': 'closed' } }),
    ),
    ['port-never-left s1'],
    row(
      message,
      hours('09:00', '18:00', 'inside', { days: [], dates: { '2026-01-01': [['10:00', '12:00']] } }),
      hours('11:00', '18:00', 'inside', { dates: { '2026-01-02': 'closed' } }),
    ),
  ],
  [
    'a word that was filtered before',
    row(message, words('except', 'реклам* кредит'), match('рекламный')),
    ['port-never-left s1'],
    row(message, words('except', 'рекламный кредит'), match('реклам*')),
  ],
  [
    'words of which none are left',
    row(message, match('цена', 'no'), match('стоимость', 'no'), match('цена стоимость')),
    ['port-never-left s2'],
    row(message, match('цена', 'no'), match('цена стоимость')),
  ],
  [
    'a filter for what was filtered',
    row(message, words('except', 'спам*'), words('only', 'спам спамер')),
    ['filter-never-passes s1'],
    row(message, words('except', 'спам*'), words('only', 'спам заказ')),
  ],
  [
    'a filter of what is gone already',
    row(message, words('except', '*кредит*'), words('except', 'кредит автокредит')),
    ['filter-never-filters s1'],
    row(message, words('except', 'кредит'), words('except', '*кредит*')),
  ],
  [
    'a filter of kinds that the trigger does not take',
    row(['on-message', { kinds: ['text', 'image'] }], kinds('block', ['voice'])),
    ['filter-never-filters s0'],
    row(['on-message', { kinds: ['text', 'voice'] }], kinds('block', ['voice'])),
  ],
  [
    'a filter that lets through what the trigger does not take',
    row(['on-message', { kinds: ['text'] }], kinds('allow', ['voice'])),
    ['filter-never-passes s0'],
    row(['on-message', { kinds: ['text', 'image'] }], kinds('allow', ['voice', 'text'])),
  ],
  [
    'a filter of groups where there are none',
    row(['on-message', { chats: ['private'] }], [['group-filter', { list: ['котики'] }], 'pass']),
    ['filter-never-filters s0'],
    row(['on-message', { chats: ['private', 'group'] }], [['group-filter', { list: ['котики'] }], 'pass']),
  ],
  [
    'mailings among received messages',
    row(message, [['hold-outbound', { release: 'reply' }], 'pass']),
    ['filter-never-filters s0'],
    row(['on-message', { direction: 'any', origins: ['client', 'mailing'] }], [['hold-outbound', { release: 'reply' }], 'pass']),
  ],
  [
    'words of an event without a message',
    row(['on-conversation', { event: 'closed' }], words('except', 'спам')),
    ['filter-never-filters s0'],
    row(message, words('except', 'спам')),
  ],
  [
    'an allowed client who is blocked',
    row(
      message,
      [['contact-filter', { list: ['79991112233', 'vasya'] }], 'pass'],
      [['contact-filter', { mode: 'allow', list: ['Vasya'] }], 'pass'],
    ),
    ['filter-never-passes s1'],
    row(
      message,
      [['contact-filter', { list: ['vasya'] }], 'pass'],
      [['contact-filter', { mode: 'allow', list: ['vasya', 'petya'] }], 'pass'],
    ),
  ],
  [
    'a condition that contradicts itself',
    row(message, when({ all: [is('deal.stage', 'eq', 'Новая'), is('deal.stage', 'eq', 'Оплата')] })),
    ['port-never-left s0'],
    row(message, when({ any: [is('deal.stage', 'eq', 'Новая'), is('deal.stage', 'eq', 'Оплата')] })),
  ],
  [
    'a number that cannot be',
    row(message, when({ all: [is('conversation.inbound', 'gt', 5), is('conversation.inbound', 'lt', 5)] })),
    ['port-never-left s0'],
    row(message, when({ all: [is('conversation.inbound', 'gt', 5), is('conversation.inbound', 'lt', 5.1)] })),
  ],
  [
    'a condition that always holds',
    row(message, when({ any: [is('deal.id', 'exists'), is('deal.id', 'exists', false)] })),
    ['choice-needless s0'],
    row(message, when({ any: [is('deal.id', 'exists'), is('contact.id', 'exists', false)] })),
  ],
  [
    'what is asked a second time',
    row(message, when(is('deal.id', 'exists')), when(is('event.deal.id', 'exists', false))),
    ['port-never-left s1'],
    row(message, when(is('deal.id', 'exists')), when(is('deal.stage', 'exists', false))),
  ],
  [
    'no member of what was all',
    row(
      message,
      when({ not: { any: [is('contact.phone', 'empty'), is('contact.name', 'empty')] } }),
      when(is('contact.phone', 'in', [''])),
    ),
    ['port-never-left s1'],
    row(
      message,
      when({ not: { all: [is('contact.phone', 'empty'), is('contact.name', 'empty')] } }),
      when(is('contact.phone', 'in', [''])),
    ),
  ],
  [
    'a kind of channel that the trigger does not listen to',
    row(
      ['on-message', { channels: ['telegram', 'vk'] }],
      [['switch', { field: 'channel.kind', cases: [{ in: ['avito'], port: 'a' }] }], 'a'],
    ),
    ['port-never-left s0'],
    row(
      ['on-message', { channels: ['telegram', 'vk'] }],
      [['switch', { field: 'channel.kind', cases: [{ in: ['vk', 'avito'], port: 'a' }] }], 'a'],
    ),
  ],
  [
    'a case that a condition has taken',
    row(message, when(is('message.kind', 'in', ['voice', 'audio']), 'no'), [
      ['switch', { field: 'message.kind', cases: [{ in: ['voice'], port: 'a' }] }],
      'a',
    ]),
    ['port-never-left s1'],
    row(message, when(is('message.kind', 'in', ['audio']), 'no'), [
      ['switch', { field: 'message.kind', cases: [{ in: ['voice'], port: 'a' }] }],
      'a',
    ]),
  ],
  [
    'a middle score of two',
    row(['on-score-requested'], [['ask-score', { question: 'Помогли?', scale: '0-1' }], 'passive']),
    ['port-never-left s0'],
    row(['on-score-requested'], [['ask-score', { question: 'Помогли?', scale: '1-5' }], 'passive']),
  ],
])('%s', (_, mistaken, expected, sound) => {
  it('is found', () => {
    expect(found(mistaken)).toEqual(expected);
  });

  it('is not seen in what is nearly the same', () => {
    expect(found(sound)).toEqual([]);
  });
});

it('names the step that decided before', () => {
  const graph = row(message, words('except', 'спам'), match('цена', 'no'), hours('09:00', '18:00'), match('спам'));
  const one = checkGraph(graph, nodeTypes).find(({ code }) => code !== 'loose-port');
  expect(one).toMatchObject({ code: 'port-never-left', node: 's3', path: 'nodes[4]', severity: 'warning' });
  expect(one?.text.ru).toContain('это уже решил шаг «Фильтр по словам» (s0)');
  expect(one?.text.en).toContain('the step “Word filter” (s0)');
});

it('forgets the hour after a wait, and the message after a reply', () => {
  const pause: Step = [['wait', { for: 'PT8H' }], 'next'];
  const reply: Step = [['wait-reply', { timeout: 'PT1H' }], 'reply'];
  expect(found(row(message, hours('22:00', '08:00'), pause, hours('22:00', '08:00', 'outside')))).toEqual([]);
  expect(found(row(message, words('except', 'да'), pause, match('да')))).toEqual(['port-never-left s2']);
  expect(found(row(message, words('except', 'да'), reply, match('да')))).toEqual([]);
});

it('joins what several ways have in common', () => {
  const nodes: Record<string, NodeWords> = {
    in: message,
    night: ['time-window', { from: '22:00', to: '08:00' }],
    a: ['add-tags', { tags: 'ночь' }],
    b: ['add-tags', { tags: 'день' }],
    again: ['time-window', { from: '23:00', to: '07:00' }],
    answer: ['reply', { text: 'x' }],
  };
  const both = ['in.next > night', 'night.inside > a', 'night.outside > b', 'b.next > again', 'again.inside > answer'];
  expect(found(buildGraph(nodes, [...both, 'a.next > again']))).toEqual([]);
  expect(found(buildGraph({ ...nodes, other: ['add-note', { text: 'x' }] }, [...both, 'a.next > other']))).toEqual([
    'port-never-left again',
  ]);
});

it('takes the channels of an account for all there are', () => {
  const graph = row(message, when(is('channel.kind', 'eq', 'avito')));
  const channels = [{ id: 't1', name: 'Телеграм', kind: 'telegram' }];
  expect(found(graph, { channels })).toEqual(['port-never-left s0']);
  expect(checkGraph(graph, nodeTypes, { channels }).find(({ code }) => code === 'port-never-left')?.text.ru).toContain(
    'таких каналов в компании нет',
  );
  expect(found(graph, { channels: [...channels, { id: 'a1', name: 'Авито', kind: 'avito' }] })).toEqual([]);
});

it('says nothing of comparisons that it cannot decide', () => {
  expect(found(row(message, when(is('message.text', 'matches', '^a')), when(is('message.text', 'matches', '^b'))))).toEqual([]);
  expect(found(row(message, when(is('deal.tags', 'contains', 'vip')), when(is('deal.tags', 'contains', 'опт'))))).toEqual([]);
});
