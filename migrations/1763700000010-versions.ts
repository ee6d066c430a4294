import type { MigrationInterface, QueryRunner } from 'typeorm';

/* What an account asks of a draft before it is published, and who has which rule set open. */
export class Versions1763700000010 implements MigrationInterface {
  name = 'Versions1763700000010';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE accounts
        ADD COLUMN publish_without_warnings boolean NOT NULL DEFAULT false,
        ADD COLUMN publish_with_tests boolean NOT NULL DEFAULT false,
        ADD COLUMN publish_coverage integer NOT NULL DEFAULT 0 CHECK (publish_coverage BETWEEN 0 AND 100);
    `);
    // A row lives as long as a page is open, so it need not survive a crash of the database.
    await db.query(`
      CREATE UNLOGGED TABLE presences (
        connection_id uuid PRIMARY KEY,
        account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
        since timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX presences_rule_set ON presences (rule_set_id);
      CREATE INDEX presences_user ON presences (user_id);
      ALTER TABLE presences ENABLE ROW LEVEL SECURITY;
      ALTER TABLE presences FORCE ROW LEVEL SECURITY;
      CREATE POLICY account ON presences TO razvilka_app USING (account_id = (SELECT current_account())) WITH CHECK (account_id = (SELECT current_account()));
      CREATE POLICY owner ON presences TO CURRENT_USER USING (true) WITH CHECK (true);
      GRANT SELECT, INSERT, UPDATE, DELETE ON presences TO razvilka_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE presences`);
    await db.query(
      `ALTER TABLE accounts DROP COLUMN publish_without_warnings, DROP COLUMN publish_with_tests, DROP COLUMN publish_coverage`,
    );
  }
}
