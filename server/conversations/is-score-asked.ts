import type { EntityManager } from 'typeorm';
import { isInRelease } from '../messaging/is-in-release.js';
import { rowsOf } from '../sql/rows.js';

/** Whether a rule set that is live for a contact starts on a request for a score, so that asking for one comes to something. */
export async function isScoreAsked(db: EntityManager, contactId: string): Promise<boolean> {
  const live = await rowsOf<{ id: string; published: boolean; share: number | null; released: boolean | null }>(
    db,
    `SELECT s.id, v.graph @? ${startsOnRequest} AS published, r.share, w.graph @? ${startsOnRequest} AS released
     FROM rule_sets s JOIN rule_set_versions v ON v.rule_set_id = s.id AND v.version = s.published_version
       LEFT JOIN rule_set_releases r ON r.rule_set_id = s.id AND r.status = 'active'
       LEFT JOIN rule_set_versions w ON w.rule_set_id = s.id AND w.version = r.version
     WHERE s.enabled`,
  );
  return live.some(({ id, published, share, released }) => (share !== null && isInRelease(id, contactId, share) ? released : published));
}

/** A step that is switched off starts nothing. */
const startsOnRequest = `'$.nodes[*] ? (@.type == "on-score-requested" && !(@.disabled == true))'::jsonpath`;
