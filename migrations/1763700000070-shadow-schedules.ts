import type { MigrationInterface, QueryRunner } from 'typeorm';

/* A shadow hears of schedules too. What they start belongs to no conversation: its subject is the account, as in conversation_memories. */
export class ShadowSchedules1763700000070 implements MigrationInterface {
  name = 'ShadowSchedules1763700000070';

  async up(db: QueryRunner): Promise<void> {
    for (const table of ['shadow_events', 'shadow_lines', 'shadow_memories'])
      await db.query(
        `ALTER TABLE ${table} ADD COLUMN subject uuid NOT NULL GENERATED ALWAYS AS (coalesce(conversation_id, account_id)) STORED`,
      );
    await db.query(`
      ALTER TABLE shadow_events ALTER COLUMN conversation_id DROP NOT NULL;
      DROP INDEX shadow_events_lane;
      CREATE INDEX shadow_events_lane ON shadow_events (shadow_id, subject, seq);

      ALTER TABLE shadow_lines ALTER COLUMN conversation_id DROP NOT NULL,
        DROP CONSTRAINT shadow_lines_shadow_id_conversation_id_event_key_key, ADD UNIQUE (shadow_id, subject, event_key);

      ALTER TABLE shadow_memories DROP CONSTRAINT shadow_memories_pkey, ADD PRIMARY KEY (shadow_id, subject);
      ALTER TABLE shadow_memories ALTER COLUMN conversation_id DROP NOT NULL;
    `);
    // Those that are under way have schedules from now on, or they would be told of the live version's alone and differ in each.
    await db.query(`
      INSERT INTO shadow_memories (shadow_id, account_id, state, next_due)
        SELECT id, account_id, jsonb_build_object('memory', '{}'::jsonb, 'counters', '{}'::jsonb, 'asked', '{}'::jsonb, 'parted', false,
          'facts', '{"replies": [], "openTask": false, "turns": {}}'::jsonb,
          'schedules', jsonb_build_object('since', floor(extract(epoch FROM clock_timestamp()) * 1000))), now()
        FROM rule_set_shadows WHERE status = 'active';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['shadow_events', 'shadow_lines', 'shadow_memories'])
      await db.query(`DELETE FROM ${table} WHERE conversation_id IS NULL`);
    await db.query(`
      ALTER TABLE shadow_memories DROP COLUMN subject, ALTER COLUMN conversation_id SET NOT NULL, ADD PRIMARY KEY (shadow_id, conversation_id);
      ALTER TABLE shadow_lines DROP COLUMN subject, ALTER COLUMN conversation_id SET NOT NULL, ADD UNIQUE (shadow_id, conversation_id, event_key);
      ALTER TABLE shadow_events DROP COLUMN subject, ALTER COLUMN conversation_id SET NOT NULL;
      CREATE INDEX shadow_events_lane ON shadow_events (shadow_id, conversation_id, seq);
    `);
  }
}
