import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestDatabase, newDatabase } from './support/database.js';
import { deskEffects, deskGraph } from './support/desk-graph.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { Proxy } from './support/proxy.js';
import { TestRedis } from './support/redis.js';
import { killServers, signInAsOwner, startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

/*
 * P3, P19, P20 and P21 of the promises, on real processes: what a server stands on goes away and comes back, and nothing that was answered 2xx is lost,
 * nothing is doubled, nobody has to help.
 */
/** For a whole case on a busy machine, where each start of a server takes seconds; every wait within has its own deadline. */
const busyMs = 120_000;
let database: TestDatabase;
const desk = new ForeignDesk();
const hookPaths: string[] = [];
/** A foreign system that is busy for an hour: its message waits in the queue as a delayed job. */
const busy = createServer((_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end());
let busyPath: string;

beforeAll(async () => {
  database = await newDatabase();
  const deliverUrl = await desk.listen();
  await once(busy.listen(0, '127.0.0.1'), 'listening');
  const server = await startServer(database.url);
  const call = await signInAsOwner(server.url);
  const ruleSet = await call('POST', '/api/rule-sets', { name: 'Приём', graph: deskGraph });
  await call('POST', `/api/rule-sets/${String(ruleSet['id'])}/publish`, {});
  const connect = async (name: string, url: string) => {
    const channel = await call('POST', '/api/channels', { kind: 'webhook', name, settings: { secret: desk.secret, deliverUrl: url } });
    return new URL(String(channel['hookUrl']), server.url).pathname;
  };
  for (let i = 0; i < 3; i++) hookPaths.push(await connect(`Сайт ${i}`, deliverUrl));
  busyPath = await connect('Занят', `http://127.0.0.1:${(busy.address() as AddressInfo).port}/`);
  await server.stop();
});

// A test that failed half-way leaves no server to the next one.
afterEach(killServers);
afterAll(async () => {
  await desk.close();
  await new Promise((done) => busy.close(done));
  await database.close();
});

/** Conversations that write one message after the other, some 30 a second in all, each again until it is taken, until `stop`. */
function startLoad(name: string, serverUrl: () => string, conversations = 6) {
  const end = new AbortController();
  const taken: string[] = [];
  const answers: { status: number | undefined; ms: number; at: number }[] = [];
  const writers = Array.from({ length: conversations }, async (_, c) => {
    for (let n = 1; !end.signal.aborted; n++) {
      const id = `${name}-${c}-${String(n).padStart(5, '0')}`;
      // A conversation gets 20 automatic replies in a minute at most.
      const conversation = `${name}-${c}-${Math.floor(n / 15)}`;
      await waitUntil(
        `message ${id} is taken`,
        async () => {
          const at = Date.now();
          const status = await desk.write(`${serverUrl()}${hookPaths[c % hookPaths.length]}`, id, conversation, id);
          answers.push({ status, ms: Date.now() - at, at });
          return status === 202 || status === 200;
        },
        60_000,
        100,
      );
      taken.push(id);
      await new Promise((next) => setTimeout(next, 200));
    }
  });
  return {
    taken,
    answers,
    stop: async () => {
      end.abort();
      await Promise.all(writers);
    },
  };
}

/** What is wrong with these messages: each has led to one run with all its effects and one reply, which the foreign system got, in order. */
async function faultsOf(name: string, taken: string[]): Promise<string[]> {
  const stored = await database.query<{ id: string; runs: number; effects: number; sent: number }>(
    `SELECT m.external_id AS id, count(DISTINCT r.id)::int AS runs, count(e.*)::int AS effects,
       (SELECT count(*)::int FROM messages o JOIN outbox b ON b.message_id = o.id WHERE o.text = 'Принято: ' || m.external_id AND b.status = 'sent') AS sent
     FROM messages m LEFT JOIN runs r ON r.message_id = m.id LEFT JOIN effects e ON e.run_id = r.id
     WHERE m.direction = 'in' AND m.external_id LIKE $1 || '-%' GROUP BY m.id, m.external_id`,
    [name],
  );
  const ids = new Set(stored.map((row) => row.id));
  const first = new Map<string, string>();
  const keys = new Map<string, Set<string>>();
  const faults = taken.filter((id) => !ids.has(id)).map((id) => `${id} is lost`);
  if (ids.size < stored.length) faults.push('a message is stored twice');
  for (const row of stored) {
    if (row.runs !== 1 || row.effects !== deskEffects || row.sent !== 1)
      faults.push(`${row.id}: ${row.runs} runs, ${row.effects} effects, ${row.sent} replies sent`);
  }
  for (const { text, webhookId, conversationId } of desk.ledger.filter((sent) => sent.conversationId.startsWith(`${name}-`))) {
    const known = keys.get(text);
    if (known) {
      known.add(webhookId);
      continue;
    }
    keys.set(text, new Set([webhookId]));
    if (text <= (first.get(conversationId) ?? '')) faults.push(`${text} arrived after ${first.get(conversationId)}`);
    first.set(conversationId, text);
  }
  for (const id of ids)
    if (keys.get(`Принято: ${id}`)?.size !== 1) faults.push(`${id} has ${keys.get(`Принято: ${id}`)?.size ?? 0} replies in the ledger`);
  return faults;
}

async function isDrained(): Promise<boolean> {
  const [left] = await database.query<{ n: string }>(
    `SELECT (SELECT count(*) FROM webhook_requests WHERE status = 'pending') + (SELECT count(*) FROM outbox o JOIN channels c ON c.id = o.channel_id
       WHERE o.status IN ('queued', 'sending') AND c.name <> 'Занят') AS n`,
  );
  return left?.n === '0';
}

const replyTo = (id: string) => desk.ledger.some((sent) => sent.text === `Принято: ${id}`);

describe('PostgreSQL', () => {
  it.each([
    ['is cut off', 'cut', 5_000],
    ['falls silent and forgets its connections', 'blackhole', 12_000],
  ] as const)(
    '%s: webhooks hear 503 in time and never 2xx, and all goes on within 10 s of its return',
    async (_, fault, lengthMs) => {
      const proxy = new Proxy(database.url);
      const server = await startServer(await proxy.listen());
      const load = startLoad(fault, () => server.url);
      await waitUntil('messages come in', () => load.taken.length > 20);
      const awayAt = Date.now();
      proxy[fault]();
      await waitUntil('it was away for long', () => Date.now() - awayAt > lengthMs, lengthMs + 5_000);
      const during = load.answers.filter((answer) => answer.at > awayAt);
      expect(during.length).toBeGreaterThan(20);
      expect(during.filter((answer) => answer.status !== 503)).toEqual([]);
      expect(during.filter((answer) => answer.ms > 2_500)).toEqual([]);

      const before = { taken: load.taken.length, answered: desk.ledger.length };
      proxy.mend();
      const goesOn = () => load.taken.length > before.taken + 5 && desk.ledger.length > before.answered + 5;
      await waitUntil('messages come in again and are answered', goesOn, 10_000);
      await load.stop();
      await waitUntil('everything is worked off', isDrained, 30_000);
      expect(await server.stop()).toBe(0);
      await proxy.close();
      expect(await faultsOf(fault, load.taken)).toEqual([]);
    },
    busyMs,
  );

  it(
    'that answers slowly makes nobody lose anything',
    async () => {
      const proxy = new Proxy(database.url);
      const server = await startServer(await proxy.listen());
      const load = startLoad('slow', () => server.url);
      await waitUntil('messages come in', () => load.taken.length > 10);
      proxy.delay(40);
      const before = load.taken.length;
      await waitUntil('messages come in slowly', () => load.taken.length > before + 15, 20_000);
      await load.stop();
      proxy.mend();
      await waitUntil('everything is worked off', isDrained, 20_000);
      expect(await server.stop()).toBe(0);
      await proxy.close();
      expect(await faultsOf('slow', load.taken)).toEqual([]);
    },
    busyMs,
  );

  it(
    'says nothing on connections that LISTEN: what another process stored is taken within 6 s, and its answer goes out by the next look',
    async () => {
      const proxy = new Proxy(database.url);
      const [web, worker] = await Promise.all([
        startServer(database.url, { ROLE: 'web' }),
        startServer(await proxy.listen(), { ROLE: 'worker' }),
      ]);
      // A message that waits for an hour: the queue's worker would now sleep until then.
      await desk.write(`${web.url}${busyPath}`, 'busy-1', 'busy', 'busy-1');
      await waitUntil(
        'one delivery waits',
        async () => (await database.query(`SELECT 1 FROM delivery_attempts WHERE outcome = 'throttled'`)).length > 0,
      );
      proxy.blackhole('LISTEN ');
      const id = 'deaf-1';
      expect(await desk.write(`${web.url}${hookPaths[0]}`, id, id, id)).toBe(202);
      await waitUntil(
        'it is taken',
        async () =>
          (await database.query(`SELECT 1 FROM runs WHERE event_key = (SELECT id::text FROM messages WHERE external_id = $1)`, [id]))
            .length > 0,
        6_000,
      );
      await waitUntil('its answer has gone', () => replyTo(id), 6_000);
      proxy.mend();
      await Promise.all([web.stop(), worker.stop()]);
      await proxy.close();
      expect(await faultsOf('deaf', ['deaf-1'])).toEqual([]);
    },
    busyMs,
  );
});

describe('Redis', () => {
  const redis = new TestRedis();
  afterEach(() => redis.kill());

  it(
    'wiped, killed and back empty under load: everything is delivered within 30 s of its return',
    async () => {
      await redis.start();
      const server = await startServer(database.url, { REDIS_URL: redis.url });
      const load = startLoad('redis', () => server.url);
      const more = async (count: number) => {
        const before = load.taken.length;
        await waitUntil(`${count} messages more are taken`, () => load.taken.length >= before + count, 20_000);
      };
      await more(30);
      await waitUntil('replies go out', () => replyTo(load.taken[0] ?? ''));
      for (let i = 0; i < 4; i++) {
        await redis.flush();
        await more(15);
      }
      await redis.kill();
      await more(30);
      await redis.start();
      const back = Date.now();
      await more(30);
      await load.stop();
      await waitUntil('everything is delivered', isDrained, 30_000 - (Date.now() - back));
      expect(await server.stop()).toBe(0);
      expect(await faultsOf('redis', load.taken)).toEqual([]);
    },
    busyMs,
  );

  it(
    'away at the stop of the server does not hold it',
    async () => {
      await redis.start();
      const server = await startServer(database.url, { REDIS_URL: redis.url });
      await signInAsOwner(server.url);
      await redis.kill();
      const from = Date.now();
      expect(await server.stop()).toBe(0);
      expect(Date.now() - from).toBeLessThan(12_000);
    },
    busyMs,
  );
});

it(
  'stops by SIGTERM under load within 12 s with code 0, and the next start loses nothing',
  async () => {
    let server = await startServer(database.url);
    const load = startLoad('stop', () => server.url);
    for (let round = 0; round < 2; round++) {
      const before = load.taken.length;
      await waitUntil('messages come in', () => load.taken.length > before + 25, 20_000);
      const from = Date.now();
      expect(await server.stop()).toBe(0);
      expect(Date.now() - from).toBeLessThan(12_000);
      server = await startServer(database.url);
    }
    await load.stop();
    await waitUntil('everything is worked off', isDrained, 20_000);
    expect(await server.stop()).toBe(0);
    expect(await faultsOf('stop', load.taken)).toEqual([]);
  },
  busyMs,
);
