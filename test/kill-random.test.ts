import { deskEffects } from './support/desk-graph.js';
import { KillDesk } from './support/kill-desk.js';
import { randomOf } from './support/mutate.js';
import { startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

/* P1 (small), P3, P5 and P11 of the promises, on real processes under load. */
const desk = new KillDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());

it('40 kills at random moments lose nothing, double nothing and turn no conversation’s order', async () => {
  const kills = 40;
  const writersAtOnce = 10;
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
  console.log(`KILL_SEED=${seed} repeats these moments`);
  const random = randomOf(seed);
  let server = await startServer(desk.database.url);
  const load = { on: true };
  const taken: string[] = [];

  // Each writer is one platform queue: the next message goes only after the last was taken.
  const writers = Array.from({ length: writersAtOnce }, async (_, c) => {
    const hookUrl = () => `${server.url}${desk.hookPaths[c % desk.hookPaths.length]}`;
    for (let n = 1; load.on; n++) {
      const id = `load-${c}-${String(n).padStart(5, '0')}`;
      // A conversation gets at most 20 automatic replies in a minute: a new one every 15 messages stays below.
      const conversation = `load-${c}-${Math.floor(n / 15)}`;
      await desk.insist(hookUrl, id, conversation);
      taken.push(id);
      if (n % 3 === 0) await desk.foreign.write(hookUrl(), id, conversation, id);
    }
  });
  for (let i = 0; i < kills; i++) {
    // Under way first, however busy the machine is: a server that took nothing yet has nothing to lose.
    const before = taken.length;
    await waitUntil('the new server takes messages', () => taken.length > before, 60_000);
    await new Promise((next) => setTimeout(next, random() * 700));
    await server.kill();
    server = await startServer(desk.database.url);
  }
  load.on = false;
  await Promise.all(writers);
  await waitUntil('everything is worked off', () => desk.isDrained(), 120_000);
  await server.stop();

  expect(taken.length).toBeGreaterThan(100);
  const stored = await desk.database.query<{ external_id: string; runs: number; effects: number }>(
    `SELECT m.external_id, count(DISTINCT r.id)::int AS runs, count(e.*)::int AS effects FROM messages m
     LEFT JOIN runs r ON r.message_id = m.id LEFT JOIN effects e ON e.run_id = r.id WHERE m.external_id LIKE 'load-%' AND m.direction = 'in' GROUP BY m.id`,
  );
  const byId = new Map(stored.map((row) => [row.external_id, row]));
  expect(stored.length).toBe(byId.size);
  expect(taken.filter((id) => !byId.has(id))).toEqual([]);
  expect(stored.filter((row) => row.runs !== 1 || row.effects !== deskEffects)).toEqual([]);
  const quarantined = await desk.database.query(`SELECT error FROM webhook_requests WHERE status = 'quarantined'`);
  const unsent = await desk.database.query(`SELECT status, error FROM outbox WHERE status <> 'sent'`);
  expect({ quarantined, unsent }).toEqual({ quarantined: [], unsent: [] });

  // Order: runs as they were stored, and first arrivals at the foreign system, rise within each conversation.
  const runs = await desk.database.query<{ conversation: string; text: string }>(
    `SELECT r.conversation_id AS conversation, m.text FROM runs r JOIN messages m ON m.id = r.message_id WHERE m.external_id LIKE 'load-%' ORDER BY r.created_at, r.id`,
  );
  expect(inversions(runs)).toEqual([]);
  const seen = new Set<string>();
  const arrivals = desk.foreign.ledger.filter((sent) => !seen.has(sent.webhookId) && seen.add(sent.webhookId));
  expect(inversions(arrivals.map((sent) => ({ conversation: sent.conversationId, text: sent.text })))).toEqual([]);
}, 600_000);

it('takes the same message any number of times as one, over two servers at once', async () => {
  const servers = await Promise.all([startServer(desk.database.url), startServer(desk.database.url)]);
  const ids = Array.from({ length: 60 }, (_, i) => `same-${i}`);
  const statuses = await Promise.all(
    ids.flatMap((id, i) =>
      Array.from({ length: 1 + (i % 8) }, (_, copy) =>
        desk.foreign.write(`${servers[copy % 2]!.url}${desk.hookPaths[1]}`, id, `same-${i % 10}`, id),
      ),
    ),
  );
  expect(statuses.every((status) => status === 200 || status === 202)).toBe(true);
  expect(statuses.filter((status) => status === 202).length).toBe(ids.length);
  await waitUntil('everything is worked off', () => desk.isDrained(), 30_000);
  await Promise.all(servers.map((server) => server.stop()));
  const faults = await Promise.all(ids.map((id) => desk.faultsOf(id)));
  expect(faults.flat()).toEqual([]);
});

/** Rows that come after a later one of their conversation. */
function inversions(rows: { conversation: string; text: string }[]): string[] {
  const last = new Map<string, string>();
  const turned: string[] = [];
  for (const { conversation, text } of rows) {
    if (text <= (last.get(conversation) ?? '')) turned.push(`${conversation}: ${text}`);
    last.set(conversation, text);
  }
  return turned;
}
