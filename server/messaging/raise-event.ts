import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { EventType } from '../../rules/index.js';

/**
 * Tells the rules what a person did: a row of the caller's transaction, taken after its commit, in order within the conversation.
 * @param event `body` is what its kind adds to what the conversation itself tells; `id` names the run (a message's own id), absent: a new one
 */
export async function raiseEvent(
  db: EntityManager,
  accountId: string,
  event: { conversationId: string; type: EventType; body?: Record<string, unknown>; id?: string },
): Promise<void> {
  await db.query(`INSERT INTO rule_events (id, account_id, conversation_id, type, body) VALUES ($1, $2, $3, $4, $5)`, [
    event.id ?? uuid(),
    accountId,
    event.conversationId,
    event.type,
    JSON.stringify(event.body ?? {}),
  ]);
  await db.query(`SELECT pg_notify('rules', $1)`, [`${accountId} ${event.conversationId}`]);
}
