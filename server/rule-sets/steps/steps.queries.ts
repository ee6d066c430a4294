import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { nodeCounts } from '../../../api/rule-sets.js';
import type { StepFigures, StepsQuery } from '../../../api/steps.js';
import { rowsOf } from '../../sql/rows.js';
import { toScores } from './to-scores.js';

/** Something that happened at a step: see the table step_hours. */
interface Counted {
  node: string;
  kind: 'left' | 'applied' | 'skipped' | 'held' | 'score';
  name: string;
  times: number;
}

/** Runs that are in no counter yet, at most: what a busy desk does in half a minute. */
const notYetCounted = `ARRAY(SELECT run_id FROM runs_to_count LIMIT 5000)`;

/** SQL for the beginning of the last `$2` days: of one day, 24 hours by the hour; of more, whole days in UTC, as old counters are kept. */
const since = `CASE WHEN $2 = 1 THEN date_trunc('hour', now()) - interval '23 hours' ELSE date_trunc('day', now(), 'UTC') - make_interval(days => $2 - 1) END`;

/** How often each step ran and each exit was taken. Reads counters, whose number does not grow with the traffic. */
export async function gatherNodeCounts(db: EntityManager, id: string, query: StepsQuery): Promise<z.infer<typeof nodeCounts>> {
  const nodes: Record<string, number> = {};
  const edges: Record<string, number> = {};
  for (const { node, kind, name, times } of await gatherCounted(db, id, query)) {
    if (kind !== 'left') continue;
    nodes[node] = (nodes[node] ?? 0) + times;
    edges[`${node}.${name}`] = times;
  }
  return { nodes, edges };
}

/** What each step did; steps come in no order. */
export async function gatherStepFigures(db: EntityManager, id: string, query: StepsQuery): Promise<StepFigures[]> {
  const counted = byNode(await gatherCounted(db, id, query));
  const published = await rowsOf<{ node: string; since: string; live: boolean }>(
    db,
    `SELECT n ->> 'id' AS node, min(v.published_at) AS since, bool_or(v.version = s.published_version) IS TRUE AS live
     FROM (SELECT * FROM rule_set_versions WHERE rule_set_id = $1 ORDER BY version DESC LIMIT 200) v
     JOIN rule_sets s ON s.id = v.rule_set_id, jsonb_array_elements(v.graph -> 'nodes') n GROUP BY 1`,
    [id],
  );
  const known = new Map(published.map((one) => [one.node, one]));
  const lastAt = new Map(
    (
      await rowsOf<{ node: string; at: string }>(
        db,
        `SELECT node, max(at) AS at FROM (
           SELECT node, last_at AS at FROM step_latest WHERE rule_set_id = $1
           UNION ALL SELECT node, at FROM steps_of(${notYetCounted}) WHERE rule_set_id = $1
         ) ran GROUP BY node`,
        [id],
      )
    ).map(({ node, at }) => [node, at]),
  );
  const replying = [...counted].flatMap(([node, all]) => (sumOf(all, 'applied', 'send-message') > 0 ? [node] : []));
  const undelivered = await gatherUndelivered(db, id, query);
  const seconds = await gatherReplySeconds(db, id, replying, query.version);
  return [...new Set([...counted.keys(), ...known.keys(), ...lastAt.keys()])].map((node) => {
    const all = counted.get(node) ?? [];
    return {
      node,
      times: sumOf(all, 'left'),
      exits: Object.fromEntries(all.flatMap(({ kind, name, times }) => (kind === 'left' ? [[name, times]] : []))),
      replies: sumOf(all, 'applied', 'send-message'),
      held: sumOf(all, 'held'),
      drops: sumOf(all, 'left', 'drop'),
      errors: sumOf(all, 'left', 'error'),
      skipped: sumOf(all, 'skipped'),
      undelivered: undelivered.get(node) ?? 0,
      scores: toScores(all.filter(({ kind }) => kind === 'score')),
      replySeconds: seconds.get(node) ?? null,
      lastAt: lastAt.get(node) ?? null,
      since: known.get(node)?.since ?? null,
      live: known.get(node)?.live ?? false,
    };
  });
}

function byNode(all: readonly Counted[]): Map<string, Counted[]> {
  const nodes = new Map<string, Counted[]>();
  for (const one of all) {
    const known = nodes.get(one.node);
    if (known) known.push(one);
    else nodes.set(one.node, [one]);
  }
  return nodes;
}

function sumOf(all: readonly Counted[], kind: Counted['kind'], name?: string): number {
  return all.reduce((sum, one) => (one.kind === kind && (name === undefined || one.name === name) ? sum + one.times : sum), 0);
}

function gatherCounted(db: EntityManager, id: string, { days, version }: StepsQuery): Promise<Counted[]> {
  return rowsOf<Counted>(
    db,
    `SELECT node, kind, name, sum(times)::int AS times FROM (
       SELECT node, kind, name, times FROM step_hours WHERE rule_set_id = $1 AND hour >= ${since} AND ($3::int IS NULL OR version = $3)
       UNION ALL
       SELECT node, kind, name, 1 FROM steps_of(${notYetCounted}) WHERE rule_set_id = $1 AND at >= ${since} AND ($3::int IS NULL OR version = $3)
     ) counted GROUP BY 1, 2, 3`,
    [id, days, version ?? null],
  );
}

/** Replies that failed, by the step that sent them: few, and found among those alone. An outbound message's id tells when it was made. */
async function gatherUndelivered(db: EntityManager, id: string, { days, version }: StepsQuery): Promise<Map<string, number>> {
  const rows = await rowsOf<{ node: string; times: number }>(
    db,
    `SELECT m.sent_by ->> 'node' AS node, count(*)::int AS times FROM outbox o JOIN messages m ON m.id = o.message_id
     WHERE o.status IN ('failed', 'unknown') AND o.message_id >= $4 AND m.at >= ${since} AND m.sent_by ->> 'ruleSet' = $1
       AND ($3::int IS NULL OR (m.sent_by ->> 'version')::int = $3) GROUP BY 1`,
    [id, days, version ?? null, firstIdOf(Date.now() - (days + 1) * 86_400_000)],
  );
  return new Map(rows.map(({ node, times }) => [node, times]));
}

/** The smallest id (UUID version 7) that can have been made at an instant, in ms since 1970. */
function firstIdOf(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Over the newest runs of each step, which are known by name: a few look-ups by index each. */
async function gatherReplySeconds(
  db: EntityManager,
  id: string,
  nodes: string[],
  version: number | undefined,
): Promise<Map<string, number>> {
  if (nodes.length === 0) return new Map();
  const rows = await rowsOf<{ node: string; seconds: number }>(
    db,
    `SELECT l.node, percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM sent.at - r.at)))::float8 AS seconds
     FROM step_latest l CROSS JOIN LATERAL unnest(l.runs) AS newest (run) JOIN runs r ON r.id = newest.run
     JOIN messages m ON m.conversation_id = r.conversation_id AND m.at = r.at AND m.sent_by ->> 'run' = r.id::text AND m.sent_by ->> 'node' = l.node
     JOIN outbox o ON o.message_id = m.id
     JOIN LATERAL (SELECT min(a.finished_at) AS at FROM delivery_attempts a WHERE a.outbox_id = o.id AND a.outcome = 'sent') sent ON sent.at IS NOT NULL
     WHERE l.rule_set_id = $1 AND l.node = ANY ($2) AND ($3::int IS NULL OR r.version = $3) GROUP BY l.node`,
    [id, nodes, version ?? null],
  );
  return new Map(rows.map(({ node, seconds }) => [node, seconds]));
}
