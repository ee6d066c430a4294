import type { EntityManager } from 'typeorm';
import { endRelease, lockUnderWayOf } from './releases/end-release.js';
import { replaceShadow } from './shadows/replace-shadow.js';

/**
 * Ends what is tried of a rule set on live traffic, because another version is published: neither a shadow nor a release is compared with a version that is
 * no longer there. The rule set's row must be locked.
 * @param by the name of whoever publishes
 */
export async function endTrials(db: EntityManager, ruleSetId: string, by: string): Promise<void> {
  await replaceShadow(db, ruleSetId, by);
  const release = await lockUnderWayOf(db, ruleSetId);
  if (release) await endRelease(db, release, { what: 'replaced', by });
}
