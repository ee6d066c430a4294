import type { MigrationInterface, QueryRunner } from 'typeorm';

/* Versions that are tried on live traffic: in the shadow of the published one, or for a share of the contacts. */
export class LiveVersions1763700000060 implements MigrationInterface {
  name = 'LiveVersions1763700000060';

  async up(db: QueryRunner): Promise<void> {
    // A version may be frozen before it is published, and may never be.
    await db.query(`
      ALTER TABLE rule_set_versions ADD COLUMN frozen_at timestamptz;
      UPDATE rule_set_versions SET frozen_at = published_at;
      ALTER TABLE rule_set_versions ALTER COLUMN frozen_at SET NOT NULL, ALTER COLUMN frozen_at SET DEFAULT now(), ALTER COLUMN published_at DROP NOT NULL;
    `);
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
    for (const { name, sql } of functions) {
      await db.query(`
        CREATE FUNCTION ${sql};
        REVOKE ALL ON FUNCTION ${name} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION ${name} TO razvilka_app;
      `);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const { name } of functions.toReversed()) await db.query(`DROP FUNCTION ${name}`);
    for (const table of accountTables.toReversed()) await db.query(`DROP TABLE ${table}`);
    await db.query(`
      DELETE FROM rule_set_versions WHERE published_at IS NULL;
      ALTER TABLE rule_set_versions DROP COLUMN frozen_at, ALTER COLUMN published_at SET NOT NULL;
    `);
  }
}

const accountTables = ['rule_set_shadows', 'shadow_events', 'shadow_memories', 'shadow_lines', 'rule_set_releases'];

const tables = [
  // `base_version` is the published one that it is compared with: another one that is published ends the shadow.
  `CREATE TABLE rule_set_shadows (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    version integer NOT NULL,
    base_version integer NOT NULL,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'stopped', 'expired', 'full', 'replaced')),
    ends_at timestamptz NOT NULL,
    most_events integer NOT NULL,
    events integer NOT NULL DEFAULT 0,
    author_id uuid REFERENCES users ON DELETE SET NULL,
    author_name text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    ended_by text
  )`,
  `CREATE UNIQUE INDEX rule_set_shadows_active ON rule_set_shadows (rule_set_id) WHERE status = 'active'`,
  `CREATE INDEX rule_set_shadows_rule_set ON rule_set_shadows (rule_set_id, started_at DESC)`,

  // What the live version was asked and what it did, left by the transaction of the message. No reference to the shadow: one that is deleted at that instant
  // must not fail the message.
  `CREATE TABLE shadow_events (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    shadow_id uuid NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    event_key text NOT NULL,
    is_timer boolean NOT NULL,
    event jsonb NOT NULL,
    memory jsonb NOT NULL,
    late boolean NOT NULL,
    expressions_stopped boolean NOT NULL,
    live jsonb NOT NULL,
    left_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX shadow_events_lane ON shadow_events (shadow_id, conversation_id, seq)`,
  `CREATE INDEX shadow_events_conversation ON shadow_events (conversation_id)`,

  // What the shadow keeps of a conversation between events: its own waits, silences and counts.
  `CREATE TABLE shadow_memories (
    shadow_id uuid NOT NULL REFERENCES rule_set_shadows ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    state jsonb NOT NULL,
    next_due timestamptz,
    PRIMARY KEY (shadow_id, conversation_id)
  )`,
  `CREATE INDEX shadow_memories_due ON shadow_memories (next_due) WHERE next_due IS NOT NULL`,
  `CREATE INDEX shadow_memories_conversation ON shadow_memories (conversation_id)`,

  // The ledger. A line without a cause is one that both took alike; only of the others both sides are kept.
  `CREATE TABLE shadow_lines (
    id uuid PRIMARY KEY,
    shadow_id uuid NOT NULL REFERENCES rule_set_shadows ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    event_key text NOT NULL,
    event_type text NOT NULL,
    at timestamptz NOT NULL,
    text text NOT NULL DEFAULT '',
    cause jsonb,
    same_outcome boolean NOT NULL,
    follows boolean NOT NULL,
    changes text[] NOT NULL DEFAULT '{}',
    effects_same integer NOT NULL DEFAULT 0,
    effects_other integer NOT NULL DEFAULT 0,
    effects_live integer NOT NULL DEFAULT 0,
    effects_shadow integer NOT NULL DEFAULT 0,
    would_call boolean NOT NULL DEFAULT false,
    live jsonb,
    shadow jsonb,
    UNIQUE (shadow_id, conversation_id, event_key)
  )`,
  `CREATE INDEX shadow_lines_differing ON shadow_lines (shadow_id, at) WHERE cause IS NOT NULL`,
  `CREATE INDEX shadow_lines_conversation ON shadow_lines (conversation_id)`,

  // `limits`, `figures`, `reason` and `history` as api/releases.ts spells them.
  `CREATE TABLE rule_set_releases (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    version integer NOT NULL,
    base_version integer NOT NULL,
    share integer NOT NULL CHECK (share BETWEEN 1 AND 100),
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'finished', 'returned', 'stopped', 'replaced')),
    limits jsonb NOT NULL,
    figures jsonb,
    reason jsonb,
    history jsonb NOT NULL,
    author_id uuid REFERENCES users ON DELETE SET NULL,
    author_name text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
  )`,
  `CREATE UNIQUE INDEX rule_set_releases_active ON rule_set_releases (rule_set_id) WHERE status = 'active'`,
  `CREATE INDEX rule_set_releases_rule_set ON rule_set_releases (rule_set_id, started_at DESC)`,
];

const definer = 'LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp';

const functions = [
  {
    name: 'shadows_due(integer)',
    // A timer of the shadow waits for the live one of the same instant, which may come a moment later.
    sql: `shadows_due(most integer) RETURNS TABLE (account_id uuid, shadow_id uuid, conversation_id uuid) ${definer} AS $$
        (SELECT e.account_id, e.shadow_id, e.conversation_id FROM shadow_events e GROUP BY 1, 2, 3 ORDER BY min(e.seq) LIMIT most)
        UNION
        (SELECT m.account_id, m.shadow_id, m.conversation_id FROM shadow_memories m JOIN rule_set_shadows s ON s.id = m.shadow_id
         WHERE s.status = 'active' AND m.next_due <= clock_timestamp() - interval '3 s' ORDER BY m.next_due LIMIT most)
      $$`,
  },
  {
    name: 'shadows_over()',
    sql: `shadows_over() RETURNS TABLE (account_id uuid, shadow_id uuid) ${definer} AS $$
        SELECT s.account_id, s.id FROM rule_set_shadows s WHERE s.status = 'active' AND (s.ends_at <= clock_timestamp() OR s.events >= s.most_events)
      $$`,
  },
  {
    name: 'forget_shadows(interval)',
    sql: `forget_shadows(keep interval) RETURNS bigint ${definer} AS $$
        WITH memories AS (DELETE FROM shadow_memories m USING rule_set_shadows s WHERE s.id = m.shadow_id AND s.status <> 'active' RETURNING 1),
          shadows AS (DELETE FROM rule_set_shadows WHERE status <> 'active' AND ended_at < now() - keep RETURNING 1)
        SELECT (SELECT count(*) FROM memories) + (SELECT count(*) FROM shadows)
      $$`,
  },
  {
    name: 'releases_active()',
    sql: `releases_active() RETURNS TABLE (account_id uuid, release_id uuid) ${definer} AS $$
        SELECT r.account_id, r.id FROM rule_set_releases r WHERE r.status = 'active' ORDER BY r.started_at
      $$`,
  },
];
