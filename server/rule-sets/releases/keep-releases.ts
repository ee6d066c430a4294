import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { newRelease, startedRelease } from '../../../api/releases.js';
import { Audit } from '../../audit/audit.js';
import type { Caller } from '../../auth/caller.js';
import { AccountScope } from '../../db/account-scope.js';
import { Changes } from '../../live/changes.js';
import { Conflict, NotFound } from '../../problem/problems.js';
import { rowOf } from '../../sql/rows.js';
import { chooseCandidate } from '../choose-candidate.js';
import { lockRuleSet } from '../lock-rule-set.js';
import { Publish } from '../publish.js';
import { refuseWhileBusy } from '../refuse-while-busy.js';
import { replaceShadow } from '../shadows/replace-shadow.js';
import { endRelease, lockUnderWay, stepOf, type UnderWay } from './end-release.js';

/** Releases as people begin, widen and end them. The version counts from the next message on: the path reads with every batch who gets which. */
@Injectable()
export class KeepReleases {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
    private readonly publishing: Publish,
  ) {}

  /**
   * Begins one. Throws `NotFound`; `Conflict` where nothing is published and while another release is under way (a shadow ends); `Invalid` for a version that is
   * not there or is the published one, and as publishing for one that may not be published.
   */
  async start(caller: Caller, ruleSetId: string, wanted: z.infer<typeof newRelease>): Promise<z.infer<typeof startedRelease>> {
    return this.scope.run(caller.accountId, async (db) => {
      const { live, name } = await lockRuleSet(db, ruleSetId);
      if (live === null) throw new Conflict(nothingPublished);
      await replaceShadow(db, ruleSetId, caller.name);
      await refuseWhileBusy(db, ruleSetId);
      const { version, graph } = await chooseCandidate(db, caller, { id: ruleSetId, live }, wanted.version);
      const { override, share, limits } = wanted;
      const { unmet } = await this.publishing.assess(db, caller, { id: ruleSetId, name, graph, override });
      const id = uuid();
      await db.query(
        `INSERT INTO rule_set_releases (id, account_id, rule_set_id, version, base_version, share, limits, history, author_id, author_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          caller.accountId,
          ruleSetId,
          version,
          live,
          share,
          JSON.stringify(limits),
          JSON.stringify([stepOf('started', caller.name, share)]),
          caller.userId,
          caller.name,
        ],
      );
      await this.audit.write(db, caller, 'rule-set.release', name, { id: ruleSetId, version, share, limits });
      await this.publishing.noteOverride(db, caller, name, { id: ruleSetId, version, override, unmet });
      await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id: ruleSetId });
      return { id, version };
    });
  }

  /** Throws `NotFound`, and `Conflict` when it is over. */
  async changeShare(caller: Caller, ruleSetId: string, id: string, share: number): Promise<void> {
    await this.change(caller, ruleSetId, id, async (db, release, name) => {
      if (share === release.share) return;
      await db.query(`UPDATE rule_set_releases SET share = $2, history = $3 WHERE id = $1`, [
        release.id,
        share,
        JSON.stringify([...release.history, stepOf('share', caller.name, share)]),
      ]);
      const details = { id: ruleSetId, version: release.version, before: release.share, share };
      await this.audit.write(db, caller, 'rule-set.release-share', name, details);
    });
  }

  /** Publishes it for all. It was looked at when it began, as what is published is. Throws as `changeShare`. */
  async finish(caller: Caller, ruleSetId: string, id: string): Promise<void> {
    await this.change(caller, ruleSetId, id, async (db, release, name) => {
      await endRelease(db, release, { what: 'finished', by: caller.name });
      await this.publishing.pointTo(db, caller, ruleSetId, release.version);
      const details = { id: ruleSetId, version: release.version, before: release.baseVersion };
      await this.audit.write(db, caller, 'rule-set.release-finish', name, details);
    });
  }

  /** Takes it back: the published version for all. Throws as `changeShare`. */
  async takeBack(caller: Caller, ruleSetId: string, id: string): Promise<void> {
    await this.change(caller, ruleSetId, id, async (db, release, name) => {
      await endRelease(db, release, { what: 'returned', by: caller.name });
      await this.audit.write(db, caller, 'rule-set.release-return', name, { id: ruleSetId, version: release.version });
    });
  }

  private async change(
    caller: Caller,
    ruleSetId: string,
    id: string,
    work: (db: EntityManager, release: UnderWay, name: string) => Promise<void>,
  ): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const { name } = await lockRuleSet(db, ruleSetId);
      const known = await rowOf(db, `SELECT id FROM rule_set_releases WHERE id = $1 AND rule_set_id = $2`, [id, ruleSetId]);
      if (!known) throw new NotFound();
      const release = await lockUnderWay(db, id);
      if (!release) throw new Conflict(isOver);
      await work(db, release, name);
      await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id: ruleSetId });
    });
  }
}

const nothingPublished = {
  ru: 'Выпускать постепенно не рядом с чем: ни одна версия не опубликована',
  en: 'There is nothing to release it beside: no version is published',
};
const isOver = { ru: 'Этот выпуск уже закончен', en: 'This release is over' };
