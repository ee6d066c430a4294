import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { ConnectChannel } from '../../server/channel-admin/connect-channel.js';
import { startApp, type TestApp, type TestCaller } from '../support/app.js';
import { Desk } from './desk.js';
import { walkPages } from './walk-pages.js';

let app: TestApp;
let admin: TestCaller;
let desk: Desk;

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const token = '123456:AAcanary-token-of-a-bot-000000000000';

beforeAll(async () => {
  app = await startApp();
  admin = await app.signIn('admin');
  desk = new Desk(app.database, admin.accountId);
});
afterAll(() => app.close());

interface Channel {
  id: string;
  name: string;
  hookUrl: string;
  pageUrl: string | null;
  secretsSet: string[];
  settings: Record<string, unknown>;
  account: string | null;
  health: Record<string, unknown>;
  errors: { path: string; detail: string }[];
}
let names = 0;

function create(body: Record<string, unknown>) {
  return admin.request<Channel>('POST', '/api/channels', { name: `Канал ${(names += 1)}`, ...body });
}

async function webhook(settings: Record<string, unknown> = {}): Promise<Channel> {
  const answer = await create({ kind: 'webhook', settings: { secret, ...settings } });
  expect(answer.status).toBe(201);
  await settled();
  return answer.body;
}

const read = async (id: string) => (await admin.request<Channel>('GET', `/api/channels/${id}`)).body;

/** Waits for the calls to platforms that the requests left under way. */
const settled = () => app.app.get(ConnectChannel).beforeApplicationShutdown();

it('lists the connectors with a form drawn from their settings', async () => {
  const { body } = await admin.request<{
    items: { kind: string; connectsItself: boolean; form: { properties: Record<string, unknown>; required: string[] } }[];
  }>('GET', '/api/connectors');
  expect(body.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['telegram', 'webhook', 'webchat']));
  expect(body.items.filter(({ connectsItself }) => connectsItself).map(({ kind }) => kind)).toEqual(['telegram']);
  const form = body.items.find(({ kind }) => kind === 'webhook')?.form;
  expect(form).toMatchObject({
    required: ['secret'],
    properties: { secret: { secret: true, label: { ru: 'Секрет' } }, deliverUrl: { type: 'string' } },
  });
});

describe('a channel', () => {
  it('has a hook that knows it, and the settings without the secret', async () => {
    const made = await webhook({ deliverUrl: 'https://example.org/in' });
    expect(made.hookUrl).toMatch(/^http:\/\/localhost\/hooks\/[\w-]{43}$/);
    expect(made).toMatchObject({
      kind: 'webhook',
      surface: 'direct',
      active: true,
      settings: { deliverUrl: 'https://example.org/in' },
      secretsSet: ['secret'],
      pageUrl: null,
    });
    const knock = await app.request('POST', new URL(made.hookUrl).pathname, {});
    expect(knock.status).toBe(401);
    expect((await read(made.id)).health).toMatchObject({ state: 'connected' });
  });

  it('of the web chat has a page', async () => {
    const { body } = await create({ kind: 'webchat' });
    expect(body.pageUrl).toBe(body.hookUrl.replace('/hooks/', '/chat/'));
  });

  it.each([
    ['an unknown kind', { kind: 'pigeon' }, 'kind'],
    ['a secret that is missing', { kind: 'webhook', settings: {} }, 'settings.secret'],
    ['a secret that is none', { kind: 'webhook', settings: { secret: 'short' } }, 'settings.secret'],
    ['a setting that nobody knows', { kind: 'webhook', settings: { secret, colour: 'red' } }, 'settings.colour'],
    ['a field that is not the caller’s', { kind: 'webhook', settings: { secret }, hookKey: 'mine' }, 'hookKey'],
  ])('is refused with %s, naming the place', async (_, body, path) => {
    const answer = await create(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error) => error.path)).toEqual([path]);
    expect(answer.text).not.toContain(secret);
  });

  it('keeps what a change does not name, and takes a new secret', async () => {
    const made = await webhook({ deliverUrl: 'https://example.org/in' });
    const patch = (body: unknown) => admin.request<Channel>('PATCH', `/api/channels/${made.id}`, body);
    expect((await patch({ name: 'Сайт', settings: { deliverUrl: 'https://example.org/new', secret: '' } })).body).toMatchObject({
      name: 'Сайт',
      settings: { deliverUrl: 'https://example.org/new' },
      secretsSet: ['secret'],
      hookUrl: made.hookUrl,
    });
    const sealed = async () =>
      (await app.database.query<{ secrets: Buffer }>(`SELECT secrets FROM channels WHERE id = $1`, [made.id]))[0]!.secrets;
    const before = await sealed();
    expect((await patch({ settings: { secret: `${secret} whsec_${Buffer.alloc(24, 1).toString('base64')}` } })).status).toBe(200);
    expect((await sealed()).equals(before)).toBe(false);
    expect((await patch({ settings: { deliverUrl: null } })).body.settings).toEqual({});
    expect((await patch({ settings: { secret: null } })).body.errors[0]?.path).toBe('settings.secret');
  });

  it('refuses a name in use and foreign fields', async () => {
    const [one, two] = [await webhook(), await webhook()];
    expect((await admin.request('PATCH', `/api/channels/${one.id}`, { name: two.name })).status).toBe(409);
    expect((await create({ kind: 'webhook', name: two.name, settings: { secret } })).status).toBe(409);
    expect((await admin.request<Channel>('PATCH', `/api/channels/${one.id}`, { kind: 'telegram' })).body.errors[0]?.path).toBe('kind');
  });

  it('shows its last messages, today’s and what is held', async () => {
    const { id } = await webhook();
    const contact_id = await desk.contact();
    const conversation_id = await desk.conversation({ channel_id: id, contact_id });
    const at = new Date();
    const old = new Date(at.getTime() - 3 * 86_400_000);
    for (const row of [{ at: old }, { at }, { at, direction: 'out', origin: 'rules' }])
      await desk.message({ channel_id: id, contact_id, conversation_id, ...row });
    await desk.quarantined({ channel_id: id });
    expect((await read(id)).health).toEqual({
      state: 'connected',
      lastInboundAt: at.toISOString(),
      lastOutboundAt: at.toISOString(),
      lastError: null,
      lastErrorAt: null,
      inboundToday: 1,
      outboundToday: 1,
      quarantined: 1,
    });
  });

  it('goes with all that came by it', async () => {
    const { id } = await webhook();
    const channel_id = id;
    const contact_id = await desk.contact();
    const conversation_id = await desk.conversation({ channel_id, contact_id });
    const message_id = await desk.message({ channel_id, contact_id, conversation_id, direction: 'out', origin: 'rules' });
    await desk.outbox({ channel_id, conversation_id, message_id });
    await desk.task({ contact_id, conversation_id });
    await desk.run({
      rule_set_id: await desk.insert('rule_sets', { name: 'Приём', priority: 1, draft: '{}' }),
      message_id,
      conversation_id,
    });
    expect((await admin.request('DELETE', `/api/channels/${id}`)).status).toBe(204);
    const left = async (table: string) =>
      app.database.query(`SELECT id FROM ${table} WHERE ${table === 'conversations' ? 'id' : 'conversation_id'} = $1`, [conversation_id]);
    for (const table of ['conversations', 'messages', 'outbox', 'tasks', 'runs']) expect([table, await left(table)]).toEqual([table, []]);
    expect((await admin.request('GET', `/api/channels/${id}`)).status).toBe(404);
    expect((await admin.request('DELETE', `/api/channels/${id}`)).status).toBe(404);
  });
});

it('never shows, stores in the clear or audits a secret', async () => {
  const { id } = await webhook();
  const { body: bot } = await create({ kind: 'telegram', settings: { token, mode: 'polling', baseUrl: 'http://127.0.0.1:9' } });
  await settled();
  const urls = [
    '/api/channels',
    `/api/channels/${id}`,
    `/api/channels/${bot.id}`,
    `/api/channels/${bot.id}/log`,
    '/api/directory',
    '/api/audit',
  ];
  for (const url of urls) {
    const { text, status } = await admin.request('GET', url);
    expect([url, status]).toEqual([url, 200]);
    expect(text).not.toContain(secret);
    expect(text).not.toContain('canary');
  }
  for (const table of ['channels', 'audit_log', 'channel_logs']) {
    const rows = await app.database.query(`SELECT t::text AS line FROM ${table} t`);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain('canary');
    // A bytea is written in hex.
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

describe('connecting', () => {
  /** A Telegram that answers `getMe` and remembers what it was asked. */
  async function fakeTelegram(status = 200): Promise<{ baseUrl: string; asked: string[]; close(): void }> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(String(request.url?.split('/').at(-1)));
      const body =
        status === 200
          ? { ok: true, result: { id: 1, is_bot: true, username: 'mebel_bot' } }
          : { ok: false, error_code: status, description: 'Unauthorized' };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return { baseUrl: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
  }

  it('tells the platform, and learns the account; switching off and removing tell it too', async () => {
    const telegram = await fakeTelegram();
    const { body } = await create({ kind: 'telegram', settings: { token, mode: 'webhook', baseUrl: telegram.baseUrl } });
    await settled();
    expect(telegram.asked).toContain('setWebhook');
    expect(await read(body.id)).toMatchObject({ account: 'mebel_bot', health: { state: 'connected', lastError: null } });
    telegram.asked.length = 0;
    await admin.request('PATCH', `/api/channels/${body.id}`, { active: false });
    await settled();
    expect(telegram.asked).toEqual(['deleteWebhook']);
    await admin.request('PATCH', `/api/channels/${body.id}`, { active: true });
    await settled();
    expect(telegram.asked).toContain('setWebhook');
    telegram.asked.length = 0;
    await admin.request('DELETE', `/api/channels/${body.id}`);
    await settled();
    expect(telegram.asked).toEqual(['deleteWebhook']);
    telegram.close();
  });

  it('that fails is shown on the channel, which stays', async () => {
    const telegram = await fakeTelegram(401);
    const { body, status } = await create({ kind: 'telegram', settings: { token, mode: 'webhook', baseUrl: telegram.baseUrl } });
    expect(status).toBe(201);
    await settled();
    const { health } = await read(body.id);
    expect(health).toMatchObject({ state: 'failing', lastError: expect.any(String), lastErrorAt: expect.any(String) });
    const { body: log } = await admin.request<{ items: unknown[] }>('GET', `/api/channels/${body.id}/log`);
    expect(log.items).toEqual([expect.objectContaining({ level: 'error', text: health['lastError'] })]);
    telegram.close();
  });
});

describe('quarantine', () => {
  it('shows what nobody understood, as text and cut, by pages', async () => {
    const { id } = await webhook();
    await desk.quarantined({
      channel_id: id,
      body: Buffer.concat([Buffer.from('<script>Ж'), Buffer.from([0xff]), Buffer.alloc(70_000, 'a')]),
    });
    for (let request = 0; request < 4; request++) await desk.quarantined({ channel_id: id });
    await desk.quarantined({ channel_id: id, status: 'done' });
    const items = await walkPages<{ id: string; body: string; bytes: number; error: string }>(admin, `/api/channels/${id}/quarantine`, 2);
    expect(items).toHaveLength(5);
    expect(items.at(-1)).toMatchObject({ bytes: 70_011, error: 'not JSON' });
    expect(items.at(-1)?.body.startsWith('<script>Ж\uFFFD')).toBe(true);
    expect(items.at(-1)?.body.length).toBeLessThanOrEqual(65_536);
  });

  it('gives a request back to the inbox once, and wakes it', async () => {
    const channel_id = await desk.channel({ active: false });
    const request = await desk.quarantined({ channel_id, attempts: 3 });
    const listener = new Client({ connectionString: app.database.url });
    await listener.connect();
    await listener.query('LISTEN inbox');
    const woken = new Promise<string | undefined>((done) => listener.once('notification', ({ payload }) => done(payload)));
    expect((await admin.request('POST', `/api/quarantine/${request}/retry`)).status).toBe(204);
    expect(await woken).toBe(`${admin.accountId} ${channel_id}`);
    await listener.end();
    const [audit] = await app.database.query(`SELECT details FROM audit_log WHERE action = 'quarantine.retry' AND subject = $1`, [request]);
    expect(audit).toEqual({ details: { channelId: channel_id } });
    const done = await desk.quarantined({ channel_id, status: 'done' });
    expect((await admin.request('POST', `/api/quarantine/${done}/retry`)).status).toBe(404);
  });
});

it('is managed by owners and admins alone', async () => {
  const { id } = await webhook();
  const analyst = await app.signIn('analyst');
  expect((await analyst.request('GET', '/api/channels')).status).toBe(200);
  for (const [method, url] of [
    ['POST', '/api/channels'],
    ['PATCH', `/api/channels/${id}`],
    ['DELETE', `/api/channels/${id}`],
    ['GET', `/api/channels/${id}/quarantine`],
  ] as const) {
    expect((await analyst.request(method, url, method === 'GET' ? undefined : {})).status).toBe(403);
  }
});
