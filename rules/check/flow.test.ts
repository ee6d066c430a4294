import * as fc from 'fast-check';
import { compile } from '../compile.js';
import { evaluate } from '../evaluate.js';
import { chatTypes, messageKinds, messageOrigins, surfaces, type RuleEvent } from '../event.js';
import { emptyMemory } from '../memory.js';
import { nodeTypes } from '../nodes/index.js';
import { buildGraph, type NodeWords } from '../testing/graph-builder.js';
import { present } from '../testing/present.js';
import { flowThrough, reasoningFor } from './flow.js';
import { wire } from './wiring.js';

/** Few values of each kind, so that steps and events meet each other often. */
const patterns = fc.uniqueArray(fc.constantFrom('цен*', 'цена', '*на', '*ен*', 'заказ', 'e-mail', 'mail*', '10'), {
  minLength: 1,
  maxLength: 3,
});
const text = fc
  .array(fc.constantFrom('цена', 'Цену', 'уценка', 'заказ', 'e-mail', 'mailing', 'е mail', '10', '👍', '@цена', 'весна'), { maxLength: 3 })
  .map((words) => words.join(' '));
const clock = fc.constantFrom('00:00', '08:00', '12:30', '22:00');
const kindList = fc.uniqueArray(fc.constantFrom(...messageKinds), { minLength: 1, maxLength: 4 });
const kind = fc.constantFrom('telegram', 'vk', 'telegram-business');
/** Of ids that hint at a network the hint is believed. */
const channelId = fc.constantFrom('cafe', 'shop', 'm1');
const person = fc.constantFrom('79991112233', 'Vasya', '42');
const number = fc.constantFrom<number | string>(1, 5, '5', 10, 2.5);

const comparison = fc.oneof(
  fc.record({ field: fc.constantFrom('message.kind', 'event.message.kind'), op: fc.constant('in'), value: kindList }),
  fc.record({ field: fc.constant('channel.kind'), op: fc.constantFrom('eq', 'ne'), value: kind }),
  fc.record({ field: fc.constant('channel.id'), op: fc.constantFrom('eq', 'ne', 'starts'), value: channelId }),
  fc.record({ field: fc.constant('conversation.inbound'), op: fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte'), value: number }),
  fc.record({
    field: fc.constant('deal.stage'),
    op: fc.constantFrom('eq', 'ne', 'starts', 'contains'),
    value: fc.constantFrom('Новая', 'новая', 'Нов'),
  }),
  fc.record({
    field: fc.constantFrom('deal.stage', 'conversation.inbound', 'deal.tags'),
    op: fc.constantFrom('exists', 'empty'),
    value: fc.boolean(),
  }),
  fc.record({ field: fc.constant('deal.tags'), op: fc.constant('contains'), value: fc.constantFrom('vip', 'опт') }),
  fc.record({
    field: fc.constant('message.text'),
    op: fc.constantFrom('eq', 'contains', 'starts', 'ends', 'matches'),
    value: fc.constantFrom('цена', 'заказ'),
  }),
  fc.record({
    field: fc.constant('event.type'),
    op: fc.constantFrom('eq', 'ne'),
    value: fc.constantFrom('message-received', 'message-sent'),
  }),
);
const condition = fc.oneof(
  { weight: 3, arbitrary: comparison },
  { weight: 1, arbitrary: fc.record({ all: fc.array(comparison, { maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ any: fc.array(comparison, { maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ not: fc.record({ any: fc.array(comparison, { maxLength: 2 }) }) }) },
);

const mode = fc.constantFrom('block', 'allow');
const step: fc.Arbitrary<NodeWords> = fc.oneof(
  fc.tuple(
    fc.constant('word-filter'),
    fc.record({ mode: fc.constantFrom('only', 'except', 'all'), patterns: patterns.map((list) => list.join(' ')) }),
  ),
  fc.tuple(fc.constant('word-match'), fc.record({ patterns: patterns.map((list) => list.join(' ')) })),
  fc.tuple(
    fc.constant('time-window'),
    fc.record({
      from: clock,
      to: clock,
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      timezone: fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kathmandu'),
      dates: fc.constantFrom({}, { '2026-03-09': 'closed' }, { '2026-03-08': [['10:00', '12:30']] }),
    }),
  ),
  fc.tuple(fc.constant('if'), fc.record({ when: condition })),
  fc.tuple(fc.constant('kind-filter'), fc.record({ mode, list: kindList })),
  fc.tuple(fc.constant('contact-filter'), fc.record({ mode, list: fc.uniqueArray(person, { maxLength: 2 }) })),
  fc.tuple(fc.constant('group-filter'), fc.record({ mode, list: fc.constantFrom(['Котики'], ['котики', 'Собаки'], []) })),
  fc.tuple(fc.constant('post-filter'), fc.record({ mode, list: fc.constantFrom(['113'], ['113', '114'], []) })),
  fc.tuple(fc.constant('emoji-filter'), fc.constant({})),
  fc.tuple(fc.constant('hold-outbound'), fc.constant({ release: 'never' })),
  fc.tuple(
    fc.constant('switch'),
    fc.record({
      field: fc.constantFrom('channel.kind', 'message.kind', 'deal.stage'),
      cases: fc.constantFrom(
        [{ in: ['vk', 'voice', 'новая'], port: 'a' }],
        [
          { in: ['telegram', 'text'], port: 'a' },
          { in: ['text', 'image', 'Новая'], port: 'b' },
        ],
      ),
    }),
  ),
);

const trigger: fc.Arbitrary<NodeWords> = fc
  .record(
    {
      direction: fc.constantFrom('in', 'out', 'any'),
      channels: fc.uniqueArray(fc.oneof(kind, channelId), { minLength: 1, maxLength: 3 }),
      surfaces: fc.uniqueArray(fc.constantFrom(...surfaces), { minLength: 1 }),
      chats: fc.uniqueArray(fc.constantFrom(...chatTypes), { minLength: 1 }),
      kinds: kindList,
      origins: fc.uniqueArray(fc.constantFrom(...messageOrigins), { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .map((settings): NodeWords => ['on-message', settings]);

const anyGraph = fc
  .tuple(
    trigger,
    trigger,
    fc.array(step, { minLength: 2, maxLength: 9 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 4, maxLength: 24 }),
  )
  .map(([one, other, steps, wires]) => {
    const nodes: Record<string, NodeWords> = { in0: one, in1: other };
    for (const [place, words] of steps.entries()) nodes[`s${place}`] = words;
    const ids = Object.keys(nodes);
    // Edges lead to later steps only: a circle is an error of its own.
    const edges = wires.flatMap(([from, port, to]) => {
      const place = from % ids.length;
      const target = ids.slice(2).filter((_, index) => index + 2 > place)[to % steps.length];
      const [type, settings] = nodes[ids[place] ?? ''] ?? ['', {}];
      const nodeType = nodeTypes.get(type);
      if (!target || !nodeType) return [];
      const ports = typeof nodeType.ports === 'function' ? nodeType.ports(nodeType.settings.parse(settings)) : nodeType.ports;
      return [`${ids[place]}.${ports[port % ports.length]} > ${target}`];
    });
    return buildGraph(nodes, ['in0.next > s0', 'in1.next > s1', ...edges]);
  });

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyEvent: fc.Arbitrary<RuleEvent> = fc
  .record({
    type: fc.constantFrom('message-received' as const, 'message-sent' as const),
    at: fc.integer({ min: 0, max: 14 * 96 }).map((quarter) => new Date(Date.UTC(2026, 2, 2) + quarter * 900_000 + 59_000).toISOString()),
    channel: maybe(fc.record({ id: maybe(channelId), kind: maybe(kind), surface: maybe(fc.constantFrom(...surfaces)) })),
    contact: maybe(fc.record({ id: maybe(person), username: maybe(person) })),
    chat: maybe(fc.record({ type: fc.constantFrom(...chatTypes), title: fc.constantFrom('Котики', 'Рыбки') })),
    message: fc.record({
      kind: maybe(fc.constantFrom(...messageKinds)),
      text: maybe(text),
      origin: maybe(fc.constantFrom(...messageOrigins)),
      post: maybe(fc.record({ id: fc.constantFrom('113', '115') })),
    }),
    conversation: maybe(fc.record({ inbound: maybe(fc.constantFrom(0, 1, 3, 5, 7.5, 11)) })),
    deal: maybe(fc.record({ stage: maybe(fc.constantFrom('новая', 'Оплата', '')), tags: maybe(fc.subarray(['vip', 'опт'])) })),
  })
  .map(({ channel, contact, chat, conversation, deal, ...event }) => ({
    id: 'e',
    ...event,
    ...(channel && { channel }),
    ...(contact && { contact }),
    ...(chat && { chat }),
    ...(conversation && { conversation }),
    ...(deal && { deal }),
  }));

it('calls no port impossible that an event leaves by', () => {
  fc.assert(
    fc.property(anyGraph, fc.array(anyEvent, { minLength: 20, maxLength: 40 }), (graph, events) => {
      const wiring = wire(graph, nodeTypes);
      const timezone = 'Europe/Moscow';
      const flow = flowThrough(wiring, timezone, reasoningFor([{ wiring, timezone }]));
      const compiled = compile(graph, nodeTypes);
      for (const event of events) {
        for (const { node, port } of present(evaluate(compiled, event, emptyMemory)).trace) {
          const taken = port === 'drop' ? 'filtered' : port;
          expect({ node, ports: [...(flow.left.get(node) ?? [])] }).toEqual({ node, ports: expect.arrayContaining([taken]) });
        }
      }
    }),
    { numRuns: 300 },
  );
}, 60_000);
