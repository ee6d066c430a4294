import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Conversation, conversationsQuery } from '../../api/crm.js';
import { rowsOf } from '../sql/rows.js';
import { anywhere } from '../sql/search.js';
import { sql, Walk, type IdPage } from '../sql/walk.js';

type Query = z.infer<typeof conversationsQuery>;

/** One page of conversations, last written first. `q` finds the contact's name, phone or mail, or the number; it looks at a bounded piece a page. */
export function gatherConversationIds(db: EntityManager, query: Query): Promise<IdPage> {
  const walk = new Walk('conversations', 'last_message_at');
  if (query.contact) walk.narrow(sql`t.contact_id = ${query.contact}`);
  if (query.channel) walk.look(sql`t.channel_id = ${query.channel}`);
  if (query.status) walk.look(sql`t.status = ${query.status}`);
  if (query.needsAnswer) walk.look(sql`t.needs_answer = ${query.needsAnswer === 'true'}`);
  if (query.q) {
    const like = anywhere(query.q);
    walk.look(sql`(t.number::text = ${query.q} OR EXISTS (
      SELECT FROM contacts c WHERE c.id = t.contact_id AND concat_ws(' ', c.name, c.phone, c.email) ILIKE ${like} COLLATE "und-x-icu"))`);
  }
  return walk.page(db, query.limit, query.cursor);
}

/** The conversations of these ids, in their order; unknown ids are left out. */
export function gatherConversations(db: EntityManager, ids: string[]): Promise<Conversation[]> {
  return rowsOf<Conversation>(
    db,
    `SELECT v.id, v.number::float8 AS number, json_build_object('id', ch.id, 'name', ch.name, 'kind', ch.kind) AS channel,
            json_build_object('id', c.id, 'name', c.name) AS contact, v.status, v.needs_answer AS "needsAnswer", v.unread, v.inbound, v.outbound,
            v.created_at AS "createdAt", v.closed_at AS "closedAt", v.last_message_at AS "lastMessageAt", last.text AS "lastText",
            CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS assignee, given.score
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place)
     JOIN conversations v ON v.id = wanted.id
     JOIN channels ch ON ch.id = v.channel_id
     JOIN contacts c ON c.id = v.contact_id
     LEFT JOIN LATERAL (SELECT m.text FROM messages m WHERE m.conversation_id = v.id ORDER BY m.at DESC, m.id DESC LIMIT 1) last ON true
     LEFT JOIN users u ON u.id = v.assignee_id
     LEFT JOIN LATERAL (SELECT json_build_object('score', s.score, 'scale', s.scale, 'bucket', s.bucket, 'at', s.at) AS score
       FROM scores s WHERE s.conversation_id = v.id ORDER BY s.at DESC, s.id DESC LIMIT 1) given ON true
     ORDER BY wanted.place`,
    [ids],
  );
}
