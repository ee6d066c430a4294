import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { AccountScope } from '../server/db/account-scope.js';
import { Deliver } from '../server/messaging/deliver.js';
import { startApp, type TestApp, type TestCaller } from './support/app.js';
import { ForeignDesk } from './support/foreign-desk.js';

/*
 * A conversation goes in order: one whose oldest message waits has nothing to do, however due the later ones are. Whoever asks whether it has must not be
 * told yes, or the sender takes the lane, finds that it waits, lets go and asks again, for as long as the oldest waits.
 */
const desk = new ForeignDesk();
let app: TestApp;
let owner: TestCaller;
let channelId: string;

beforeAll(async () => {
  // Of the role `web`, so that nobody but the test sends.
  app = await startApp({ env: { ROLE: 'web' } });
  owner = await app.signIn('owner');
  const settings = { secret: desk.secret, deliverUrl: await desk.listen() };
  const channel = await owner.request<{ id: string }>('POST', '/api/channels', { kind: 'webhook', name: 'Сайт', settings });
  channelId = channel.body.id;
});
afterAll(async () => {
  await app.close();
  await desk.close();
});

/** A conversation with these replies in its outbox, each due so many seconds from now. */
async function waiting(...dueInSeconds: number[]): Promise<string> {
  const { accountId } = owner;
  const [contact, conversation] = [randomUUID(), randomUUID()];
  await app.database.query(`INSERT INTO contacts (id, account_id, name) VALUES ($1, $2, 'Анна')`, [contact, accountId]);
  await app.database.query(
    `INSERT INTO conversations (id, account_id, number, channel_id, contact_id, thread_key)
     SELECT $1, $2, count(*) + 1, $3, $4, $1::uuid::text FROM conversations`,
    [conversation, accountId, channelId, contact],
  );
  for (const [i, seconds] of dueInSeconds.entries()) {
    const message = uuid();
    await app.database.query(
      `INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, text, at) VALUES ($1, $2, $3, $4, $5, 'out', 'rules', $6, now())`,
      [message, accountId, channelId, conversation, contact, `ответ ${i + 1}`],
    );
    await app.database.query(
      `INSERT INTO outbox (id, account_id, channel_id, conversation_id, message_id, next_attempt_at) VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 s')`,
      [randomUUID(), accountId, channelId, conversation, message, seconds],
    );
  }
  return conversation;
}

async function isOnTheList(conversation: string): Promise<boolean> {
  const due = await app.database.query<{ conversation_id: string }>('SELECT * FROM delivery_lanes_due(500)');
  return due.some((row) => row.conversation_id === conversation);
}

const stateOf = (conversation: string) =>
  app.database.query<{ status: string; attempts: number }>('SELECT status, attempts FROM outbox WHERE conversation_id = $1 ORDER BY seq', [
    conversation,
  ]);
const arrived = (conversation: string) => desk.ledger.filter((sent) => sent.conversationId === conversation).map((sent) => sent.text);

/** Delivers what is due and counts the transactions that it took; more than a hundred end it, so that a loop ends too. */
async function countTransactions(conversation: string): Promise<number> {
  const scope = app.app.get(AccountScope);
  const run = scope.run.bind(scope);
  let count = 0;
  const counting = jest.spyOn(scope, 'run').mockImplementation((...asked) => {
    if ((count += 1) > 100) throw new Error('too many transactions');
    return run(...asked);
  });
  await app.app.get(Deliver).deliver(owner.accountId, [conversation]);
  counting.mockRestore();
  return count;
}

it('has nothing to do while its oldest message waits, and asks once', async () => {
  const conversation = await waiting(3_600, -10);
  expect(await isOnTheList(conversation)).toBe(false);
  // Take, look for the channel (and read it, the first time), look for what is due, let go, look once more.
  expect(await countTransactions(conversation)).toBeLessThanOrEqual(6);
  expect(await stateOf(conversation)).toEqual([
    { status: 'queued', attempts: 0 },
    { status: 'queued', attempts: 0 },
  ]);
  expect(arrived(conversation)).toEqual([]);
});

it('sends all in order with one attempt each as soon as the oldest is due', async () => {
  const conversation = await waiting(-1, -10, -5);
  expect(await isOnTheList(conversation)).toBe(true);
  expect(await countTransactions(conversation)).toBeLessThan(30);
  expect(await stateOf(conversation)).toEqual(Array.from({ length: 3 }, () => ({ status: 'sent', attempts: 1 })));
  expect(arrived(conversation)).toEqual(['ответ 1', 'ответ 2', 'ответ 3']);
  expect(await isOnTheList(conversation)).toBe(false);
});

it('repeats no more what ten senders did not live through, and goes on with the next', async () => {
  const conversation = await waiting(-10, -10);
  // As a process leaves it that died during the call.
  await app.database.query(
    `INSERT INTO delivery_attempts (outbox_id, attempt, account_id, finished_at, outcome, detail)
     SELECT o.id, n, o.account_id, CASE WHEN n < 10 THEN now() END, CASE WHEN n < 10 THEN 'unknown' END, CASE WHEN n < 10 THEN 'the sender stopped during the call' END
     FROM (SELECT id, account_id FROM outbox WHERE conversation_id = $1 ORDER BY seq LIMIT 1) o, generate_series(1, 10) n`,
    [conversation],
  );
  await app.database.query(
    `UPDATE outbox SET status = 'sending', attempts = 10 WHERE seq = (SELECT min(seq) FROM outbox WHERE conversation_id = $1)`,
    [conversation],
  );
  await countTransactions(conversation);
  expect(await stateOf(conversation)).toEqual([
    { status: 'unknown', attempts: 10 },
    { status: 'sent', attempts: 1 },
  ]);
  expect(arrived(conversation)).toEqual(['ответ 2']);
});

it('sends what is due before one that waits, and stops there', async () => {
  const conversation = await waiting(-10, 3_600, -10);
  expect(await countTransactions(conversation)).toBeLessThan(20);
  expect((await stateOf(conversation)).map(({ status }) => status)).toEqual(['sent', 'queued', 'queued']);
  expect(arrived(conversation)).toEqual(['ответ 1']);
  expect(await isOnTheList(conversation)).toBe(false);
});
