import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { canonicalJson, type RuleGraph } from '../../rules/index.js';
import { connectors } from '../channels/connectors.js';
import { deliveryDraft, deskRules } from './example-desk.rules.js';

/**
 * A desk to look at in the first minute: three people in two groups, a web chat, a published rule set and a draft. Its people have no password, so nobody can
 * sign in as one of them before an invitation is accepted.
 */
export async function addExampleDesk(db: EntityManager, accountId: string, owner: { id: string; name: string }): Promise<void> {
  const sales = await addGroup(db, accountId, 'Продажи');
  const support = await addGroup(db, accountId, 'Поддержка');
  const olga = await addPerson(db, accountId, { name: 'Ольга Смирнова', email: 'olga@example.com', role: 'operator', groupId: sales });
  await addPerson(db, accountId, { name: 'Анна Белова', email: 'anna@example.com', role: 'analyst', groupId: sales });
  const igor = await addPerson(db, accountId, { name: 'Игорь Ковалёв', email: 'igor@example.com', role: 'operator', groupId: support });
  await addWebChat(db, accountId);
  const published = await addRuleSet(db, accountId, { graph: deskRules({ sales: olga, support: igor }), priority: 100, owner });
  await publishFirst(db, accountId, published, owner);
  await addRuleSet(db, accountId, { graph: deliveryDraft(), priority: 200, owner });
}

async function addGroup(db: EntityManager, accountId: string, name: string): Promise<string> {
  const id = uuid();
  await db.query(`INSERT INTO groups (id, account_id, name) VALUES ($1, $2, $3)`, [id, accountId, name]);
  return id;
}

async function addPerson(
  db: EntityManager,
  accountId: string,
  { name, email, role, groupId }: { name: string; email: string; role: string; groupId: string },
): Promise<string> {
  const id = uuid();
  // An example of an earlier account on this server may hold the address: addresses are unique over the whole server.
  const free: unknown[] = await db.query(`SELECT 1 FROM find_user_by_email($1)`, [email]);
  const address = free.length === 0 ? email : email.replace('@', `+${id.slice(-6)}@`);
  await db.query(`INSERT INTO users (id, account_id, email, name, role, group_id) VALUES ($1, $2, $3, $4, $5, $6)`, [
    id,
    accountId,
    address,
    name,
    role,
    groupId,
  ]);
  return id;
}

async function addWebChat(db: EntityManager, accountId: string): Promise<void> {
  const settings = connectors.get('webchat')?.settings.parse({}) ?? {};
  await db.query(
    `INSERT INTO channels (id, account_id, kind, name, hook_key, settings, state) VALUES ($1, $2, 'webchat', 'Чат на сайте', $3, $4, 'connected')`,
    [uuid(), accountId, randomBytes(32).toString('base64url'), settings],
  );
}

async function addRuleSet(
  db: EntityManager,
  accountId: string,
  { graph, priority, owner }: { graph: RuleGraph; priority: number; owner: { id: string } },
): Promise<{ id: string; graph: RuleGraph }> {
  const id = uuid();
  await db.query(`INSERT INTO rule_sets (id, account_id, name, priority, draft, draft_updated_by) VALUES ($1, $2, $3, $4, $5, $6)`, [
    id,
    accountId,
    graph.name,
    priority,
    graph,
    owner.id,
  ]);
  return { id, graph };
}

async function publishFirst(
  db: EntityManager,
  accountId: string,
  { id, graph }: { id: string; graph: RuleGraph },
  owner: { id: string; name: string },
): Promise<void> {
  const hash = createHash('sha256').update(canonicalJson(graph)).digest('hex');
  await db.query(
    `INSERT INTO rule_set_versions (rule_set_id, version, account_id, graph, hash, note, author_id, author_name) VALUES ($1, 1, $2, $3, $4, $5, $6, $7)`,
    [id, accountId, graph, hash, 'Пример для начала', owner.id, owner.name],
  );
  await db.query(`UPDATE rule_sets SET published_version = 1 WHERE id = $1`, [id]);
}
