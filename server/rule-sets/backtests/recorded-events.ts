import type { EntityManager } from 'typeorm';
import { rowOf, rowsOf, utc } from '../../sql/rows.js';

/** Days as people choose them, both included, in the account's zone; on these channels, or on all. */
export interface Days {
  from: string;
  to: string;
  channels: readonly string[] | null;
}

/** The same as instants, as the database spells them. */
export interface Recorded {
  since: string;
  until: string;
  channels: readonly string[] | null;
}

/** One event as text of JSON: a megabyte of it should not be read by the thread that serves the desk. */
export interface RecordedEvent {
  event: string;
  at: string;
  /** No rule took it, so it was not stored with a run: put together from the message's rows, without its deal. */
  isRebuilt: boolean;
}

/** Where a page begins: after this message. The instant is as the database spells it, to the microsecond. */
export interface After {
  at: string;
  id: string;
}

/** Events of one transaction: some milliseconds of the database. */
const pageSize = 500;
/** Below every id of ours. */
const nil = '00000000-0000-0000-0000-000000000000';

/** What the rules see of messages: all but their own answers. */
const seen = `m.at >= $1::timestamptz AND m.at < $2::timestamptz AND m.origin <> 'rules' AND ($3::uuid[] IS NULL OR m.channel_id = ANY ($3))`;

/** The instants between which these days lie; they end now at the latest. */
export async function boundsOf(db: EntityManager, { from, to, channels }: Days): Promise<Recorded> {
  const row = await rowOf<{ since: string; until: string }>(
    db,
    `SELECT (($1::date)::timestamp AT TIME ZONE timezone)::text AS since, least(($2::date + 1)::timestamp AT TIME ZONE timezone, now())::text AS until FROM accounts`,
    [from, to],
  );
  if (!row) throw new Error('the account is gone');
  return { ...row, channels };
}

/** How many messages there are; stops counting at `most` + 1. */
export async function countRecorded(db: EntityManager, { since, until, channels }: Recorded, most: number): Promise<number> {
  const row = await rowOf<{ count: number }>(
    db,
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM messages m WHERE ${seen} LIMIT $4) AS counted`,
    [since, until, channels, most + 1],
  );
  return row?.count ?? 0;
}

/**
 * A page of events in the order of their clocks: messages, and between them what else rules were told of. An event that some rule took is as the rules saw it
 * then; the next page begins after `next`, which is undefined at the end.
 */
export async function gatherRecorded(
  db: EntityManager,
  recorded: Recorded,
  after: After | undefined,
): Promise<{ events: RecordedEvent[]; messages: number; next: After | undefined }> {
  const messages = await gatherMessages(db, recorded, after);
  const last = messages.length === pageSize ? messages.at(-1) : undefined;
  const others = await gatherOthers(db, recorded, after?.at, last?.place);
  const events = [...messages.filter(({ event }) => event !== null), ...others].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { events, messages: messages.length, next: last && { at: last.place, id: last.id } };
}

function gatherMessages(
  db: EntityManager,
  { since, until, channels }: Recorded,
  after: After | undefined,
): Promise<(RecordedEvent & { id: string; place: string })[]> {
  return rowsOf(
    db,
    `SELECT m.id, m.at::text AS place, ${utc('m.at')} AS at, stored.event IS NULL AS "isRebuilt",
       CASE WHEN stored.event IS NULL AND m.deleted_at IS NOT NULL THEN NULL ELSE coalesce(stored.event, ${rebuilt})::text END AS event
     FROM messages m
       JOIN conversations v ON v.id = m.conversation_id JOIN channels c ON c.id = m.channel_id JOIN contacts t ON t.id = m.contact_id
       LEFT JOIN LATERAL (SELECT r.event FROM runs r WHERE r.message_id = m.id ORDER BY r.id LIMIT 1) stored ON true
       LEFT JOIN LATERAL (SELECT i.* FROM contact_identities i WHERE i.contact_id = t.id AND i.kind = c.kind ORDER BY i.created_at LIMIT 1) i ON true
     WHERE ${seen} AND (m.at, m.id) > ($4::timestamptz, $5::uuid)
     ORDER BY m.at, m.id LIMIT ${pageSize}`,
    [since, until, channels, after?.at ?? since, after?.id ?? nil],
  );
}

const rebuilt = `jsonb_strip_nulls(jsonb_build_object(
  'type', CASE m.direction WHEN 'in' THEN 'message-received' ELSE 'message-sent' END, 'id', m.id, 'at', ${utc('m.at')},
  'channel', jsonb_build_object('id', c.id, 'kind', c.kind, 'name', c.name, 'account', c.account, 'surface', c.surface),
  'contact', jsonb_build_object('id', coalesce(i.external_id, t.id::text), 'name', coalesce(t.name, i.name), 'username', i.username,
    'phone', coalesce(i.phone, t.phone), 'profileUrl', i.profile_url, 'bot', t.bot),
  'chat', v.chat, 'conversation', jsonb_build_object('id', v.id, 'number', v.number, 'status', 'open'), 'post', NULL,
  'message', jsonb_build_object('id', coalesce(m.external_id, m.id::text), 'kind', m.kind, 'text', m.text, 'origin', m.origin,
    'attachments', m.attachments, 'post', m.post)))`;

/**
 * What came between: calls, subscriptions, stages, closings as rules were told of them, and answers of other programs. Timers are none of it: each version
 * keeps its own.
 */
function gatherOthers(
  db: EntityManager,
  { since, until, channels }: Recorded,
  after: string | undefined,
  before: string | undefined,
): Promise<RecordedEvent[]> {
  return rowsOf(
    db,
    `SELECT DISTINCT ON (r.at, r.key) ${utc('r.at')} AS at, false AS "isRebuilt", r.event::text AS event
     FROM rule_sets s CROSS JOIN LATERAL (
       SELECT r.at, CASE r.cause->>'by' WHEN 'event' THEN r.event->>'id' ELSE r.event_key END AS key,
         CASE r.cause->>'by' WHEN 'event' THEN r.event ELSE ${answered} END AS event
       FROM runs r
       WHERE r.rule_set_id = s.id AND r.message_id IS NULL AND r.at >= $1::timestamptz AND r.at < $2::timestamptz
         AND (r.cause->>'by' = 'event' OR r.cause->'wake'->>'by' = 'answer')
         AND ($3::text[] IS NULL OR r.event->'channel'->>'id' = ANY ($3))) r
     ORDER BY r.at, r.key`,
    [after ?? since, before ?? until, channels],
  );
}

/** The answer that woke a run, as the event that it was; a wait's id is `<event>/<node>/<n>`. */
const answered = `jsonb_strip_nulls(jsonb_build_object('type', 'http-answered', 'id', r.event_key, 'at', ${utc('r.at')},
  'node', regexp_replace(r.cause->>'id', '^.*/([^/]+)/[0-9]+$', '\\1'), 'status', r.cause->'wake'->'status', 'body', r.cause->'wake'->'body',
  'channel', r.event->'channel', 'contact', r.event->'contact', 'chat', r.event->'chat', 'conversation', r.event->'conversation', 'deal', r.event->'deal'))`;
