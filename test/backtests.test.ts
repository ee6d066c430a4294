import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { escapeIdentifier } from 'pg';
import type { Backtest, BacktestConversation } from '../api/backtests.js';
import { startApp, type TestApp, type TestCaller } from './support/app.js';
import { newDatabase, type TestDatabase } from './support/database.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { waitUntil } from './support/wait-until.js';

/** Answers everything but advertising; the first answer of a conversation is followed by a note ten minutes later. */
const graph = (words: string, answer: string, wait = 'PT10M') => ({
  format: 1,
  name: 'Приём',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'spam', type: 'word-filter', title: 'Реклама', settings: { mode: 'except', patterns: words } },
    { id: 'hello', type: 'reply', settings: { text: answer } },
    { id: 'later', type: 'wait', settings: { for: wait } },
    { id: 'note', type: 'add-note', settings: { text: 'Прошло время' } },
  ],
  edges: [
    { from: 'in.next', to: 'spam' },
    { from: 'spam.pass', to: 'hello' },
    { from: 'hello.next', to: 'later' },
    { from: 'later.next', to: 'note' },
  ],
});

const day = (at: number) => new Date(at + 3 * 3_600_000).toISOString().slice(0, 10);
const today = day(Date.now());
const yesterday = day(Date.now() - 86_400_000);

let database: TestDatabase;
let app: TestApp;
let owner: TestCaller;
let ruleSetId: string;
const desk = new ForeignDesk();

beforeAll(async () => {
  database = await newDatabase();
  app = await startApp({ database, listen: true });
  owner = await app.signIn('owner');
  const settings = { secret: desk.secret, deliverUrl: await desk.listen() };
  const channel = await owner.request<{ hookUrl: string }>('POST', '/api/channels', { kind: 'webhook', name: 'Сайт', settings });
  const hook = `${app.url}${new URL(channel.body.hookUrl, app.url).pathname}`;
  const isWorkedOff = async () => (await database.query(`SELECT 1 FROM webhook_requests WHERE status = 'pending'`)).length === 0;
  // Before there are rules: nothing of it is stored but the message.
  expect(await desk.write(hook, 'early', 'v-early', 'Скидка есть?', new Date(Date.now() - 60_000))).toBe(202);
  await waitUntil('the first message is taken', isWorkedOff);
  ruleSetId = (await owner.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Приём', graph: graph('реклам*', 'Здравствуйте') }))
    .body.id;
  expect((await owner.request('POST', `/api/rule-sets/${ruleSetId}/publish`, {})).status).toBe(200);
  for (const [number, text] of ['Добрый день', 'Купите рекламу', 'Скидка на всё', 'Где скидка?', 'Спасибо'].entries())
    expect(await desk.write(hook, `m${number}`, `v${number % 3}`, text, new Date(Date.now() - 50_000 + number * 1000))).toBe(202);
  await waitUntil('all is worked off', isWorkedOff);
  await waitUntil(
    'all is sent',
    async () => (await database.query(`SELECT 1 FROM outbox WHERE status NOT IN ('sent', 'failed')`)).length === 0,
  );
});
afterAll(async () => {
  await app.close();
  await desk.close();
  await database.close();
});

async function saveDraft(draft: unknown): Promise<void> {
  const { body } = await owner.request<{ revision: number }>('GET', `/api/rule-sets/${ruleSetId}/draft`);
  expect((await owner.request('PUT', `/api/rule-sets/${ruleSetId}/draft`, { graph: draft, revision: body.revision })).status).toBe(200);
}

const url = () => `/api/rule-sets/${ruleSetId}/backtests`;
const start = (more: Record<string, unknown> = {}) => owner.request<{ id: string }>('POST', url(), { from: yesterday, to: today, ...more });
const read = async (id: string) => (await owner.request<Backtest>('GET', `${url()}/${id}`)).body;

async function finish(id: string): Promise<Backtest> {
  await waitUntil('the backtest is over', async () => !['queued', 'running'].includes((await read(id)).status), 60_000);
  return read(id);
}

/** What every table holds, but those of backtests and of the caller's own session. */
async function contents(): Promise<Record<string, string | null>> {
  const tables = await database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('backtests', 'backtest_differences', 'sessions')`,
  );
  const held: Record<string, string | null> = {};
  for (const { name } of tables) {
    const [row] = await database.query<{ hash: string | null }>(
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM ${escapeIdentifier(name)} t`,
    );
    held[name] = row?.hash ?? null;
  }
  return held;
}

describe('a backtest', () => {
  it('finds nothing where the draft is what is live', async () => {
    const done = await finish((await start()).body.id);
    expect(done).toMatchObject({ status: 'done', done: 6, total: 6, version: 1, isOutdated: false, error: null });
    expect(done.result).toMatchObject({ events: 6, differ: 0, outcomes: 0, conversations: 0, unreadable: 0, groups: [] });
  });

  it('groups what changes by its cause, with both ways side by side, and touches nothing else', async () => {
    await saveDraft(graph('реклам* скидк*', 'Здравствуйте'));
    // The steps of the runs that are there are counted behind the path.
    await waitUntil('steps are counted', async () => (await app.database.query(`SELECT 1 FROM runs_to_count`)).length === 0);
    const before = await contents();
    const done = await finish((await start()).body.id);
    expect(await contents()).toEqual(before);
    expect(done.status).toBe('done');
    expect(done.result).toMatchObject({ events: 6, conversations: 3, isCut: false });
    const [first] = done.result?.groups ?? [];
    expect(first).toMatchObject({
      title: { ru: '«Реклама»: прошло → отброшено' },
      node: 'spam',
      count: 3,
      conversations: 3,
      sameOutcome: 0,
      changes: { 'passed → filtered': 3, '-send-message': 3 },
    });
    const page = await owner.request<{ items: BacktestConversation[]; nextCursor: string | null }>(
      'GET',
      `${url()}/${done.id}/conversations?group=0&limit=2`,
    );
    expect(page.body.items).toHaveLength(2);
    // The first one is older than the rules: no run had stored its event.
    expect(page.body.items[0]).toMatchObject({
      channel: 'Сайт',
      event: 'message-received',
      text: 'Скидка есть?',
      old: { status: 'passed', effects: [{ type: 'send-message', text: 'Здравствуйте', node: 'hello' }] },
      new: { status: 'filtered', effects: [], reason: { node: 'spam' } },
    });
    expect(page.body.items[0]?.new?.steps.map(({ title, exit, reason }) => [title.ru, exit?.ru ?? null, reason?.ru])).toEqual([
      [expect.any(String), 'дальше', undefined],
      ['Реклама', null, expect.stringContaining('скидк')],
    ]);
    const rest = await owner.request<{ items: BacktestConversation[]; nextCursor: string | null }>(
      'GET',
      `${url()}/${done.id}/conversations?group=0&limit=2&cursor=${page.body.nextCursor}`,
    );
    expect(rest.body).toMatchObject({ items: [{ text: 'Где скидка?' }], nextCursor: null });
  });

  it('carries waits forward: what comes at another time is found', async () => {
    await saveDraft(graph('реклам*', 'Здравствуйте', 'PT5S'));
    const done = await finish((await start()).body.id);
    const titles = done.result?.groups.map(({ title }) => title.ru) ?? [];
    expect(titles.length).toBeGreaterThan(0);
    for (const title of titles) expect(title).toMatch(/только в черновике|в другое время|Подождать/);
    expect(done.result?.lines).toBeGreaterThan(6);
  });

  it('goes on with the draft that it began with, and says that it is another one by now', async () => {
    await saveDraft(graph('реклам*', 'Другой ответ'));
    const { id } = (await start()).body;
    await saveDraft(graph('реклам*', 'Здравствуйте'));
    const done = await finish(id);
    expect(done).toMatchObject({ isOutdated: true, result: { groups: [{ changes: { '~send-message': 5 } }] } });
  });

  it('is refused for days and channels that make none', async () => {
    for (const [body, path] of [
      [{ from: today, to: yesterday }, 'to'],
      [{ from: '2020-01-01', to: '2020-01-02' }, 'from'],
      [{ from: '2026-01-01', to: '2026-12-31' }, 'to'],
      [{ channels: ['00000000-0000-4000-8000-000000000000'] }, 'channels'],
      [{ channels: [] }, 'channels'],
    ] as const)
      expect((await start(body)).body).toMatchObject({ errors: [{ path }] });
    expect((await start({ from: '2026-02-31' })).status).toBe(422);
    expect((await owner.request('GET', `${url()}/${ruleSetId}`)).status).toBe(404);
    expect((await owner.request('GET', `${url()}/${(await list())[0]?.id}/conversations?group=0&cursor=x`)).status).toBe(422);
  });

  it('of a draft that cannot run is refused', async () => {
    await saveDraft({ ...graph('реклам*', 'x'), nodes: [{ id: 'in', type: 'no-such-type', settings: {} }], edges: [] });
    expect((await start()).status).toBe(422);
    await saveDraft(graph('реклам*', 'Здравствуйте'));
  });

  it('is kept with the newest ten', async () => {
    await database.query(
      `INSERT INTO backtests (id, account_id, rule_set_id, from_day, to_day, draft, draft_revision, status, total, author_name)
       SELECT gen_random_uuid(), account_id, rule_set_id, from_day, to_day, draft, draft_revision, 'done', 1, author_name FROM backtests b, generate_series(1, 10)
       WHERE b.id = (SELECT id FROM backtests LIMIT 1)`,
    );
    const { id } = await finish((await start()).body.id);
    const kept = await list();
    expect(kept).toHaveLength(10);
    expect(kept[0]?.id).toBe(id);
  });
});

const list = async () => (await owner.request<{ items: Backtest[] }>('GET', url())).body.items;

describe('a long backtest', () => {
  beforeAll(async () => {
    // As many messages as take some seconds, in one conversation of their own.
    await database.query(
      `INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, text, at)
       SELECT gen_random_uuid(), m.account_id, m.channel_id, m.conversation_id, m.contact_id, 'in', 'client', 'Сообщение ' || n, m.at + n * interval '1 ms'
       FROM (SELECT * FROM messages WHERE text = 'Спасибо') m, generate_series(1, 12000) n`,
    );
  });

  it('says how far it is, is one at a time, and ends when it is cancelled', async () => {
    const { id } = (await start()).body;
    await waitUntil('it says how far it is', async () => (await read(id)).done > 0);
    expect(await read(id)).toMatchObject({ status: 'running', total: 12_006, result: null });
    expect((await start()).status).toBe(409);
    expect((await owner.request('POST', `${url()}/${id}/cancel`)).status).toBe(204);
    const cancelled = await read(id);
    expect(cancelled).toMatchObject({ status: 'cancelled', result: null });
    // The next one begins once the first one’s thread is gone.
    const next = (await start()).body.id;
    await waitUntil('the next one begins', async () => (await read(next)).done > 0);
    expect(await read(id)).toEqual(cancelled);
    expect((await owner.request('POST', `${url()}/${next}/cancel`)).status).toBe(204);
  });

  it('is gone on with by the next server when its own stops', async () => {
    const other = await startApp({ database, listen: true });
    const { id } = (await start()).body;
    await waitUntil('it is under way', async () => (await read(id)).status === 'running');
    const [row] = await database.query<{ worker: string }>(`SELECT worker FROM backtests WHERE id = $1`, [id]);
    await app.close();
    app = other;
    owner = await other.signIn('owner', owner.accountId);
    expect((await finish(id)).result).toMatchObject({ differ: 0, events: 12_006 });
    expect(row?.worker).toBeDefined();
  });
});
