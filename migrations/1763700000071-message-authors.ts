import type { MigrationInterface, QueryRunner } from 'typeorm';

/* An answer keeps the name of who wrote it: a program has no row among the people, and a person's may go. */
export class MessageAuthors1763700000071 implements MigrationInterface {
  name = 'MessageAuthors1763700000071';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE messages ADD COLUMN author_name text`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE messages DROP COLUMN author_name`);
  }
}
