import type { EntityManager } from 'typeorm';
import type { RateLimit } from '../channels/channel-connector.js';

/**
 * Takes one send from every bucket, or none and gives the ms to wait. Buckets are rows, so all processes share them and the database's clock is the
 * only one (GCRA: `conforms_at` is when the bucket would be full again). Call it inside a transaction; the rows stay locked until it ends.
 */
export async function takeSend(db: EntityManager, accountId: string, channelId: string, limits: readonly RateLimit[]): Promise<number> {
  const wanted = [...limits].sort((a, b) => (a.key < b.key ? -1 : 1));
  const keys = [...wanted.map((limit) => limit.key), pausedKey];
  const rows: { key: string; ahead: number }[] = await db.query(
    `SELECT key, (extract(epoch FROM conforms_at - clock_timestamp()) * 1000)::float8 AS ahead FROM rate_limits WHERE channel_id = $1 AND key = ANY ($2) ORDER BY key FOR UPDATE`,
    [channelId, keys],
  );
  const ahead = new Map(rows.map((row) => [row.key, Math.max(0, row.ahead)]));
  const waits = wanted.map((limit) => (ahead.get(limit.key) ?? 0) - limit.everyMs * (limit.burst - 1));
  const wait = Math.max(0, ahead.get(pausedKey) ?? 0, ...waits);
  if (wait > 0) return Math.ceil(wait);
  await db.query(
    `INSERT INTO rate_limits AS r (channel_id, key, account_id, conforms_at)
       SELECT $1, key, $2, clock_timestamp() + every * interval '1 ms' FROM unnest($3::text[], $4::float8[]) AS l (key, every)
     ON CONFLICT (channel_id, key) DO UPDATE SET conforms_at = greatest(r.conforms_at, clock_timestamp()) + (excluded.conforms_at - clock_timestamp())`,
    [channelId, accountId, wanted.map((limit) => limit.key), wanted.map((limit) => limit.everyMs)],
  );
  return 0;
}

/** The platform said to wait with everything on this channel. */
export async function pauseChannel(db: EntityManager, accountId: string, channelId: string, ms: number): Promise<void> {
  await db.query(
    `INSERT INTO rate_limits AS r (channel_id, key, account_id, conforms_at) VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 ms')
     ON CONFLICT (channel_id, key) DO UPDATE SET conforms_at = greatest(r.conforms_at, excluded.conforms_at)`,
    [channelId, pausedKey, accountId, ms],
  );
}

const pausedKey = '~paused';
