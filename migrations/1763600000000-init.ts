import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * The first schema. Every table that holds an account's data has `account_id` under forced row-level security: the policy `account` lets the
 * application's role see one account's rows at a time (none while `app.account_id` is unset); the policy `owner` is for the role that migrates, backs
 * up and owns the few look-up functions at the end. The application's role owns nothing and cannot bypass the policies.
 */
export class Init1763600000000 implements MigrationInterface {
  name = 'Init1763600000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'razvilka_app') THEN
          CREATE ROLE razvilka_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
        END IF;
        IF NOT pg_has_role(current_user, 'razvilka_app', 'MEMBER') THEN
          EXECUTE format('GRANT razvilka_app TO %I', current_user);
        END IF;
      END $$;
      GRANT USAGE ON SCHEMA public TO razvilka_app;

      CREATE FUNCTION current_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('app.account_id', true), '')::uuid $$;
    `);
    for (const statement of tables) await db.query(statement);
    for (const table of accountTables) {
      const key = table === 'accounts' ? 'id' : 'account_id';
      await db.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY account ON ${table} TO razvilka_app USING (${key} = (SELECT current_account())) WITH CHECK (${key} = (SELECT current_account()));
        CREATE POLICY owner ON ${table} TO CURRENT_USER USING (true) WITH CHECK (true);
        GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO razvilka_app;
      `);
    }
    // The audit is append-only for the application.
    await db.query(`REVOKE UPDATE, DELETE ON audit_log FROM razvilka_app`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failures, setup_links TO razvilka_app`);
    await db.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO razvilka_app`);
    for (const statement of lookups) await db.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the first migration is not undone: drop the database instead');
  }
}

const accountTables = [
  'accounts', 'groups', 'users', 'sessions', 'api_tokens', 'invitations', 'audit_log', 'pipelines', 'stages', 'crm_connections', 'channels', 'channel_logs',
  'webhook_requests', 'contacts', 'contact_identities', 'conversations', 'messages', 'early_changes', 'message_exports', 'deals', 'tasks', 'notes', 'notifications',
  'rule_sets', 'rule_set_versions', 'rule_turns', 'runs', 'effects', 'outbox', 'delivery_attempts', 'delivery_lanes', 'rate_limits',
]; // oxfmt-ignore

const tables = [
  `CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    timezone text NOT NULL DEFAULT 'Europe/Moscow',
    answer_age_seconds integer NOT NULL DEFAULT 900,
    last_conversation_number bigint NOT NULL DEFAULT 0,
    last_deal_number bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,

  // People and access
  `CREATE TABLE groups (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, name)
  )`,
  `CREATE TABLE users (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    email text NOT NULL CHECK (email = lower(email)),
    name text NOT NULL,
    password_hash text,
    role text NOT NULL CHECK (role IN ('owner', 'admin', 'analyst', 'operator')),
    active boolean NOT NULL DEFAULT true,
    group_id uuid REFERENCES groups ON DELETE SET NULL,
    language text NOT NULL DEFAULT 'ru' CHECK (language IN ('ru', 'en')),
    timezone text NOT NULL DEFAULT 'Europe/Moscow',
    theme text NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE UNIQUE INDEX users_email ON users (email)`,
  `CREATE INDEX users_account ON users (account_id)`,
  `CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    ip text,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX sessions_user ON sessions (user_id)`,
  `CREATE TABLE api_tokens (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('admin', 'analyst', 'operator')),
    token_hash bytea NOT NULL UNIQUE,
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
  )`,
  `CREATE TABLE invitations (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    email text NOT NULL CHECK (email = lower(email)),
    role text NOT NULL CHECK (role IN ('admin', 'analyst', 'operator')),
    group_id uuid REFERENCES groups ON DELETE SET NULL,
    token_hash bytea NOT NULL UNIQUE,
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz
  )`,
  // These two are read before anybody is known, so they belong to no account and name nobody.
  `CREATE TABLE setup_links (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE TABLE sign_in_failures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email_hash bytea NOT NULL,
    ip text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX sign_in_failures_email ON sign_in_failures (email_hash, at)`,
  `CREATE INDEX sign_in_failures_ip ON sign_in_failures (ip, at)`,
  `CREATE TABLE audit_log (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT now(),
    actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'token', 'system')),
    actor_id uuid,
    actor_name text NOT NULL,
    ip text,
    action text NOT NULL,
    subject text,
    details jsonb NOT NULL DEFAULT '{}'
  )`,
  `CREATE INDEX audit_log_page ON audit_log (account_id, at DESC, id DESC)`,

  // The built-in CRM
  `CREATE TABLE pipelines (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    name text NOT NULL,
    position integer NOT NULL,
    UNIQUE (account_id, name)
  )`,
  `CREATE TABLE stages (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    pipeline_id uuid NOT NULL REFERENCES pipelines ON DELETE CASCADE,
    name text NOT NULL,
    position integer NOT NULL,
    open boolean NOT NULL,
    UNIQUE (pipeline_id, name)
  )`,
  `CREATE TABLE crm_connections (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    kind text NOT NULL,
    name text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, name)
  )`,

  // Channels and what they bring
  `CREATE TABLE channels (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    kind text NOT NULL,
    name text NOT NULL,
    account text,
    surface text NOT NULL DEFAULT 'direct' CHECK (surface IN ('direct', 'comments')),
    active boolean NOT NULL DEFAULT true,
    hook_key text NOT NULL UNIQUE,
    settings jsonb NOT NULL DEFAULT '{}',
    secrets bytea,
    poll_cursor text,
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'connected', 'failing')),
    last_error text,
    last_error_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, name)
  )`,
  `CREATE TABLE channel_logs (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    channel_id uuid NOT NULL REFERENCES channels ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT now(),
    level text NOT NULL CHECK (level IN ('info', 'warning', 'error')),
    text text NOT NULL
  )`,
  `CREATE INDEX channel_logs_page ON channel_logs (channel_id, at DESC)`,
  `CREATE TABLE webhook_requests (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    channel_id uuid NOT NULL REFERENCES channels ON DELETE CASCADE,
    received_at timestamptz NOT NULL DEFAULT now(),
    body bytea NOT NULL,
    dedupe_key text,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'quarantined')),
    attempts integer NOT NULL DEFAULT 0,
    attempted_at timestamptz,
    error text,
    processed_at timestamptz
  )`,
  `CREATE INDEX webhook_requests_pending ON webhook_requests (channel_id, seq) WHERE status = 'pending'`,
  `CREATE UNIQUE INDEX webhook_requests_dedupe ON webhook_requests (channel_id, dedupe_key) WHERE dedupe_key IS NOT NULL`,
  `CREATE INDEX webhook_requests_quarantined ON webhook_requests (account_id, received_at DESC, seq DESC) WHERE status = 'quarantined'`,
  `CREATE INDEX webhook_requests_age ON webhook_requests USING brin (received_at)`,
  `CREATE TABLE contacts (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    name text,
    phone text,
    email text,
    bot boolean NOT NULL DEFAULT false,
    responsible_id uuid REFERENCES users ON DELETE SET NULL,
    fields jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX contacts_page ON contacts (account_id, created_at DESC, id DESC)`,
  `CREATE TABLE contact_identities (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    kind text NOT NULL,
    scope text NOT NULL,
    external_id text NOT NULL,
    name text,
    username text,
    phone text,
    profile_url text,
    blocked boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, scope, external_id)
  )`,
  `CREATE INDEX contact_identities_contact ON contact_identities (contact_id)`,
  `CREATE TABLE conversations (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    number bigint NOT NULL,
    channel_id uuid NOT NULL REFERENCES channels ON DELETE CASCADE,
    contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    thread_key text NOT NULL,
    chat jsonb NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
    needs_answer boolean NOT NULL DEFAULT false,
    unread integer NOT NULL DEFAULT 0,
    inbound integer NOT NULL DEFAULT 0,
    outbound integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    last_message_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, number)
  ) WITH (fillfactor = 80)`,
  `CREATE UNIQUE INDEX conversations_open_thread ON conversations (channel_id, thread_key) WHERE status = 'open'`,
  `CREATE INDEX conversations_page ON conversations (account_id, last_message_at DESC, id DESC)`,
  `CREATE INDEX conversations_contact ON conversations (contact_id)`,
  `CREATE TABLE messages (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    channel_id uuid NOT NULL REFERENCES channels ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    direction text NOT NULL CHECK (direction IN ('in', 'out')),
    origin text NOT NULL CHECK (origin IN ('client', 'operator', 'crm', 'mailing', 'phone', 'rules')),
    external_id text,
    kind text NOT NULL DEFAULT 'text',
    text text NOT NULL DEFAULT '',
    attachments jsonb NOT NULL DEFAULT '[]',
    post jsonb,
    reply_to text,
    at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    edited_at timestamptz,
    attachments_edited_at timestamptz,
    deleted_at timestamptz,
    status text NOT NULL DEFAULT 'passed' CHECK (status IN ('passed', 'filtered', 'error')),
    reason jsonb,
    author_id uuid
  )`,
  `CREATE UNIQUE INDEX messages_external ON messages (channel_id, external_id) WHERE external_id IS NOT NULL`,
  `CREATE INDEX messages_page ON messages (account_id, at DESC, id DESC)`,
  `CREATE INDEX messages_conversation ON messages (conversation_id, at DESC, id DESC)`,
  `CREATE INDEX messages_channel ON messages (channel_id, at DESC, id DESC)`,
  `CREATE INDEX messages_contact ON messages (contact_id, at DESC, id DESC)`,
  `CREATE INDEX messages_not_passed ON messages (account_id, status, at DESC, id DESC) WHERE status <> 'passed'`,
  // Edits and deletions that came before their message: the newest of each, until it comes (server/messaging/change-messages.ts).
  `CREATE TABLE early_changes (
    channel_id uuid NOT NULL REFERENCES channels ON DELETE CASCADE,
    external_id text NOT NULL,
    account_id uuid NOT NULL,
    text text,
    attachments jsonb,
    edited_at timestamptz,
    attachments_edited_at timestamptz,
    deleted_at timestamptz,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (channel_id, external_id)
  )`,
  `CREATE TABLE message_exports (
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    crm_connection_id uuid NOT NULL REFERENCES crm_connections ON DELETE CASCADE,
    account_id uuid NOT NULL,
    status text NOT NULL CHECK (status IN ('queued', 'exported', 'filtered', 'discarded', 'dropped', 'failed')),
    reason text,
    attempts integer NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (message_id, crm_connection_id)
  )`,
  // Rare statuses only, so that an ordinary message pays nothing: the log's filter and its counters ask this for every row that they look at.
  `CREATE INDEX message_exports_troubled ON message_exports (message_id, status) WHERE status IN ('discarded', 'dropped', 'failed')`,

  `CREATE TABLE deals (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    number bigint NOT NULL,
    name text NOT NULL,
    contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    pipeline_id uuid NOT NULL REFERENCES pipelines,
    stage_id uuid NOT NULL REFERENCES stages,
    open boolean NOT NULL,
    responsible_id uuid REFERENCES users ON DELETE SET NULL,
    tags text[] NOT NULL DEFAULT '{}',
    fields jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    UNIQUE (account_id, number)
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX deals_contact ON deals (contact_id, created_at DESC)`,
  `CREATE INDEX deals_page ON deals (account_id, created_at DESC, id DESC)`,
  `CREATE INDEX deals_stage ON deals (stage_id)`,
  `CREATE TABLE tasks (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    deal_id uuid REFERENCES deals ON DELETE CASCADE,
    text text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('one-per-deal', 'every-message', 'manual')),
    assignee_id uuid REFERENCES users ON DELETE SET NULL,
    due_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    done_at timestamptz
  )`,
  // Open ones are asked for at each message, all of them when a conversation or a deal goes or its page is opened.
  `CREATE INDEX tasks_deal ON tasks (deal_id, done_at) WHERE deal_id IS NOT NULL`,
  `CREATE INDEX tasks_conversation ON tasks (conversation_id, done_at) WHERE conversation_id IS NOT NULL`,
  `CREATE INDEX tasks_contact ON tasks (contact_id)`,
  `CREATE INDEX tasks_page ON tasks (account_id, due_at, id) WHERE done_at IS NULL`,
  `CREATE INDEX tasks_done ON tasks (account_id, done_at DESC, id DESC) WHERE done_at IS NOT NULL`,
  `CREATE TABLE notes (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    deal_id uuid REFERENCES deals ON DELETE CASCADE,
    text text NOT NULL,
    author_id uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX notes_contact ON notes (contact_id, created_at DESC)`,
  `CREATE INDEX notes_conversation ON notes (conversation_id) WHERE conversation_id IS NOT NULL`,
  `CREATE TABLE notifications (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    text text NOT NULL,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    read_at timestamptz
  )`,
  `CREATE INDEX notifications_user ON notifications (user_id, created_at DESC)`,
  `CREATE INDEX notifications_conversation ON notifications (conversation_id) WHERE conversation_id IS NOT NULL`,

  // Rules
  `CREATE TABLE rule_sets (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    name text NOT NULL,
    priority integer NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    draft jsonb NOT NULL,
    draft_revision integer NOT NULL DEFAULT 1,
    draft_updated_at timestamptz NOT NULL DEFAULT now(),
    draft_updated_by uuid REFERENCES users ON DELETE SET NULL,
    published_version integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, name)
  )`,
  `CREATE TABLE rule_set_versions (
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    version integer NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    graph jsonb NOT NULL,
    hash text NOT NULL,
    note text,
    author_id uuid REFERENCES users ON DELETE SET NULL,
    author_name text NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rule_set_id, version)
  )`,
  `CREATE TABLE rule_turns (
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    node text NOT NULL,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    turns bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (rule_set_id, node)
  )`,
  `CREATE TABLE runs (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    rule_set_id uuid NOT NULL REFERENCES rule_sets ON DELETE CASCADE,
    version integer NOT NULL,
    event_type text NOT NULL,
    event_key text NOT NULL,
    message_id uuid REFERENCES messages ON DELETE CASCADE,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    at timestamptz NOT NULL,
    status text NOT NULL CHECK (status IN ('passed', 'filtered', 'error')),
    reason jsonb,
    error jsonb,
    event jsonb NOT NULL,
    memory jsonb NOT NULL,
    trace jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (rule_set_id, event_key)
  )`,
  `CREATE INDEX runs_message ON runs (message_id)`,
  // For the conversations that go with a channel: each would read the whole table.
  `CREATE INDEX runs_conversation ON runs (conversation_id) WHERE conversation_id IS NOT NULL`,
  `CREATE INDEX runs_rule_set ON runs (rule_set_id, at DESC, id DESC)`,
  // The effect ledger: its unique key makes a second attempt of the same run change nothing.
  `CREATE TABLE effects (
    run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
    effect_no integer NOT NULL,
    account_id uuid NOT NULL,
    node text NOT NULL,
    type text NOT NULL,
    body jsonb NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('applied', 'skipped')),
    detail text,
    PRIMARY KEY (run_id, effect_no)
  )`,

  // What goes out. A row goes with its message, whose channel and conversation it repeats: references of their own would want two more indexes.
  `CREATE TABLE outbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    account_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    message_id uuid NOT NULL UNIQUE REFERENCES messages ON DELETE CASCADE,
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown')),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  ) WITH (fillfactor = 80)`,
  `CREATE INDEX outbox_due ON outbox (conversation_id, seq) WHERE status IN ('queued', 'sending')`,
  `CREATE INDEX outbox_next ON outbox (next_attempt_at) WHERE status IN ('queued', 'sending')`,
  `CREATE INDEX outbox_troubled ON outbox (message_id, status) WHERE status IN ('failed', 'unknown')`,
  `CREATE TABLE delivery_attempts (
    outbox_id uuid NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    attempt integer NOT NULL,
    account_id uuid NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    outcome text CHECK (outcome IN ('sent', 'rejected', 'misconfigured', 'throttled', 'unreachable', 'unknown')),
    detail text,
    PRIMARY KEY (outbox_id, attempt)
  )`,
  // One sender at a time for a conversation; a dead one's lease runs out.
  `CREATE TABLE delivery_lanes (
    conversation_id uuid PRIMARY KEY REFERENCES conversations ON DELETE CASCADE,
    account_id uuid NOT NULL,
    holder uuid NOT NULL,
    lease_until timestamptz NOT NULL
  )`,
  // Shared by all processes: the earliest instant at which the next send of this key conforms (GCRA).
  `CREATE UNLOGGED TABLE rate_limits (
    channel_id uuid NOT NULL REFERENCES channels ON DELETE CASCADE,
    key text NOT NULL,
    account_id uuid NOT NULL,
    conforms_at timestamptz NOT NULL,
    PRIMARY KEY (channel_id, key)
  )`,
];

/** What must be found before an account is known. They run as the owner, take a secret's hash or an address, and give ids. */
const lookups = [
  look('is_set_up()', 'boolean', `SELECT EXISTS (SELECT FROM accounts)`),
  look(
    'find_user_by_email(wanted text)',
    'TABLE (user_id uuid, account_id uuid, password_hash text, active boolean)',
    `SELECT id, account_id, password_hash, active FROM users WHERE email = lower(wanted)`,
  ),
  look(
    'find_session(wanted bytea)',
    'TABLE (session_id uuid, account_id uuid, user_id uuid, role text, name text, language text, last_seen_at timestamptz, expires_at timestamptz)',
    `SELECT s.id, s.account_id, s.user_id, u.role, u.name, u.language, s.last_seen_at, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = wanted AND u.active`,
  ),
  look(
    'find_api_token(wanted bytea)',
    'TABLE (token_id uuid, account_id uuid, name text, role text)',
    `SELECT id, account_id, name, role FROM api_tokens WHERE token_hash = wanted`,
  ),
  look(
    'find_invitation(wanted bytea)',
    'TABLE (invitation_id uuid, account_id uuid)',
    `SELECT id, account_id FROM invitations WHERE token_hash = wanted AND accepted_at IS NULL AND expires_at > now()`,
  ),
  look(
    'find_channel(wanted text)',
    'TABLE (channel_id uuid, account_id uuid)',
    `SELECT id, account_id FROM channels WHERE hook_key = wanted`,
  ),
  look(
    'polled_channels(wanted_kinds text[])',
    'TABLE (channel_id uuid, account_id uuid, kind text)',
    `SELECT id, account_id, kind FROM channels WHERE active AND kind = ANY (wanted_kinds)`,
  ),
  look(
    'inbox_lanes()',
    'TABLE (channel_id uuid, account_id uuid)',
    `SELECT c.id, c.account_id FROM channels c WHERE EXISTS (SELECT FROM webhook_requests w WHERE w.channel_id = c.id AND w.status = 'pending')`,
  ),
  look(
    'delivery_lanes_due(most integer)',
    'TABLE (conversation_id uuid, account_id uuid)',
    // A conversation waits for its oldest message; later ones do not count.
    `SELECT first.conversation_id, first.account_id FROM (
       SELECT DISTINCT ON (conversation_id) conversation_id, account_id, next_attempt_at FROM outbox WHERE status IN ('queued', 'sending') ORDER BY conversation_id, seq
     ) first
     WHERE first.next_attempt_at <= now() AND NOT EXISTS (SELECT FROM delivery_lanes l WHERE l.conversation_id = first.conversation_id AND l.lease_until > now()) LIMIT most`,
  ),
  look(
    'queue_ages()',
    'TABLE (queue text, waiting bigint, oldest_seconds double precision)',
    `SELECT 'inbox', count(*), coalesce(extract(epoch FROM now() - min(received_at)), 0)::double precision FROM webhook_requests WHERE status = 'pending'
     UNION ALL SELECT 'outbox', count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)::double precision FROM outbox WHERE status IN ('queued', 'sending')`,
  ),
  // Stores raw requests of one account in one round trip and one commit, several hooks' at once (server/messaging/receive.ts). Runs as the caller.
  `CREATE FUNCTION store_requests(account uuid, ids uuid[], channels uuid[], bodies bytea[], keys text[])
     RETURNS TABLE (request_id uuid, is_new boolean, same_body boolean) LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
   BEGIN
     PERFORM set_config('app.account_id', account::text, true);
     INSERT INTO webhook_requests (id, account_id, channel_id, body, dedupe_key)
       SELECT i, account, c, b, k FROM unnest(ids, channels, bodies, keys) WITH ORDINALITY AS given (i, c, b, k, place) ORDER BY place
       ON CONFLICT (channel_id, dedupe_key) WHERE dedupe_key IS NOT NULL DO NOTHING;
     PERFORM pg_notify('inbox', account::text || ' ' || c::text) FROM (SELECT DISTINCT unnest(channels)) AS lanes (c);
     RETURN QUERY
       SELECT coalesce(w.id, i), coalesce(w.id, i) = i, coalesce(w.body = b, true)
       FROM unnest(ids, channels, bodies, keys) WITH ORDINALITY AS given (i, c, b, k, place)
       LEFT JOIN webhook_requests w ON k IS NOT NULL AND w.channel_id = c AND w.dedupe_key = k
       ORDER BY place;
   END $$;
   GRANT EXECUTE ON FUNCTION store_requests TO razvilka_app`,
  look(
    'forget_old(keep interval)',
    'bigint',
    `WITH requests AS (DELETE FROM webhook_requests WHERE status = 'done' AND received_at < now() - keep RETURNING 1),
       changes AS (DELETE FROM early_changes WHERE received_at < now() - keep RETURNING 1)
     SELECT (SELECT count(*) FROM requests) + (SELECT count(*) FROM changes)`,
    'VOLATILE',
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
