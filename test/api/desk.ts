import { v7 as uuid } from 'uuid';
import type { TestDatabase } from '../support/database.js';

/** Rows of one account's desk, written straight into the tables. Every method gives the new row's id; what is not named has a default. */
export class Desk {
  private numbers = 0;

  constructor(
    private readonly database: TestDatabase,
    readonly accountId: string,
  ) {}

  channel(row: Record<string, unknown> = {}): Promise<string> {
    this.numbers += 1;
    return this.insert('channels', { kind: 'webhook', name: `Площадка ${this.numbers}`, hook_key: uuid(), ...row });
  }

  contact(row: Record<string, unknown> = {}): Promise<string> {
    return this.insert('contacts', { name: 'Анна', ...row });
  }

  identity(row: { contact_id: string } & Record<string, unknown>): Promise<string> {
    return this.insert('contact_identities', { kind: 'webhook', scope: 'webhook', external_id: uuid(), ...row });
  }

  async conversation(row: { channel_id: string; contact_id: string } & Record<string, unknown>): Promise<string> {
    this.numbers += 1;
    return this.insert('conversations', { number: this.numbers, thread_key: uuid(), ...row });
  }

  message(row: { channel_id: string; contact_id: string; conversation_id: string } & Record<string, unknown>): Promise<string> {
    return this.insert('messages', { direction: 'in', origin: 'client', text: 'Привет', at: new Date(), ...row });
  }

  /** A message with a channel, a contact and a conversation of its own, unless they are named. */
  async chat(
    message: Record<string, unknown> = {},
  ): Promise<{ channel_id: string; contact_id: string; conversation_id: string; id: string }> {
    const channel_id = await this.channel();
    const contact_id = await this.contact();
    const conversation_id = await this.conversation({ channel_id, contact_id });
    const ids = { channel_id, contact_id, conversation_id };
    return { ...ids, id: await this.message({ ...ids, ...message }) };
  }

  outbox(row: { channel_id: string; conversation_id: string; message_id: string } & Record<string, unknown>): Promise<string> {
    return this.insert('outbox', row);
  }

  async stage(name: string): Promise<{ pipeline_id: string; stage_id: string }> {
    const [stage] = await this.database.query<{ pipeline_id: string; stage_id: string }>(
      `SELECT pipeline_id, id AS stage_id FROM stages WHERE account_id = $1 AND name = $2`,
      [this.accountId, name],
    );
    return stage!;
  }

  async deal(row: { contact_id: string } & Record<string, unknown>): Promise<string> {
    this.numbers += 1;
    return this.insert('deals', { number: this.numbers, name: 'Сделка', open: true, ...(await this.stage('Неразобранное')), ...row });
  }

  task(row: { contact_id: string } & Record<string, unknown>): Promise<string> {
    return this.insert('tasks', { text: 'Ответить клиенту', mode: 'manual', due_at: new Date(), ...row });
  }

  /** A stored run, which waits to be counted like a real one. */
  async run(row: { rule_set_id: string; message_id: string } & Record<string, unknown>): Promise<string> {
    const json = { event: '{"type":"message-received"}', memory: '{"replies":[]}', trace: '[]' };
    const id = await this.insert('runs', {
      version: 1,
      event_type: 'message-received',
      event_key: uuid(),
      at: new Date(),
      status: 'passed',
      ...json,
      ...row,
    });
    await this.database.query('INSERT INTO runs_to_count (run_id, account_id) VALUES ($1, $2)', [id, this.accountId]);
    return id;
  }

  quarantined(row: { channel_id: string } & Record<string, unknown>): Promise<string> {
    return this.insert('webhook_requests', { body: Buffer.from('{'), status: 'quarantined', error: 'not JSON', ...row });
  }

  notification(row: { user_id: string } & Record<string, unknown>): Promise<string> {
    return this.insert('notifications', { text: 'Вам написали', ...row });
  }

  async insert(table: string, row: Record<string, unknown>): Promise<string> {
    const full = { id: uuid(), account_id: this.accountId, ...row };
    const places = Object.keys(full).map((_, index) => `$${index + 1}`);
    await this.database.query(`INSERT INTO ${table} (${Object.keys(full).join(', ')}) VALUES (${places.join(', ')})`, Object.values(full));
    return full.id;
  }
}
