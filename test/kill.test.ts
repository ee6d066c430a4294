import { type TestDatabase, newDatabase } from './support/database.js';
import { deskEffects, deskGraph } from './support/desk-graph.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { randomOf } from './support/mutate.js';
import { type ServerProcess, killServers, signInAsOwner, startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

/*
 * P1 (small), P2, P3, P5, P7 and P11 of the promises, on real processes: whatever dies at whatever moment, nothing that was answered 2xx is lost, no effect
 * is doubled, and a conversation keeps its order. The oracle reads the database and the foreign system's ledger only.
 */
const writes = [
  'receive.store',
  'ingest.flush-contacts',
  'ingest.flush-conversations',
  'ingest.flush-messages',
  'ingest.flush-runs',
  'ingest.flush-effects',
  'ingest.flush-outbox',
  'ingest.mark-done',
  'ingest.commit',
  'deliver.claim',
  'deliver.send',
  'deliver.record',
];

let database: TestDatabase;
const desk = new ForeignDesk();
const hookPaths: string[] = [];

beforeAll(async () => {
  database = await newDatabase();
  const deliverUrl = await desk.listen();
  const server = await startServer(database.url);
  const call = await signInAsOwner(server.url);
  const ruleSet = await call('POST', '/api/rule-sets', { name: 'Приём', graph: deskGraph });
  await call('POST', `/api/rule-sets/${String(ruleSet['id'])}/publish`, {});
  for (let i = 0; i < 5; i++) {
    const channel = await call('POST', '/api/channels', {
      kind: 'webhook',
      name: `Сайт ${i}`,
      settings: { secret: desk.secret, deliverUrl },
    });
    hookPaths.push(new URL(String(channel['hookUrl'])).pathname);
  }
  await server.stop();
});

afterAll(async () => {
  killServers();
  await desk.close();
  await database.close();
});

/** As every platform does: again until somebody answers 2xx. */
async function insist(hookUrl: () => string, id: string, conversation: string, text: string, withinMs = 60_000): Promise<void> {
  await waitUntil(
    `message ${id} is taken`,
    async () => [200, 202].includes((await desk.write(hookUrl(), id, conversation, text)) ?? 0),
    withinMs,
  );
}

async function isDrained(): Promise<boolean> {
  const [left] = await database.query<{ n: string }>(
    `SELECT (SELECT count(*) FROM webhook_requests WHERE status = 'pending') + (SELECT count(*) FROM outbox WHERE status IN ('queued', 'sending')) AS n`,
  );
  return left?.n === '0';
}

/** Everything that the message with this external id led to: one of each, or the list of what is wrong. */
async function faultsOf(externalId: string): Promise<string[]> {
  const [row] = await database.query<Record<string, string>>(
    `SELECT count(DISTINCT m.id) AS messages, count(DISTINCT r.id) AS runs, count(e.*) AS effects,
       (SELECT count(*) FROM messages o WHERE o.text = 'Принято: ' || $1) AS replies,
       (SELECT count(*) FROM notes n WHERE n.text = 'Пришло: ' || $1) AS notes,
       (SELECT count(*) FROM outbox b JOIN messages o ON o.id = b.message_id WHERE o.text = 'Принято: ' || $1 AND b.status = 'sent') AS sent
     FROM messages m LEFT JOIN runs r ON r.message_id = m.id LEFT JOIN effects e ON e.run_id = r.id AND e.outcome = 'applied' WHERE m.external_id = $1`,
    [externalId],
  );
  const wanted = { messages: 1, runs: 1, effects: deskEffects, replies: 1, notes: 1, sent: 1 };
  const keys = new Set(desk.ledger.filter((sent) => sent.text === `Принято: ${externalId}`).map((sent) => sent.webhookId));
  return [
    ...Object.entries(wanted)
      .filter(([name, count]) => Number(row?.[name]) !== count)
      .map(([name, count]) => `${name} ${row?.[name]} instead of ${count}`),
    ...(keys.size === 1 ? [] : [`${keys.size} keys in the ledger`]),
  ];
}

describe.each(writes)('%s', (point) => {
  it.each(['before:kill', 'after:kill', 'before:throw', 'after:lost-answer'])('%s: nothing is lost, nothing doubled', async (action) => {
    // No dots: they separate the parts that a signature covers.
    const id = `${point}-${action}`.replaceAll(/\W/g, '-');
    let server: ServerProcess = await startServer(database.url, { RAZVILKA_FAIL_POINT: `${point}:${action}` });
    const first = await desk.write(`${server.url}${hookPaths[0]}`, id, id, id);
    if (action.endsWith('kill')) {
      expect(await server.ended).toBe(null);
      server = await startServer(database.url);
    }
    // The platform got no 2xx: it sends the same again.
    if (first !== 202) await insist(() => `${server.url}${hookPaths[0]}`, id, id, id);
    await waitUntil('everything is worked off', isDrained, 15_000);
    await server.stop();
    expect(await faultsOf(id)).toEqual([]);
  });
});

it('survives 40 kills at random moments under load', async () => {
  const kills = 40;
  const conversations = 25;
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
  console.log(`kill seed ${seed}`);
  const random = randomOf(seed);
  let server = await startServer(database.url);
  let killing = true;
  const taken: string[] = [];

  // Each conversation is one platform queue: the next message goes only after the last was taken.
  const writers = Array.from({ length: conversations }, async (_, c) => {
    for (let n = 1; killing; n++) {
      const id = `load-${c}-${String(n).padStart(5, '0')}`;
      await insist(() => `${server.url}${hookPaths[c % hookPaths.length]}`, id, `load-${c}`, id);
      taken.push(id);
      if (n % 3 === 0) await desk.write(`${server.url}${hookPaths[c % hookPaths.length]}`, id, `load-${c}`, id);
    }
  });
  for (let i = 0; i < kills; i++) {
    await new Promise((next) => setTimeout(next, 250 + random() * 900));
    await server.kill();
    server = await startServer(database.url);
  }
  killing = false;
  await Promise.all(writers);
  await waitUntil('everything is worked off', isDrained, 60_000);
  await server.stop();

  expect(taken.length).toBeGreaterThan(100);
  const stored = await database.query<{ external_id: string; runs: number; effects: number }>(
    `SELECT m.external_id, count(DISTINCT r.id)::int AS runs, count(e.*)::int AS effects FROM messages m
     LEFT JOIN runs r ON r.message_id = m.id LEFT JOIN effects e ON e.run_id = r.id WHERE m.external_id LIKE 'load-%' AND m.direction = 'in' GROUP BY m.id`,
  );
  const byId = new Map(stored.map((row) => [row.external_id, row]));
  expect(stored.length).toBe(byId.size);
  expect(taken.filter((id) => !byId.has(id))).toEqual([]);
  expect(stored.filter((row) => row.runs !== 1 || row.effects !== deskEffects)).toEqual([]);
  const [[quarantined], [unsent]] = await Promise.all([
    database.query<{ n: number }>(`SELECT count(*)::int AS n FROM webhook_requests WHERE status = 'quarantined'`),
    database.query<{ n: number }>(`SELECT count(*)::int AS n FROM outbox WHERE status <> 'sent'`),
  ]);
  expect(quarantined?.n).toBe(0);
  expect(unsent?.n).toBe(0);

  // Order: runs as they were stored, and first arrivals at the foreign system, rise within each conversation.
  const runs = await database.query<{ conversation: string; text: string }>(
    `SELECT r.conversation_id AS conversation, m.text FROM runs r JOIN messages m ON m.id = r.message_id WHERE m.external_id LIKE 'load-%' ORDER BY r.created_at, r.id`,
  );
  expect(inversions(runs.map((run) => ({ conversation: run.conversation, text: run.text })))).toEqual([]);
  const seen = new Set<string>();
  const arrivals = desk.ledger.filter(
    (sent) => sent.conversationId.startsWith('load-') && !seen.has(sent.webhookId) && seen.add(sent.webhookId),
  );
  expect(inversions(arrivals.map((sent) => ({ conversation: sent.conversationId, text: sent.text })))).toEqual([]);
}, 240_000);

it('takes the same message any number of times as one, over two servers at once', async () => {
  const servers = await Promise.all([startServer(database.url), startServer(database.url)]);
  const ids = Array.from({ length: 60 }, (_, i) => `same-${i}`);
  const statuses = await Promise.all(
    ids.flatMap((id, i) =>
      Array.from({ length: 1 + (i % 8) }, (_, copy) => desk.write(`${servers[copy % 2]!.url}${hookPaths[1]}`, id, `same-${i % 10}`, id)),
    ),
  );
  expect(statuses.every((status) => status === 200 || status === 202)).toBe(true);
  expect(statuses.filter((status) => status === 202).length).toBe(ids.length);
  await waitUntil('everything is worked off', isDrained, 20_000);
  await Promise.all(servers.map((server) => server.stop()));
  for (const id of ids) expect(await faultsOf(id)).toEqual([]);
});

function inversions(rows: { conversation: string; text: string }[]): string[] {
  const last = new Map<string, string>();
  return rows
    .filter(({ conversation, text }) => {
      const before = last.get(conversation) ?? '';
      last.set(conversation, text);
      return text <= before;
    })
    .map((row) => `${row.conversation}: ${row.text}`);
}
