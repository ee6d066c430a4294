import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { changeRuleSet, createRuleSet } from '../../api/rule-sets.js';
import { graphFormat } from '../../rules/index.js';
import { Audit } from '../audit/audit.js';
import type { Caller } from '../auth/caller.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { Conflict, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { setters } from '../sql/setters.js';
import { orTaken } from '../sql/taken.js';
import { readDraft } from './read-draft.js';

/** Left between two rule sets, so that one can be put between them later. */
const priorityStep = 10;

/** Rule sets as things with a name and a place; what they hold is `SaveDraft`'s and `Publish`'s. */
@Injectable()
export class KeepRuleSets {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  /** A rule set with a draft and nothing live; without a priority it comes last. Throws `Conflict` for a name in use, `Invalid` for what is no graph file. */
  async create(caller: Caller, { name, priority, graph }: z.infer<typeof createRuleSet>): Promise<string> {
    const draft = graph === undefined ? { format: graphFormat, name, nodes: [], edges: [] } : readDraft(graph).graph;
    const id = uuid();
    await this.scope.run(caller.accountId, async (db) => {
      const insert = db.query(
        `INSERT INTO rule_sets (id, account_id, name, priority, draft, draft_updated_by)
         SELECT $1, $2, $3, coalesce($4::int, least(coalesce(max(priority), 0) + ${priorityStep}, 1000000)), $5, $6 FROM rule_sets`,
        [id, caller.accountId, name, priority ?? null, JSON.stringify(draft), caller.userId],
      );
      await orTaken(insert, nameTaken(name));
      await this.audit.write(db, caller, 'rule-set.create', name, { id });
      await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id });
    });
    return id;
  }

  /** Throws `NotFound`, and `Conflict` for a name in use. */
  async change(caller: Caller, id: string, wanted: z.infer<typeof changeRuleSet>): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const before = await rowOf<{ name: string }>(db, `SELECT name FROM rule_sets WHERE id = $1 FOR UPDATE`, [id]);
      if (!before) throw new NotFound();
      const { sql, values } = setters({ name: wanted.name, priority: wanted.priority, enabled: wanted.enabled });
      if (values.length === 0) return;
      const update = db.query(`UPDATE rule_sets SET ${sql} WHERE id = $${values.length + 1}`, [...values, id]);
      await orTaken(update, nameTaken(wanted.name ?? before.name));
      // The graph carries the name along when it is exported. No new revision: whoever edits the draft has not been overtaken.
      if (wanted.name !== undefined)
        await db.query(`UPDATE rule_sets SET draft = jsonb_set(draft, '{name}', to_jsonb(name)) WHERE id = $1`, [id]);
      await this.audit.write(db, caller, 'rule-set.change', before.name, { id, ...wanted });
      await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id });
    });
  }

  /** Takes its versions and runs with it. Throws `NotFound`, and `Conflict` while it answers messages. */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const ruleSet = await rowOf<{ name: string; live: number | null; enabled: boolean }>(
        db,
        `SELECT name, published_version AS live, enabled FROM rule_sets WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (!ruleSet) throw new NotFound();
      if (ruleSet.live !== null && ruleSet.enabled) {
        throw new Conflict(
          { ru: `Набор правил «${ruleSet.name}» работает`, en: `The rule set “${ruleSet.name}” is at work` },
          { ru: 'Сначала выключите его.', en: 'Switch it off first.' },
        );
      }
      await db.query(`DELETE FROM rule_sets WHERE id = $1`, [id]);
      await this.audit.write(db, caller, 'rule-set.delete', ruleSet.name, { id, live: ruleSet.live });
      await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id });
    });
  }
}

function nameTaken(name: string): { ru: string; en: string } {
  return { ru: `Набор правил «${name}» уже есть`, en: `There is already a rule set “${name}”` };
}
