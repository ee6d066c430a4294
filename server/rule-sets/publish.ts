import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { graphSchema, nodeTypes, readGraph, type Finding } from '../../rules/index.js';
import { Audit } from '../audit/audit.js';
import type { Caller } from '../auth/caller.js';
import { AccountScope } from '../db/account-scope.js';
import { gatherDirectory } from '../directory/directory.queries.js';
import { Expressions } from '../expressions/expressions.js';
import { Changes } from '../live/changes.js';
import { Conflict, Invalid, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { findObstacles } from './find-problems.js';
import { gatherLiveGraphs } from './live-graphs.js';
import { hashGraph } from './hash-graph.js';

interface Locked {
  name: string;
  draft: unknown;
  revision: number;
  live: number | null;
  newest: number;
}

/**
 * Decides which version of a rule set is live. The row is locked first, so of two people who publish at once the second gets the next number, and the
 * pointer always names the version that was published last. Every process hears of it with the commit.
 */
@Injectable()
export class Publish {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
    private readonly expressions: Expressions,
  ) {}

  /**
   * Freezes the draft as the next version and makes it live; gives its number. Throws `NotFound`, `Conflict` when the draft is not the revision that the
   * caller saw, `Invalid` with `problems` when a check or a stored test fails.
   */
  async publish(caller: Caller, id: string, { note, revision }: { note?: string; revision?: number }): Promise<number> {
    return this.scope.run(caller.accountId, async (db) => {
      const ruleSet = await lock(db, id);
      if (revision !== undefined && revision !== ruleSet.revision) throw new Conflict(draftChanged);
      refuse(
        await findObstacles(
          ruleSet.draft,
          ruleSet.name,
          await gatherDirectory(db),
          await gatherLiveGraphs(db, id),
          this.expressions.makerFor(caller.accountId),
        ),
      );
      const version = ruleSet.newest + 1;
      const hash = hashGraph(graphSchema.parse(ruleSet.draft));
      await db.query(
        `INSERT INTO rule_set_versions (rule_set_id, version, account_id, graph, hash, note, author_id, author_name)
         SELECT id, $2, account_id, draft, $3, $4, $5, $6 FROM rule_sets WHERE id = $1`,
        [id, version, hash, note ?? null, caller.userId, caller.name],
      );
      await this.pointTo(db, caller, id, version);
      await this.audit.write(db, caller, 'rule-set.publish', ruleSet.name, { id, version, hash, before: ruleSet.live });
      return version;
    });
  }

  /** Makes an older (or newer) version live again; the draft stays. Throws `NotFound`, `Invalid` for a version that is not there or cannot run. */
  async rollback(caller: Caller, id: string, version: number): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const ruleSet = await lock(db, id);
      const wanted = await rowOf<{ graph: unknown; hash: string }>(
        db,
        `SELECT graph, hash FROM rule_set_versions WHERE rule_set_id = $1 AND version = $2::bigint`,
        [id, version],
      );
      if (!wanted) throw new Invalid([{ path: 'version', detail: { ru: 'Такой версии нет', en: 'There is no such version' } }]);
      refuse(readGraph(wanted.graph, nodeTypes).findings);
      await this.pointTo(db, caller, id, version);
      await this.audit.write(db, caller, 'rule-set.rollback', ruleSet.name, { id, version, hash: wanted.hash, before: ruleSet.live });
    });
  }

  private async pointTo(db: EntityManager, caller: Caller, id: string, version: number): Promise<void> {
    await db.query(`UPDATE rule_sets SET published_version = $2 WHERE id = $1`, [id, version]);
    await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id });
  }
}

async function lock(db: EntityManager, id: string): Promise<Locked> {
  const locked = await rowOf(db, `SELECT id FROM rule_sets WHERE id = $1 FOR UPDATE`, [id]);
  if (!locked) throw new NotFound();
  // Read after the lock was got: a statement that waited for it would still see the versions of before.
  const ruleSet = await rowOf<Locked>(
    db,
    `SELECT s.name, s.draft, s.draft_revision AS revision, s.published_version AS live,
            (SELECT coalesce(max(v.version), 0) FROM rule_set_versions v WHERE v.rule_set_id = s.id) AS newest
     FROM rule_sets s WHERE s.id = $1`,
    [id],
  );
  if (!ruleSet) throw new NotFound();
  return ruleSet;
}

function refuse(problems: Finding[]): void {
  if (problems.length === 0) return;
  throw new Invalid(
    problems.map(({ path, text }) => ({ path: path ?? '', detail: text })),
    { ru: 'Правила не прошли проверку', en: 'The rules did not pass the checks' },
    { problems },
  );
}

const draftChanged = { ru: 'Черновик успели изменить: посмотрите его ещё раз', en: 'The draft was changed in between: look at it again' };
