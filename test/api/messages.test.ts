import { Client } from 'pg';
import { startApp, type TestApp, type TestCaller } from '../support/app.js';
import { Desk } from './desk.js';
import { walkPages, type Page } from './walk-pages.js';

let app: TestApp;
let operator: TestCaller;
let desk: Desk;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

// Each case looks at an account of its own, so that it may count everything.
beforeEach(async () => {
  operator = await app.signIn('operator', await app.newAccount());
  desk = new Desk(app.database, operator.accountId);
});

const ids = (items: { id: string }[]) => items.map(({ id }) => id);
const list = async (query: string) => (await operator.request<Page>('GET', `/api/messages${query}`)).body;
const hourAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

describe('the log', () => {
  it('shows a message whole', async () => {
    const at = hourAgo(1);
    const chat = await desk.chat({
      external_id: '9007199254740993',
      text: 'Купите <b>рекламу</b>',
      at,
      status: 'filtered',
      reason: JSON.stringify({ ruleSet: 'Приём', node: 'spam', text: 'реклама' }),
      attachments: JSON.stringify([{ type: 'image', url: 'https://example.org/1.png', size: 10 }]),
    });
    await desk.identity({ contact_id: chat.contact_id, kind: 'telegram', username: 'other' });
    await desk.identity({ contact_id: chat.contact_id, kind: 'webhook', username: 'vasya', phone: '79990001122' });
    await app.database.query(
      `INSERT INTO message_exports (message_id, crm_connection_id, account_id, status, reason, at)
       SELECT $1, id, account_id, 'filtered', 'реклама', $3 FROM crm_connections WHERE account_id = $2`,
      [chat.id, operator.accountId, at],
    );
    const { items, nextCursor } = await list('');
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      {
        id: chat.id,
        externalId: '9007199254740993',
        at: at.toISOString(),
        direction: 'in',
        origin: 'client',
        kind: 'text',
        text: 'Купите <b>рекламу</b>',
        attachments: [{ type: 'image', url: 'https://example.org/1.png', size: 10 }],
        editedAt: null,
        deletedAt: null,
        channel: { id: chat.channel_id, name: expect.any(String), kind: 'webhook' },
        contact: { id: chat.contact_id, name: 'Анна', username: 'vasya', phone: '79990001122' },
        conversation: { id: chat.conversation_id, number: expect.any(Number) },
        sentBy: null,
        author: null,
        status: 'filtered',
        reason: { ruleSet: 'Приём', node: 'spam', text: 'реклама' },
        exports: [{ crm: 'Встроенная CRM', status: 'filtered', at: at.toISOString(), attempts: 0, reason: 'реклама' }],
        delivery: null,
      },
    ]);
  });

  it('is paged without gaps or doubles while messages come in, also when many share an instant', async () => {
    const chat = await desk.chat({ at: hourAgo(2) });
    const same = hourAgo(1);
    const made = [chat.id];
    for (let message = 0; message < 24; message++)
      made.push(await desk.message({ ...without(chat), at: message % 3 === 0 ? same : hourAgo(1 + message / 100) }));
    const seen = ids(await walkPages(operator, '/api/messages', 4, () => desk.message({ ...without(chat), at: new Date() })));
    expect(new Set(seen).size).toBe(seen.length);
    expect([...seen].sort()).toEqual([...made].sort());
  });

  it('is filtered by channel, contact, conversation, direction and period', async () => {
    const [one, two] = [await desk.chat({ at: hourAgo(30) }), await desk.chat({ at: hourAgo(1) })];
    const out = await desk.message({ ...without(two), direction: 'out', origin: 'rules', at: hourAgo(0) });
    expect(ids((await list(`?channel=${one.channel_id}`)).items)).toEqual([one.id]);
    expect(ids((await list(`?contact=${two.contact_id}`)).items)).toEqual([out, two.id]);
    expect(ids((await list(`?conversation=${one.conversation_id}`)).items)).toEqual([one.id]);
    expect(ids((await list('?direction=out')).items)).toEqual([out]);
    expect(ids((await list(`?from=${hourAgo(2).toISOString()}`)).items)).toEqual([out, two.id]);
    expect(ids((await list(`?to=${hourAgo(2).toISOString()}`)).items)).toEqual([one.id]);
  });

  it('takes calendar days of the account’s zone, both ends included', async () => {
    await app.database.query(`UPDATE accounts SET timezone = 'Asia/Vladivostok' WHERE id = $1`, [operator.accountId]);
    const early = await desk.chat({ at: new Date('2026-03-01T14:00:00Z') }); // 2 March, 00:00
    const late = await desk.message({ ...without(early), at: new Date('2026-03-02T13:59:59Z') });
    await desk.message({ ...without(early), at: new Date('2026-03-02T14:00:00Z') });
    expect(ids((await list('?from=2026-03-02&to=2026-03-02')).items)).toEqual([late, early.id]);
  });

  it.each([
    'from=yesterday',
    'to=0000-01-01',
    'from=2026-02-30',
    'status=great',
    'channel=7',
    'limit=201',
    'cursor=abc',
    'direction=up',
    'q=%00',
  ])('refuses %s, naming it', async (query) => {
    const { status, body } = await operator.request<{ errors: { path: string }[] }>('GET', `/api/messages?${query}`);
    expect(status).toBe(422);
    expect(body.errors[0]?.path).toBe(query.split('=')[0]);
  });

  it('is searched by a part of the text, whatever its case, and taken literally', async () => {
    const chat = await desk.chat({ text: 'Скидка 50% на ДИВАН_1' });
    await desk.message({ ...without(chat), text: 'Скидка 500 на диваны' });
    const found = async (q: string) => ids((await list(`?q=${encodeURIComponent(q)}`)).items);
    expect(await found('диван_')).toEqual([chat.id]);
    expect(await found('50%')).toEqual([chat.id]);
    expect(await found('СКИДКА')).toHaveLength(2);
    expect(await found('стол')).toEqual([]);
  });

  it('is filtered by the status of the run, of the export, of the delivery', async () => {
    const chat = await desk.chat();
    const filtered = await desk.message({ ...without(chat), status: 'filtered' });
    const failed = await desk.message({ ...without(chat), direction: 'out', origin: 'rules' });
    await desk.outbox({ ...conversationOf(chat), message_id: failed, status: 'failed', error: 'chat not found', attempts: 2 });
    const unexported = await desk.message(without(chat));
    await app.database.query(
      `INSERT INTO message_exports (message_id, crm_connection_id, account_id, status) SELECT $1, id, account_id, 'failed' FROM crm_connections WHERE account_id = $2`,
      [unexported, operator.accountId],
    );
    expect(ids((await list('?status=filtered')).items)).toEqual([filtered]);
    expect(ids((await list('?status=failed')).items).sort()).toEqual([failed, unexported].sort());
    expect(ids((await list('?status=passed')).items)).toHaveLength(3);
    expect((await list('?status=failed&direction=out')).items).toEqual([
      expect.objectContaining({ id: failed, delivery: { status: 'failed', attempts: 2, error: 'chat not found' } }),
    ]);
    const { body } = await operator.request('GET', '/api/messages/counts');
    expect(body).toEqual({ inbound: 3, outbound: 1, contacts: 1, filtered: 1, failed: 2, partial: false });
    expect((await operator.request('GET', '/api/messages/counts?direction=in')).body).toMatchObject({ inbound: 3, outbound: 0, failed: 1 });
  });
});

describe('one message', () => {
  it('is shown with its attempts', async () => {
    const chat = await desk.chat({ direction: 'out', origin: 'rules' });
    const outbox = await desk.outbox({ ...conversationOf(chat), message_id: chat.id, status: 'unknown', attempts: 1 });
    await app.database.query(
      `INSERT INTO delivery_attempts (outbox_id, attempt, account_id, finished_at, outcome, detail) VALUES ($1, 1, $2, now(), 'unknown', 'no answer')`,
      [outbox, operator.accountId],
    );
    expect((await operator.request('GET', `/api/messages/${chat.id}`)).body).toMatchObject({
      id: chat.id,
      delivery: { status: 'unknown' },
      deliveryAttempts: [
        { attempt: 1, outcome: 'unknown', detail: 'no answer', startedAt: expect.any(String), finishedAt: expect.any(String) },
      ],
    });
  });

  it('tells its runs in order, with trace, effects and the input', async () => {
    const chat = await desk.chat();
    const ruleSet = (name: string) => desk.insert('rule_sets', { name, priority: 1, draft: '{}' });
    const [one, two] = [await ruleSet('Первый'), await ruleSet('Второй')];
    const trace = [{ node: 'spam', port: 'drop', because: { key: 'found', values: { word: 'кредит', at: 3 } } }];
    const first = await desk.run({
      rule_set_id: one,
      message_id: chat.id,
      trace: JSON.stringify([
        { node: 'in', port: 'next' },
        { node: 'hello', port: 'next', held: 'late' },
      ]),
      created_at: hourAgo(2),
    });
    await desk.run({
      rule_set_id: two,
      message_id: chat.id,
      status: 'filtered',
      reason: '{"node":"spam"}',
      trace: JSON.stringify(trace),
      created_at: hourAgo(1),
    });
    await app.database.query(
      `INSERT INTO effects (run_id, effect_no, account_id, node, type, body, outcome, detail) VALUES ($1, 0, $2, 'tag', 'add-tags', '{"tags":["а"]}', 'skipped', 'no deal')`,
      [first, operator.accountId],
    );
    const { body } = await operator.request<Page>('GET', `/api/messages/${chat.id}/runs`);
    expect(body.items).toMatchObject([
      {
        ruleSet: { id: one, name: 'Первый' },
        version: 1,
        status: 'passed',
        trace: [{ node: 'in' }, { node: 'hello', held: 'late' }],
        effects: [{ node: 'tag', type: 'add-tags', body: { tags: ['а'] }, outcome: 'skipped', detail: 'no deal' }],
        event: { type: 'message-received' },
        memory: { replies: [] },
      },
      { ruleSet: { id: two }, status: 'filtered', reason: { node: 'spam' }, error: null, trace, effects: [] },
    ]);
  });

  it.each(['failed', 'unknown'])('is sent again after %s by one person once, and the sender is woken', async (was) => {
    const chat = await desk.chat({ direction: 'out', origin: 'rules' });
    await app.database.query(`UPDATE channels SET active = false WHERE id = $1`, [chat.channel_id]);
    await desk.outbox({ ...conversationOf(chat), message_id: chat.id, status: was, error: 'x' });
    const listener = new Client({ connectionString: app.database.url });
    await listener.connect();
    await listener.query('LISTEN outbox');
    const woken = new Promise<string | undefined>((done) => listener.once('notification', ({ payload }) => done(payload)));
    const answers = await Promise.all([1, 2, 3].map(() => operator.request('POST', `/api/messages/${chat.id}/resend`)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 409, 409]);
    expect(await woken).toBe(`${operator.accountId} ${chat.conversation_id}`);
    await listener.end();
    expect((await operator.request('GET', `/api/messages/${chat.id}`)).body).toMatchObject({ delivery: { status: 'queued', error: null } });
    expect(await app.database.query(`SELECT details FROM audit_log WHERE action = 'message.resend' AND subject = $1`, [chat.id])).toEqual([
      { details: { was } },
    ]);
  });

  it('is not sent again after it was sent, or when it came from the client', async () => {
    const chat = await desk.chat({ direction: 'out', origin: 'rules' });
    await desk.outbox({ ...conversationOf(chat), message_id: chat.id, status: 'sent' });
    expect((await operator.request('POST', `/api/messages/${chat.id}/resend`)).status).toBe(409);
    const inbound = await desk.message(without(chat));
    expect((await operator.request('POST', `/api/messages/${inbound}/resend`)).status).toBe(409);
    expect((await (await app.signIn('analyst', operator.accountId)).request('POST', `/api/messages/${chat.id}/resend`)).status).toBe(403);
  });
});

function without({ channel_id, contact_id, conversation_id }: { channel_id: string; contact_id: string; conversation_id: string }) {
  return { channel_id, contact_id, conversation_id };
}

function conversationOf({ channel_id, conversation_id }: { channel_id: string; conversation_id: string }) {
  return { channel_id, conversation_id };
}
