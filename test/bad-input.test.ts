import { readdirSync, readFileSync } from 'node:fs';
import { type TestDatabase, newDatabase } from './support/database.js';
import { deskGraph } from './support/desk-graph.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { mutate, randomOf } from './support/mutate.js';
import { type ServerProcess, killServers, signInAsOwner, startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';
import { secretTokenOf } from '../server/channels/telegram/telegram.settings.js';

/* W1 and W5 on the running server: whatever comes in gets a clear 4xx, is ignored, or is kept and quarantined; it never crashes or blocks the others. */
const bodies = 300;
let database: TestDatabase;
let server: ServerProcess;
let call: Awaited<ReturnType<typeof signInAsOwner>>;
const desk = new ForeignDesk();
const token = `123456:${'A'.repeat(35)}`;
let webhook: { id: string; url: string };
let telegram: { id: string; url: string; secret: string };

beforeAll(async () => {
  database = await newDatabase();
  const deliverUrl = await desk.listen();
  server = await startServer(database.url);
  call = await signInAsOwner(server.url);
  const ruleSet = await call('POST', '/api/rule-sets', { name: 'Приём', graph: deskGraph });
  await call('POST', `/api/rule-sets/${String(ruleSet['id'])}/publish`, {});
  const hook = (channel: Record<string, unknown>) => `${server.url}${new URL(String(channel['hookUrl'])).pathname}`;
  const site = await call('POST', '/api/channels', { kind: 'webhook', name: 'Сайт', settings: { secret: desk.secret, deliverUrl } });
  webhook = { id: String(site['id']), url: hook(site) };
  // Nobody answers at this address: the channel is created all the same, and its hook works.
  const bot = await call('POST', '/api/channels', {
    kind: 'telegram',
    name: 'Бот',
    settings: { token, mode: 'webhook', baseUrl: 'http://127.0.0.1:9' },
  });
  const channel = {
    id: String(bot['id']),
    name: 'Бот',
    account: null,
    surface: 'direct' as const,
    hookUrl: '',
    settings: { token, mode: 'webhook' as const, baseUrl: '' },
  };
  telegram = { id: String(bot['id']), url: hook(bot), secret: secretTokenOf(channel) };
});

afterAll(async () => {
  await server.stop();
  killServers();
  await desk.close();
  await database.close();
});

const fixtures = (kind: string) =>
  readdirSync(`server/channels/${kind}/fixtures`).map((file) => readFileSync(`server/channels/${kind}/fixtures/${file}`));

async function isWorkedOff(channelId: string): Promise<boolean> {
  const [left] = await database.query(`SELECT 1 FROM webhook_requests WHERE channel_id = $1 AND status = 'pending' LIMIT 1`, [channelId]);
  return left === undefined;
}

async function post(url: string, body: Buffer, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  await answer.arrayBuffer();
  return answer.status;
}

it(`keeps or quarantines ${bodies} mutated Telegram updates, and goes on with the next good one`, async () => {
  const random = randomOf(41);
  const good = fixtures('telegram');
  const statuses = new Set<number>();
  for (let i = 0; i < bodies; i++)
    statuses.add(await post(telegram.url, mutate(good[i % good.length]!, random), { 'x-telegram-bot-api-secret-token': telegram.secret }));
  expect([...statuses].filter((status) => status !== 202 && status !== 413)).toEqual([]);
  await waitUntil('all are worked off', () => isWorkedOff(telegram.id), 60_000);
  const [counts] = await database.query<{ quarantined: number; unexplained: number }>(
    `SELECT count(*) FILTER (WHERE status = 'quarantined')::int AS quarantined, count(*) FILTER (WHERE status = 'quarantined' AND coalesce(error, '') = '')::int AS unexplained FROM webhook_requests WHERE channel_id = $1`,
    [telegram.id],
  );
  expect(counts?.quarantined).toBeGreaterThan(20);
  expect(counts?.unexplained).toBe(0);
  const shown = await call('GET', `/api/channels/${telegram.id}/quarantine`);
  expect((shown['items'] as unknown[]).length).toBeGreaterThan(0);

  const update = {
    update_id: 1,
    message: {
      message_id: 77_777,
      date: Math.floor(Date.now() / 1000),
      from: { id: 5, is_bot: false, first_name: 'Анна' },
      chat: { id: 5, type: 'private', first_name: 'Анна' },
      text: 'после бури',
    },
  };
  expect(await post(telegram.url, Buffer.from(JSON.stringify(update)), { 'x-telegram-bot-api-secret-token': telegram.secret })).toBe(202);
  await waitUntil(
    'the good one is stored',
    async () => (await database.query(`SELECT 1 FROM messages WHERE external_id = '5:77777'`)).length === 1,
  );
});

it(`answers ${bodies} mutated envelopes of the generic webhook with 202, 409 or a clear 4xx, and goes on`, async () => {
  const random = randomOf(42);
  const good = fixtures('webhook');
  const statuses: number[] = [];
  for (let i = 0; i < bodies; i++) {
    // The reference package signs texts, so what is no UTF-8 is replaced first: the signature must be right for the body to matter.
    statuses.push((await desk.post(webhook.url, `msg_mutated_${i}`, mutate(good[i % good.length]!, random).toString('utf8'))) ?? 0);
  }
  expect([...new Set(statuses)].filter((status) => ![200, 202, 400, 409, 413, 422].includes(status))).toEqual([]);
  expect(statuses.filter((status) => status === 422 || status === 400).length).toBeGreaterThan(50);
  await waitUntil('all are worked off', () => isWorkedOff(webhook.id), 60_000);
  expect(await desk.write(webhook.url, 'after-the-storm', 'storm', 'после бури')).toBe(202);
  await waitUntil(
    'the good one is stored',
    async () => (await database.query(`SELECT 1 FROM messages WHERE external_id = 'after-the-storm'`)).length === 1,
  );
});

it('never takes two ids beyond 2^53 for one', async () => {
  const body = (id: string) =>
    `{"update_id":9,"message":{"message_id":${id},"date":${Math.floor(Date.now() / 1000)},"from":{"id":6,"is_bot":false,"first_name":"Пётр"},"chat":{"id":6,"type":"private"},"text":"${id}"}}`;
  const ids = ['9007199254740992', '9007199254740993'];
  for (const id of ids) await post(telegram.url, Buffer.from(body(id)), { 'x-telegram-bot-api-secret-token': telegram.secret });
  await waitUntil('both are worked off', () => isWorkedOff(telegram.id));
  // Telegram documents no such message ids: each is kept as it came, with the place that is wrong.
  const kept = await database.query<{ body: Buffer; status: string; error: string }>(
    'SELECT body, status, error FROM webhook_requests WHERE channel_id = $1 ORDER BY seq DESC LIMIT 2',
    [telegram.id],
  );
  expect(kept.map((row) => row.status)).toEqual(['quarantined', 'quarantined']);
  for (const id of ids) {
    expect(kept.some((row) => row.body.toString('utf8').includes(`"message_id":${id},`) && row.error.includes('message_id'))).toBe(true);
  }
});

it('refuses what nobody signed, leaves no row, and says nothing that differs', async () => {
  const before = await database.query('SELECT count(*) FROM webhook_requests');
  const right = telegram.secret;
  const wrong = [
    '',
    right.slice(0, -1),
    `${right}x`,
    right.toUpperCase() === right ? right.toLowerCase() : right.toUpperCase(),
    ` ${right.slice(1)}`,
    'x'.repeat(256),
  ];
  for (const secret of wrong)
    expect(await post(telegram.url, Buffer.from('{}'), secret === '' ? {} : { 'x-telegram-bot-api-secret-token': secret })).toBe(401);
  const stamp = String(Math.floor(Date.now() / 1000));
  for (const signature of ['', 'v1,', 'v1,AAAA', `v1,${Buffer.alloc(32).toString('base64')}`, 'v2,x', 'v1']) {
    expect(
      await post(webhook.url, Buffer.from('{}'), { 'webhook-id': 'msg_1', 'webhook-timestamp': stamp, 'webhook-signature': signature }),
    ).toBe(401);
  }
  expect(await database.query('SELECT count(*) FROM webhook_requests')).toEqual(before);
});

it('knows no other door: unknown keys, other methods and odd paths are 404', async () => {
  for (const path of ['/hooks/nothing', `/hooks/${'a'.repeat(200)}`, '/hooks/%2e%2e', '/hooks/', `${new URL(webhook.url).pathname}/more`]) {
    expect(await post(`${server.url}${path}`, Buffer.from('{}'), {})).toBe(404);
  }
  for (const method of ['GET', 'PUT', 'DELETE']) expect((await fetch(webhook.url, { method })).status).toBe(404);
});

it('answers 413 to what is too large', async () => {
  expect(await post(telegram.url, Buffer.alloc(1_100_000, 0x20), { 'x-telegram-bot-api-secret-token': telegram.secret })).toBe(413);
  expect(await desk.post(webhook.url, 'msg_large', JSON.stringify({ filler: 'x'.repeat(270_000) }))).toBe(413);
});
