import { Buffer } from 'node:buffer';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Version, versionWithGraph } from '../../api/rule-sets.js';
import { Invalid } from '../problem/problems.js';
import { rowOf, rowsOf } from '../sql/rows.js';

const columns = `v.version, v.hash, v.author_name AS author, v.note, coalesce(v.published_at, v.frozen_at) AS "publishedAt", v.published_at IS NULL AS "isCandidate",
  (v.version = s.published_version) AS live`;

/** One page of versions, newest first. Throws `Invalid` for a cursor that is not one of ours. */
export async function gatherVersions(
  db: EntityManager,
  ruleSetId: string,
  limit: number,
  cursor: string | undefined,
): Promise<{ items: Version[]; nextCursor: string | null }> {
  const rows = await rowsOf<Version>(
    db,
    `SELECT ${columns} FROM rule_set_versions v JOIN rule_sets s ON s.id = v.rule_set_id
     WHERE v.rule_set_id = $1 AND ($2::int IS NULL OR v.version < $2) ORDER BY v.version DESC LIMIT $3`,
    [ruleSetId, cursor === undefined ? null : parseCursor(cursor), limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? Buffer.from(`v${last.version}`).toString('base64url') : null };
}

export function gatherVersion(
  db: EntityManager,
  ruleSetId: string,
  version: number,
): Promise<z.infer<typeof versionWithGraph> | undefined> {
  return rowOf(
    db,
    `SELECT ${columns}, v.graph FROM rule_set_versions v JOIN rule_sets s ON s.id = v.rule_set_id WHERE v.rule_set_id = $1 AND v.version = $2`,
    [ruleSetId, version],
  );
}

function parseCursor(cursor: string): number {
  const version = /^v(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (version === undefined) throw new Invalid([{ path: 'cursor', detail: { ru: 'Не из этого списка', en: 'Not of this list' } }]);
  return Number(version);
}
