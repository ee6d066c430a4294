import type { EntityManager } from 'typeorm';
import { NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';

/** For what is listed of a rule set: an empty list and a rule set that is not there are different answers. @throws NotFound */
export async function requireRuleSet(db: EntityManager, id: string): Promise<void> {
  if (!(await rowOf(db, `SELECT id FROM rule_sets WHERE id = $1`, [id]))) throw new NotFound();
}
