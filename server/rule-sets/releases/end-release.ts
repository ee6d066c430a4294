import type { EntityManager } from 'typeorm';
import type { Release, ReleaseReason, ReleaseStep } from '../../../api/releases.js';
import { isDatabaseAway } from '../../problem/database-errors.js';
import { rowOf } from '../../sql/rows.js';
import { gatherFigures } from './releases.queries.js';

/** A release that is under way. */
export interface UnderWay extends Pick<Release, 'id' | 'version' | 'baseVersion' | 'share' | 'limits' | 'history' | 'startedAt'> {
  ruleSetId: string;
}

const columns = `id, rule_set_id AS "ruleSetId", version, base_version AS "baseVersion", share, limits, history, started_at AS "startedAt"`;

/** One that is under way, locked; undefined when it is over or not there. */
export function lockUnderWay(db: EntityManager, id: string): Promise<UnderWay | undefined> {
  return rowOf(db, `SELECT ${columns} FROM rule_set_releases WHERE id = $1 AND status = 'active' FOR UPDATE`, [id]);
}

/** The same, not locked: whoever counts for long keeps nobody from ending it meanwhile. */
export function readUnderWay(db: EntityManager, id: string): Promise<UnderWay | undefined> {
  return rowOf(db, `SELECT ${columns} FROM rule_set_releases WHERE id = $1 AND status = 'active'`, [id]);
}

/** The one of a rule set, locked. */
export function lockUnderWayOf(db: EntityManager, ruleSetId: string): Promise<UnderWay | undefined> {
  return rowOf(db, `SELECT ${columns} FROM rule_set_releases WHERE rule_set_id = $1 AND status = 'active' FOR UPDATE`, [ruleSetId]);
}

/** Counts what both versions did so far. */
export function figuresOf(db: EntityManager, { ruleSetId, version, baseVersion, startedAt }: UnderWay): ReturnType<typeof gatherFigures> {
  return gatherFigures(db, { ruleSetId, version, baseVersion, since: startedAt });
}

/** Whoever takes a version back does not wait for figures for longer. */
const patienceMs = 3_000;

/** Its figures as they are now; null where they cannot be counted soon. The transaction goes on either way. */
async function figuresSoon(db: EntityManager, release: UnderWay): Promise<Awaited<ReturnType<typeof figuresOf>> | null> {
  await db.query('SAVEPOINT figures');
  try {
    await db.query(`SET LOCAL statement_timeout = ${patienceMs}`);
    return await figuresOf(db, release);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    return null;
  } finally {
    // Takes back the shorter time for statements, too.
    await db.query('ROLLBACK TO SAVEPOINT figures');
  }
}

/** Ends a locked release, with its figures as they are now, or as they were at the last look: counting must not keep a version that harms clients alive. */
export async function endRelease(
  db: EntityManager,
  release: UnderWay,
  {
    what,
    by,
    reason = null,
  }: { what: Exclude<ReleaseStep['what'], 'started' | 'share'>; by: string | null; reason?: ReleaseReason | null },
): Promise<void> {
  const figures = await figuresSoon(db, release);
  await db.query(
    `UPDATE rule_set_releases SET status = $2, ended_at = now(), figures = coalesce($3::jsonb, figures), reason = $4, history = $5 WHERE id = $1`,
    [
      release.id,
      what,
      figures && JSON.stringify(figures),
      reason && JSON.stringify(reason),
      JSON.stringify([...release.history, stepOf(what, by, release.share)]),
    ],
  );
}

/** A step of a release's history, at this instant. */
export function stepOf(what: ReleaseStep['what'], by: string | null, share: number): ReleaseStep {
  return { at: new Date().toISOString(), by, what, share };
}
