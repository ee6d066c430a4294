import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { publish, published } from '../../api/publishing.js';
import { graphSchema, nodeTypes, readGraph, type Finding } from '../../rules/index.js';
import { Audit } from '../audit/audit.js';
import type { Caller } from '../auth/caller.js';
import { AccountScope } from '../db/account-scope.js';
import { gatherDirectory } from '../directory/directory.queries.js';
import { Expressions } from '../expressions/expressions.js';
import { Changes } from '../live/changes.js';
import { Conflict, Invalid, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { assessDraft, type Assessment } from './assess-draft.js';
import { endTrials } from './end-trials.js';
import { hashGraph } from './hash-graph.js';
import { gatherLiveGraphs } from './live-graphs.js';
import { lockRuleSet } from './lock-rule-set.js';
import { readPolicy } from './publish-policy.js';
import { settleWaiting } from './settle-waiting.js';

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
   * Freezes the draft as the next version, makes it live and does with those who wait what was chosen. Throws `NotFound`, `Conflict` when the draft is not the
   * revision that the caller saw, `Invalid` with `problems` when a check or a stored test fails, or the account's policy is not met and no reason is given.
   */
  async publish(caller: Caller, id: string, wanted: z.infer<typeof publish>): Promise<z.infer<typeof published>> {
    return this.scope.run(caller.accountId, async (db) => {
      const ruleSet = await lockRuleSet(db, id);
      if (wanted.revision !== undefined && wanted.revision !== ruleSet.revision) throw new Conflict(draftChanged);
      const { unmet } = await this.assess(db, caller, { id, name: ruleSet.name, graph: ruleSet.draft, override: wanted.override });
      const version = ruleSet.newest + 1;
      const graph = graphSchema.parse(ruleSet.draft);
      const hash = hashGraph(graph);
      await db.query(
        `INSERT INTO rule_set_versions (rule_set_id, version, account_id, graph, hash, note, author_id, author_name)
         SELECT id, $2, account_id, draft, $3, $4, $5, $6 FROM rule_sets WHERE id = $1`,
        [id, version, hash, wanted.note ?? null, caller.userId, caller.name],
      );
      await this.pointTo(db, caller, id, version);
      const { settled, handedOver } = await settleWaiting(
        db,
        caller,
        { ruleSetId: id, name: ruleSet.name, version, graph },
        wanted.waiting ?? [],
      );
      for (const conversation of handedOver) await this.changes.publish(db, caller.accountId, { kind: 'conversation', id: conversation });
      const waiting = wanted.waiting && { waiting: settled };
      await this.audit.write(db, caller, 'rule-set.publish', ruleSet.name, { id, version, hash, before: ruleSet.live, ...waiting });
      await this.noteOverride(db, caller, ruleSet.name, { id, version, override: wanted.override, unmet });
      return { version, ...waiting };
    });
  }

  /**
   * Makes a version live that was frozen to be tried and never published; it is looked at as a draft is. Throws `NotFound`, `Conflict` for one that was published
   * before, `Invalid` as `publish`.
   */
  async publishVersion(caller: Caller, id: string, version: number, override: string | undefined): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const ruleSet = await lockRuleSet(db, id);
      const wanted = await rowOf<{ graph: unknown; hash: string; isPublished: boolean }>(
        db,
        `SELECT graph, hash, published_at IS NOT NULL AS "isPublished" FROM rule_set_versions WHERE rule_set_id = $1 AND version = $2`,
        [id, version],
      );
      if (!wanted) throw new NotFound();
      if (wanted.isPublished)
        throw new Conflict({
          ru: 'Эта версия уже была опубликована: её можно вернуть',
          en: 'This version was published before: bring it back',
        });
      const { unmet } = await this.assess(db, caller, { id, name: ruleSet.name, graph: wanted.graph, override });
      await this.pointTo(db, caller, id, version);
      await this.audit.write(db, caller, 'rule-set.publish', ruleSet.name, { id, version, hash: wanted.hash, before: ruleSet.live });
      await this.noteOverride(db, caller, ruleSet.name, { id, version, override, unmet });
    });
  }

  /** Makes a version the one that runs for everybody, and ends what was tried beside the one before. */
  async pointTo(db: EntityManager, caller: Caller, id: string, version: number): Promise<void> {
    await db.query(`UPDATE rule_sets SET published_version = $2 WHERE id = $1`, [id, version]);
    await db.query(`UPDATE rule_set_versions SET published_at = now() WHERE rule_set_id = $1 AND version = $2 AND published_at IS NULL`, [
      id,
      version,
    ]);
    await endTrials(db, id, caller.name);
    await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id });
  }

  /** What stands between a graph and its publishing. Throws `Invalid` for errors and failing tests, and for what the policy misses where no reason is given. */
  async assess(
    db: EntityManager,
    caller: Caller,
    { id, name, graph, override }: { id: string; name: string; graph: unknown; override: string | undefined },
  ): Promise<Assessment> {
    const assessed = await assessDraft(graph, name, {
      account: await gatherDirectory(db),
      live: await gatherLiveGraphs(db, id),
      policy: await readPolicy(db),
      expressions: this.expressions.makerFor(caller.accountId),
    });
    refuse(override === undefined ? [...assessed.obstacles, ...assessed.unmet] : assessed.obstacles);
    return assessed;
  }

  /** Whoever goes on although the policy is not met has said why. */
  async noteOverride(
    db: EntityManager,
    caller: Caller,
    name: string,
    { id, version, override, unmet }: { id: string; version: number; override: string | undefined; unmet: Finding[] },
  ): Promise<void> {
    if (override === undefined || unmet.length === 0) return;
    const details = { id, version, reason: override, unmet: unmet.map(({ code }) => code) };
    await this.audit.write(db, caller, 'rule-set.override', name, details);
  }

  /** Makes an older (or newer) version live again; the draft stays. Throws `NotFound`, `Invalid` for a version that is not there or cannot run. */
  async rollback(caller: Caller, id: string, version: number): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const ruleSet = await lockRuleSet(db, id);
      const wanted = await rowOf<{ graph: unknown; hash: string; isPublished: boolean }>(
        db,
        `SELECT graph, hash, published_at IS NOT NULL AS "isPublished" FROM rule_set_versions WHERE rule_set_id = $1 AND version = $2::bigint`,
        [id, version],
      );
      if (wanted && !wanted.isPublished) throw new Invalid([{ path: 'version', detail: neverPublished }]);
      if (!wanted) throw new Invalid([{ path: 'version', detail: { ru: 'Такой версии нет', en: 'There is no such version' } }]);
      refuse(readGraph(wanted.graph, nodeTypes).findings);
      await this.pointTo(db, caller, id, version);
      await this.audit.write(db, caller, 'rule-set.rollback', ruleSet.name, { id, version, hash: wanted.hash, before: ruleSet.live });
    });
  }
}

function refuse(problems: Finding[]): void {
  if (problems.length === 0) return;
  throw new Invalid(
    problems.map(({ path, text }) => ({ path: path ?? '', detail: text })),
    { ru: 'Правила не прошли проверку', en: 'The rules did not pass the checks' },
    { problems },
  );
}

const neverPublished = {
  ru: 'Эту версию ещё не публиковали: её нельзя вернуть, её можно опубликовать',
  en: 'This version was never published: it cannot be brought back, it can be published',
};
const draftChanged = { ru: 'Черновик успели изменить: посмотрите его ещё раз', en: 'The draft was changed in between: look at it again' };
