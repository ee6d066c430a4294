import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Draft, nodeCounts, RuleSet } from '../../api/rule-sets.js';
import { rowOf, rowsOf, startOfToday } from '../sql/rows.js';

/** A line of the list without what only the graphs tell. */
export type RuleSetRow = Omit<RuleSet, 'changed' | 'errors' | 'warnings'> & { revision: number };

/** Counting stops here: the list says how busy a rule set is, not how many millions it was. */
const mostCounted = 100_000;

/** All rule sets in the order in which messages meet them; `id` narrows to one. */
export function gatherRuleSetRows(db: EntityManager, id: string | null = null): Promise<RuleSetRow[]> {
  return rowsOf<RuleSetRow>(
    db,
    `SELECT s.id, s.name, s.priority, s.enabled, s.published_version AS "publishedVersion", s.draft_revision AS revision,
            s.draft_updated_at AS "updatedAt", u.name AS "updatedBy",
            (SELECT count(*)::int FROM (SELECT FROM runs r WHERE r.rule_set_id = s.id AND r.at >= ${startOfToday} LIMIT ${mostCounted}) today) AS "runsToday"
     FROM rule_sets s LEFT JOIN users u ON u.id = s.draft_updated_by
     WHERE $1::uuid IS NULL OR s.id = $1 ORDER BY s.priority, s.name`,
    [id],
  );
}

/** The draft and the live version's graph of each of these rule sets. */
export function gatherGraphs(db: EntityManager, ids: string[]): Promise<{ id: string; draft: unknown; published: unknown }[]> {
  return rowsOf(
    db,
    `SELECT s.id, s.draft, v.graph AS published
     FROM rule_sets s LEFT JOIN rule_set_versions v ON v.rule_set_id = s.id AND v.version = s.published_version WHERE s.id = ANY ($1)`,
    [ids],
  );
}

/** The draft of every rule set with its name, in the order of the list. */
export function gatherDrafts(db: EntityManager): Promise<{ id: string; name: string; draft: unknown }[]> {
  return rowsOf(db, `SELECT id, name, draft FROM rule_sets ORDER BY priority, name`);
}

export function gatherDraft(db: EntityManager, id: string): Promise<Draft | undefined> {
  return rowOf<Draft>(
    db,
    `SELECT s.draft AS graph, s.draft_revision AS revision, s.draft_updated_at AS "updatedAt", u.name AS "updatedBy"
     FROM rule_sets s LEFT JOIN users u ON u.id = s.draft_updated_by WHERE s.id = $1`,
    [id],
  );
}

/** The newest runs of the period that are counted: a busy desk's day in about a second. */
const runsCounted = 50_000;

/**
 * How often each node ran and each port was left, by the traces of the latest runs.
 * @param version undefined: of any version
 */
export async function gatherNodeCounts(
  db: EntityManager,
  id: string,
  days: number,
  version: number | undefined,
): Promise<z.infer<typeof nodeCounts>> {
  const rows = await rowsOf<{ node: string; port: string; times: number }>(
    db,
    `SELECT step ->> 'node' AS node, step ->> 'port' AS port, count(*)::int AS times
     FROM (SELECT trace FROM runs WHERE rule_set_id = $1 AND at >= now() - make_interval(days => $2) AND ($3::int IS NULL OR version = $3)
           ORDER BY at DESC, id DESC LIMIT ${runsCounted}) latest, jsonb_array_elements(latest.trace) step
     GROUP BY 1, 2`,
    [id, days, version ?? null],
  );
  const nodes = new Map<string, number>();
  for (const { node, times } of rows) nodes.set(node, (nodes.get(node) ?? 0) + times);
  return { nodes: Object.fromEntries(nodes), edges: Object.fromEntries(rows.map(({ node, port, times }) => [`${node}.${port}`, times])) };
}
