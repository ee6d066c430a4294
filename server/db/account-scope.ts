import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { forgetStalePlans, PreparingClient } from './preparing-client.js';

/**
 * The only way to an account's rows. Row-level security shows a transaction the rows of the account that it names and nothing while it names none,
 * so a forgotten WHERE is an empty answer, not a leak.
 */
@Injectable()
export class AccountScope {
  constructor(private readonly source: DataSource) {}

  /** Runs `work` in one transaction that sees this account alone; commits when it returns, rolls back when it throws. */
  async run<T>(accountId: string, work: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(async (db) => {
      await db.query(`SELECT set_config('app.account_id', $1, true)`, [accountId]);
      return work(db);
    });
  }

  /**
   * As `run`, for work that asks the same few statements again and again: they are read, and rewritten for row-level security, once a connection, which takes
   * a third off what a message costs the database (docs/benchmarks.md). Not for statements that are put together, such as lists with filters.
   */
  async runPrepared<T>(accountId: string, work: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.run(accountId, async (db) => {
      const client: unknown = await db.queryRunner?.connect();
      if (!(client instanceof PreparingClient)) return work(db);
      client.isPreparing = true;
      try {
        return await work(db);
      } catch (error) {
        forgetStalePlans(error);
        throw error;
      } finally {
        client.isPreparing = false;
      }
    });
  }

  /** For the look-up functions at the end of the first migration, which find ids before an account is known. Sees no account's rows. */
  async lookUp<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.source.query(sql, parameters);
  }
}
