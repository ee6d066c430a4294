import type { EntityManager } from 'typeorm';
import type { ConversationState, Said } from '../effects/scene.js';
import { rememberedMs, repliesLeft } from './loop-guard.js';

/** A robot that answers robots is known by fewer messages; more are not read. */
const mostHeard = 100;
const mostTold = 40;

/**
 * Reads what was said in these conversations within a day before `now` (ms), for the guard against loops, and counts what each may still be sent.
 * Nobody else pays for it: those are conversations that had several automatic replies already, or have several messages at once.
 */
export async function readSaid(db: EntityManager, conversations: readonly ConversationState[], now: number): Promise<void> {
  const stored = conversations.filter(({ isNew }) => !isNew);
  for (const conversation of conversations) conversation.said = [];
  if (stored.length === 0) return;
  const columns = `m.id, m.origin, m.contact_id AS client, m.text, m.attachments, m.at`;
  const rows: Row[] = await db.query(
    `SELECT c.id AS conversation, h.* FROM unnest($1::uuid[]) AS c (id), LATERAL (
       (SELECT ${columns} FROM messages m WHERE m.conversation_id = c.id AND m.direction = 'in' AND m.at > $2 ORDER BY m.at DESC, m.id DESC LIMIT ${mostHeard})
       UNION ALL
       (SELECT ${columns} FROM messages m WHERE m.conversation_id = c.id AND m.direction = 'out' AND m.at > $2 ORDER BY m.at DESC, m.id DESC LIMIT ${mostTold})
     ) h ORDER BY h.at, h.id`,
    [stored.map(({ id }) => id), new Date(now - rememberedMs).toISOString()],
  );
  const byId = new Map(stored.map((conversation) => [conversation.id, conversation]));
  // Platforms give whole seconds: within one, ids are in the order of our work.
  for (const row of rows) byId.get(row.conversation)?.said?.push(toSaid(row));
  for (const conversation of stored) conversation.repliesLeft = repliesLeft(conversation.said ?? [], now);
}

interface Row {
  conversation: string;
  origin: string;
  client: string;
  text: string;
  attachments: unknown[];
  at: Date;
}

function toSaid({ origin, client, text, attachments, at }: Row): Said {
  const by = origin === 'client' ? { client } : origin === 'rules' || origin === 'mailing' ? 'rules' : 'person';
  return { by, text, attachments, at: at.getTime() };
}
