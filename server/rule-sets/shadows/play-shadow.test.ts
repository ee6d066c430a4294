import { inThisThread, type Effect, type Memory, type RuleEvent, type RuleGraph } from '../../../rules/index.js';
import type { ShadowQuestion, ShadowState } from './messages.js';
import { nextDueOf, ShadowVersion, takeOver } from './play-shadow.js';

const ruleSet = '0190a0a0-0000-7000-8000-000000000001';

function graph(nodes: Record<string, [type: string, settings?: Record<string, unknown>]>, wires: string[]): RuleGraph {
  return {
    format: 1,
    name: 'Приём',
    nodes: Object.entries(nodes).map(([id, [type, settings = {}]]) => ({ id, type, settings })),
    edges: wires.map((wire) => {
      const [from = '', to = ''] = wire.split(' > ');
      return { from, to };
    }),
  };
}

const shadowOf = (own: RuleGraph, more: { older?: { version: number; graph: RuleGraph }[]; others?: RuleGraph[] } = {}) =>
  new ShadowVersion({ ruleSet, version: 2, graph: own, older: [], others: [], ...more }, inThisThread);

const minute = 60_000;
const start = Date.parse('2026-03-02T09:00:00Z');
const given: Memory = { replies: [], openTask: false, turns: {}, counters: {}, waiting: [], silences: [] };

const asked = (minutes: number, text: string, more: Partial<ShadowQuestion> = {}): ShadowQuestion => {
  const event: RuleEvent = {
    type: 'message-received',
    id: `e${minutes}`,
    at: new Date(start + minutes * minute).toISOString(),
    message: { text },
    contact: { id: 'c1' },
    conversation: { id: 'v1' },
  };
  const answeredAt = Date.parse(event.at);
  return {
    key: event.id,
    isTimer: false,
    event,
    memory: given,
    late: false,
    expressionsStopped: false,
    live: nothing,
    answeredAt,
    ...more,
  };
};
const nothing = { status: 'passed' as const, effects: [], trace: [] };
const texts = (effects: readonly Effect[]) => effects.flatMap((effect) => (effect.type === 'send-message' ? [effect.text] : []));

/** Plays questions one look after the other, as the server does. */
async function play(shadow: ShadowVersion, questions: ShadowQuestion[], until = 0) {
  let state: ShadowState | null = null;
  const lines = [];
  for (const question of questions) {
    const played = await shadow.play(state, [question], 0);
    // What is kept goes through the database.
    state = JSON.parse(JSON.stringify(played.state)) as ShadowState;
    lines.push(...played.lines);
  }
  const end = await shadow.play(state, [], until);
  return { state: end.state, lines: [...lines, ...end.lines] };
}

const dialogue = graph(
  {
    in: ['on-message'],
    ask: ['reply', { text: 'Как вас зовут?' }],
    name: ['wait-reply', { timeout: 'PT10M' }],
    bye: ['reply', { text: 'Спасибо, {{%TEXT%}}' }],
    late: ['reply', { text: 'Вы молчите' }],
  },
  ['in.next > ask', 'ask.next > name', 'name.reply > bye', 'name.timeout > late'],
);

it('carries on a dialogue of its own from event to event', async () => {
  const { lines, state } = await play(shadowOf(dialogue), [asked(0, 'Привет'), asked(1, 'Анна')]);
  expect(lines.map(({ key, done }) => [key, texts(done.effects), done.consumed])).toEqual([
    ['e0', ['Как вас зовут?'], undefined],
    ['e1', ['Спасибо, Анна'], true],
  ]);
  expect(nextDueOf(state)).toBeUndefined();
});

it('fires its own timers, before what comes after them and when their time has come', async () => {
  const before = await play(shadowOf(dialogue), [asked(0, 'Привет'), asked(11, 'Ещё раз')]);
  expect(before.lines.map(({ key, event, done }) => [key, event.type, texts(done.effects)])).toEqual([
    ['e0', 'message-received', ['Как вас зовут?']],
    ['e0/name/1', 'timer-fired', ['Вы молчите']],
    ['e11', 'message-received', ['Как вас зовут?']],
  ]);
  const { state, lines } = await play(shadowOf(dialogue), [asked(0, 'Привет')], start + 10 * minute - 1);
  expect(lines).toHaveLength(1);
  expect(nextDueOf(state)).toBe(start + 10 * minute);
  expect((await play(shadowOf(dialogue), [asked(0, 'Привет')], start + 10 * minute)).lines.at(-1)).toMatchObject({
    key: 'e0/name/1',
    event: { at: '2026-03-02T09:10:00.000Z' },
  });
});

it('takes over what the live version has waiting, on the version that it began with', async () => {
  const older = graph({ in: ['on-message'], name: ['wait-reply'], bye: ['reply', { text: 'По-старому' }] }, [
    'in.next > name',
    'name.reply > bye',
  ]);
  const event = asked(0, 'Привет').event;
  const wait = { id: 'e0/name/1', node: 'name', for: 'reply' as const, due: start + 60 * minute, order: 1 };
  const waiting = [{ ruleSet, version: 1, first: 'e0', event, timers: { name: 1 }, waits: [wait] }];
  const shadow = shadowOf(graph({ in: ['on-message'], new: ['reply', { text: 'По-новому' }] }, ['in.next > new']), {
    older: [{ version: 1, graph: older }],
  });
  const { lines } = await play(shadow, [asked(1, 'Анна', { memory: { ...given, waiting } }), asked(2, 'Ещё')]);
  expect(lines.map(({ done }) => texts(done.effects))).toEqual([['По-старому'], ['По-новому']]);
});

const calling = (url: string) =>
  graph({ in: ['on-message'], ask: ['http', { url }], ok: ['reply', { text: 'Есть' }], bad: ['reply', { text: 'Ошибка' }] }, [
    'in.next > ask',
    'ask.ok > ok',
    'ask.error > bad',
  ]);
const call = (url: string, node = 'stock'): Effect => ({ type: 'call-http', method: 'GET', url, node });
const answer = (node: string): ShadowQuestion =>
  asked(1, '', { event: { type: 'http-answered', id: 'e1', at: '2026-03-02T09:00:05Z', node, status: 200, body: {} } });

it('takes the answer of the call that the live version made, if it is the same', async () => {
  const url = 'https://stock.example/a';
  const { lines } = await play(shadowOf(calling(url)), [
    asked(0, 'Есть?', { live: { ...nothing, effects: [call(url)] } }),
    answer('stock'),
  ]);
  expect(lines.map(({ done, wouldCall }) => [texts(done.effects), wouldCall])).toEqual([
    [[], false],
    [['Есть'], false],
  ]);
});

it('calls nobody else: it says that it would have, and its way ends there', async () => {
  const other = await play(
    shadowOf(calling('https://stock.example/b')),
    [asked(0, 'Есть?', { live: { ...nothing, effects: [call('https://stock.example/a')] } }), answer('stock')],
    start + 60 * minute,
  );
  expect(other.lines).toMatchObject([{ key: 'e0', wouldCall: true, done: { effects: [{ type: 'call-http' }] } }]);
  expect(nextDueOf(other.state)).toBeUndefined();
});

it('counts by the live counters where the live version has the step, else by its own', async () => {
  const limited = graph(
    { in: ['on-message'], once: ['limit', { by: 'conversation', count: 1, per: 'P1D' }], hi: ['reply', { text: 'Один раз' }] },
    ['in.next > once', 'once.under > hi'],
  );
  const own = await play(shadowOf(limited), [asked(0, 'а'), asked(1, 'б')]);
  expect(own.lines.map(({ done }) => texts(done.effects))).toEqual([['Один раз'], []]);
  const counters = { [`${ruleSet}/once`]: [start - minute] };
  const live = await play(shadowOf(limited), [asked(0, 'а', { memory: { ...given, counters } })]);
  expect(live.lines.map(({ done }) => texts(done.effects))).toEqual([[]]);
});

it('has an error for a step that fails, and goes on with the next event', async () => {
  const failing = graph({ in: ['on-message'], sum: ['if', { when: '$number(message.text) > 1' }], hi: ['reply', { text: 'Да' }] }, [
    'in.next > sum',
    'sum.yes > hi',
  ]);
  const { lines } = await play(shadowOf(failing), [asked(0, 'а'), asked(1, 'б')]);
  expect(lines.map(({ done }) => [done.status, done.error?.node])).toEqual([
    ['error', 'sum'],
    ['error', 'sum'],
  ]);
});

it('measures silence by its own trigger', async () => {
  const silent = graph({ quiet: ['on-no-reply', { from: 'operator', after: 'PT15M' }], sorry: ['reply', { text: 'Скоро ответим' }] }, [
    'quiet.next > sorry',
  ]);
  const { lines } = await play(shadowOf(silent), [asked(0, 'Есть кто?')], start + 15 * minute);
  expect(lines.map(({ key, done }) => [key, texts(done.effects)])).toEqual([
    ['e0', []],
    ['e0/quiet/1', ['Скоро ответим']],
  ]);
});

describe('its schedules', () => {
  const hourly = (cron = '0 * * * *') =>
    graph(
      {
        tick: ['on-schedule', { cron }],
        bell: ['notify', { to: ['all'], text: 'Пора' }],
        later: ['wait', { for: 'PT5M' }],
        note: ['notify', { to: ['all'], text: 'Прошло' }],
      },
      ['tick.next > bell', 'bell.next > later', 'later.next > note'],
    );
  const begun = (minutes: number): ShadowState => ({ ...takeOver(given), schedules: { since: start + minutes * minute } });
  const told = (effects: readonly Effect[]) => effects.flatMap((effect) => (effect.type === 'notify' ? [effect.text] : []));
  const seen = (lines: { key: string; done: { effects: readonly Effect[] } }[]) => lines.map(({ key, done }) => [key, told(done.effects)]);

  it('are due from the first look on, and go on to the next instant after each', async () => {
    const shadow = shadowOf(hourly());
    expect(nextDueOf(begun(0))).toBe(start);
    const first = await shadow.play(begun(0), [], start + 59 * minute);
    expect(first.lines).toEqual([]);
    expect(nextDueOf(first.state)).toBe(start + 60 * minute);
    const second = await shadow.play(first.state, [], start + 66 * minute);
    expect(seen(second.lines)).toEqual([
      ['schedule/tick/2026-03-02T10:00:00Z', ['Пора']],
      ['schedule/tick/2026-03-02T10:00:00Z/later/1', ['Прошло']],
    ]);
    expect(nextDueOf(second.state)).toBe(start + 120 * minute);
  });

  it('tick beside the live version, which is only told', async () => {
    const tick: ShadowQuestion = {
      ...asked(60, '', { event: { type: 'schedule-ticked', id: 'schedule/tick/2026-03-02T10:00:00Z', at: '2026-03-02T10:00:00Z' } }),
      key: 'schedule/tick/2026-03-02T10:00:00Z',
      isTimer: true,
    };
    const { lines, state } = await shadowOf(hourly()).play(begun(0), [tick], 0);
    expect(seen(lines)).toEqual([[tick.key, ['Пора']]]);
    expect(nextDueOf(state)).toBe(start + 65 * minute);
  });

  it('pass over what was missed for longer than the live version makes up for', async () => {
    const shadow = shadowOf(hourly('*/5 * * * *'));
    const { state } = await shadow.play(begun(0), [], start + minute);
    const { lines } = await shadow.play(state, [], start + 120 * minute);
    expect(lines.filter(({ event }) => event.type === 'schedule-ticked').map(({ event }) => event.at)).toEqual([
      '2026-03-02T10:45:00Z',
      '2026-03-02T10:50:00Z',
      '2026-03-02T10:55:00Z',
      '2026-03-02T11:00:00Z',
    ]);
  });

  it('are none in a conversation', async () => {
    const { state } = await play(shadowOf(hourly()), [asked(0, 'Привет')], start + 600 * minute);
    expect(nextDueOf(state)).toBeUndefined();
  });
});
