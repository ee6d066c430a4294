import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { channelLogEntry, quarantined } from '../../api/channels.js';
import type { Surface } from '../../rules/index.js';
import { rowsOf, startOfToday, utc } from '../sql/rows.js';
import { sql, Walk } from '../sql/walk.js';

/** A channel's row with its figures; the secrets are sealed. */
export interface ChannelRow {
  id: string;
  kind: string;
  name: string;
  account: string | null;
  surface: Surface;
  active: boolean;
  hookKey: string;
  settings: Record<string, unknown>;
  secrets: Buffer | null;
  createdAt: string;
  health: {
    state: 'new' | 'connected' | 'failing';
    lastInboundAt: string | null;
    lastOutboundAt: string | null;
    lastError: string | null;
    lastErrorAt: string | null;
    inboundToday: number;
    outboundToday: number;
    quarantined: number;
  };
}

/** Counting stops here: a card tells how many wait for a person, not how big a flood was. */
const mostQuarantined = 10_000;

const lastMessageAt = (direction: 'in' | 'out') =>
  `(SELECT ${utc('m.at')} FROM messages m WHERE m.channel_id = c.id AND m.direction = '${direction}' ORDER BY m.at DESC, m.id DESC LIMIT 1)`;

/** All channels in the order in which they were made; `id` narrows to one. */
export function gatherChannels(db: EntityManager, id: string | null = null): Promise<ChannelRow[]> {
  return rowsOf<ChannelRow>(
    db,
    `SELECT c.id, c.kind, c.name, c.account, c.surface, c.active, c.hook_key AS "hookKey", c.settings, c.secrets, c.created_at AS "createdAt",
            json_build_object('state', c.state, 'lastInboundAt', ${lastMessageAt('in')}, 'lastOutboundAt', ${lastMessageAt('out')},
                              'lastError', c.last_error, 'lastErrorAt', ${utc('c.last_error_at')},
                              'inboundToday', today.inbound, 'outboundToday', today.outbound, 'quarantined', held.count) AS health
     FROM channels c,
          LATERAL (SELECT count(*) FILTER (WHERE m.direction = 'in') AS inbound, count(*) FILTER (WHERE m.direction = 'out') AS outbound
                   FROM messages m WHERE m.channel_id = c.id AND m.at >= ${startOfToday}) today,
          LATERAL (SELECT count(*) AS count FROM (SELECT FROM webhook_requests w WHERE w.channel_id = c.id AND w.status = 'quarantined'
                                                  LIMIT ${mostQuarantined}) few) held
     WHERE $1::uuid IS NULL OR c.id = $1 ORDER BY c.created_at, c.id`,
    [id],
  );
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** One page of what the admin should know of a channel, newest first. */
export async function gatherChannelLog(
  db: EntityManager,
  channelId: string,
  limit: number,
  cursor: string | undefined,
): Promise<Page<z.infer<typeof channelLogEntry>>> {
  const { ids, nextCursor } = await new Walk('channel_logs', 'at').narrow(sql`t.channel_id = ${channelId}`).page(db, limit, cursor);
  const items = await rowsOf<z.infer<typeof channelLogEntry>>(
    db,
    `SELECT l.id, l.at, l.level, l.text FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place) JOIN channel_logs l ON l.id = wanted.id
     ORDER BY wanted.place`,
    [ids],
  );
  return { items, nextCursor };
}

/** What is shown of a body, in bytes; platforms send far less. */
const bodyShown = 64 * 1024;

/** One page of a channel's requests that nobody understood, newest first. Bytes that are no UTF-8 are shown as �. */
export async function gatherQuarantine(
  db: EntityManager,
  channelId: string,
  limit: number,
  cursor: string | undefined,
): Promise<Page<z.infer<typeof quarantined>>> {
  const walk = new Walk('webhook_requests', 'received_at').narrow(sql`t.status = 'quarantined'`).narrow(sql`t.channel_id = ${channelId}`);
  const { ids, nextCursor } = await walk.page(db, limit, cursor);
  // The status once more: by it the small index of quarantined rows is found, and ids alone have none.
  const rows = await rowsOf<{ id: string; receivedAt: string; error: string | null; body: Buffer; bytes: number }>(
    db,
    `SELECT w.id, w.received_at AS "receivedAt", w.error, substring(w.body FROM 1 FOR ${bodyShown}) AS body, octet_length(w.body) AS bytes
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place)
     JOIN webhook_requests w ON w.id = wanted.id AND w.status = 'quarantined' AND w.channel_id = $2
     ORDER BY wanted.place`,
    [ids, channelId],
  );
  return { items: rows.map((row) => ({ ...row, error: row.error ?? '', body: row.body.toString() })), nextCursor };
}
