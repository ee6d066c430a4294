import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { AccountScope } from '../server/db/account-scope.js';
import { Clock } from '../server/health/clock.js';
import { ForeignSystem } from './simulators/foreign-system/foreign-system.js';
import { waitUntil } from './support/wait-until.js';
import { startApp, type TestApp, type TestCaller } from './support/app.js';

const secret = `whsec_${Buffer.from('k'.repeat(32)).toString('base64')}`;
let app: TestApp;
let owner: TestCaller;
let system: ForeignSystem;
let channelId: string;

beforeAll(async () => {
  app = await startApp({ listen: true });
  owner = await app.signIn('owner');
  system = new ForeignSystem([secret]);
  const deliverUrl = await system.start();
  const made = await owner.request<{ id: string; hookUrl: string }>('POST', '/api/channels', {
    kind: 'webhook',
    name: 'Заказы',
    settings: { secret, deliverUrl },
  });
  expect(made.status).toBe(201);
  channelId = made.body.id;
  system.hookUrl = `${app.url}${new URL(made.body.hookUrl, app.url).pathname}`;
});
afterAll(async () => {
  await app.close();
  await system.stop();
});

test('a message is taken once, whatever is repeated', async () => {
  const id = 'ext-1';
  const message = { id, conversationId: 'thread-1', sentAt: '2026-10-12T09:30:00.000Z', text: 'Привет' };
  const raw = Buffer.from(
    JSON.stringify({ type: 'message.received', timestamp: '2026-10-12T09:30:00Z', data: { message, sender: { id: 'u' } } }),
  );
  const first = await system.send('', {}, { raw });
  expect([first.status, first.body]).toEqual([202, { accepted: true, id: first.body.id, duplicate: false }]);
  const repeat = await system.send('', {}, { raw });
  expect([repeat.status, repeat.body]).toEqual([200, { accepted: true, id: first.body.id, duplicate: true }]);
  expect((await system.clientWrites('Другое', { id })).status).toBe(409);
});

test('what is not signed, old, too long or no envelope is refused and leaves no row', async () => {
  const rows = () => app.database.query('SELECT 1 FROM webhook_requests WHERE channel_id = $1', [channelId]);
  const before = (await rows()).length;
  const now = Math.floor(Date.now() / 1000);
  const statuses = [];
  for (const options of [
    { headers: { 'webhook-signature': '' } },
    { secrets: [`whsec_${Buffer.from('x'.repeat(32)).toString('base64')}`] },
    { timestamp: now - 400 },
    { raw: Buffer.from('{') },
    { raw: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) },
    { raw: Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)) },
    { raw: Buffer.from('{"type":"message.renamed"}') },
    { raw: Buffer.alloc(300 * 1024, ' ') },
  ]) {
    statuses.push((await system.clientWrites('а', {}, options)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 400, 400, 400, 422, 413]);
  expect((await rows()).length).toBe(before);
});

test('either secret may have signed, and fields that nobody knows are let in', async () => {
  const other = `whsec_${Buffer.from('o'.repeat(32)).toString('base64')}`;
  expect((await system.clientWrites('а', {}, { secrets: [other, secret] })).status).toBe(202);
  const message = { id: 'ext-extra', text: 'б', colour: 'red', seq: 3 };
  expect((await system.send('message.received', { message, sender: { id: 'u', age: 5 }, more: [] })).status).toBe(202);
});

test('a reply goes out signed, and again with the same bytes when the first answer was lost', async () => {
  await system.clientWrites('Вопрос', { id: 'ext-question', conversation: 'thread-7', from: 'buyer' });
  const question = await eventually(`SELECT id FROM messages WHERE channel_id = $1 AND external_id = 'ext-question'`);
  const id = uuid();
  const before = system.arrivals.length;
  system.answerNext('reset-after', { status: 200, body: '{"externalId":"ext-answer"}' });
  await app.app.get(AccountScope).run(owner.accountId, async (db) => {
    const [row]: { conversation_id: string }[] = await db.query(
      `INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, text, at)
       SELECT $2, account_id, channel_id, conversation_id, contact_id, 'out', 'rules', 'Ответ', now() FROM messages WHERE id = $1 RETURNING conversation_id`,
      [question.id, id],
    );
    await db.query(
      `INSERT INTO outbox (id, account_id, channel_id, conversation_id, message_id) SELECT $2, account_id, channel_id, conversation_id, id FROM messages WHERE id = $1`,
      [id, uuid()],
    );
    await db.query(`SELECT pg_notify('outbox', $1)`, [row?.conversation_id]);
  });
  await system.arrived(before + 1);
  // The schedule's first wait is over now; the clock is the database's.
  await eventually(`SELECT 1 FROM outbox WHERE channel_id = $1 AND attempts = 1 AND status = 'queued'`);
  await app.database.query(`UPDATE outbox SET next_attempt_at = now() WHERE channel_id = $1`, [channelId]);
  await system.arrived(before + 2);
  const sent = system.arrivals.slice(before);
  expect(sent.map((arrival) => [arrival.id, arrival.refused, arrival.envelope.data?.message?.conversationId])).toEqual([
    [id, undefined, 'thread-7'],
    [id, undefined, 'thread-7'],
  ]);
  expect(system.unfaithfulRetries()).toEqual([]);
  await eventually(
    `SELECT 1 FROM messages m JOIN outbox o ON o.message_id = m.id WHERE m.channel_id = $1 AND m.external_id = 'ext-answer' AND o.status = 'sent'`,
  );
});

/** The first row, as soon as there is one: the server works behind the answer. */
async function eventually(sql: string): Promise<Record<string, unknown>> {
  const until = Date.now() + 10_000;
  for (;;) {
    const [row] = await app.database.query(sql, [channelId]);
    if (row) return row;
    if (Date.now() > until) throw new Error(`no row within 10 s: ${sql}`);
    await new Promise((done) => void setTimeout(done, 50));
  }
}

test('a server whose clock is off takes messages and works on none of them until it is set', async () => {
  const clock = app.app.get(Clock);
  const now = Date.now.bind(Date);
  const wrong = jest.spyOn(Date, 'now').mockImplementation(() => now() + 3_000);
  await clock.look();
  wrong.mockRestore();
  expect((await app.inject({ url: '/metrics' })).payload).toMatch(/razvilka_clock_offset_seconds (2\.9|3)/);
  expect((await system.clientWrites('Пока часы спешат', { id: 'clock-1' })).status).toBe(202);
  const [set] = await app.database.query<{ at: Date }>('SELECT clock_timestamp() AS at');
  await clock.look();
  expect(clock.isTrue).toBe(true);
  const taken = () =>
    app.database.query<{ at: Date }>(
      `SELECT w.processed_at AS at FROM webhook_requests w JOIN messages m ON m.id = w.id WHERE m.external_id = 'clock-1'`,
    );
  await waitUntil('the sweep finds it', async () => (await taken()).length === 1);
  // Written by the transaction that took it, which began after the clock was set.
  expect((await taken())[0]!.at.getTime()).toBeGreaterThan(set!.at.getTime());
});
