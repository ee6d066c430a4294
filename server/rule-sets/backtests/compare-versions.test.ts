import { inThisThread, type RuleGraph } from '../../../rules/index.js';
import { type Sides, VersionsCompared } from './compare-versions.js';

type Words = Record<string, [type: string, settings?: Record<string, unknown>, title?: string]>;

function graph(words: Words, wires: string[], name = 'Приём'): RuleGraph {
  return {
    format: 1,
    name,
    nodes: Object.entries(words).map(([id, [type, settings = {}, title]]) => ({
      id,
      type,
      settings,
      ...(title !== undefined && { title }),
    })),
    edges: wires.map((wire) => {
      const [from = '', to = ''] = wire.split(' > ');
      return { from, to };
    }),
  };
}

const says = (text: string, minute: number, more: Record<string, unknown> = {}) => ({
  event: JSON.stringify({
    type: 'message-received',
    id: `e${minute}`,
    at: new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString(),
    message: { text },
    contact: { id: 'c1', name: 'Анна' },
    conversation: { id: '0190a0a0-0000-7000-8000-000000000001' },
    ...more,
  }),
  at: '',
  isRebuilt: false,
});

async function compare(sides: Omit<Sides, 'own'>, events: { event: string; at: string; isRebuilt: boolean }[]) {
  const compared = new VersionsCompared({ ...sides, own: 'Приём' }, inThisThread);
  for (const event of events) await compared.play(event);
  return compared.end('2026-03-02T12:00:00Z');
}

const plain: Words = { in: ['on-message'], hello: ['reply', { text: 'Здравствуйте' }, 'Приветствие'] };
const answer = graph(plain, ['in.next > hello']);

it.each<[string, RuleGraph[], RuleGraph[], string]>([
  [
    'an exit',
    [graph({ ...plain, ask: ['word-match', { patterns: 'цен*' }, 'О цене?'] }, ['in.next > ask', 'ask.yes > hello'])],
    [graph({ ...plain, ask: ['word-match', { patterns: 'скид*' }, 'О цене?'] }, ['in.next > ask', 'ask.yes > hello'])],
    '«О цене?»: да → нет',
  ],
  [
    'what follows',
    [answer],
    [graph({ ...plain, tag: ['add-tags', { tags: 'цена' }, 'Тег'] }, ['in.next > tag', 'tag.next > hello'])],
    'После «Сообщение» (дальше): «Приветствие» → «Тег»',
  ],
  [
    'the beginning',
    [answer],
    [graph({ other: ['on-message'], hello: ['reply', { text: 'Здравствуйте' }] }, ['other.next > hello'])],
    'Начинается иначе: «Сообщение» → «Сообщение»',
  ],
  [
    'a text',
    [answer],
    [graph({ ...plain, hello: ['reply', { text: 'Добрый день' }, 'Приветствие'] }, ['in.next > hello'])],
    '«Приветствие»: другое содержание',
  ],
  [
    'an action that is switched off',
    [answer],
    [graph({ ...plain, hello: ['add-note', { text: 'x' }, 'Приветствие'] }, ['in.next > hello'])],
    '«Приветствие»: другое действие',
  ],
  [
    'the text of a reason',
    [graph({ in: ['on-message'], stop: ['drop', { reason: 'а' }, 'Стоп'] }, ['in.next > stop'])],
    [graph({ in: ['on-message'], stop: ['drop', { reason: 'б' }, 'Стоп'] }, ['in.next > stop'])],
    '«Стоп»: другой текст причины',
  ],
  [
    'a time',
    [graph({ ...plain, wait: ['wait', { for: 'PT1M' }, 'Пауза'] }, ['in.next > wait', 'wait.next > hello'])],
    [graph({ ...plain, wait: ['wait', { for: 'PT2M' }, 'Пауза'] }, ['in.next > wait', 'wait.next > hello'])],
    '«Пауза»: в другое время',
  ],
  [
    'a rule set of its own',
    [graph(plain, ['in.next > hello'], 'Первый')],
    [graph(plain, ['in.next > hello'], 'Первый'), answer],
    'После «Первый: Приветствие» (дальше): ничего → «Сообщение»',
  ],
])('says in words that %s differs', async (_, old, now, title) => {
  const { result, differences } = await compare({ old, new: now }, [says('Какая цена?', 0)]);
  expect(result.groups.map((group) => group.title.ru)).toContain(title);
  for (const { title } of result.groups) expect(title.en).not.toMatch(/undefined|[«»]/);
  expect(differences.length).toBeLessThanOrEqual(result.groups.length);
});

it('keeps one line of each conversation for a cause, a hundred at most, and says that there are more', async () => {
  const events = Array.from({ length: 240 }, (_, n) =>
    says('привет', n, {
      conversation: { id: `0190a0a0-0000-7000-8000-${String(n % 120).padStart(12, '0')}` },
      contact: { id: `c${n % 120}` },
    }),
  );
  const { result, differences } = await compare({ old: [answer], new: [graph({ in: ['on-message'] }, [])] }, events);
  expect(result).toMatchObject({ events: 240, differ: 240, outcomes: 240, conversations: 120, isCut: true });
  expect(result.groups).toMatchObject([{ count: 240, conversations: 120, follows: 120, changes: { '-send-message': 240 } }]);
  expect(differences).toHaveLength(100);
  expect(new Set(differences.map(({ conversationId }) => conversationId)).size).toBe(100);
});

it('gives an event that was not stored the deal that its conversation was last seen with', async () => {
  const ask = (field: string) => graph({ ...plain, ask: ['if', { when: { field, op: 'exists' } }] }, ['in.next > ask', 'ask.yes > hello']);
  const deal = { id: 'd1', stage: 'Новая', open: true };
  const events = [says('раз', 0, { deal }), { ...says('два', 1), isRebuilt: true }, says('три', 2)];
  const { result } = await compare({ old: [ask('deal.nothing')], new: [ask('deal.stage')] }, events);
  expect(result).toMatchObject({ events: 3, outcomes: 2 });
});

it('counts what the draft reaches of its own steps, also by timers and where a filter drops', async () => {
  const draft = graph(
    {
      ...plain,
      spam: ['word-filter', { mode: 'except', patterns: 'казино' }],
      wait: ['wait', { for: 'PT1M' }],
      note: ['add-note', { text: 'x' }],
      never: ['drop', {}],
    },
    ['in.next > spam', 'spam.pass > hello', 'hello.next > wait', 'wait.next > note'],
  );
  const other = graph({ in: ['on-message'], tag: ['add-tags', { tags: 'а' }] }, ['in.next > tag'], 'Первый');
  const { result } = await compare({ old: [other, answer], new: [other, draft] }, [says('привет', 0), says('казино', 5)]);
  expect(result.reached).toEqual({
    nodes: { in: 2, spam: 2, hello: 1, wait: 2, note: 1 },
    ports: { 'in.next': 2, 'spam.pass': 1, 'spam.filtered': 1, 'hello.next': 1, 'wait.next': 1, 'note.next': 1 },
  });
});

it('leaves out what cannot be read, and counts it', async () => {
  const { result } = await compare({ old: [answer], new: [answer] }, [
    says('раз', 0),
    { event: '{"type": "unheard-of"}', at: '', isRebuilt: false },
  ]);
  expect(result).toMatchObject({ events: 1, unreadable: 1, differ: 0 });
});

it('counts what a schedule begins apart from conversations, with its first line', async () => {
  const bell = (text: string) =>
    graph({ tick: ['on-schedule', { cron: '0 * * * *' }], bell: ['notify', { to: ['all'], text }, 'Звонок'] }, ['tick.next > bell']);
  const { result, differences } = await compare({ old: [bell('Пора')], new: [bell('Давно пора')] }, [says('привет', 30)]);
  expect(result).toMatchObject({ outcomes: 3, conversations: 0, bySchedule: 3 });
  expect(result.groups).toMatchObject([{ count: 3, conversations: 0, bySchedule: 3, changes: { '~notify': 3 } }]);
  expect(differences).toMatchObject([{ conversationId: null, event: 'schedule-ticked', at: expect.stringContaining('T10:00') }]);
});
