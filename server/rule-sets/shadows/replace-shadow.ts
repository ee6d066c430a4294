import type { EntityManager } from 'typeorm';

/**
 * Ends the shadow of a rule set that is under way, if there is one, for a version that is published or released.
 * @param by the name of whoever does that
 */
export async function replaceShadow(db: EntityManager, ruleSetId: string, by: string): Promise<void> {
  await db.query(
    `UPDATE rule_set_shadows SET status = 'replaced', ended_at = now(), ended_by = $2 WHERE rule_set_id = $1 AND status = 'active'`,
    [ruleSetId, by],
  );
}
