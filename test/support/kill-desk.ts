import { type TestDatabase, newDatabase } from './database.js';
import { deskEffects, deskGraph } from './desk-graph.js';
import { ForeignDesk } from './foreign-desk.js';
import { killServers, signInAsOwner, startServer } from './server-process.js';
import { waitUntil } from './wait-until.js';

/**
 * A desk for killing its servers: a database of its own, five channels of the generic webhook, one published rule set, a foreign system with a ledger. What
 * it says of a message comes from the database and the ledger only, never from the server.
 */
export class KillDesk {
  readonly foreign = new ForeignDesk();
  readonly hookPaths: string[] = [];
  database: TestDatabase;

  async open(): Promise<void> {
    this.database = await newDatabase();
    const deliverUrl = await this.foreign.listen();
    const server = await startServer(this.database.url);
    const call = await signInAsOwner(server.url);
    const ruleSet = await call('POST', '/api/rule-sets', { name: 'Приём', graph: deskGraph });
    await call('POST', `/api/rule-sets/${String(ruleSet['id'])}/publish`, {});
    for (let i = 0; i < 5; i++) {
      const settings = { secret: this.foreign.secret, deliverUrl };
      const channel = await call('POST', '/api/channels', { kind: 'webhook', name: `Сайт ${i}`, settings });
      this.hookPaths.push(new URL(String(channel['hookUrl'])).pathname);
    }
    await server.stop();
  }

  async close(): Promise<void> {
    killServers();
    await this.foreign.close();
    await this.database.close();
  }

  /** As every platform does: the same again until somebody answers 2xx. */
  async insist(hookUrl: () => string, id: string, conversation: string): Promise<void> {
    await waitUntil(
      `message ${id} is taken`,
      async () => [200, 202].includes((await this.foreign.write(hookUrl(), id, conversation, id)) ?? 0),
      400_000,
      // A platform waits before it sends again; knocking at a dead server all the time would only keep the next one from starting.
      200,
    );
  }

  async isDrained(): Promise<boolean> {
    const [left] = await this.database.query<{ n: string }>(
      `SELECT (SELECT count(*) FROM webhook_requests WHERE status = 'pending') + (SELECT count(*) FROM outbox WHERE status IN ('queued', 'sending')) AS n`,
    );
    return left?.n === '0';
  }

  /** What is wrong with what the message of this external id led to; it must be one of each. */
  async faultsOf(externalId: string): Promise<string[]> {
    const [row] = await this.database.query<Record<string, string>>(
      `SELECT count(DISTINCT m.id) AS messages, count(DISTINCT r.id) AS runs, count(e.*) AS effects,
         (SELECT count(*) FROM messages o WHERE o.text = 'Принято: ' || $1) AS replies,
         (SELECT count(*) FROM notes n WHERE n.text = 'Пришло: ' || $1) AS notes,
         (SELECT count(*) FROM outbox b JOIN messages o ON o.id = b.message_id WHERE o.text = 'Принято: ' || $1 AND b.status = 'sent') AS sent
       FROM messages m LEFT JOIN runs r ON r.message_id = m.id LEFT JOIN effects e ON e.run_id = r.id AND e.outcome = 'applied' WHERE m.external_id = $1`,
      [externalId],
    );
    const wanted = { messages: 1, runs: 1, effects: deskEffects, replies: 1, notes: 1, sent: 1 };
    const keys = new Set(this.foreign.ledger.filter((sent) => sent.text === `Принято: ${externalId}`).map((sent) => sent.webhookId));
    const wrong = Object.entries(wanted).filter(([name, count]) => Number(row?.[name]) !== count);
    return [
      ...wrong.map(([name, count]) => `${externalId}: ${name} ${row?.[name]} instead of ${count}`),
      ...(keys.size === 1 ? [] : [`${externalId}: ${keys.size} keys in the ledger`]),
    ];
  }
}
