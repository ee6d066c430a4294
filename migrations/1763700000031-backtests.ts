import type { MigrationInterface, QueryRunner } from 'typeorm';

/* A draft tried on recorded messages: what was asked for, how far it is, what came out. */
export class Backtests1763700000031 implements MigrationInterface {
  name = 'Backtests1763700000031';

  async up(db: QueryRunner): Promise<void> {
    for (const statement of tables) await db.query(statement);
    for (const table of accountTables) {
      await db.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY account ON ${table} TO razvilka_app USING (account_id = (SELECT current_account())) WITH CHECK (account_id = (SELECT current_account()));
        CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
        GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO razvilka_app;
      `);
    }
    await db.query(`
      CREATE FUNCTION backtests_due() RETURNS TABLE (account_id uuid, backtest_id uuid)
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
          SELECT b.account_id, b.id FROM backtests b
          WHERE b.status = 'queued' OR (b.status = 'running' AND b.seen_at < clock_timestamp() - interval '30 s') ORDER BY b.created_at LIMIT 5
        $$;
      REVOKE ALL ON FUNCTION backtests_due() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION backtests_due() TO razvilka_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION backtests_due()`);
    for (const table of accountTables.toReversed()) await db.query(`DROP TABLE ${table}`);
  }
}

const accountTables = ['backtests', 'backtest_differences'];

const tables = [
  // The draft as it was when it was asked for: whoever goes on drawing changes no result. `worker` is the process that works on it, `seen_at` when it last said so.
  `CREATE TABLE backtests (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    from_day date NOT NULL,
    to_day date NOT NULL,
    channel_ids uuid[],
    draft jsonb NOT NULL,
    draft_revision integer NOT NULL,
    version integer,
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'cancelled', 'failed')),
    total integer NOT NULL,
    done integer NOT NULL DEFAULT 0,
    worker uuid,
    seen_at timestamptz,
    result jsonb,
    error jsonb,
    author_id uuid REFERENCES users ON DELETE SET NULL,
    author_name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  `CREATE INDEX backtests_rule_set ON backtests (rule_set_id, created_at DESC)`,
  `CREATE INDEX backtests_due ON backtests (created_at) WHERE status IN ('queued', 'running')`,

  // For each reason the conversations whose outcome changes, as many as are kept: the first line that differs, as both versions took it.
  `CREATE TABLE backtest_differences (
    backtest_id uuid NOT NULL REFERENCES backtests ON DELETE CASCADE,
    group_no integer NOT NULL,
    no integer NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    at timestamptz NOT NULL,
    event text NOT NULL,
    text text NOT NULL,
    old jsonb,
    new jsonb,
    PRIMARY KEY (backtest_id, group_no, no)
  )`,
  `CREATE INDEX backtest_differences_conversation ON backtest_differences (conversation_id) WHERE conversation_id IS NOT NULL`,
];
