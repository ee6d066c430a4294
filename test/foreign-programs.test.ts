import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { graphOf } from './support/company.js';
import { openTrialDesk, type TrialDesk } from './support/trial-desk.js';
import { waitUntil } from './support/wait-until.js';

/* Programs of others that are slow, or whose clock is ahead: whose answer is whose, who waits for whom, and when. The test answers each call itself. */
let here: TrialDesk;
let shop: Server;
let shopUrl: string;
const held: ServerResponse[] = [];

beforeAll(async () => {
  here = await openTrialDesk();
  shop = createServer((_, response) => void held.push(response));
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
});
afterAll(async () => {
  shop.closeAllConnections();
  await new Promise((done) => shop.close(done));
  await here.close();
});

const asking = () =>
  graphOf(
    {
      in: ['on-message'],
      ask: ['http', { url: shopUrl, timeout: 'PT60S' }],
      first: ['if', { when: { field: 'vars.ask.body.order', op: 'eq', value: 1 } }],
      yes: ['reply', { text: 'Первый в пути' }],
      no: ['reply', { text: 'Второй на складе' }],
    },
    ['in.next > ask', 'ask.ok > first', 'first.yes > yes', 'first.no > no'],
  );
const answer = (to: ServerResponse | undefined, order: number) =>
  to?.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ order }));
const sentTo = (thread: string) => here.desk.ledger.filter((sent) => sent.conversationId === thread).map(({ text }) => text);

it('the answer to a question that was asked anew meanwhile is nobody’s', async () => {
  const one = await here.company(asking());
  await one.write('t-1', 'twice', 'Где первый заказ?');
  await waitUntil('the first call is made', async () => held.length === 1);
  await one.write('t-2', 'twice', 'А второй?');
  await waitUntil('the second call is made', async () => held.length === 2);
  answer(held.shift(), 1);
  const isTaken = async () => (await here.count(`http_calls WHERE status = 'answered'`)) === 1 && (await here.count('rule_events')) === 0;
  await waitUntil('the first answer is taken', isTaken);
  answer(held.shift(), 2);
  await waitUntil('the client has an answer', async () => sentTo('twice').length > 0);
  expect(sentTo('twice')).toEqual(['Второй на складе']);
});

it('the slow program of one account holds up no other’s', async () => {
  const [slow, quick] = [await here.company(asking()), await here.company(asking())];
  for (let n = 0; n < 6; n++) await slow.write(`s-${n}`, `slow-${n}`, 'Где заказ?');
  await waitUntil('the slow program is asked', async () => held.length === 4);
  const stuck = held.splice(0);
  await quick.write('q-1', 'quick', 'Где заказ?');
  await waitUntil('the other account’s call is made', async () => held.length === 1);
  answer(held.shift(), 1);
  await waitUntil('its client has an answer', async () => sentTo('quick').length > 0);
  expect(stuck.map(({ writable }) => writable)).toEqual([true, true, true, true]);
  for (const response of stuck) answer(response, 1);
  await waitUntil('those that waited for a place are made', async () => held.length === 2);
  for (const response of held.splice(0)) answer(response, 1);
  await waitUntil('all have an answer', async () => [0, 1, 2, 3, 4, 5].every((n) => sentTo(`slow-${n}`).length === 1));
});

it('a message from a clock that is ahead brings no timer forward', async () => {
  const waiting = graphOf(
    { in: ['on-message', { direction: 'in' }], hour: ['wait', { for: 'PT1H' }], late: ['add-note', { text: 'Прошёл час' }] },
    ['in.next > hour', 'hour.next > late'],
  );
  const one = await here.company(waiting);
  await one.write('a-1', 'ahead', 'Здравствуйте');
  await one.write('a-2', 'ahead', 'Я из будущего', new Date(Date.now() + 2 * 60 * 60_000));
  expect(await here.count(`messages WHERE account_id = $1`, [one.owner.accountId])).toBe(2);
  expect(await here.count(`notes WHERE account_id = $1`, [one.owner.accountId])).toBe(0);
  const [memory] = await here.database.query<{ waits: number }>(
    `SELECT jsonb_array_length(waiting) AS waits FROM conversation_memories WHERE account_id = $1`,
    [one.owner.accountId],
  );
  expect(memory).toEqual({ waits: 1 });
});
