import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AccountScope } from '../server/db/account-scope.js';
import { InboxWorker } from '../server/messaging/inbox-worker.js';
import { Ingest } from '../server/messaging/ingest.js';
import { startApp, type TestApp, type TestCaller } from './support/app.js';
import { deskGraph } from './support/desk-graph.js';
import { ForeignDesk } from './support/foreign-desk.js';

/*
 * P12 of the promises: a message, its two edits and its deletion come in any order, some of them twice, in one batch or in several; the message ends the
 * same, and no rule fires for one that was deleted before it was read.
 */
type Part = 'create' | 'edit1' | 'edit2' | 'delete';
const parts: readonly Part[] = ['create', 'edit1', 'edit2', 'delete'];
const orders = permutationsOf(parts);
const photo = { kind: 'image', url: 'https://example.test/photo.jpg' };

const desk = new ForeignDesk();
let app: TestApp;
let channelId: string;
let owner: TestCaller;

beforeAll(async () => {
  // Of the role `web`, so that a batch is taken when the test says so.
  app = await startApp({ env: { ROLE: 'web' }, listen: true });
  owner = await app.signIn('owner');
  const settings = { secret: desk.secret, deliverUrl: 'http://127.0.0.1:9/' };
  const channel = await owner.request<{ id: string; hookUrl: string }>('POST', '/api/channels', {
    kind: 'webhook',
    name: 'Сайт',
    settings,
  });
  channelId = channel.body.id;
  hook = `${app.url}${new URL(channel.body.hookUrl, app.url).pathname}`;
  const ruleSet = await owner.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Приём', graph: deskGraph });
  expect((await owner.request('POST', `/api/rule-sets/${ruleSet.body.id}/publish`, {})).status).toBeLessThan(300);
});
afterAll(() => app.close());

let hook: string;

/** One request of the platform. The second edit names no attachments, so those of the first one stay. */
async function send(id: string, part: Part): Promise<void> {
  const key = `msg_${randomUUID()}`;
  const status = await {
    create: () => desk.write(hook, id, id, 'Здраствуйте'),
    edit1: () =>
      desk.tell(hook, key, 'message.edited', {
        message: { id, text: 'Здравствуйте', editedAt: '2026-11-21T10:00:01Z', attachments: [photo] },
      }),
    edit2: () => desk.tell(hook, key, 'message.edited', { message: { id, text: 'Здравствуйте!', editedAt: '2026-11-21T10:00:02Z' } }),
    delete: () => desk.tell(hook, key, 'message.deleted', { message: { id }, deletedAt: '2026-11-21T10:00:03Z' }),
  }[part]();
  expect([200, 202]).toContain(status);
}

async function takeBatch(): Promise<void> {
  while ((await app.app.get(Ingest).drain(owner.accountId, channelId, false)).more);
}

/** Everything that stays of a message. */
async function stateOf(id: string) {
  const messages = await app.database.query(
    `SELECT text, attachments, edited_at, deleted_at IS NOT NULL AS deleted, m.status, c.inbound,
       (SELECT count(*)::int FROM message_exports e WHERE e.message_id = m.id AND e.status = 'exported') AS exports
     FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.external_id = $1`,
    [id],
  );
  const early = await app.database.query('SELECT * FROM early_changes WHERE external_id = $1', [id]);
  return { messages, early };
}

const wanted = {
  messages: [
    {
      text: 'Здравствуйте!',
      attachments: [expect.objectContaining({ url: photo.url })],
      edited_at: new Date('2026-11-21T10:00:02Z'),
      deleted: true,
      status: 'passed',
      inbound: 1,
      exports: 1,
    },
  ],
  early: [],
};

/** How often a rule set looked at the message, and what came of it. */
async function consequencesOf(id: string) {
  const [row] = await app.database.query(
    `SELECT (SELECT count(*)::int FROM runs r JOIN messages m ON m.id = r.message_id WHERE m.external_id = $1) AS runs,
       (SELECT count(*)::int FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.thread_key = $1 AND m.direction = 'out') AS replies,
       (SELECT count(*)::int FROM deals d JOIN contact_identities i ON i.contact_id = d.contact_id WHERE i.external_id = 'client-' || $1) AS deals,
       (SELECT c.needs_answer FROM conversations c WHERE c.thread_key = $1) AS waits`,
    [id],
  );
  return row;
}

const answered = { runs: 1, replies: 1, deals: 1, waits: true };
const untouched = { runs: 0, replies: 0, deals: 0, waits: false };

it('ends in the same state in all 24 orders, each part in a batch of its own', async () => {
  const ids = orders.map((_, i) => `apart-${i}`);
  for (const [place] of parts.entries()) {
    await Promise.all(orders.map((order, i) => send(ids[i]!, order[place]!)));
    await takeBatch();
  }
  for (const [i, order] of orders.entries()) {
    expect({ order, ...(await stateOf(ids[i]!)) }).toEqual({ order, ...wanted });
    const isLate = order.indexOf('delete') < order.indexOf('create');
    expect({ order, ...(await consequencesOf(ids[i]!)) }).toEqual({ order, ...(isLate ? untouched : answered) });
  }
});

it('ends in the same state in all 24 orders within one batch, where nothing is answered', async () => {
  const ids = orders.map((_, i) => `together-${i}`);
  for (const [i, order] of orders.entries()) for (const part of order) await send(ids[i]!, part);
  await takeBatch();
  for (const [i, order] of orders.entries()) {
    expect({ order, ...(await stateOf(ids[i]!)) }).toEqual({ order, ...wanted });
    expect({ order, ...(await consequencesOf(ids[i]!)) }).toEqual({ order, ...untouched });
  }
});

it('ends in the same state with any repeats and any batches', async () => {
  const history = fc
    .array(fc.constantFrom(...parts), { maxLength: 5 })
    .chain((repeats) => fc.shuffledSubarray([...parts, ...repeats], { minLength: parts.length + repeats.length }))
    .chain((sent) => fc.tuple(fc.constant(sent), fc.array(fc.boolean(), { minLength: sent.length, maxLength: sent.length })));
  await fc.assert(
    fc.asyncProperty(history, async ([sent, ends]) => {
      const id = `mixed-${randomUUID()}`;
      for (const [i, part] of sent.entries()) {
        await send(id, part);
        if (ends[i]) await takeBatch();
      }
      await takeBatch();
      expect(await stateOf(id)).toEqual(wanted);
      // Whatever came up to the end of the message's own batch was known when the rules could look.
      const end = ends.indexOf(true, sent.indexOf('create'));
      const known = end < 0 ? sent : sent.slice(0, end + 1);
      expect((await consequencesOf(id))?.['runs']).toBe(known.includes('delete') ? 0 : 1);
    }),
    { numRuns: 40 },
  );
});

it('forgets changes whose message never came', async () => {
  await send('never', 'edit1');
  await send('never', 'delete');
  await takeBatch();
  const kept = () => app.database.query(`SELECT 1 FROM early_changes WHERE external_id = 'never'`);
  const forget = () => app.app.get(AccountScope).lookUp(`SELECT forget_old('14 days')`);
  await forget();
  expect(await kept()).toHaveLength(1);
  await app.database.query(`UPDATE early_changes SET received_at = now() - interval '15 days'`);
  await forget();
  expect(await kept()).toEqual([]);
});

it('forgets old requests however many have gathered, but none that a person is to decide on', async () => {
  const add = (status: string, days: number, times: number) =>
    app.database.query(
      `INSERT INTO webhook_requests (id, account_id, channel_id, body, status, received_at)
       SELECT gen_random_uuid(), $1, $2, 'old', $3, now() - make_interval(days => $4) FROM generate_series(1, $5)`,
      [owner.accountId, channelId, status, days, times],
    );
  await add('done', 15, 12_000);
  await add('done', 13, 3);
  await add('quarantined', 15, 2);
  const forgetOnce = () => app.app.get(AccountScope).lookUp<{ gone: string }>(`SELECT forget_old('14 days') AS gone`);
  expect(Number((await forgetOnce())[0]?.gone)).toBe(5_000);
  await app.app.get(InboxWorker).forget();
  const left = await app.database.query(
    `SELECT status, count(*)::int AS count FROM webhook_requests WHERE body = 'old' GROUP BY 1 ORDER BY 1`,
  );
  expect(left).toEqual([
    { status: 'done', count: 3 },
    { status: 'quarantined', count: 2 },
  ]);
});

function permutationsOf<T>(all: readonly T[]): T[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((one) => permutationsOf(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}
