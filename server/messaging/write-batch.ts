import type { EntityManager } from 'typeorm';
import { type Columns, insertRows } from '../db/insert-rows.js';
import type { NewRows } from '../effects/scene.js';
import type { Batch } from './batch.js';
import { changeMessages } from './change-messages.js';
import { writeShadowEvents } from './note-for-shadows.js';
import { withFailPoint } from './fail-point.js';
import { writeMemories } from './rule-memory.js';
import { writeCounters, writeRuleRows } from './write-rule-rows.js';
import { writeEffects, writeRuns } from './write-runs.js';

/** Writes what a batch changed: a statement per table, in the order that the references need. Part of the batch's transaction: all of it or nothing. */
export async function writeBatch(db: EntityManager, batch: Batch): Promise<void> {
  const account_id = batch.account.id;
  await withFailPoint('ingest.flush-contacts', () => writeContacts(db, batch));
  await withFailPoint('ingest.flush-conversations', () => writeConversations(db, batch));
  await writeDeals(db, batch);
  await withFailPoint('ingest.flush-messages', () => writeMessages(db, batch));
  await withFailPoint('ingest.flush-runs', () => writeRuns(db, account_id, batch.runs));
  await withFailPoint('ingest.flush-effects', async () => {
    await writeEffects(db, account_id, batch.runs);
    await writeCrmRows(db, account_id, batch.rows);
    await writeRuleRows(db, batch);
  });
  await withFailPoint('ingest.flush-outbox', () =>
    insertRows(
      db,
      'outbox',
      outboxColumns,
      batch.rows.outbox.map((row) => ({
        id: row.id,
        account_id,
        channel_id: row.channelId,
        conversation_id: row.conversationId,
        message_id: row.messageId,
      })),
    ),
  );
  if (batch.turnsTaken) await writeTurns(db, batch);
  await writeCounters(db, batch);
  const changed = [...batch.conversations.values(), ...batch.asked.values()].filter(({ memoryChanged }) => memoryChanged);
  await writeMemories(
    db,
    account_id,
    batch.ruleSets,
    changed.map(({ id, memory }) => ({ subject: id, conversationId: id, memory })),
  );
  await writeShadowEvents(db, account_id, batch.shadowEvents);
}

const outboxColumns: Columns = { id: 'uuid', account_id: 'uuid', channel_id: 'uuid', conversation_id: 'uuid', message_id: 'uuid' };

async function writeContacts(db: EntityManager, batch: Batch): Promise<void> {
  const account_id = batch.account.id;
  const contacts = [...batch.contacts.values()];
  const fresh = contacts.filter((contact) => contact.isNew);
  await insertRows(
    db,
    'contacts',
    { id: 'uuid', account_id: 'uuid', name: 'text', phone: 'text', bot: 'boolean' },
    fresh.map(({ id, name, phone, bot }) => ({ id, account_id, name, phone, bot })),
  );
  await insertRows(
    db,
    'contact_identities',
    {
      id: 'uuid',
      account_id: 'uuid',
      contact_id: 'uuid',
      kind: 'text',
      scope: 'text',
      external_id: 'text',
      name: 'text',
      username: 'text',
      phone: 'text',
      profile_url: 'text',
    },
    fresh.map(({ id, identity }) => ({
      id: identity.id,
      account_id,
      contact_id: id,
      kind: batch.open.kind,
      scope: batch.identityScope,
      external_id: identity.externalId,
      name: identity.name,
      username: identity.username,
      phone: identity.phone,
      profile_url: identity.profileUrl,
    })),
  );
  const changed = contacts.filter((contact) => !contact.isNew && contact.identity.changed);
  if (changed.length > 0) {
    // What people wrote on the contact's card stays; only the platform's own words follow the platform.
    await db.query(
      `UPDATE contact_identities i SET name = n.name, username = n.username, phone = coalesce(n.phone, i.phone), profile_url = coalesce(n.url, i.profile_url)
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) AS n (id, name, username, phone, url) WHERE i.id = n.id`,
      [
        changed.map((c) => c.identity.id),
        changed.map((c) => c.identity.name),
        changed.map((c) => c.identity.username),
        changed.map((c) => c.identity.phone),
        changed.map((c) => c.identity.profileUrl),
      ],
    );
  }
  if (batch.blockedIdentities.length > 0) {
    await db.query(
      `UPDATE contact_identities i SET blocked = n.blocked FROM unnest($1::text[], $2::boolean[]) AS n (id, blocked) WHERE i.scope = $3 AND i.external_id = n.id`,
      [batch.blockedIdentities.map((one) => one.externalId), batch.blockedIdentities.map((one) => one.blocked), batch.identityScope],
    );
  }
}

async function writeConversations(db: EntityManager, batch: Batch): Promise<void> {
  const all = [...batch.conversations.values(), ...batch.asked.values()];
  await insertRows(
    db,
    'conversations',
    { id: 'uuid', account_id: 'uuid', number: 'bigint', channel_id: 'uuid', contact_id: 'uuid', thread_key: 'text', chat: 'json', needs_answer: 'boolean', unread: 'integer', inbound: 'integer', outbound: 'integer', last_message_at: 'timestamptz', status: 'text', closed_at: 'timestamptz', assignee_id: 'uuid' },
    all
      .filter((one) => one.isNew)
      .map((one) => ({ id: one.id, account_id: batch.account.id, number: one.number, channel_id: one.channelId, contact_id: one.contactId, thread_key: one.threadKey, chat: one.chat, needs_answer: one.needsAnswer, unread: one.unread, inbound: one.inbound, outbound: one.outbound, last_message_at: one.lastMessageAt, status: one.status, closed_at: one.status === 'closed' ? new Date().toISOString() : null, assignee_id: one.assigneeId })),
  ); // oxfmt-ignore
  const known = all.filter((one) => !one.isNew);
  if (known.length > 0) {
    await db.query(
      `UPDATE conversations c SET inbound = n.inbound, outbound = n.outbound, unread = n.unread, needs_answer = n.needs_answer, last_message_at = n.last,
         status = n.status, closed_at = CASE WHEN n.status = 'closed' THEN coalesce(c.closed_at, now()) END, assignee_id = n.assignee
       FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::boolean[], $6::timestamptz[], $7::text[], $8::uuid[]) AS n (id, inbound, outbound, unread, needs_answer, last, status, assignee)
       WHERE c.id = n.id`,
      [
        known.map((c) => c.id),
        known.map((c) => c.inbound),
        known.map((c) => c.outbound),
        known.map((c) => c.unread),
        known.map((c) => c.needsAnswer),
        known.map((c) => c.lastMessageAt),
        known.map((c) => c.status),
        known.map((c) => c.assigneeId),
      ],
    );
  }
}

async function writeDeals(db: EntityManager, batch: Batch): Promise<void> {
  if (batch.newDeals.length > 0) {
    const first = await batch.reserve('deal', batch.newDeals.length);
    await insertRows(
      db,
      'deals',
      { id: 'uuid', account_id: 'uuid', number: 'bigint', name: 'text', contact_id: 'uuid', pipeline_id: 'uuid', stage_id: 'uuid', open: 'boolean', responsible_id: 'uuid', tags: 'texts', closed_at: 'timestamptz' },
      batch.newDeals.map((deal, i) => ({ id: deal.id, account_id: batch.account.id, number: first + i, name: deal.name, contact_id: deal.contactId, pipeline_id: deal.pipelineId, stage_id: deal.stageId, open: deal.open, responsible_id: deal.responsibleId, tags: deal.tags, closed_at: deal.open ? null : new Date().toISOString() })),
    ); // oxfmt-ignore
  }
  const changed = [...batch.deals.values()].filter((deal) => deal !== undefined && deal.changed && !deal.isNew) as Exclude<
    ReturnType<typeof batch.deals.get>,
    undefined
  >[];
  if (changed.length === 0) return;
  await db.query(
    `UPDATE deals d SET pipeline_id = n.pipeline, stage_id = n.stage, open = n.open, responsible_id = n.responsible, tags = ARRAY(SELECT jsonb_array_elements_text(n.tags::jsonb)),
       updated_at = now(), closed_at = CASE WHEN n.open THEN NULL ELSE coalesce(d.closed_at, now()) END
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::boolean[], $5::uuid[], $6::text[]) AS n (id, pipeline, stage, open, responsible, tags) WHERE d.id = n.id`,
    [
      changed.map((d) => d.id),
      changed.map((d) => d.pipelineId),
      changed.map((d) => d.stageId),
      changed.map((d) => d.open),
      changed.map((d) => d.responsibleId),
      changed.map((d) => JSON.stringify(d.tags)),
    ],
  );
}

async function writeMessages(db: EntityManager, batch: Batch): Promise<void> {
  await insertRows(
    db,
    'messages',
    { id: 'uuid', account_id: 'uuid', channel_id: 'uuid', conversation_id: 'uuid', contact_id: 'uuid', direction: 'text', origin: 'text', external_id: 'text', kind: 'text', text: 'text', attachments: 'json', post: 'json', reply_to: 'text', at: 'timestamptz', status: 'text', reason: 'json', sent_by: 'json' },
    batch.rows.messages.map((one) => ({ id: one.id, account_id: batch.account.id, channel_id: one.channelId, conversation_id: one.conversationId, contact_id: one.contactId, direction: one.direction, origin: one.origin, external_id: one.externalId, kind: one.kind, text: one.text, attachments: one.attachments, post: one.post, reply_to: one.replyTo, at: one.at, status: one.status, reason: one.reason, sent_by: one.sentBy })),
  ); // oxfmt-ignore
  await insertRows(
    db,
    'message_exports',
    { message_id: 'uuid', crm_connection_id: 'uuid', account_id: 'uuid', status: 'text', reason: 'text', attempts: 'integer' },
    batch.rows.exports.map((one) => ({ message_id: one.messageId, crm_connection_id: one.crmConnectionId, account_id: batch.account.id, status: one.status, reason: one.reason, attempts: one.status === 'exported' ? 1 : 0 })),
  ); // oxfmt-ignore
  for (const { id, status, reason, isHeld, exportedTo } of batch.sent) await judgeSent(db, { id, status, reason, isHeld, exportedTo });
  await changeMessages(db, batch);
  for (const change of batch.statusChanges) {
    // Platforms report out of order: a state never goes back.
    await db.query(
      `UPDATE outbox o SET status = $4, error = coalesce($5, o.error), updated_at = now() FROM messages m
       WHERE m.id = o.message_id AND m.channel_id = $1 AND (m.id = $2 OR m.external_id = $3)
       AND array_position(ARRAY['queued', 'sending', 'unknown', 'sent', 'delivered', 'read', 'failed'], o.status) < array_position(ARRAY['queued', 'sending', 'unknown', 'sent', 'delivered', 'read', 'failed'], $4)`,
      [batch.open.id, change.messageId, change.externalId, change.status, change.detail],
    );
  }
}

/** Tasks, notes and notifications. */
export async function writeCrmRows(db: EntityManager, account_id: string, { tasks, notes, notifications }: NewRows): Promise<void> {
  await insertRows(
    db,
    'tasks',
    { id: 'uuid', account_id: 'uuid', contact_id: 'uuid', conversation_id: 'uuid', deal_id: 'uuid', text: 'text', mode: 'text', assignee_id: 'uuid', due_at: 'timestamptz' },
    tasks.map((task) => ({ id: task.id, account_id, contact_id: task.contactId, conversation_id: task.conversationId, deal_id: task.dealId, text: task.text, mode: task.mode, assignee_id: task.assigneeId, due_at: task.dueAt })),
  ); // oxfmt-ignore
  await insertRows(
    db,
    'notes',
    { id: 'uuid', account_id: 'uuid', contact_id: 'uuid', conversation_id: 'uuid', deal_id: 'uuid', text: 'text' },
    notes.map((note) => ({
      id: note.id,
      account_id,
      contact_id: note.contactId,
      conversation_id: note.conversationId,
      deal_id: note.dealId,
      text: note.text,
    })),
  );
  await insertRows(
    db,
    'notifications',
    { id: 'uuid', account_id: 'uuid', user_id: 'uuid', text: 'text', conversation_id: 'uuid' },
    notifications.map((one) => ({ id: one.id, account_id, user_id: one.userId, text: one.text, conversation_id: one.conversationId })),
  );
}

async function writeTurns(db: EntityManager, batch: Batch): Promise<void> {
  for (const ruleSet of batch.ruleSets) {
    for (const node of ruleSet.turnNodes) {
      await db.query('UPDATE rule_turns SET turns = $3 WHERE rule_set_id = $1 AND node = $2', [
        ruleSet.id,
        node,
        batch.turns[`${ruleSet.name}/${node}`] ?? 0,
      ]);
    }
  }
}

/** What the rules said of a message that a person sent: «dropped» is one that `hold-outbound` keeps from the CRM. */
async function judgeSent(db: EntityManager, { id, status, reason, isHeld, exportedTo }: Batch['sent'][number]): Promise<void> {
  await db.query('UPDATE messages SET status = $2, reason = $3 WHERE id = $1', [id, status, reason && JSON.stringify(reason)]);
  const exported = status === 'filtered' ? (isHeld ? 'dropped' : 'filtered') : 'exported';
  await db.query(
    `UPDATE message_exports SET status = $2, attempts = CASE WHEN $2 = 'exported' THEN 1 ELSE 0 END, at = now(), reason = $3 WHERE message_id = $1 AND status = 'queued'`,
    [id, exported, exported === 'exported' ? null : (reason?.['title'] ?? reason?.['node'] ?? null)],
  );
  if (exportedTo)
    await db.query('DELETE FROM message_exports WHERE message_id = $1 AND NOT crm_connection_id = ANY ($2)', [id, exportedTo]);
}
