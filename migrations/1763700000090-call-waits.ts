import type { MigrationInterface, QueryRunner } from 'typeorm';

/* A call knows the wait that its answer ends: a node that is reached again waits anew, and rule sets may have nodes of one id. */
export class CallWaits1763700000090 implements MigrationInterface {
  name = 'CallWaits1763700000090';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE http_calls ADD COLUMN wait text`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE http_calls DROP COLUMN wait`);
  }
}
