import { Injectable } from '@nestjs/common';
import type { Finding } from '../../rules/index.js';
import type { Caller } from '../auth/caller.js';
import { AccountScope } from '../db/account-scope.js';
import { gatherDirectory } from '../directory/directory.queries.js';
import { Changes } from '../live/changes.js';
import { Conflict, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { findProblems } from './find-problems.js';
import { readDraft } from './read-draft.js';

/** Stores a draft over the revision that its author saw, and no other. */
@Injectable()
export class SaveDraft {
  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
  ) {}

  /** Gives the new revision and what the checks find. Throws `NotFound`, `Conflict` when somebody saved in between, `Invalid` for what is no graph file. */
  async save(caller: Caller, id: string, json: unknown, revision: number): Promise<{ revision: number; problems: Finding[] }> {
    const { graph } = readDraft(json);
    return this.scope.run(caller.accountId, async (db) => {
      const saved = await rowOf<{ revision: number }>(
        db,
        `UPDATE rule_sets SET draft = $2, draft_revision = draft_revision + 1, draft_updated_at = now(), draft_updated_by = $3
         WHERE id = $1 AND draft_revision = $4::bigint RETURNING draft_revision AS revision`,
        [id, JSON.stringify(graph), caller.userId, revision],
      );
      if (!saved) {
        const other = await rowOf<{ name: string | null }>(
          db,
          `SELECT u.name FROM rule_sets s LEFT JOIN users u ON u.id = s.draft_updated_by WHERE s.id = $1`,
          [id],
        );
        if (!other) throw new NotFound();
        throw new Conflict(
          { ru: 'Черновик успели сохранить', en: 'The draft was saved in between' },
          other.name ? { ru: `Сохранил: ${other.name}`, en: `Saved by ${other.name}` } : undefined,
        );
      }
      await this.changes.publish(db, caller.accountId, { kind: 'rule-set', id });
      return { revision: saved.revision, problems: findProblems(graph, await gatherDirectory(db)) };
    });
  }
}
