import type { EntityManager } from 'typeorm';
import type { Draft, RuleSet } from '../../api/rule-sets.js';
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
            (SELECT count(*)::int FROM (SELECT FROM runs r WHERE r.rule_set_id = s.id AND r.at >= ${startOfToday} LIMIT ${mostCounted}) today) AS "runsToday",
            greatest((SELECT max(r.at) FROM runs r WHERE r.rule_set_id = s.id), (SELECT max(l.last_at) FROM step_latest l WHERE l.rule_set_id = s.id)) AS "lastRunAt",
            (SELECT min(v.published_at) FROM rule_set_versions v WHERE v.rule_set_id = s.id) AS "publishedSince",
            coalesce(
              (SELECT json_build_object('kind', 'release', 'version', t.version, 'share', t.share) FROM rule_set_releases t WHERE t.rule_set_id = s.id AND t.status = 'active'),
              (SELECT json_build_object('kind', 'shadow', 'version', t.version) FROM rule_set_shadows t WHERE t.rule_set_id = s.id AND t.status = 'active')
            ) AS trial
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
