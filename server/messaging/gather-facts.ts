import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { ChannelEvent, Sender } from '../channels/channel-connector.js';
import { mostQueued } from '../effects/send-message.js';
import { findUser } from '../effects/find-user.js';
import type { AccountState, ContactState, ConversationState, DealState } from '../effects/scene.js';
import type { ActiveRuleSet } from './active-rule-sets.js';
import { Batch, type Reserve, type VersionOf } from './batch.js';
import { type EarlyChange, toMessageChanges } from './change-messages.js';
import type { OpenChannel } from './connected-channels.js';
import { readSaid } from './read-said.js';
import { fromStored, nextDueOf, readMemories } from './rule-memory.js';

/** Events that begin or continue a conversation. */
export type ConversationEvent = Extract<ChannelEvent, { threadKey: string }>;

const isConversationEvent = (event: ChannelEvent): event is ConversationEvent => 'threadKey' in event;

/**
 * Reads, in a handful of statements however many events there are, all that the rules and the effects of this batch may look at, and locks what they
 * may change: conversations, then deals, then turns, each in order of id, so that two batches wait for each other and never in a ring.
 */
export async function gatherFacts(
  db: EntityManager,
  open: OpenChannel,
  ruleSets: readonly ActiveRuleSet[],
  versionOf: VersionOf,
  events: readonly ChannelEvent[],
  reserve: Reserve,
): Promise<Batch> {
  const batch = new Batch(open, await readAccount(db, open.accountId), ruleSets, versionOf, reserve);
  const mine = events.filter(isConversationEvent);
  await readKnownMessages(db, batch, mine);
  for (const event of events) if (event.type === 'message-deleted') batch.deletedMessages.add(event.externalId);
  const fresh = mine.filter((event) => !batch.knownMessages.has(event.externalId));
  await readContacts(db, batch, fresh);
  await readConversations(db, batch, fresh);
  await readOwners(db, batch);
  await readDeals(db, batch);
  await readReplies(db, batch, fresh);
  if (fresh.length > 0) {
    await readTurns(db, batch);
    await readCounters(db, batch);
    await readLoads(db, batch);
  }
  return batch;
}

/**
 * The same for one conversation that no platform wrote to: a timer is due, or something of our own making happened. Open or closed, it is locked.
 * @returns undefined when the conversation is gone
 */
export async function gatherConversation(
  db: EntityManager,
  open: OpenChannel,
  ruleSets: readonly ActiveRuleSet[],
  versionOf: VersionOf,
  conversationId: string,
  reserve: Reserve,
): Promise<{ batch: Batch; conversation: ConversationState } | undefined> {
  const batch = new Batch(open, await readAccount(db, open.accountId), ruleSets, versionOf, reserve);
  const [row]: ConversationState[] = await db.query(`SELECT ${conversationColumns} FROM conversations WHERE id = $1 FOR UPDATE`, [
    conversationId,
  ]);
  if (!row) return undefined;
  const conversation = toState(row);
  batch.conversations.set(conversation.threadKey, conversation);
  await readMemory(db, batch);
  await readOwners(db, batch);
  await readDeals(db, batch);
  await readReplies(db, batch, [{ at: new Date().toISOString() }]);
  await readTurns(db, batch);
  await readCounters(db, batch);
  await readLoads(db, batch);
  return { batch, conversation };
}

/** In a group the conversation belongs to the group; the person who wrote is the message's contact. */
export function ownerOf(event: ConversationEvent): Sender {
  if (event.type !== 'message-received' || event.chat.type !== 'group') return event.sender;
  return { externalId: event.chat.id, name: event.chat.title, username: event.chat.name };
}

/** What rules and effects may look at of the account itself. @throws Error when it is gone */
export async function readAccount(db: EntityManager, accountId: string): Promise<AccountState> {
  const [row]: AccountState[] = await db.query(`
    SELECT a.id, a.answer_age_seconds AS "answerAgeSeconds",
      (SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'stages',
          (SELECT coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'open', s.open) ORDER BY s.position), '[]') FROM stages s WHERE s.pipeline_id = p.id)
        ) ORDER BY p.position), '[]') FROM pipelines p) AS pipelines,
      (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'email', u.email, 'role', u.role, 'language', u.language) ORDER BY u.created_at), '[]') FROM users u WHERE u.active) AS users,
      (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'kind', c.kind) ORDER BY c.created_at), '[]') FROM crm_connections c WHERE c.active) AS "crmConnections"
    FROM accounts a`);
  if (!row) throw new Error(`account ${accountId} is gone`);
  return row;
}

async function readKnownMessages(db: EntityManager, batch: Batch, events: ConversationEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows: { externalId: string; early: EarlyChange | null }[] = await db.query(
    `SELECT external_id AS "externalId", NULL AS early FROM messages WHERE channel_id = $1 AND external_id = ANY ($2)
     UNION ALL SELECT external_id, to_json(e) FROM early_changes e WHERE channel_id = $1 AND external_id = ANY ($2)`,
    [batch.open.id, events.map((event) => event.externalId)],
  );
  for (const { externalId, early } of rows) {
    if (early) batch.earlyChanges.set(externalId, toMessageChanges(externalId, early));
    else batch.knownMessages.add(externalId);
    if (early?.deleted_at) batch.deletedMessages.add(externalId);
  }
  for (const externalId of batch.knownMessages) batch.earlyChanges.delete(externalId);
}

async function readContacts(db: EntityManager, batch: Batch, events: ConversationEvent[]): Promise<void> {
  const people = new Map<string, Sender>();
  for (const event of events) for (const person of [event.sender, ownerOf(event)]) people.set(person.externalId, person);
  if (people.size === 0) return;
  const rows: (ContactState['identity'] & { contactId: string; contactName: string | null; contactPhone: string | null; bot: boolean })[] =
    await db.query(
      `SELECT i.id, i.external_id AS "externalId", i.name, i.username, i.phone, i.profile_url AS "profileUrl", c.id AS "contactId", c.name AS "contactName", c.phone AS "contactPhone", c.bot
     FROM contact_identities i JOIN contacts c ON c.id = i.contact_id WHERE i.account_id = $1 AND i.scope = $2 AND i.external_id = ANY ($3)`,
      [batch.account.id, batch.identityScope, [...people.keys()]],
    );
  for (const { contactId, contactName, contactPhone, bot, ...identity } of rows) {
    const known = batch.contacts.get(contactId) ?? {
      id: contactId,
      name: contactName,
      phone: contactPhone,
      bot,
      isNew: false,
      identity: { ...identity, isNew: false, changed: false },
    };
    batch.contacts.set(contactId, known);
    batch.contactsByIdentity.set(identity.externalId, known);
  }
  for (const person of people.values()) if (!batch.contactsByIdentity.has(person.externalId)) addContact(batch, person);
}

function addContact(batch: Batch, person: Sender): void {
  const contact: ContactState = {
    id: uuid(),
    name: person.name ?? null,
    phone: person.phone ?? null,
    bot: person.bot ?? false,
    isNew: true,
    identity: {
      id: uuid(),
      externalId: person.externalId,
      name: person.name ?? null,
      username: person.username ?? null,
      phone: person.phone ?? null,
      profileUrl: person.profileUrl ?? null,
      isNew: true,
      changed: false,
    },
  };
  batch.contacts.set(contact.id, contact);
  batch.contactsByIdentity.set(person.externalId, contact);
}

const conversationColumns = `id, number::int, channel_id AS "channelId", thread_key AS "threadKey", contact_id AS "contactId", chat, status,
  assignee_id AS "assigneeId", inbound, outbound, unread, needs_answer AS "needsAnswer", last_message_at AS "lastMessageAt"`;

function toState(row: ConversationState): ConversationState {
  return {
    ...row,
    lastMessageAt: new Date(row.lastMessageAt).toISOString(),
    isNew: false,
    replies: [],
    said: undefined,
    repliesLeft: undefined,
    queued: 0,
    hasOpenTask: false,
    memory: {},
    memoryChanged: false,
  };
}

async function readConversations(db: EntityManager, batch: Batch, events: ConversationEvent[]): Promise<void> {
  const threads = new Set(events.map((event) => event.threadKey));
  if (threads.size === 0) return;
  const rows: ConversationState[] = await db.query(
    `SELECT ${conversationColumns} FROM conversations WHERE channel_id = $1 AND thread_key = ANY ($2) AND status = 'open' ORDER BY id FOR UPDATE`,
    [batch.open.id, [...threads]],
  );
  for (const row of rows) {
    threads.delete(row.threadKey);
    batch.conversations.set(row.threadKey, toState(row));
  }
  if (threads.size > 0) {
    // Of those that are closed, the last one may wait for a score: the answer is recorded there and opens no new conversation.
    const last: { id: string }[] = await db.query(
      `SELECT DISTINCT ON (thread_key) id FROM conversations c WHERE channel_id = $1 AND thread_key = ANY ($2) AND status = 'closed'
         AND EXISTS (SELECT FROM conversation_memories m WHERE m.subject = c.id AND m.waiting <> '[]') ORDER BY thread_key, closed_at DESC`,
      [batch.open.id, [...threads]],
    );
    if (last.length > 0) {
      // Locked apart, as a DISTINCT query cannot, and read then: whoever held the lock may have changed it.
      const asked: ConversationState[] = await db.query(
        `SELECT ${conversationColumns} FROM conversations WHERE id = ANY ($1) AND status = 'closed' ORDER BY id FOR UPDATE`,
        [last.map(({ id }) => id)],
      );
      for (const row of asked) batch.asked.set(row.threadKey, toState(row));
    }
    batch.giveNumbers(await batch.reserve('conversation', threads.size), threads.size);
  }
  await readMemory(db, batch);
}

/** What the rules keep of the batch's conversations, and the versions that their waiting runs go on with. */
async function readMemory(db: EntityManager, batch: Batch): Promise<void> {
  const known = [...batch.conversations.values(), ...batch.asked.values()];
  const stored = await readMemories(
    db,
    known.map(({ id }) => id),
  );
  for (const conversation of known) {
    const row = stored.get(conversation.id);
    if (row) conversation.memory = fromStored(row, batch.ruleSets);
  }
  for (const run of known.flatMap(({ memory }) => memory.waiting ?? [])) {
    const live = batch.ruleSets.find(({ name }) => name === run.ruleSet);
    if (!live || run.version === undefined || run.version === live.version || run.version === live.release?.version) continue;
    const key = `${run.ruleSet} ${run.version}`;
    if (!batch.versions.has(key)) {
      const compiled = await batch.versionOf(db, live, run.version);
      if (compiled) batch.versions.set(key, compiled);
    }
  }
}

/** A conversation may belong to somebody whom no event of this batch names: a contact that was merged into another. */
async function readOwners(db: EntityManager, batch: Batch): Promise<void> {
  const missing = [...batch.conversations.values(), ...batch.asked.values()]
    .map((conversation) => conversation.contactId)
    .filter((id) => !batch.contacts.has(id));
  if (missing.length === 0) return;
  const rows: (Omit<ContactState, 'isNew'> & { identity: Omit<ContactState['identity'], 'isNew' | 'changed'> })[] = await db.query(
    `SELECT c.id, c.name, c.phone, c.bot, (SELECT json_build_object('id', i.id, 'externalId', i.external_id, 'name', i.name, 'username', i.username, 'phone', i.phone, 'profileUrl', i.profile_url)
       FROM contact_identities i WHERE i.contact_id = c.id ORDER BY i.created_at LIMIT 1) AS identity
     FROM contacts c WHERE c.id = ANY ($1)`,
    [missing],
  );
  for (const row of rows) batch.contacts.set(row.id, { ...row, isNew: false, identity: { ...row.identity, isNew: false, changed: false } });
}

async function readDeals(db: EntityManager, batch: Batch): Promise<void> {
  const contacts = new Set([...batch.conversations.values(), ...batch.asked.values()].map((conversation) => conversation.contactId));
  for (const contact of batch.contacts.values()) if (!contact.isNew) contacts.add(contact.id);
  await readDealsOf(db, batch, [...contacts]);
  // Of two channels on which a client without a deal writes at once only one opens his first; the other waits here, and finds it.
  const without = [...contacts].filter((id) => !batch.deals.has(id) && batch.contacts.get(id)?.isNew !== true);
  if (without.length === 0) return;
  await db.query('SELECT FROM contacts WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', [without]);
  await readDealsOf(db, batch, without);
}

async function readDealsOf(db: EntityManager, batch: Batch, contacts: string[]): Promise<void> {
  if (contacts.length === 0) return;
  const rows: Omit<DealState, 'isNew' | 'changed'>[] = await db.query(
    `SELECT d.id, d.contact_id AS "contactId", d.name, d.pipeline_id AS "pipelineId", d.stage_id AS "stageId", d.open, d.responsible_id AS "responsibleId", d.tags
     FROM deals d WHERE d.id IN (SELECT DISTINCT ON (contact_id) id FROM deals WHERE contact_id = ANY ($1) ORDER BY contact_id, open DESC, created_at DESC, id DESC)
     ORDER BY d.id FOR UPDATE OF d`,
    [contacts],
  );
  for (const deal of rows) batch.deals.set(deal.contactId, { ...deal, isNew: false, changed: false });
  if (rows.length === 0) return;
  // After the locks, in a statement that sees what their last holder made: on another channel the same client may just have got the deal's one task.
  const tasks: { id: string }[] = await db.query(
    `SELECT DISTINCT deal_id AS id FROM tasks WHERE deal_id = ANY ($1) AND done_at IS NULL AND mode = 'one-per-deal'`,
    [rows.map(({ id }) => id)],
  );
  for (const { id } of tasks) batch.dealsWithTask.add(id);
}

async function readReplies(db: EntityManager, batch: Batch, events: readonly { at: string; threadKey?: string }[]): Promise<void> {
  const known = [...batch.conversations.values(), ...batch.asked.values()];
  if (known.length === 0) return;
  const dues = known.flatMap(({ memory }) => nextDueOf(memory) ?? []);
  const earliest = Math.min(...events.map((event) => Date.parse(event.at)), ...dues) - 60_000;
  const rows: { id: string; replies: number[] | null; queued: number; hasTask: boolean; isChatty: boolean }[] = await db.query(
    `SELECT c.id,
       EXISTS (SELECT FROM messages m WHERE m.conversation_id = c.id AND m.at > $2::timestamptz - interval '1 day' AND m.origin = 'rules' OFFSET 3) AS "isChatty",
       (SELECT array_agg((extract(epoch FROM m.at) * 1000)::float8 ORDER BY m.at) FROM messages m WHERE m.conversation_id = c.id AND m.at > $2 AND m.origin = 'rules') AS replies,
       (SELECT count(*)::int FROM (SELECT FROM outbox o WHERE o.conversation_id = c.id AND o.status IN ('queued', 'sending') LIMIT ${mostQueued}) few) AS queued,
       EXISTS (SELECT FROM tasks t WHERE t.conversation_id = c.id AND t.deal_id IS NULL AND t.done_at IS NULL AND t.mode = 'one-per-deal') AS "hasTask"
     FROM unnest($1::uuid[]) AS c (id)`,
    [known.map((conversation) => conversation.id), new Date(earliest).toISOString()],
  );
  const byId = new Map(known.map((conversation) => [conversation.id, conversation]));
  for (const row of rows) Object.assign(byId.get(row.id)!, { replies: row.replies ?? [], queued: row.queued, hasOpenTask: row.hasTask });
  // Two robots are told by several replies, or by several messages at once; other conversations are spared the reading.
  const chatty = new Set(rows.filter(({ isChatty }) => isChatty).map(({ id }) => id));
  const threads = new Set<string | undefined>();
  for (const { threadKey } of events) {
    const conversation = threads.has(threadKey) ? known.find((one) => one.threadKey === threadKey) : undefined;
    if (conversation) chatty.add(conversation.id);
    threads.add(threadKey);
  }
  if (chatty.size > 0)
    await readSaid(
      db,
      known.filter(({ id }) => chatty.has(id)),
      earliest,
    );
}

/** Places of round-robins, made when first met and locked: two conversations that reach one at once take different turns. */
async function readTurns(db: EntityManager, batch: Batch): Promise<void> {
  const wanted = batch.ruleSets.flatMap((ruleSet) => ruleSet.turnNodes.map((node) => ({ ruleSet, node })));
  if (wanted.length === 0) return;
  const parameters = [wanted.map(({ ruleSet }) => ruleSet.id), wanted.map(({ node }) => node), batch.account.id];
  await db.query(
    `INSERT INTO rule_turns (rule_set_id, node, account_id) SELECT r, n, $3 FROM unnest($1::uuid[], $2::text[]) AS w (r, n) ON CONFLICT DO NOTHING`,
    parameters,
  );
  const rows: { id: string; node: string; turns: string }[] = await db.query(
    `SELECT t.rule_set_id AS id, t.node, t.turns FROM rule_turns t JOIN unnest($1::uuid[], $2::text[]) AS w (r, n) ON t.rule_set_id = r AND t.node = n ORDER BY 1, 2 FOR UPDATE OF t`,
    parameters.slice(0, 2),
  );
  const named = rows.map((row): [string, number] => {
    const name = batch.ruleSets.find((ruleSet) => ruleSet.id === row.id)?.name ?? '';
    return [`${name}/${row.node}`, Number(row.turns)];
  });
  batch.turns = Object.fromEntries(named);
}

/** Counters of the contacts, conversations and channel at hand, made when first met and locked: two messages at once do not both pass the last place. */
async function readCounters(db: EntityManager, batch: Batch): Promise<void> {
  const conversations = [...batch.conversations.values(), ...batch.asked.values()];
  // Those of a conversation that this batch opens are new with it.
  const keys = new Set(conversations.flatMap((conversation) => batch.counterKeys(conversation).map(({ key }) => key)));
  const ofNew = batch
    .counterKeys({ id: '', contactId: '', channelId: batch.open.id })
    .map(({ key }) => key)
    .filter((key) => !key.endsWith(' '));
  for (const contact of batch.contacts.values())
    for (const { key } of batch.counterKeys({ id: '', contactId: contact.id, channelId: '' })) if (!key.endsWith(' ')) keys.add(key);
  for (const key of ofNew) keys.add(key);
  if (keys.size === 0) return;
  const parts = [...keys].map((key) => key.split(' '));
  const parameters = [
    parts.map(([ruleSet]) => ruleSet),
    parts.map(([, node]) => node),
    parts.map(([, , subject]) => subject),
    batch.account.id,
  ];
  await db.query(
    `INSERT INTO rule_counters (rule_set_id, node, subject, account_id)
     SELECT r, n, s, $4 FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS w (r, n, s) ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING`,
    parameters,
  );
  const rows: { key: string; instants: string[] }[] = await db.query(
    `SELECT c.rule_set_id || ' ' || c.node || ' ' || c.subject AS key, c.instants FROM rule_counters c
     JOIN unnest($1::uuid[], $2::text[], $3::uuid[]) AS w (r, n, s) ON c.rule_set_id = r AND c.node = n AND c.subject = s
     ORDER BY c.rule_set_id, c.node, c.subject FOR UPDATE OF c`,
    parameters.slice(0, 3),
  );
  for (const row of rows) batch.counters.set(row.key, row.instants.map(Number));
}

/** How many open deals each user that a rule set chooses among has; users are named in rules by id, name or mail. */
async function readLoads(db: EntityManager, batch: Batch): Promise<void> {
  const named = batch.ruleSets.flatMap(({ needs }) => needs.flatMap(({ need }) => (need.kind === 'loads' ? need.users : [])));
  if (named.length === 0) return;
  const users = [...new Set(named)].flatMap((name) => {
    const user = findUser(batch.account, name);
    return user ? [{ name, id: user.id }] : [];
  });
  const rows: { id: string; open: number }[] = await db.query(
    `SELECT responsible_id AS id, count(*)::int AS open FROM deals WHERE open AND responsible_id = ANY ($1) GROUP BY 1`,
    [users.map(({ id }) => id)],
  );
  const open = new Map(rows.map((row) => [row.id, row.open]));
  batch.loads = Object.fromEntries(users.map(({ name, id }) => [name, open.get(id) ?? 0]));
}
