import type { MigrationInterface, QueryRunner } from 'typeorm';

/* What runs were told of the account's expressions. */
export class ExpressionsStopped1763700000030 implements MigrationInterface {
  name = 'ExpressionsStopped1763700000030';

  async up(db: QueryRunner): Promise<void> {
    // An input of a run, so that a replay has it: too many expressions had been ended, and none was asked.
    await db.query(`ALTER TABLE runs ADD COLUMN expressions_stopped boolean NOT NULL DEFAULT false`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE runs DROP COLUMN expressions_stopped`);
  }
}
