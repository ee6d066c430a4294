import type { EntityManager } from 'typeorm';
import type { ChannelEvent } from '../channels/channel-connector.js';
import type { OpenChannel } from './connected-channels.js';

/**
 * Follows conversations to which the platform gave another key (a group that became a supergroup), before the batch reads any: a message that comes right
 * behind the news goes on in the same conversation. Gives the events with the new keys in place of the old ones. Where a conversation of the new key is
 * open already, the old one stays as it is.
 */
export async function moveThreads(db: EntityManager, open: OpenChannel, events: readonly ChannelEvent[]): Promise<ChannelEvent[]> {
  const moved = new Map<string, string>();
  for (const event of events) if (event.type === 'thread-moved') moved.set(event.from, event.to);
  if (moved.size === 0) return [...events];
  const scope = open.connector.identityScope === 'kind' ? open.kind : open.id;
  for (const [from, to] of moved) {
    await db.query(
      `UPDATE conversations SET thread_key = $3, chat = jsonb_set(chat, '{id}', to_jsonb($3::text)) WHERE channel_id = $1 AND thread_key = $2
       AND NOT EXISTS (SELECT FROM conversations WHERE channel_id = $1 AND thread_key = $3 AND status = 'open')`,
      [open.id, from, to],
    );
    // The group stays the same contact, with its deal.
    await db.query(
      `INSERT INTO contact_identities (id, account_id, contact_id, kind, scope, external_id, name, username)
       SELECT gen_random_uuid(), account_id, contact_id, kind, scope, $3, name, username FROM contact_identities WHERE scope = $1 AND external_id = $2
       ON CONFLICT DO NOTHING`,
      [scope, from, to],
    );
  }
  return events.map((event) =>
    'threadKey' in event && moved.has(event.threadKey) ? { ...event, threadKey: moved.get(event.threadKey)! } : event,
  );
}
