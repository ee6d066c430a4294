import type { EntityManager } from 'typeorm';

/**
 * Ends what is tried of a rule set on live traffic, because another version is published: neither a shadow nor a release is compared with a version that is
 * no longer there.
 * @param exceptRelease a release that is finished by this very publication
 */
export async function endTrials(db: EntityManager, ruleSetId: string, by: string, exceptRelease?: string): Promise<void> {
  await db.query(
    `UPDATE rule_set_shadows SET status = 'replaced', ended_at = now(), ended_by = $2 WHERE rule_set_id = $1 AND status = 'active'`,
    [ruleSetId, by],
  );
  await db.query(
    `UPDATE rule_set_releases SET status = 'replaced', ended_at = now(),
       history = history || jsonb_build_array(jsonb_build_object('at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', $2::text, 'what', 'replaced', 'share', share))
     WHERE rule_set_id = $1 AND status = 'active' AND id IS DISTINCT FROM $3::uuid`,
    [ruleSetId, by, exceptRelease ?? null],
  );
}
