import type { MigrationInterface, QueryRunner } from 'typeorm';

/* What rules keep between events: runs that wait, silences, schedules, counters, calls, scores, and events of our own making. All under the same policies. */
export class Waits1763600000001 implements MigrationInterface {
  name = 'Waits1763600000001';

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
    await db.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO razvilka_app`);
    for (const statement of lookups) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION rules_due(integer); DROP FUNCTION calls_due(integer); DROP FUNCTION accounts_with_rules()`);
    for (const table of accountTables.toReversed()) await db.query(`DROP TABLE ${table}`);
    await db.query(
      `DROP INDEX conversations_closed_thread; ALTER TABLE conversations DROP COLUMN assignee_id; ALTER TABLE accounts DROP COLUMN sending_stopped; ALTER TABLE runs DROP COLUMN late, DROP COLUMN cause`,
    );
  }
}

const accountTables = ['conversation_memories', 'rule_counters', 'rule_schedules', 'rule_events', 'http_calls', 'scores'];

const tables = [
  // A person stopped everything that goes out.
  `ALTER TABLE accounts ADD COLUMN sending_stopped boolean NOT NULL DEFAULT false`,

  `ALTER TABLE conversations ADD COLUMN assignee_id uuid REFERENCES users ON DELETE SET NULL`,

  `CREATE INDEX conversations_closed_thread ON conversations (channel_id, thread_key, closed_at DESC) WHERE status = 'closed'`,

  // Inputs of a run beside the event and the memory, so that a replay has all of them.
  `ALTER TABLE runs ADD COLUMN late boolean NOT NULL DEFAULT false, ADD COLUMN cause jsonb NOT NULL DEFAULT '{"by": "event"}'`,

  // What the rules know of a conversation between its events: the engine's memory, as it came out of the last decision. The subject is the
  // conversation, or the account itself for runs that no conversation started.
  `CREATE TABLE conversation_memories (
    subject uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    waiting jsonb NOT NULL DEFAULT '[]',
    silences jsonb NOT NULL DEFAULT '[]',
    outbound jsonb,
    next_due timestamptz,
    failures integer NOT NULL DEFAULT 0,
    error text
  )`,
  `CREATE INDEX conversation_memories_due ON conversation_memories (next_due) WHERE next_due IS NOT NULL`,
  `CREATE INDEX conversation_memories_conversation ON conversation_memories (conversation_id) WHERE conversation_id IS NOT NULL`,

  // Instants (ms since 1970) that a limit let under it, for a contact, a conversation or a channel.
  `CREATE TABLE rule_counters (
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    node text NOT NULL,
    subject uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    instants bigint[] NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rule_set_id, node, subject)
  )`,

  // The next instant of each schedule of a live version; taking it moves it on in the same transaction, so that each comes once however many servers run.
  `CREATE TABLE rule_schedules (
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    node text NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    version integer NOT NULL,
    next_at timestamptz,
    PRIMARY KEY (rule_set_id, node)
  )`,
  `CREATE INDEX rule_schedules_due ON rule_schedules (next_at) WHERE next_at IS NOT NULL`,

  // Events that do not come from a channel: what people and rules did, and answers of calls. A row goes when the rules have seen it.
  `CREATE TABLE rule_events (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    type text NOT NULL,
    body jsonb NOT NULL DEFAULT '{}',
    depth integer NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'failed')),
    error text
  )`,
  `CREATE INDEX rule_events_conversation ON rule_events (conversation_id, seq) WHERE conversation_id IS NOT NULL`,
  `CREATE INDEX rule_events_pending ON rule_events (seq) WHERE status = 'pending'`,

  `CREATE TABLE http_calls (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    node text NOT NULL,
    request jsonb NOT NULL,
    give_up_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'calling', 'answered', 'failed')),
    answer_status integer,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  `CREATE INDEX http_calls_conversation ON http_calls (conversation_id) WHERE conversation_id IS NOT NULL`,
  `CREATE INDEX http_calls_queued ON http_calls (created_at) WHERE status = 'queued'`,

  `CREATE TABLE scores (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    rule_set_id uuid REFERENCES rule_sets ON DELETE SET NULL,
    node text NOT NULL,
    score integer NOT NULL,
    scale text NOT NULL CHECK (scale IN ('0-10', '1-5', '0-1')),
    bucket text NOT NULL CHECK (bucket IN ('promoter', 'passive', 'detractor')),
    at timestamptz NOT NULL
  )`,
  `CREATE INDEX scores_conversation ON scores (conversation_id)`,
  `CREATE INDEX scores_page ON scores (account_id, at DESC, id DESC)`,
];

const lookups = [
  look(
    'rules_due(most integer)',
    'TABLE (kind text, account_id uuid, subject uuid)',
    `(SELECT 'conversation', m.account_id, m.subject FROM conversation_memories m WHERE m.next_due <= clock_timestamp() ORDER BY m.next_due LIMIT most)
     UNION (SELECT 'conversation', e.account_id, coalesce(e.conversation_id, e.account_id) FROM rule_events e WHERE e.status = 'pending' ORDER BY e.seq LIMIT most)
     UNION (SELECT 'schedule', s.account_id, s.rule_set_id FROM rule_schedules s WHERE s.next_at <= clock_timestamp() ORDER BY s.next_at LIMIT most)`,
    'VOLATILE',
  ),
  look(
    'calls_due(most integer)',
    'TABLE (account_id uuid, call_id uuid)',
    `SELECT c.account_id, c.id FROM http_calls c WHERE c.status = 'queued' ORDER BY c.created_at LIMIT most`,
  ),
  look(
    'accounts_with_rules()',
    'TABLE (account_id uuid)',
    `SELECT DISTINCT s.account_id FROM rule_sets s WHERE s.published_version IS NOT NULL`,
  ),
];

function look(signature: string, returns: string, body: string, volatility = 'STABLE'): string {
  return `
    CREATE FUNCTION ${signature} RETURNS ${returns}
      LANGUAGE sql ${volatility} SECURITY DEFINER SET search_path = public, pg_temp AS $$ ${body} $$;
    REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${signature} TO razvilka_app;
  `;
}
