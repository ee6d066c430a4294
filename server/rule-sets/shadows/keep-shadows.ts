import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { newShadow, startedShadow } from '../../../api/shadows.js';
import { emptyMemory, nodeTypes, readGraph } from '../../../rules/index.js';
import { Audit } from '../../audit/audit.js';
import type { Caller } from '../../auth/caller.js';
import { AccountScope } from '../../db/account-scope.js';
import { Changes } from '../../live/changes.js';
import { readMemories } from '../../messaging/rule-memory.js';
import { Conflict, Invalid, NotFound } from '../../problem/problems.js';
import { rowOf } from '../../sql/rows.js';
import { chooseCandidate } from '../choose-candidate.js';
import { gatherLiveGraphs } from '../live-graphs.js';
import { lockRuleSet } from '../lock-rule-set.js';
import { refuseWhileBusy } from '../refuse-while-busy.js';
import type { ShadowState } from './messages.js';
import { takeOver } from './play-shadow.js';

/** Shadows of a rule set that are kept with their ledgers, the newest ones. */
const mostKept = 5;

/** Shadows as things that are begun and stopped; RunShadows asks them. */
@Injectable()
export class KeepShadows {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  /**
   * Begins one. Throws `NotFound`; `Conflict` where nothing is published, while another shadow or a release is under way, and for a rule set that runs only as a
   * step of another; `Invalid` for a version that is not there, cannot run or is the published one.
   */
  async start(caller: Caller, ruleSetId: string, wanted: z.infer<typeof newShadow>): Promise<z.infer<typeof startedShadow>> {
    return this.scope.run(caller.accountId, async (db) => {
      const { live, name } = await lockRuleSet(db, ruleSetId);
      if (live === null) throw new Conflict(nothingPublished);
      await refuseWhileBusy(db, ruleSetId);
      const { before, after } = await gatherLiveGraphs(db, ruleSetId);
      if ([...before, ...after].some(({ nodes }) => nodes.some(({ type, settings }) => type === 'call' && settings['ruleSet'] === name)))
        throw new Conflict(isStep);
      const { version, graph } = await chooseCandidate(db, caller, { id: ruleSetId, live }, wanted.version);
      if (!readGraph(graph, nodeTypes).graph) throw new Invalid([{ path: 'version', detail: unreadable }]);
      const id = uuid();
      await db.query(
        `INSERT INTO rule_set_shadows (id, account_id, rule_set_id, version, base_version, ends_at, most_events, author_id, author_name)
         VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6), $7, $8, $9)`,
        [id, caller.accountId, ruleSetId, version, live, wanted.days, wanted.events, caller.userId, caller.name],
      );
      await this.beginSchedules(db, caller.accountId, { id, ruleSetId });
      await db.query(
        `DELETE FROM rule_set_shadows WHERE rule_set_id = $1 AND id NOT IN (SELECT id FROM rule_set_shadows WHERE rule_set_id = $1 ORDER BY started_at DESC LIMIT $2)`,
        [ruleSetId, mostKept],
      );
      const details = { id: ruleSetId, version, days: wanted.days, events: wanted.events };
      await this.audit.write(db, caller, 'rule-set.shadow-start', name, details);
      await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id: ruleSetId });
      return { id, version };
    });
  }

  /** Its schedules count from now; what the live version's have begun and what waits, waits on in both. */
  private async beginSchedules(db: EntityManager, accountId: string, shadow: { id: string; ruleSetId: string }): Promise<void> {
    const stored = (await readMemories(db, [accountId])).get(accountId);
    const waiting = stored?.waiting.filter(({ ruleSet }) => ruleSet === shadow.ruleSetId) ?? [];
    const state: ShadowState = { ...takeOver({ ...emptyMemory, waiting }), schedules: { since: Date.now() } };
    await db.query(`INSERT INTO shadow_memories (shadow_id, account_id, state, next_due) VALUES ($1, $2, $3, now())`, [
      shadow.id,
      accountId,
      JSON.stringify(state),
    ]);
  }

  /** Its ledger stays. Throws `NotFound`; one that is over stays as it is. */
  async stop(caller: Caller, ruleSetId: string, id: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const { name } = await lockRuleSet(db, ruleSetId);
      const known = await rowOf(db, `SELECT id FROM rule_set_shadows WHERE id = $1 AND rule_set_id = $2`, [id, ruleSetId]);
      if (!known) throw new NotFound();
      const stopped = await rowOf<{ version: number }>(
        db,
        `UPDATE rule_set_shadows SET status = 'stopped', ended_at = now(), ended_by = $2 WHERE id = $1 AND status = 'active' RETURNING version`,
        [id, caller.name],
      );
      if (!stopped) return;
      await this.audit.write(db, caller, 'rule-set.shadow-stop', name, { id: ruleSetId, version: stopped.version });
      await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id: ruleSetId });
    });
  }
}

const nothingPublished = {
  ru: 'Сравнивать не с чем: ни одна версия не опубликована',
  en: 'There is nothing to compare with: no version is published',
};
const isStep = {
  ru: 'Этот набор работает только шагом другого: сам он сообщений не получает, и сравнивать нечего',
  en: 'This rule set runs only as a step of another: it gets no messages itself, so there is nothing to compare',
};
const unreadable = { ru: 'Эту версию сервер не может прочитать', en: 'The server cannot read this version' };
