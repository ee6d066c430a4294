import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Contact, contactRow, contactsQuery } from '../../api/crm.js';
import { rowOf, rowsOf, utc } from '../sql/rows.js';
import { anywhere } from '../sql/search.js';
import { sql, Walk, type IdPage } from '../sql/walk.js';

/** What one contact's page shows of a list that may be long. */
const mostConversations = 200;

/** One page of contacts, newest first. `q` finds names, phones, mails, user names and ids on a platform; it looks at a bounded piece a page. */
export function gatherContactIds(db: EntityManager, query: z.infer<typeof contactsQuery>): Promise<IdPage> {
  const walk = new Walk('contacts', 'created_at');
  if (query.q) {
    const like = anywhere(query.q);
    walk.look(sql`(concat_ws(' ', t.name, t.phone, t.email) ILIKE ${like} COLLATE "und-x-icu" OR EXISTS (
      SELECT FROM contact_identities i
      WHERE i.contact_id = t.id AND concat_ws(' ', i.name, i.username, i.phone, i.external_id) ILIKE ${like} COLLATE "und-x-icu"))`);
  }
  return walk.page(db, query.limit, query.cursor);
}

/** Lines of the list, in the order of the ids. */
export function gatherContactRows(db: EntityManager, ids: string[]): Promise<z.infer<typeof contactRow>[]> {
  return rowsOf(
    db,
    `SELECT c.id, c.name, c.phone, c.bot, c.created_at AS "createdAt", last.at AS "lastMessageAt",
            (SELECT coalesce(json_agg(DISTINCT i.kind), '[]') FROM contact_identities i WHERE i.contact_id = c.id) AS kinds,
            (SELECT count(*)::int FROM deals d WHERE d.contact_id = c.id) AS deals
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place)
     JOIN contacts c ON c.id = wanted.id
     LEFT JOIN LATERAL (SELECT m.at FROM messages m WHERE m.contact_id = c.id ORDER BY m.at DESC, m.id DESC LIMIT 1) last ON true
     ORDER BY wanted.place`,
    [ids],
  );
}

/** One contact with everything that its page shows but messages, deals, tasks and notes, which have lists of their own. */
export function gatherContact(db: EntityManager, id: string): Promise<Contact | undefined> {
  return rowOf<Contact>(
    db,
    `SELECT c.id, c.name, c.phone, c.email, c.bot, c.fields, c.created_at AS "createdAt",
            (SELECT coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind, 'externalId', i.external_id, 'name', i.name, 'username', i.username,
                                                        'phone', i.phone, 'profileUrl', i.profile_url, 'blocked', i.blocked) ORDER BY i.created_at), '[]')
             FROM contact_identities i WHERE i.contact_id = c.id) AS identities,
            (SELECT coalesce(json_agg(json_build_object('id', v.id, 'number', v.number, 'channel', v.channel, 'kind', v.kind, 'status', v.status,
                                                        'createdAt', ${utc('v.created_at')}, 'lastMessageAt', ${utc('v.last_message_at')})
                                      ORDER BY v.last_message_at DESC, v.id DESC), '[]')
             FROM (SELECT v.*, ch.name AS channel, ch.kind FROM conversations v JOIN channels ch ON ch.id = v.channel_id
                   WHERE v.contact_id = c.id ORDER BY v.last_message_at DESC, v.id DESC LIMIT ${mostConversations}) v) AS conversations
     FROM contacts c WHERE c.id = $1`,
    [id],
  );
}
