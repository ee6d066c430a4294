import type { EntityManager } from 'typeorm';
import { NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';

/** A rule set that nobody else publishes, tries or saves until the transaction ends. */
export interface LockedRuleSet {
  name: string;
  draft: unknown;
  revision: number;
  /** The published version; null: none. */
  live: number | null;
  /** The number of the newest version, published or not; 0: there is none. */
  newest: number;
}

/** Locks a rule set against another publication. @throws NotFound */
export async function lockRuleSet(db: EntityManager, id: string): Promise<LockedRuleSet> {
  // NO KEY: runs that are stored meanwhile point to this row, and must not wait for tests to be played, nor we for them with a conversation in hand.
  const locked = await rowOf(db, `SELECT id FROM rule_sets WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  if (!locked) throw new NotFound();
  // Read after the lock was got: a statement that waited for it would still see the versions of before.
  const ruleSet = await rowOf<LockedRuleSet>(
    db,
    `SELECT s.name, s.draft, s.draft_revision AS revision, s.published_version AS live,
            (SELECT coalesce(max(v.version), 0) FROM rule_set_versions v WHERE v.rule_set_id = s.id) AS newest
     FROM rule_sets s WHERE s.id = $1`,
    [id],
  );
  if (!ruleSet) throw new NotFound();
  return ruleSet;
}
