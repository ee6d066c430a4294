import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RuleSet } from '../../api/rule-sets.js';
import { diffGraphs, graphSchema, nodeTypes, type AccountDirectory } from '../../rules/index.js';
import { gatherDirectory } from '../directory/directory.queries.js';
import { findProblems } from './find-problems.js';
import { gatherGraphs, type RuleSetRow } from './rule-sets.queries.js';

type State = Pick<RuleSet, 'changed' | 'errors' | 'warnings'>;

/** Drafts whose state is remembered: a list of that many rule sets is read without opening one graph. */
const mostRemembered = 1000;

/** What the list tells of each draft. Checking reads whole graphs, so an answer is kept for as long as draft, live version and the account's names stay. */
@Injectable()
export class RuleSetStates {
  private readonly known = new Map<string, State>();

  /** Completes the rows, in their order. */
  async complete(db: EntityManager, rows: RuleSetRow[]): Promise<RuleSet[]> {
    const account = await gatherDirectory(db);
    const names = createHash('sha256').update(JSON.stringify(account)).digest('base64');
    const keyOf = (row: RuleSetRow) => `${row.id} ${row.revision} ${row.publishedVersion} ${names}`;
    const unknown = rows.filter((row) => !this.known.has(keyOf(row)));
    const graphs = new Map(
      (
        await gatherGraphs(
          db,
          unknown.map(({ id }) => id),
        )
      ).map((graph) => [graph.id, graph]),
    );
    const found = new Map(unknown.map((row) => [row.id, stateOf(graphs.get(row.id), account)]));
    const complete = rows.map((row) => ({ ...row, ...(this.known.get(keyOf(row)) ?? found.get(row.id) ?? stateOf(undefined, account)) }));
    for (const row of unknown) this.remember(keyOf(row), found.get(row.id));
    return complete;
  }

  private remember(key: string, state: State | undefined): void {
    if (state) this.known.set(key, state);
    // A map gives its keys oldest first.
    for (const oldest of this.known.keys()) {
      if (this.known.size <= mostRemembered) return;
      this.known.delete(oldest);
    }
  }
}

function stateOf(graphs: { draft: unknown; published: unknown } | undefined, account: AccountDirectory): State {
  const findings = findProblems(graphs?.draft, account);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { changed: isChanged(graphs?.draft, graphs?.published), errors, warnings: findings.length - errors };
}

/** Whether the draft means something else than the live version; moved cards and notes mean nothing. Never published is changed. */
function isChanged(draft: unknown, published: unknown): boolean {
  const [older, newer] = [graphSchema.safeParse(published), graphSchema.safeParse(draft)];
  return !older.success || !newer.success || !diffGraphs(older.data, newer.data, nodeTypes).equal;
}
