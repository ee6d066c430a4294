import { v7 as uuid } from 'uuid';
import { startApp, type TestApp, type TestCaller } from '../support/app.js';
import { Desk } from './desk.js';

let app: TestApp;
let admin: TestCaller;
let desk: Desk;

beforeAll(async () => {
  // Nothing counts by itself, so that a test says what is counted already and what is not.
  app = await startApp({ env: { ROLE: 'web' } });
  admin = await app.signIn('admin');
  desk = new Desk(app.database, admin.accountId);
});
afterAll(() => app.close());

const day = 86_400_000;
const count = async () => (await app.database.query<{ runs: number }>('SELECT count_steps(1000) AS runs'))[0]?.runs;
const get = async <Body>(path: string) => (await admin.request<Body>('GET', path)).body;

let names = 0;
async function newRuleSet(graph?: unknown): Promise<string> {
  const { body } = await admin.request<{ id: string }>('POST', '/api/rule-sets', { name: `Шаги ${(names += 1)}`, graph });
  return body.id;
}

const graph = {
  format: 1,
  name: 'x',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'spam', type: 'word-filter', title: 'Без рекламы', settings: { mode: 'except', patterns: '*кредит*' }, position: [300, 0] },
    { id: 'hello', type: 'reply', settings: { text: 'Здравствуйте' }, position: [600, 0] },
  ],
  edges: [
    { from: 'in.next', to: 'spam' },
    { from: 'spam.pass', to: 'hello' },
  ],
};
const passed = [
  { node: 'in', port: 'next' },
  { node: 'spam', port: 'pass' },
  { node: 'hello', port: 'next' },
];
const dropped = [
  { node: 'in', port: 'next' },
  { node: 'spam', port: 'drop', because: { key: 'found', values: { word: 'кредит', pattern: '*кредит*' } } },
];

it('counts the same before and after the counters take the runs, by days and versions', async () => {
  const id = await newRuleSet(graph);
  const { id: message_id } = await desk.chat();
  const run = (row: Record<string, unknown>) => desk.run({ rule_set_id: id, message_id, ...row });
  await run({ trace: JSON.stringify(passed) });
  await run({ trace: JSON.stringify(dropped), version: 2, at: new Date(Date.now() - 3 * day) });
  await run({ trace: JSON.stringify(dropped), version: 2, at: new Date(Date.now() - 40 * day) });
  const seen = async () => ({
    day: await get(`/api/rule-sets/${id}/counts`),
    week: await get(`/api/rule-sets/${id}/counts?days=7`),
    second: await get(`/api/rule-sets/${id}/counts?days=31&version=2`),
  });
  const before = await seen();
  expect(before).toEqual({
    day: { nodes: { in: 1, spam: 1, hello: 1 }, edges: { 'in.next': 1, 'spam.pass': 1, 'hello.next': 1 } },
    week: { nodes: { in: 2, spam: 2, hello: 1 }, edges: { 'in.next': 2, 'spam.pass': 1, 'spam.drop': 1, 'hello.next': 1 } },
    second: { nodes: { in: 1, spam: 1 }, edges: { 'in.next': 1, 'spam.drop': 1 } },
  });
  expect(await count()).toBeGreaterThanOrEqual(3);
  expect(await seen()).toEqual(before);
  // A run is counted once, however often somebody counts.
  expect(await count()).toBe(0);
  await app.database.query('SELECT fold_step_hours()');
  expect(await seen()).toEqual(before);
});

it('folds the hours of past days into days and forgets what is older than 13 months', async () => {
  const id = await newRuleSet(graph);
  const { id: message_id } = await desk.chat();
  const noon = new Date(Math.floor(Date.now() / day) * day - 5 * day + day / 2).getTime();
  for (const at of [noon, noon + 3_600_000, noon - 450 * day])
    await desk.run({ rule_set_id: id, message_id, trace: JSON.stringify(passed), at: new Date(at) });
  await count();
  const rows = () =>
    app.database.query<{ hour: Date; times: string }>(
      `SELECT hour, times FROM step_hours WHERE rule_set_id = $1 AND node = 'spam' ORDER BY hour`,
      [id],
    );
  expect(await rows()).toHaveLength(3);
  await app.database.query('SELECT fold_step_hours()');
  expect(await rows()).toEqual([{ hour: new Date(noon - day / 2), times: '2' }]);
});

it('tells of each step what it did: exits, replies, drops, scores, what nobody got, when it last ran', async () => {
  const id = await newRuleSet(graph);
  await admin.request('POST', `/api/rule-sets/${id}/publish`, {});
  const chat = await desk.chat();
  const at = new Date();
  const run = (trace: unknown[], row = {}) => desk.run({ rule_set_id: id, message_id: chat.id, conversation_id: chat.conversation_id, trace: JSON.stringify(trace), at, ...row }); // oxfmt-ignore
  const effect = (run_id: string, effect_no: number, row: Record<string, unknown>) =>
    app.database.query(
      `INSERT INTO effects (run_id, effect_no, account_id, node, type, body, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [run_id, effect_no, admin.accountId, row['node'], row['type'], JSON.stringify(row['body'] ?? {}), row['outcome'] ?? 'applied'],
    );
  const answered = await run(passed);
  await effect(answered, 1, { node: 'hello', type: 'send-message' });
  await effect(answered, 2, { node: 'hello', type: 'add-tags', outcome: 'skipped' });
  for (const score of [10, 3]) {
    const scored = await run([{ node: 'ask', port: score > 8 ? 'promoter' : 'detractor' }]);
    await effect(scored, 1, { node: 'ask', type: 'record-score', body: { score, scale: '0-10', bucket: 'x' } });
  }
  await run([...passed.slice(0, 2), { node: 'hello', port: 'next', held: 'bot' }]);
  await run(dropped);
  const sent_by = JSON.stringify({ run: answered, ruleSet: id, name: 'x', version: 1, node: 'hello' });
  const reply = await desk.message({ ...chat, id: uuid(), direction: 'out', origin: 'rules', at, sent_by });
  const outbox = await desk.outbox({
    channel_id: chat.channel_id,
    conversation_id: chat.conversation_id,
    message_id: reply,
    status: 'failed',
  });
  await app.database.query(
    `INSERT INTO delivery_attempts (outbox_id, attempt, account_id, finished_at, outcome) VALUES ($1, 1, $2, $3, 'sent')`,
    [outbox, admin.accountId, new Date(at.getTime() + 4_000)],
  );

  const figures = async () =>
    new Map((await get<{ items: { node: string }[] }>(`/api/rule-sets/${id}/steps?days=7`)).items.map((one) => [one.node, one] as const));
  for (const isCounted of [false, true]) {
    if (isCounted) await count();
    const steps = await figures();
    expect(steps.get('hello')).toMatchObject({ times: 2, exits: { next: 2 }, replies: 1, held: 1, skipped: 1, undelivered: 1, live: true });
    expect(steps.get('hello')).toMatchObject({ lastAt: at.toISOString(), replySeconds: isCounted ? 4 : null });
    expect(steps.get('spam')).toMatchObject({ times: 3, exits: { pass: 2, drop: 1 }, drops: 1, replies: 0 });
    expect(steps.get('ask')).toMatchObject({ scores: [{ scale: '0-10', count: 2, average: 6.5, nps: 0 }], live: false, since: null });
  }
  const [row] = (await get<{ items: Record<string, unknown>[] }>('/api/rule-sets')).items.filter((one) => one['id'] === id);
  expect(row).toMatchObject({ lastRunAt: at.toISOString(), publishedSince: expect.any(String) });
});

it('knows the last messages that took an exit, finds runs by the words of their message, and reads one', async () => {
  const id = await newRuleSet(graph);
  await admin.request('POST', `/api/rule-sets/${id}/publish`, {});
  const runs: string[] = [];
  for (const text of ['один', 'два', 'три', 'четыре', 'пять', 'возьмите КРЕДИТ']) {
    const chat = await desk.chat({ text });
    const trace = JSON.stringify(text.includes('КРЕДИТ') ? dropped : passed);
    const reason = text.includes('КРЕДИТ') ? JSON.stringify({ node: 'spam' }) : null;
    runs.push(await desk.run({ rule_set_id: id, message_id: chat.id, conversation_id: chat.conversation_id, trace, reason }));
    if (text === 'три') await count();
  }
  const passedBy = (node: string, port: string) =>
    get<{ items: { run: string; text: string; contact: string }[] }>(`/api/rule-sets/${id}/passed?node=${node}&port=${port}`);
  expect((await passedBy('in', 'next')).items.map(({ text }) => text)).toEqual(['возьмите КРЕДИТ', 'пять', 'четыре', 'три', 'два']);
  expect((await passedBy('spam', 'drop')).items).toMatchObject([{ run: runs.at(-1), contact: 'Анна', version: 1 }]);
  const found = await get<{ items: { run: string }[] }>(`/api/rule-sets/${id}/messages?q=${encodeURIComponent('кредит')}`);
  expect(found.items.map(({ run }) => run)).toEqual([runs.at(-1)]);
  expect(await get(`/api/rule-sets/${id}/runs/${runs.at(-1)}`)).toMatchObject({
    decisive: { node: 'spam', title: { ru: 'Без рекламы' }, because: { ru: expect.stringContaining('кредит') } },
    titles: { in: { ru: expect.any(String) } },
  });
  expect((await admin.request('GET', `/api/rule-sets/${await newRuleSet()}/runs/${runs[0]}`)).status).toBe(404);
});

it('a reply names the step that sent it, as it was called then, and is told with the run that it came from', async () => {
  const id = await newRuleSet(graph);
  await admin.request('POST', `/api/rule-sets/${id}/publish`, {});
  const chat = await desk.chat({ text: 'вопрос' });
  const run = await desk.run({
    rule_set_id: id,
    message_id: chat.id,
    conversation_id: chat.conversation_id,
    trace: JSON.stringify(passed),
  });
  const step = { run, ruleSet: id, name: 'Прежнее имя', version: 1, node: 'hello', type: 'reply' };
  const reply = await desk.message({ ...chat, id: uuid(), direction: 'out', origin: 'rules', sent_by: JSON.stringify(step) });
  expect(await get(`/api/messages/${reply}`)).toMatchObject({
    sentBy: { run, ruleSet: { id, name: 'Прежнее имя' }, version: 1, node: 'hello', typeTitle: { ru: 'Автоответчик', en: 'Reply' } },
  });
  expect((await get<{ items: unknown[] }>(`/api/messages/${reply}/runs`)).items).toMatchObject([{ id: run, messageId: chat.id }]);
  expect(await get(`/api/messages/${chat.id}`)).toMatchObject({ sentBy: null });
});

it('is closed to operators and to other accounts', async () => {
  const id = await newRuleSet(graph);
  const { id: message_id } = await desk.chat();
  await desk.run({ rule_set_id: id, message_id, trace: JSON.stringify(passed) });
  await count();
  const operator = await app.signIn('operator');
  const stranger = await app.signIn('admin', await app.newAccount());
  for (const path of ['counts', 'steps', 'passed?node=in&port=next', 'messages?q=x']) {
    expect([path, (await operator.request('GET', `/api/rule-sets/${id}/${path}`)).status]).toEqual([path, 403]);
    expect([path, (await stranger.request('GET', `/api/rule-sets/${id}/${path}`)).status]).toEqual([path, 404]);
  }
});
