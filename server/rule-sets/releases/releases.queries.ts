import type { EntityManager } from 'typeorm';
import type { Release, ReleaseFigures } from '../../../api/releases.js';
import { rowsOf } from '../../sql/rows.js';

const mostKept = 10;

/** Releases of a rule set, newest first, ten at most; with an id, that one or none. Figures of one that is under way are those of its last look. */
export function gatherReleases(db: EntityManager, ruleSetId: string, id?: string): Promise<Release[]> {
  return rowsOf(
    db,
    `SELECT id, version, base_version AS "baseVersion", share, status, limits, reason, figures, history, author_name AS author, started_at AS "startedAt",
       ended_at AS "endedAt"
     FROM rule_set_releases WHERE rule_set_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY started_at DESC LIMIT ${mostKept}`,
    [ruleSetId, id ?? null],
  );
}

const none: ReleaseFigures = {
  contacts: 0,
  runs: 0,
  errors: 0,
  replies: 0,
  failures: 0,
  scores: 0,
  badScores: 0,
  answered: 0,
  silent: 0,
  conversations: 0,
  handed: 0,
};

/**
 * What two versions of a rule set did since an instant. Runs and their replies are counted by the version that ran; scores, silence and what people took over
 * belong to the version that ran last in the conversation, of whichever rule set the question was.
 */
export async function gatherFigures(
  db: EntityManager,
  { ruleSetId, baseVersion, version, since }: { ruleSetId: string; baseVersion: number; version: number; since: string },
): Promise<{ old: ReleaseFigures; new: ReleaseFigures }> {
  const rows = await rowsOf<ReleaseFigures & { version: number }>(
    db,
    `WITH ran AS MATERIALIZED (
       SELECT r.id, r.version, r.conversation_id, r.status, r.at, r.created_at FROM runs r
       WHERE r.rule_set_id = $1 AND r.created_at >= $4 AND r.at >= $4::timestamptz - interval '1 day' AND r.version = ANY (ARRAY[$2::int, $3::int])),
     last AS MATERIALIZED (
       SELECT DISTINCT ON (conversation_id) conversation_id, version, at, created_at FROM ran WHERE conversation_id IS NOT NULL
       ORDER BY conversation_id, at DESC, id DESC),
     first_run AS (SELECT conversation_id, version, min(created_at) AS at FROM ran WHERE conversation_id IS NOT NULL GROUP BY 1, 2),
     replied AS MATERIALIZED (
       SELECT DISTINCT r.version, r.conversation_id, r.at FROM ran r
         JOIN effects e ON e.run_id = r.id AND e.type = 'send-message' AND e.outcome = 'applied' WHERE r.conversation_id IS NOT NULL),
     sent AS (
       SELECT r.version, count(*)::int AS replies, count(*) FILTER (WHERE o.status = 'failed')::int AS failures
       FROM ran r JOIN messages m ON m.conversation_id = r.conversation_id AND m.at = r.at AND m.sent_by ->> 'run' = r.id::text
         JOIN outbox o ON o.message_id = m.id AND o.status IN ('sent', 'delivered', 'read', 'failed') GROUP BY 1),
     waited AS (
       SELECT p.version, p.conversation_id, min(p.at) AS at FROM replied p JOIN last l ON l.conversation_id = p.conversation_id AND l.version = p.version
       GROUP BY 1, 2 HAVING min(p.at) < now() - interval '1 hour'),
     silence AS (
       SELECT w.version, count(*)::int AS answered, count(*) FILTER (WHERE NOT EXISTS (
         SELECT FROM messages m WHERE m.conversation_id = w.conversation_id AND m.direction = 'in' AND m.at > w.at))::int AS silent
       FROM waited w GROUP BY 1),
     scored AS (
       SELECT l.version, count(*)::int AS scores, count(*) FILTER (WHERE s.bucket = 'detractor')::int AS bad
       FROM last l JOIN scores s ON s.conversation_id = l.conversation_id AND s.at >= $4 GROUP BY 1),
     talks AS (
       SELECT l.version, count(*)::int AS conversations, count(DISTINCT v.contact_id)::int AS contacts, count(*) FILTER (WHERE EXISTS (
         SELECT FROM messages m WHERE m.conversation_id = l.conversation_id AND m.direction = 'out' AND m.origin IN ('operator', 'crm', 'phone')
           AND m.created_at >= f.at))::int AS handed
       FROM last l JOIN first_run f ON f.conversation_id = l.conversation_id AND f.version = l.version
         JOIN conversations v ON v.id = l.conversation_id GROUP BY 1),
     counted AS (SELECT version, count(*)::int AS runs, count(*) FILTER (WHERE status = 'error')::int AS errors FROM ran GROUP BY 1)
     SELECT c.version, c.runs, c.errors, coalesce(t.contacts, 0) AS contacts, coalesce(t.conversations, 0) AS conversations, coalesce(t.handed, 0) AS handed,
       coalesce(s.replies, 0) AS replies, coalesce(s.failures, 0) AS failures, coalesce(o.scores, 0) AS scores, coalesce(o.bad, 0) AS "badScores",
       coalesce(q.answered, 0) AS answered, coalesce(q.silent, 0) AS silent
     FROM counted c LEFT JOIN talks t USING (version) LEFT JOIN sent s USING (version) LEFT JOIN scored o USING (version) LEFT JOIN silence q USING (version)`,
    [ruleSetId, baseVersion, version, since],
  );
  const of = (wanted: number): ReleaseFigures => {
    const { version: _, ...figures } = rows.find((row) => row.version === wanted) ?? { ...none, version: wanted };
    return figures;
  };
  return { old: of(baseVersion), new: of(version) };
}
