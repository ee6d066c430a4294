import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../auth/caller.js';
import { AccountScope } from '../db/account-scope.js';
import { rowsOf } from '../sql/rows.js';
import { Changes } from './changes.js';

/** A page says every 20 s that it is still there; one that says nothing for longer has gone without its connection being closed (its server died). */
const longestSilence = `interval '50 seconds'`;

/** One page that shows a rule set. */
export interface Present {
  userId: string;
  name: string;
  since: string;
}

/**
 * Who has which rule set open. A page is there for as long as its stream is: the process that holds the stream removes it at once when that closes. Rows and
 * not memory, because the pages of one rule set may be connected to different processes.
 */
@Injectable()
export class Presences {
  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
  ) {}

  /** The page of a connection shows this rule set now; repeated, it stays. The rule set must be one of the account's. */
  async enter(db: EntityManager, caller: Caller & { userId: string }, connection: string, ruleSetId: string): Promise<void> {
    const before = await this.remove(db, connection, caller.userId, ruleSetId);
    const came = await rowsOf(
      db,
      `INSERT INTO presences (connection_id, account_id, user_id, rule_set_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (connection_id) DO UPDATE SET seen_at = now() WHERE presences.user_id = excluded.user_id RETURNING (xmax = 0) AS is_new`,
      [connection, caller.accountId, caller.userId, ruleSetId],
    );
    const silent = await rowsOf<{ id: string }>(
      db,
      `DELETE FROM presences WHERE seen_at < now() - ${longestSilence} RETURNING rule_set_id AS id`,
    );
    const isNew = came.some((row) => 'is_new' in row && row.is_new === true);
    for (const id of new Set([...before, ...silent.map((row) => row.id), ...(isNew ? [ruleSetId] : [])]))
      await this.tell(db, caller.accountId, id);
  }

  /** The page of a connection shows no rule set any more. */
  async leave(db: EntityManager, caller: Caller & { userId: string }, connection: string): Promise<void> {
    for (const id of await this.remove(db, connection, caller.userId)) await this.tell(db, caller.accountId, id);
  }

  /** A stream closed: whatever its page showed, nobody looks at it any more. Fails silently: a row that stays is ignored when its time is over. */
  async closed(caller: Caller, connection: string): Promise<void> {
    if (!caller.userId) return;
    const user = { ...caller, userId: caller.userId };
    await this.scope.run(caller.accountId, (db) => this.leave(db, user, connection)).catch(() => undefined);
  }

  /** Who has a rule set open, in order of coming, a line a page; the page of `connection` is left out. */
  of(db: EntityManager, ruleSetId: string, connection: string | undefined): Promise<Present[]> {
    return rowsOf<Present>(
      db,
      `SELECT u.id AS "userId", u.name, p.since FROM presences p JOIN users u ON u.id = p.user_id
       WHERE p.rule_set_id = $1 AND p.connection_id IS DISTINCT FROM $2 AND p.seen_at > now() - ${longestSilence} ORDER BY p.since, p.connection_id`,
      [ruleSetId, connection ?? null],
    );
  }

  /** Rule sets that the connection showed until now, but for the one that it stays with. */
  private async remove(db: EntityManager, connection: string, userId: string, stays?: string): Promise<string[]> {
    const rows = await rowsOf<{ id: string }>(
      db,
      `DELETE FROM presences WHERE connection_id = $1 AND user_id = $2 AND rule_set_id IS DISTINCT FROM $3 RETURNING rule_set_id AS id`,
      [connection, userId, stays ?? null],
    );
    return rows.map(({ id }) => id);
  }

  private async tell(db: EntityManager, accountId: string, id: string): Promise<void> {
    await this.changes.publish(db, accountId, { kind: 'presence', id });
  }
}
