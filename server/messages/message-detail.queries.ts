import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { messageDetail, Run } from '../../api/messages.js';
import { rowsOf } from '../sql/rows.js';
import { gatherMessages } from './messages.queries.js';
import { nameSteps } from './name-steps.js';

type Detail = z.infer<typeof messageDetail>;

/** More rule sets than any desk keeps, and every edit of the message starts them anew. */
const mostRuns = 200;

/** One message with the attempts to deliver it, in order. */
export async function gatherMessageDetail(db: EntityManager, id: string): Promise<Detail | undefined> {
  const [message] = await gatherMessages(db, [id]);
  if (!message) return undefined;
  const deliveryAttempts = await rowsOf<Detail['deliveryAttempts'][number]>(
    db,
    `SELECT a.attempt, a.started_at AS "startedAt", a.finished_at AS "finishedAt", a.outcome, a.detail
     FROM outbox o JOIN delivery_attempts a ON a.outbox_id = o.id WHERE o.message_id = $1 ORDER BY a.attempt`,
    [id],
  );
  return { ...message, deliveryAttempts };
}

/** A run as stored, with the graph of its version: what tells its steps is made of both. */
type StoredRun = Omit<Run, 'decisive' | 'titles'> & { graph: unknown };

const runColumns = `r.id, r.message_id AS "messageId", r.conversation_id AS "conversationId", json_build_object('id', s.id, 'name', s.name) AS "ruleSet", r.version, r.at, r.event_type AS "eventType",
  r.status, r.reason, r.error, r.trace, r.event, r.memory, v.graph,
  (SELECT coalesce(json_agg(json_build_object('node', e.node, 'type', e.type, 'body', e.body, 'outcome', e.outcome, 'detail', e.detail)
                            ORDER BY e.effect_no), '[]')
   FROM effects e WHERE e.run_id = r.id) AS effects
  FROM runs r JOIN rule_sets s ON s.id = r.rule_set_id LEFT JOIN rule_set_versions v ON v.rule_set_id = r.rule_set_id AND v.version = r.version`;

/** The runs that a message started, in the order in which the rule sets saw it, after the one that sent it; undefined when there is no such message. */
export async function gatherRuns(db: EntityManager, messageId: string): Promise<Run[] | undefined> {
  const [message] = await rowsOf<{ sentBy: string | null }>(db, `SELECT sent_by ->> 'run' AS "sentBy" FROM messages WHERE id = $1`, [
    messageId,
  ]);
  if (!message) return undefined;
  const sender = message.sentBy === null ? [] : await rowsOf<StoredRun>(db, `SELECT ${runColumns} WHERE r.id = $1`, [message.sentBy]);
  const started = await rowsOf<StoredRun>(
    db,
    `SELECT ${runColumns} WHERE r.message_id = $1 AND r.id IS DISTINCT FROM $2 ORDER BY r.created_at, r.id LIMIT ${mostRuns}`,
    [messageId, message.sentBy],
  );
  return tellRuns(db, [...sender, ...started]);
}

/** One run of a rule set, whatever started it. */
export async function gatherRun(db: EntityManager, ruleSetId: string, runId: string): Promise<Run | undefined> {
  const [found] = await rowsOf<StoredRun>(db, `SELECT ${runColumns} WHERE r.id = $1 AND r.rule_set_id = $2`, [runId, ruleSetId]);
  return found && (await tellRuns(db, [found]))[0];
}

/** Rule sets that a run called are told by their live versions: which one it was is not kept. */
async function tellRuns(db: EntityManager, runs: readonly StoredRun[]): Promise<Run[]> {
  const names = [...new Set(runs.flatMap(({ trace }) => trace.flatMap(({ ruleSet }) => ruleSet ?? [])))];
  const rows =
    names.length === 0
      ? []
      : await rowsOf<{ name: string; graph: unknown }>(
          db,
          `SELECT s.name, v.graph FROM rule_sets s JOIN rule_set_versions v ON v.rule_set_id = s.id AND v.version = s.published_version WHERE s.name = ANY ($1)`,
          [names],
        );
  const called = new Map(rows.map(({ name, graph }) => [name, graph]));
  return runs.map(({ graph, ...run }) => ({ ...run, ...nameSteps(run, graph, called) }));
}
