import type { EntityManager } from 'typeorm';
import { insertRows } from '../db/insert-rows.js';
import type { NewRows } from '../effects/scene.js';
import type { Batch } from './batch.js';

/** What effects left for the rest of the server: fields, scores, calls to be made, messages let go of, events of our own making. */
export async function writeRuleRows(db: EntityManager, batch: { account: { id: string }; rows: NewRows }): Promise<void> {
  const account_id = batch.account.id;
  const { fields, scores, calls, released, events } = batch.rows;
  for (const { entity, id, field, value, overwrite } of fields) {
    const table = entity === 'deal' ? 'deals' : 'contacts';
    await db.query(
      `UPDATE ${table} SET fields = fields || jsonb_build_object($2::text, $3::text) WHERE id = $1 AND ($4 OR coalesce(fields ->> $2, '') = '')`,
      [id, field, value, overwrite],
    );
  }
  await insertRows(
    db,
    'scores',
    { id: 'uuid', account_id: 'uuid', conversation_id: 'uuid', contact_id: 'uuid', rule_set_id: 'uuid', node: 'text', score: 'integer', scale: 'text', bucket: 'text', at: 'timestamptz' },
    scores.map((one) => ({ id: one.id, account_id, conversation_id: one.conversationId, contact_id: one.contactId, rule_set_id: one.ruleSetId, node: one.node, score: one.score, scale: one.scale, bucket: one.bucket, at: one.at })),
  ); // oxfmt-ignore
  await insertRows(
    db,
    'http_calls',
    { id: 'uuid', account_id: 'uuid', conversation_id: 'uuid', rule_set_id: 'uuid', node: 'text', request: 'json', wait: 'text', give_up_at: 'timestamptz' },
    calls.map((one) => ({ id: one.id, account_id, conversation_id: one.conversationId, rule_set_id: one.ruleSetId, node: one.node, request: one.request, wait: one.wait, give_up_at: one.giveUpAt })),
  ); // oxfmt-ignore
  if (released.length > 0) {
    await db.query(
      `UPDATE message_exports SET status = 'exported', attempts = 1, at = now() WHERE message_id = ANY ($1) AND status = 'dropped'`,
      [released],
    );
    await db.query(`UPDATE messages SET status = 'passed', reason = NULL WHERE id = ANY ($1)`, [released]);
  }
  await insertRows(
    db,
    'rule_events',
    { id: 'uuid', account_id: 'uuid', conversation_id: 'uuid', type: 'text', body: 'json', depth: 'integer', at: 'timestamptz' },
    events.map((one) => ({ id: one.id, account_id, conversation_id: one.conversationId, type: one.type, body: one.body, depth: one.depth, at: one.at })),
  ); // oxfmt-ignore
  if (events.length > 0) await db.query(`SELECT pg_notify('rules', $1)`, [`${account_id} ${account_id}`]);
  if (calls.length > 0) await db.query(`SELECT pg_notify('calls', $1)`, [`${account_id} ${account_id}`]);
}

/** Counters that went up; their rows were made and locked when they were read. */
export async function writeCounters(db: EntityManager, batch: Batch): Promise<void> {
  for (const key of batch.counted) {
    const [ruleSet, node, subject] = key.split(' ');
    await db.query(
      `INSERT INTO rule_counters (rule_set_id, node, subject, account_id, instants) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (rule_set_id, node, subject) DO UPDATE SET instants = excluded.instants, updated_at = now()`,
      [ruleSet, node, subject, batch.account.id, batch.counters.get(key) ?? []],
    );
  }
}
