import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { deliveryStatus, exportStatus, type Message, type messageCounts, type messagesQuery } from '../../api/messages.js';
import { nodeTypes, type Bilingual } from '../../rules/index.js';
import { Invalid } from '../problem/problems.js';
import { rowOf, rowsOf, utc } from '../sql/rows.js';
import { anywhere } from '../sql/search.js';
import { sql, Walk, type IdPage } from '../sql/walk.js';
import { gatherPeriod } from './period.js';

type Query = z.infer<typeof messagesQuery>;
type Counts = z.infer<typeof messageCounts>;

/**
 * One page of the log, newest first. Channel, contact, conversation, period and the status of the run are answered by indexes; the text, the direction
 * and the statuses of exports and deliveries are looked at row by row, a bounded number a page (see `Walk`).
 */
export async function gatherMessageIds(db: EntityManager, query: Query): Promise<IdPage> {
  return (await filter(db, query)).page(db, query.limit, query.cursor);
}

/**
 * The counters above the log, of the same filters: over the newest 20,000 messages that the indexed filters leave (see `Walk`), so that they cost the
 * same in any account. `partial` says that there are older ones: each number is then «so many, or more». Throws `Invalid` as the log does.
 */
export async function gatherMessageCounts(db: EntityManager, query: Query): Promise<Counts> {
  const { table, where, values, isWhole } = await (await filter(db, query)).lookOnce(db);
  const counted = await rowOf<Omit<Counts, 'partial'>>(
    db,
    `SELECT count(*) FILTER (WHERE t.direction = 'in')::int AS inbound, count(*) FILTER (WHERE t.direction = 'out')::int AS outbound,
            count(DISTINCT t.contact_id)::int AS contacts, count(*) FILTER (WHERE t.status = 'filtered')::int AS filtered,
            count(*) FILTER (WHERE (t.direction = 'out' AND ${hasDelivery("'failed'")}) OR ${hasExport("'failed'")})::int AS failed
     FROM ${table} ${where}`,
    values,
  );
  return { ...(counted ?? { inbound: 0, outbound: 0, contacts: 0, filtered: 0, failed: 0 }), partial: !isWhole };
}

async function filter(db: EntityManager, query: Query): Promise<Walk> {
  const { from, to } = await gatherPeriod(db, query);
  const walk = new Walk('messages', 'at');
  // The smallest parent leads; the others of the same row are looked at.
  const parents = { conversation_id: query.conversation, contact_id: query.contact, channel_id: query.channel };
  const [parent, ...others] = Object.entries(parents).flatMap(([column, id]) => (id ? [{ column, id }] : []));
  if (parent) walk.keepTo(parent.column, parent.id);
  for (const { column, id } of others) walk.look({ texts: [`t.${column} = `, ''], values: [id] });
  if (from) walk.narrow(sql`t.at >= ${from}::timestamptz`);
  if (to) walk.narrow(sql`t.at < ${to}::timestamptz`);
  if (query.direction) walk.look(sql`t.direction = ${query.direction}`);
  if (query.q) walk.look(sql`t.text ILIKE ${anywhere(query.q)} COLLATE "und-x-icu"`);
  if (query.status) addStatus(walk, query.status, parent !== undefined);
  return walk;
}

function addStatus(walk: Walk, status: string, isOfParent: boolean): void {
  // An export is `filtered` where its message is, so the message's own status answers for both, in the whole account by an index.
  if (status === 'filtered' || status === 'error' || status === 'passed') {
    const condition = sql`t.status = ${status}`;
    if (status === 'passed' || isOfParent) walk.look(condition);
    else walk.narrow(condition);
    return;
  }
  const conditions: string[] = [];
  if (deliveryStatus.safeParse(status).success) conditions.push(hasDelivery('$'));
  if (exportStatus.safeParse(status).success) conditions.push(hasExport('$'));
  if (conditions.length === 0) {
    throw new Invalid([{ path: 'status', detail: { ru: 'Такого статуса нет', en: 'There is no such status' } }]);
  }
  walk.look({ texts: `(${conditions.join(' OR ')})`.split('$'), values: conditions.map(() => status) });
}

/*
 * OFFSET 0 keeps the planner to one look-up a message: without it, it may hash every delivery or export of that status first, which reads the whole table.
 */
function hasDelivery(status: string): string {
  return `EXISTS (SELECT FROM outbox o WHERE o.message_id = t.id AND o.status = ${status} OFFSET 0)`;
}

function hasExport(status: string): string {
  return `EXISTS (SELECT FROM message_exports e WHERE e.message_id = t.id AND e.status = ${status} OFFSET 0)`;
}

/** The messages of these ids, in their order; unknown ids are left out. */
export async function gatherMessages(db: EntityManager, ids: string[]): Promise<Message[]> {
  const rows = await rowsOf<Message & { reason: Typed | null; sentBy: Typed | null }>(
    db,
    `SELECT m.id, m.external_id AS "externalId", m.at, m.direction, m.origin, m.kind, m.text, m.attachments, m.edited_at AS "editedAt",
            m.deleted_at AS "deletedAt", m.status, m.reason,
            CASE WHEN m.sent_by IS NOT NULL THEN m.sent_by - 'name' || jsonb_build_object(
              'ruleSet', jsonb_build_object('id', m.sent_by ->> 'ruleSet', 'name', m.sent_by ->> 'name')) END AS "sentBy",
            CASE WHEN coalesce(u.name, m.author_name) IS NOT NULL THEN json_build_object('id', u.id, 'name', coalesce(u.name, m.author_name)) END AS author,
            json_build_object('id', ch.id, 'name', ch.name, 'kind', ch.kind) AS channel,
            json_build_object('id', c.id, 'name', coalesce(c.name, i.name), 'username', i.username, 'phone', coalesce(c.phone, i.phone)) AS contact,
            json_build_object('id', v.id, 'number', v.number) AS conversation,
            CASE WHEN o.id IS NOT NULL THEN json_build_object('status', o.status, 'attempts', o.attempts, 'error', o.error) END AS delivery,
            (SELECT coalesce(json_agg(json_build_object('crm', k.name, 'status', e.status, 'at', ${utc('e.at')}, 'attempts', e.attempts,
                                                        'reason', e.reason) ORDER BY k.name), '[]')
             FROM message_exports e JOIN crm_connections k ON k.id = e.crm_connection_id WHERE e.message_id = m.id) AS exports
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place)
     JOIN messages m ON m.id = wanted.id
     JOIN channels ch ON ch.id = m.channel_id
     JOIN contacts c ON c.id = m.contact_id
     JOIN conversations v ON v.id = m.conversation_id
     LEFT JOIN outbox o ON o.message_id = m.id
     LEFT JOIN users u ON u.id = m.author_id
     LEFT JOIN LATERAL (SELECT i.name, i.username, i.phone FROM contact_identities i WHERE i.contact_id = c.id
                        ORDER BY i.kind = ch.kind DESC, i.created_at LIMIT 1) i ON true
     ORDER BY wanted.place`,
    [ids],
  );
  return rows.map((row) => ({ ...row, reason: row.reason && named(row.reason), sentBy: row.sentBy && named(row.sentBy) }));
}

/** A step as a message remembers it. */
type Typed = { type?: string };

/** A step that the admin gave no name is called as steps of its type are. */
function named<Step extends Typed>({ type, ...step }: Step): Omit<Step, 'type'> & { typeTitle?: Bilingual } {
  const typeTitle = type === undefined ? undefined : nodeTypes.get(type)?.title;
  return { ...step, ...(typeTitle && { typeTitle }) };
}
