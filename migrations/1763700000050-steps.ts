import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * How often each step ran, by the hour, and which runs were its last (docs/decisions/0017-steps-are-counted-behind-the-path.md); and which step of which version
 * sent a message. What was recorded before is counted as well: the runs wait in the queue like new ones.
 */
export class Steps1763700000050 implements MigrationInterface {
  name = 'Steps1763700000050';

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
    for (const statement of functions) await db.query(statement);
    await db.query(`INSERT INTO runs_to_count (run_id, account_id) SELECT id, account_id FROM runs`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `DROP FUNCTION count_steps(integer); DROP FUNCTION fold_step_hours(); DROP FUNCTION steps_of(uuid[]); DROP FUNCTION called_by(jsonb, text)`,
    );
    for (const table of accountTables.toReversed()) await db.query(`DROP TABLE ${table}`);
    await db.query(`ALTER TABLE messages DROP COLUMN sent_by`);
  }
}

const accountTables = ['runs_to_count', 'step_hours', 'step_latest'];

const tables = [
  // {run, ruleSet, name, version, node, type, title}: of a message that the rules sent.
  `ALTER TABLE messages ADD COLUMN sent_by jsonb`,

  // Runs that are in no counter yet. A row lives for seconds and is found by reading the whole table, so it has no index, and refers to nothing.
  `CREATE TABLE runs_to_count (
    run_id uuid NOT NULL,
    account_id uuid NOT NULL
  )`,

  // What happened at a step in an hour: `left` by an exit (name: the port), `applied` and `skipped` effects (the type), `held` replies (why), a `score` (scale and
  // number). After some days the hours of a day are one row at its beginning in UTC.
  `CREATE TABLE step_hours (
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    hour timestamptz NOT NULL,
    node text NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('left', 'applied', 'skipped', 'held', 'score')),
    name text NOT NULL,
    account_id uuid NOT NULL,
    times bigint NOT NULL,
    PRIMARY KEY (rule_set_id, hour, node, version, kind, name)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX step_hours_age ON step_hours USING brin (hour)`,

  // By whichever version: when an exit was last taken, and the newest runs that took it.
  `CREATE TABLE step_latest (
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    node text NOT NULL,
    port text NOT NULL,
    account_id uuid NOT NULL,
    last_at timestamptz NOT NULL,
    runs uuid[] NOT NULL,
    PRIMARY KEY (rule_set_id, node, port)
  ) WITH (fillfactor = 80)`,
];

/** How many of the newest runs of an exit are kept by name: enough for the last messages and for a median. */
const newest = 20;

const functions = [
  // The rule set that a step of a run belongs to, by its name; null for the run's own, absent for a step that is not there.
  `CREATE FUNCTION called_by(trace jsonb, wanted text) RETURNS TABLE (name text) LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
     SELECT step ->> 'ruleSet' FROM jsonb_array_elements(trace) step WHERE step ->> 'node' = wanted ORDER BY step ? 'ruleSet' LIMIT 1
   $$;
   REVOKE ALL ON FUNCTION called_by(jsonb, text) FROM PUBLIC;
   GRANT EXECUTE ON FUNCTION called_by(jsonb, text) TO razvilka_app`,

  // What some runs did, a row for each thing at each step. A step of a rule set that the run called counts as that one's, in its live version. Runs as the
  // caller, so an account sees its own.
  `CREATE FUNCTION steps_of(runs_asked uuid[])
     RETURNS TABLE (rule_set_id uuid, account_id uuid, run_id uuid, at timestamptz, version integer, node text, kind text, name text)
     LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
       SELECT coalesce(c.id, r.rule_set_id), r.account_id, r.id, r.at, CASE WHEN c.id IS NULL THEN r.version ELSE coalesce(c.published_version, r.version) END,
              did.node, did.kind, did.name
       FROM runs r CROSS JOIN LATERAL (
         SELECT step ->> 'node', step ->> 'ruleSet', 'left', step ->> 'port' FROM jsonb_array_elements(r.trace) step
         UNION ALL SELECT step ->> 'node', step ->> 'ruleSet', 'held', step ->> 'held' FROM jsonb_array_elements(r.trace) step WHERE step ? 'held'
         UNION ALL SELECT e.node, called.name, e.outcome, e.type FROM effects e, called_by(r.trace, e.node) called (name) WHERE e.run_id = r.id
         UNION ALL SELECT e.node, called.name, 'score', (e.body ->> 'scale') || ' ' || (e.body ->> 'score')
           FROM effects e, called_by(r.trace, e.node) called (name) WHERE e.run_id = r.id AND e.type = 'record-score' AND e.outcome = 'applied'
       ) did (node, called, kind, name)
       LEFT JOIN rule_sets c ON c.account_id = r.account_id AND c.name = did.called
       WHERE r.id = ANY (runs_asked) AND did.node IS NOT NULL AND did.name IS NOT NULL AND (did.called IS NULL OR c.id IS NOT NULL)
     $$;
   REVOKE ALL ON FUNCTION steps_of(uuid[]) FROM PUBLIC;
   GRANT EXECUTE ON FUNCTION steps_of(uuid[]) TO razvilka_app`,

  // Takes so many runs off the queue and counts them; gives how many it took. One process at a time, so that nobody waits for anybody's rows.
  `CREATE FUNCTION count_steps(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
   DECLARE counted integer;
   BEGIN
     IF NOT pg_try_advisory_xact_lock(hashtextextended('count_steps', 0)) THEN RETURN 0; END IF;
     WITH gone AS (
       DELETE FROM runs_to_count WHERE ctid = ANY (ARRAY(SELECT q.ctid FROM runs_to_count q LIMIT most)) RETURNING run_id
     ), did AS MATERIALIZED (
       SELECT s.* FROM steps_of(ARRAY(SELECT run_id FROM gone)) s
     ), hours AS (
       INSERT INTO step_hours AS h (rule_set_id, hour, node, version, kind, name, account_id, times)
         SELECT d.rule_set_id, date_trunc('hour', d.at, 'UTC'), d.node, d.version, d.kind, d.name, d.account_id, count(*)
         FROM did d GROUP BY 1, 2, 3, 4, 5, 6, 7
         ON CONFLICT (rule_set_id, hour, node, version, kind, name) DO UPDATE SET times = h.times + excluded.times
     ), latest AS (
       INSERT INTO step_latest AS l (rule_set_id, node, port, account_id, last_at, runs)
         SELECT d.rule_set_id, d.node, d.name, d.account_id, max(d.at), (array_agg(DISTINCT d.run_id ORDER BY d.run_id DESC))[1:${newest}]
         FROM did d WHERE d.kind = 'left' GROUP BY 1, 2, 3, 4
         ON CONFLICT (rule_set_id, node, port) DO UPDATE SET last_at = greatest(l.last_at, excluded.last_at),
           runs = (ARRAY(SELECT DISTINCT one FROM unnest(l.runs || excluded.runs) one ORDER BY one DESC))[1:${newest}]
     )
     SELECT count(*) INTO counted FROM gone;
     RETURN counted;
   END $$;
   REVOKE ALL ON FUNCTION count_steps(integer) FROM PUBLIC;
   GRANT EXECUTE ON FUNCTION count_steps(integer) TO razvilka_app`,

  // The hours of past days become days, and what is older than 13 months goes. Days that a server slept through stay hours, which counts the same.
  `CREATE FUNCTION fold_step_hours() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
     DELETE FROM step_hours WHERE hour < now() - interval '400 days';
     WITH gone AS (
       DELETE FROM step_hours WHERE hour >= date_trunc('day', now(), 'UTC') - interval '12 days' AND hour < date_trunc('day', now(), 'UTC') - interval '2 days'
         AND hour <> date_trunc('day', hour, 'UTC') RETURNING *
     )
     INSERT INTO step_hours AS h (rule_set_id, hour, node, version, kind, name, account_id, times)
       SELECT rule_set_id, date_trunc('day', hour, 'UTC'), node, version, kind, name, account_id, sum(times) FROM gone GROUP BY 1, 2, 3, 4, 5, 6, 7
       ON CONFLICT (rule_set_id, hour, node, version, kind, name) DO UPDATE SET times = h.times + excluded.times;
   $$;
   REVOKE ALL ON FUNCTION fold_step_hours() FROM PUBLIC;
   GRANT EXECUTE ON FUNCTION fold_step_hours() TO razvilka_app`,
];
