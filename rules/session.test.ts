import { compile } from './compile.js';
import type { RuleEvent } from './event.js';
import { emptyMemory } from './memory.js';
import { nodeTypes } from './nodes/index.js';
import { readEvent } from './read-event.js';
import { createSession, type Played } from './session.js';
import { buildGraph } from './testing/graph-builder.js';
import { message, play } from './testing/play.js';
import { present } from './testing/present.js';
import { smallNodeTypes } from './testing/small-node-types.js';

const both = { in: ['start'], out: ['start', { type: 'message-sent' }] } as const;
const tasks = buildGraph({ in: [...both.in], out: [both.out[0], both.out[1]], t: ['task'] }, ['in.next > t']);
const deals = buildGraph({ in: ['start'], d: ['opens'] }, ['in.next > d']);
const says = buildGraph({ in: ['start'], a: ['reply'] }, ['in.next > a']);

const effectsOf = (graph: ReturnType<typeof buildGraph>, events: Record<string, unknown>[]) =>
  play([graph], events, smallNodeTypes).map(({ effects }) => effects.length);

it('numbers events without an id and passes their clock on', () => {
  const lines = play([says], [message('a'), message('b', { at: '2026-03-02T12:00:00+03:00', id: 'x' }), message('c')], smallNodeTypes);
  expect(lines.map(({ event, at }) => [event, at])).toEqual([
    ['e1', '1970-01-01T00:00:00Z'],
    ['x', '2026-03-02T12:00:00+03:00'],
    ['e3', '2026-03-02T12:00:00+03:00'],
  ]);
});

describe('replies', () => {
  it('are counted per conversation', () => {
    const events = Array.from({ length: 42 }, (_, index) => message('hi', { conversation: { id: index % 2 ? 'a' : 'b' } }));
    const lines = play([says], events, smallNodeTypes);
    expect(lines.flatMap(({ effects }) => effects)).toHaveLength(40);
    expect(lines.at(-1)?.trace.at(-1)).toEqual(['a', 'next', 'held: rate']);
  });

  it('are counted per channel and contact where there is no conversation', () => {
    const events = ['1', '2'].flatMap((id) => Array.from({ length: 21 }, () => message('hi', { channel: { id: 'tg' }, contact: { id } })));
    expect(play([says], events, smallNodeTypes).flatMap(({ effects }) => effects)).toHaveLength(40);
  });
});

describe('a task of the mode one-per-deal', () => {
  const sent = (origin?: string, more: Record<string, unknown> = {}) => ({ type: 'message-sent', message: { text: 'x', origin }, ...more });

  it('is made once until an operator writes', () => {
    expect(effectsOf(tasks, [message('a'), message('b'), sent('operator'), message('c')])).toEqual([1, 0, 0, 1]);
  });

  it('is not ended by the rules or a mailing', () => {
    expect(effectsOf(tasks, [message('a'), sent('rules'), message('b'), sent('mailing'), message('c')])).toEqual([1, 0, 0, 0, 0]);
  });

  it('is ended by a message from the messenger itself, from the CRM, and from nobody named', () => {
    for (const origin of ['phone', 'crm', undefined])
      expect(effectsOf(tasks, [message('a'), sent(origin), message('b')])).toEqual([1, 0, 1]);
  });

  it('is ended before the rules see the message that ends it', () => {
    const onSent = buildGraph({ in: ['start'], out: ['start', { type: 'message-sent' }], t: ['task'] }, ['in.next > t', 'out.next > t']);
    expect(effectsOf(onSent, [message('a'), sent('operator')])).toEqual([1, 1]);
  });

  it('belongs to its deal', () => {
    const withDeal = (id: string) => message('a', { conversation: { id: 'v' }, deal: { id } });
    expect(effectsOf(tasks, [withDeal('d1'), withDeal('d2'), withDeal('d1'), withDeal('d2')])).toEqual([1, 1, 0, 0]);
  });

  it('of a deal is ended by an operator in its conversation, although that message shows no deal', () => {
    const events = [
      message('a', { conversation: { id: 'v' }, deal: { id: 'd1' } }),
      sent('operator', { conversation: { id: 'v' } }),
      message('a', { conversation: { id: 'v' }, deal: { id: 'd1' } }),
    ];
    expect(effectsOf(tasks, events)).toEqual([1, 0, 1]);
  });

  it('stays open when another conversation is answered', () => {
    const events = [
      message('a', { conversation: { id: 'v' } }),
      sent('operator', { conversation: { id: 'w' } }),
      message('a', { conversation: { id: 'v' } }),
    ];
    expect(effectsOf(tasks, events)).toEqual([1, 0, 0]);
  });

  it('follows the deal that the engine opened when events show its id', () => {
    const opensThenTask = buildGraph({ in: ['start'], d: ['opens'], t: ['task'] }, ['in.next > d', 'd.next > t']);
    expect(effectsOf(opensThenTask, [message('a'), message('b'), message('c', { deal: { id: 'd1' } })])).toEqual([2, 0, 0]);
  });
});

describe('the deal that the engine opened', () => {
  it("counts as the contact's from then on, in every conversation of that contact", () => {
    const from = (conversation: string, id = 'anna') => message('a', { contact: { id }, conversation: { id: conversation } });
    expect(effectsOf(deals, [from('v1'), from('v2'), from('v3', 'boris')])).toEqual([1, 0, 1]);
  });

  it('counts also while events still show the closed one before it', () => {
    const closed = message('a', { contact: { id: 'anna' }, deal: { id: 'd0', open: false } });
    expect(effectsOf(deals, [closed, closed])).toEqual([1, 0]);
  });

  it('gives way to what events say of it later', () => {
    const shown = (open?: boolean) => message('a', { contact: { id: 'anna' }, ...(open !== undefined && { deal: { id: 'd1', open } }) });
    expect(effectsOf(deals, [shown(), shown(true), shown(), shown(false), shown()])).toEqual([1, 0, 0, 1, 0]);
  });
});

it('shares places of a round-robin between conversations', () => {
  const graph = buildGraph({ in: ['start'], a: ['turns'] }, ['in.next > a']);
  const lines = play(
    [graph],
    ['v1', 'v2', 'v3'].map((id) => message('a', { conversation: { id } })),
    smallNodeTypes,
  );
  expect(lines.map(({ effects }) => effects[0])).toMatchObject([{ text: '0' }, { text: '1' }, { text: '2' }]);
});

describe('a session that goes on from a recorded run', () => {
  const asks = buildGraph(
    { in: ['on-message'], w: ['wait-reply', { timeout: 'PT30M' }], yes: ['reply', { text: 'да' }], no: ['reply', { text: 'нет' }] },
    ['in.next > w', 'w.reply > yes', 'w.timeout > no'],
  );
  const read = (json: Record<string, unknown>): RuleEvent => {
    const result = readEvent(json, { position: 1 });
    if (!result.ok) throw new Error(result.path);
    return result.event;
  };
  const at = (clock: string, text: string) =>
    read({ ...message(text), id: text, at: `2026-03-02T${clock}:00+03:00`, contact: { id: 'anna' } });
  const compiled = compile(asks, nodeTypes);
  const first = present(createSession([compiled]).play(at('12:00', 'a')));
  const answer = at('12:10', 'b');
  const given = { event: answer, memory: first[0]?.decision.memory ?? emptyMemory };
  const texts = (played: readonly Played[]) =>
    played.flatMap(({ decision }) => decision.effects.map((effect) => 'text' in effect && effect.text));

  it('hands the answer to the run that waited for it', () => {
    expect(texts(present(createSession([compiled], { given }).play(answer)))).toEqual(['да']);
    expect(texts(present(createSession([compiled]).play(answer)))).toEqual([]);
  });

  it('lets time pass for what waited', () => {
    const session = createSession([compiled], { given });
    expect(new Date(session.nextDue ?? 0).toISOString()).toBe('2026-03-02T09:30:00.000Z');
    expect(texts(present(session.advance(Date.parse('2026-03-02T09:30:00Z'))))).toEqual(['нет']);
  });

  it('counts on from the replies, turns, limits and loads that there were', () => {
    const busy = buildGraph(
      {
        in: ['on-message'],
        l: ['limit', { by: 'contact', count: 1, per: 'PT1H' }],
        r: ['assign-responsible', { mode: 'least-loaded', users: ['u1', 'u2'] }],
      },
      ['in.next > l', 'l.under > r'],
    );
    const graph = compile(busy, nodeTypes);
    const event = at('12:10', 'b');
    const memory = { ...emptyMemory, loads: { u1: 3, u2: 1 }, counters: { 'Правила/l': [] as number[] } };
    const users = (played: readonly Played[]) =>
      played.flatMap(({ decision }) => decision.effects.map((effect) => 'user' in effect && effect.user));
    expect(users(present(createSession([graph], { given: { event, memory } }).play(event)))).toEqual(['u2']);
    const counted = { ...memory, counters: { 'Правила/l': [Date.parse(event.at) - 60_000] } };
    expect(users(present(createSession([graph], { given: { event, memory: counted } }).play(event)))).toEqual([]);
  });
});
