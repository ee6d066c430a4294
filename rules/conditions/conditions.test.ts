import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { RuleEvent } from '../event.js';
import { checkCondition } from './check-condition.js';
import { compileCondition } from './compile-condition.js';
import { conditionSchema, type Condition, type Operator } from './condition.js';
import { describeCondition } from './describe-condition.js';
import { compileRegex } from './linear-regex.js';

const event: RuleEvent = {
  type: 'message-received',
  id: 'e1',
  at: '2026-03-02T23:10:00+03:00',
  message: { text: 'Какая ЦЕНА на уценку?', attachments: [] },
  chat: { name: 'и\u0306е\u0308' },
  contact: { id: '42', name: '', bot: false },
  conversation: { number: 5 },
  deal: { tags: ['VIP', 'опт'], pipeline: null as unknown as string },
};
const holds = (condition: Condition) => compileCondition(conditionSchema.parse(condition))(event);
const ask = (field: string, op: Operator, value?: unknown) => holds({ field, op, value });

it.each<[string, Operator, unknown, boolean]>([
  ['message.text', 'eq', 'какая цена НА уценку?', true],
  ['message.text', 'eq', 'цена', false],
  ['message.text', 'ne', 'цена', true],
  ['message.text', 'in', ['цена', 'уценка'], false],
  ['chat.name', 'eq', 'ЙЁ', true],
  ['chat.name', 'in', ['йё'], true],
  ['message.text', 'contains', 'цена', true],
  ['message.text', 'starts', 'какая', true],
  ['message.text', 'ends', 'УЦЕНКУ?', true],
  ['message.text', 'ends', 'уценку', false],
  ['message.kind', 'eq', 'text', true],
  ['chat.type', 'in', ['PRIVATE'], true],
  ['event.type', 'eq', 'message-received', true],
  ['event.conversation.number', 'eq', 5, true],
  ['conversation.number', 'eq', '5', true],
  ['conversation.number', 'in', ['4', 5], true],
  ['conversation.number', 'gt', 4, true],
  ['conversation.number', 'gte', '5', true],
  ['conversation.number', 'lt', 5, false],
  ['conversation.number', 'lte', '10', true],
  ['contact.id', 'gt', 5, true],
  ['event.at', 'gt', '2026-03-02T20:00:00Z', true],
  ['event.at', 'gt', '2026-03-02T20:30:00Z', false],
  ['contact.bot', 'eq', false, true],
  ['deal.tags', 'contains', 'vip', true],
  ['deal.tags', 'contains', 'vi', false],
  ['deal.tags', 'eq', 'vip', false],
  ['deal.stage', 'eq', '', false],
  ['deal.stage', 'ne', 'x', true],
  ['deal.stage', 'empty', undefined, true],
  ['deal.stage', 'exists', undefined, false],
  ['deal.stage', 'exists', false, true],
  ['deal.stage', 'lt', 5, false],
  ['deal.stage', 'contains', '', false],
  ['deal.pipeline', 'exists', undefined, false],
  ['contact.name', 'empty', undefined, true],
  ['contact.name', 'exists', undefined, true],
  ['message.attachments', 'empty', undefined, true],
  ['contact.constructor', 'exists', undefined, false],
  ['contact.__proto__', 'exists', undefined, false],
  ['message.text', 'matches', '\\bцена\\b', true],
  ['message.text', 'matches', '\\bценк', false],
  ['message.text', 'matches', '^какая\\s+\\w+', true],
])('%s %s %j: %s', (field, op, value, expected) => {
  expect(ask(field, op, value)).toBe(expected);
});

it('joins conditions', () => {
  const yes: Condition = { field: 'chat.type', op: 'exists' };
  const no: Condition = { not: yes };
  expect([{ all: [yes, no] }, { any: [yes, no] }, { all: [] }, { any: [] }, { not: { any: [no, no] } }].map(holds)).toEqual([
    false,
    true,
    true,
    false,
    true,
  ]);
});

it.each<[unknown, string]>([
  ['message.text = "a"', ''],
  [undefined, ''],
  [{ field: 'message', op: 'eq', value: 1 }, 'field'],
  [{ field: 'server.env', op: 'eq', value: 1 }, 'field'],
  [
    {
      all: [
        { field: 'message.text', op: 'eq', value: 'a' },
        { field: 'message.text', op: 'is', value: 'a' },
      ],
    },
    'all.1.op',
  ],
  [{ any: {} }, 'any'],
  [{ not: { field: 'message.text', op: 'in', value: 'a' } }, 'not.value'],
  [{ field: 'message.text', op: 'eq' }, 'value'],
  [{ field: 'message.text', op: 'matches', value: '(?=a)' }, 'value'],
  [{ field: 'message.text', op: 'eq', value: 'a', vlaue: 'b' }, ''],
  [{ all: [], any: [] }, ''],
])('refuses %j at «%s»', (value, path) => {
  const issues = conditionSchema.safeParse(value).error?.issues ?? [];
  expect(issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});

it('refuses conditions nested too deeply', () => {
  let deep: unknown = { field: 'message.text', op: 'empty' };
  for (let level = 0; level < 10_000; level++) deep = { not: deep };
  expect(conditionSchema.safeParse(deep).success).toBe(false);
});

it('has a form that can be described', () => {
  expect(() => z.toJSONSchema(z.object({ when: conditionSchema }), { io: 'input' })).not.toThrow();
});

it('says a condition in words', () => {
  const condition: Condition = {
    any: [{ field: 'message.text', op: 'contains', value: 'цена' }, { not: { field: 'deal.stage', op: 'empty' } }],
  };
  expect(describeCondition(condition)).toEqual({
    ru: 'текст сообщения содержит «цена» или (не (этап пусто))',
    en: 'message text contains “цена” or (not (stage is empty))',
  });
});

it('finds comparisons without a value, at their places', () => {
  const condition: Condition = {
    all: [
      { field: 'message.text', op: 'contains', value: '' },
      {
        not: {
          any: [
            { field: 'channel.kind', op: 'in', value: [] },
            { field: 'deal.stage', op: 'eq', value: 'Новая' },
          ],
        },
      },
      { field: 'contact.phone', op: 'empty' },
      { field: 'deal.open', op: 'eq', value: false },
      { field: 'conversation.inbound', op: 'gt', value: 0 },
    ],
  };
  expect(checkCondition(condition, 'when').map(({ code, path }) => `${code} ${path}`)).toEqual([
    'condition-unfinished when.all[0].value',
    'condition-unfinished when.all[1].not.any[0].value',
  ]);
});

it.each<[Condition, string, string]>([
  [{ field: 'deal.open', op: 'eq', value: true }, 'сделка открыта: да', 'deal is open: yes'],
  [
    { field: 'message.kind', op: 'in', value: ['image', 'voice'] },
    'вид сообщения одно из «Картинка, Голосовое»',
    'message kind is one of “Image, Voice”',
  ],
  [{ field: 'channel.kind', op: 'eq', value: 'vk' }, 'вид канала равно «ВКонтакте»', 'channel kind is “VK”'],
  [{ field: 'channel.kind', op: 'eq', value: 'pigeon' }, 'вид канала равно «pigeon»', 'channel kind is “pigeon”'],
])('calls values by their names: %j', (condition, ru, en) => {
  expect(describeCondition(condition)).toEqual({ ru, en });
});

describe('an expression', () => {
  const test = (source: string, text: string) => {
    const regex = compileRegex(source);
    if ('problem' in regex) throw new Error(regex.problem.en);
    return regex.test(text);
  };

  it.each([
    ['\\bцена\\b', 'какая цена?', true],
    ['\\bцена\\b', 'оценка', false],
    ['\\Bцен', 'оценка', true],
    ['\\Bцен', 'цена', false],
    ['\\bкот\\b.*\\bпёс\\b', 'Кот и\tПёс.', true],
    ['^\\b', 'а', true],
    ['\\b$', 'а', true],
    ['\\b', '...', false],
    ['\\ba{2,3}\\b', 'x aaa', true],
    ['\\ba{2,3}\\b', 'x aaaa', false],
    ['(?m)^\\bда\\b$', 'нет\nда\nнет', true],
    ['\\b[а-я\\d]+\\b-\\b', 'х1-2', true],
    ['\\ba.b\\b', 'a😀b', true],
    ['\\ba.b\\b', 'a\nb', false],
    ['\\b(?:при|по)вет\\b', 'ПРИВЕТ', true],
    ['\\bका', 'x का', true],
    ['\\bx\\b', 'axa', false],
    ['\\b\\Qa.b\\E\\b', 'a.b', true],
    ['^\\w+$', 'Приветé_1', true],
    ['^\\W+$', ' —?‿😀\u0378', true],
    ['\\W', 'аб_1', false],
    ['^[^\\W\\d]+$', 'аб', true],
    ['^[^\\W\\d]+$', 'аб1', false],
    ['^[\\W\\d]+$', '1 2', true],
    ['^\\d+$', '٣४', true],
    ['^\\D+$', 'аб', true],
    ['a\\sb', 'a\u00a0b', true],
    ['a[\\S]b', 'a\u00a0b', false],
    ['[\\]\\w]', ']', true],
    ['[]а]', 'а', true],
    ['[[:alpha:]\\d]', 'z', true],
    ['a{,2}', 'a{,2}', true],
    ['я', 'Я', true],
  ])('%s on %j: %s', (source, text, expected) => {
    expect(test(source, text)).toBe(expected);
  });

  it.each(['(a', 'a**', '(?=a)', '(a)\\1', '\\Z', 'x'.repeat(1001), '(?:a{500}){2}', '[a', '\\'])(
    '%s is refused with a reason',
    (source) => {
      expect(compileRegex(source)).toEqual({
        problem: { ru: expect.stringMatching(/Выражение/), en: expect.stringMatching(/expression/) },
      });
    },
  );

  it('stays linear on expressions that break others', () => {
    const evil = [
      '(a+)+$',
      '(a|a)*b',
      '(.*)*x',
      '^(([a-z])+.)+[A-Z]([a-z])+$',
      '(x+x+)+y',
      '(a|aa)+$',
      '(.*a){20}b',
      '\\b(a+)+\\b!',
      '\\b(\\w+\\s?)*$!',
    ];
    const text = 'a'.repeat(65_536);
    for (const source of evil) {
      const started = performance.now();
      test(source, text);
      // A second is far above what it takes and far below what backtracking would need.
      expect({ source, slow: performance.now() - started > 1000 }).toEqual({ source, slow: false });
    }
  });
});
