import type { RuleGraph } from '../../../../rules/index.js';
import { isTick, playChat, type ChatPlay } from './chat.js';
import type { Chat, ChatEvent, ChatMove } from './chat-move.js';

const channel = { id: 'tg', kind: 'telegram', name: 'Телеграм', surface: 'direct' as const };
const contact = { id: 'try', name: 'Анна' };
const start = '2026-03-02T09:00:00Z';
const pipelines = [
  {
    name: 'Продажи',
    stages: [
      { name: 'Новая', open: true },
      { name: 'Отказ', open: false },
    ],
  },
];

function graphOf(nodes: [id: string, type: string, settings?: Record<string, unknown>][], wires: string[]): RuleGraph {
  return {
    format: 1,
    name: 'Проба',
    nodes: nodes.map(([id, type, settings = {}]) => ({ id, type, settings })),
    edges: wires.map((wire) => {
      const [from = '', to = ''] = wire.split(' > ');
      return { from, to };
    }),
  };
}

const says = (text: string, at: string, more: Partial<ChatEvent> = {}): ChatMove => ({
  kind: 'event',
  event: {
    type: 'message-received',
    at: `2026-03-02T${at}:00Z`,
    channel,
    contact,
    message: { kind: 'text', text, origin: 'client' },
    ...more,
  },
});
const waits = (at: string): ChatMove => ({ kind: 'time', until: `2026-03-02T${at}:00Z` });

async function played(graph: RuleGraph, moves: ChatMove[], more: Partial<Chat> = {}): Promise<ChatPlay> {
  const play = await playChat({ graph, others: [] }, { start, moves, ...more }, pipelines);
  if (!play) throw new Error('the graph has errors');
  return play;
}

const textsOf = ({ turns }: ChatPlay) =>
  turns.flatMap(({ played: { decision } }) => decision.effects.flatMap((effect) => (effect.type === 'send-message' ? [effect.text] : [])));

const asking = graphOf(
  [
    ['in', 'on-message'],
    ['ask', 'ask-score', { question: 'Как вам?', scale: '1-5', timeout: 'PT1H', thanks: { promoter: 'Спасибо', detractor: 'Жаль' } }],
    ['late', 'reply', { text: 'Не дождались' }],
  ],
  ['in.next > ask', 'ask.timeout > late'],
);

it('goes on where a step waits: the answer is taken by the question', async () => {
  const play = await played(asking, [says('привет', '09:00'), says('5', '09:05')]);
  expect(textsOf(play)).toEqual(['Как вам?', 'Спасибо']);
  expect(play.turns.map(({ move, by }) => [move, by])).toEqual([
    [0, 'move'],
    [1, 'move'],
  ]);
});

it('tells the next timer, and fires it when time passes', async () => {
  const before = await played(asking, [says('привет', '09:00')]);
  expect(before.nextDue).toBe(Date.parse('2026-03-02T10:00:00Z'));
  const after = await played(asking, [says('привет', '09:00'), waits('10:00')]);
  expect(after.turns.map(({ move, by }) => [move, by])).toEqual([
    [0, 'move'],
    [1, 'timer'],
  ]);
  expect(textsOf(after)).toEqual(['Как вам?', 'Не дождались']);
  expect(after.now).toBe(Date.parse('2026-03-02T10:00:00Z'));
});

it('starts schedules from its first clock', async () => {
  const graph = graphOf(
    [
      ['cron', 'on-schedule', { cron: '30 12 * * *' }],
      ['say', 'notify', { to: ['all'], text: 'Полдень' }],
    ],
    ['cron.next > say'],
  );
  expect((await played(graph, [])).nextDue).toBe(Date.parse('2026-03-02T09:30:00Z'));
  const play = await played(graph, [waits('09:30')]);
  expect(play.turns.map(({ played: { event } }) => event.type)).toEqual(['schedule-ticked']);
});

it('measures silence, which an operator’s answer ends', async () => {
  const graph = graphOf(
    [
      ['quiet', 'on-no-reply', { from: 'operator', after: 'PT15M' }],
      ['task', 'create-task'],
    ],
    ['quiet.next > task'],
  );
  const effects = (play: ChatPlay) => play.turns.flatMap(({ played: { decision } }) => decision.effects.map(({ type }) => type));
  expect(effects(await played(graph, [says('есть кто?', '09:00'), waits('09:20')]))).toEqual(['create-task']);
  const answer = says('да', '09:05', { type: 'message-sent', message: { kind: 'text', text: 'да', origin: 'operator' } });
  expect(effects(await played(graph, [says('есть кто?', '09:00'), answer, waits('09:20')]))).toEqual([]);
});

it('shows the next message the deal as the effects left it', async () => {
  const graph = graphOf(
    [
      ['in', 'on-message'],
      ['stage', 'set-stage', { pipeline: 'Продажи', stage: 'Отказ' }],
      ['tag', 'add-tags', { tags: 'ночь' }],
    ],
    ['in.next > stage', 'stage.next > tag'],
  );
  const play = await played(graph, [says('а', '09:00'), says('б', '09:01')]);
  expect(play.events.map(({ deal }) => deal)).toEqual([
    undefined,
    { id: 'd1', pipeline: 'Продажи', stage: 'Отказ', open: false, tags: ['ночь'] },
  ]);
});

it('gives a client’s first message a deal, unless the rules drop it, and a person may choose another', async () => {
  const graph = graphOf(
    [
      ['in', 'on-message'],
      ['f', 'word-filter', { mode: 'except', patterns: 'кредит*' }],
    ],
    ['in.next > f'],
  );
  const dropped = await played(graph, [says('кредит', '09:00'), says('а', '09:01'), says('б', '09:02')]);
  expect(dropped.events.map(({ deal }) => deal?.stage)).toEqual([undefined, undefined, 'Новая']);
  const chosen = says('а', '09:00');
  const mine = await played(graph, [{ ...chosen, deal: { stage: 'Отказ', open: false, tags: ['свой'] } } as ChatMove, says('б', '09:01')]);
  expect(mine.events.map(({ deal }) => deal?.tags)).toEqual([['свой'], ['свой']]);
  const none = await played(graph, [says('а', '09:00'), { ...says('б', '09:01'), deal: 'none' } as ChatMove]);
  expect(none.events[1]?.deal).toBeUndefined();
});

it('tells the rules of what their effects brought about', async () => {
  const graph = graphOf(
    [
      ['in', 'on-message', { direction: 'in' }],
      ['close', 'close-conversation'],
      ['closed', 'on-conversation', { event: 'closed' }],
      ['ask', 'ask-score', { question: 'Как вам?', scale: '1-5', timeout: 'P1D' }],
    ],
    ['in.next > close', 'closed.next > ask'],
  );
  const play = await played(graph, [says('всё', '09:00')]);
  expect(play.turns.map(({ by, played: { event } }) => [by, event.type])).toEqual([
    ['move', 'message-received'],
    ['raised', 'conversation-closed'],
  ]);
  expect(textsOf(play)).toEqual(['Как вам?']);
  // The score belongs to the closed conversation; another message opens a new one.
  const after = await played(graph, [says('всё', '09:00'), says('5', '09:01'), says('ещё вопрос', '09:02')]);
  expect(after.events.filter(({ type }) => type === 'message-received').map(({ conversation }) => conversation?.number)).toEqual([1, 1, 2]);
});

it('opens a conversation before its first message where the rules hear of it', async () => {
  const graph = graphOf(
    [
      ['new', 'on-conversation', { event: 'opened' }],
      ['hi', 'reply', { text: 'Здравствуйте' }],
    ],
    ['new.next > hi'],
  );
  const play = await played(graph, [says('а', '09:00'), says('б', '09:01')]);
  expect(play.events.map(({ type }) => type)).toEqual(['conversation-opened', 'message-received', 'message-received']);
});

it('takes the answer of a call that a person typed in', async () => {
  const graph = graphOf(
    [
      ['in', 'on-message'],
      ['crm', 'http', { url: 'https://example.org/?q=%TEXT%' }],
      ['ok', 'reply', { text: 'Нашли' }],
      ['bad', 'reply', { text: 'Не нашли' }],
    ],
    ['in.next > crm', 'crm.ok > ok', 'crm.error > bad'],
  );
  const asked = await played(graph, [says('17', '09:00')]);
  expect(asked.calls).toEqual([{ node: 'crm', due: Date.parse('2026-03-02T09:00:10Z'), url: 'https://example.org/?q=17' }]);
  const answer = says('', '09:00', { type: 'http-answered', message: undefined, node: 'crm', status: 200, body: { order: 17 } });
  const answered = await played(graph, [says('17', '09:00'), answer]);
  expect(textsOf(answered)).toEqual(['Нашли']);
  expect(answered.calls).toEqual([]);
});

it('holds as events what a test needs: ticks of the clock only where nothing later fires the same timers', async () => {
  const between = await played(asking, [says('привет', '09:00'), waits('10:00'), says('ау', '10:05')]);
  expect(between.events.map(isTick)).toEqual([false, false]);
  const last = await played(asking, [says('привет', '09:00'), waits('09:30'), waits('10:00')]);
  expect(last.events.map((event) => [isTick(event), event.at.slice(11, 16)])).toEqual([
    [false, '09:00'],
    [true, '10:00'],
  ]);
});

it('goes on from a recorded run', async () => {
  const before = await played(asking, [says('привет', '09:00')]);
  const memory = before.turns[0]?.played.decision.memory;
  const [event] = before.events;
  if (!memory || !event) throw new Error('nothing was played');
  const answer = { ...event, id: 'e2', at: '2026-03-02T09:10:00Z', message: { text: '1' } };
  const play = await played(asking, [{ kind: 'recorded', event: answer }, says('ещё', '09:20')], { given: { event: answer, memory } });
  expect(textsOf(play)).toEqual(['Жаль', 'Как вам?']);
  expect(play.events[1]?.conversation).toMatchObject({ id: event.conversation?.id, inbound: 2 });
});

it('is not played while the graph has errors', async () => {
  const broken = graphOf([['in', 'on-message', { direction: 'sideways' }]], []);
  expect(await playChat({ graph: broken, others: [] }, { start, moves: [says('а', '09:00')] })).toBeUndefined();
});
