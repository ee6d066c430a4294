-- The schema after all migrations; written by `npm run schema:dump`, compared by test/migrations.test.ts.

CREATE TABLE accounts (
  id uuid NOT NULL,
  name text NOT NULL,
  timezone text NOT NULL DEFAULT 'Europe/Moscow'::text,
  answer_age_seconds integer NOT NULL DEFAULT 900,
  last_conversation_number bigint NOT NULL DEFAULT 0,
  last_deal_number bigint NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  sending_stopped boolean NOT NULL DEFAULT false,
  publish_without_warnings boolean NOT NULL DEFAULT false,
  publish_with_tests boolean NOT NULL DEFAULT false,
  publish_coverage integer NOT NULL DEFAULT 0,
  CONSTRAINT accounts_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_publish_coverage_check CHECK (((publish_coverage >= 0) AND (publish_coverage <= 100)))
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE api_tokens (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  token_hash bytea NOT NULL,
  created_by uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  last_used_at timestamp with time zone,
  CONSTRAINT api_tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT api_tokens_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT api_tokens_pkey PRIMARY KEY (id),
  CONSTRAINT api_tokens_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'analyst'::text, 'operator'::text]))),
  CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE audit_log (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  ip text,
  action text NOT NULL,
  subject text,
  details jsonb NOT NULL DEFAULT '{}'::jsonb,
  CONSTRAINT audit_log_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT audit_log_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'token'::text, 'system'::text]))),
  CONSTRAINT audit_log_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_log_page ON public.audit_log USING btree (account_id, at DESC, id DESC);
-- row security on, forced; razvilka_app: INSERT, SELECT; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE backtest_differences (
  backtest_id uuid NOT NULL,
  group_no integer NOT NULL,
  no integer NOT NULL,
  account_id uuid NOT NULL,
  conversation_id uuid,
  at timestamp with time zone NOT NULL,
  event text NOT NULL,
  text text NOT NULL,
  old jsonb,
  new jsonb,
  CONSTRAINT backtest_differences_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT backtest_differences_backtest_id_fkey FOREIGN KEY (backtest_id) REFERENCES backtests(id) ON DELETE CASCADE,
  CONSTRAINT backtest_differences_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT backtest_differences_pkey PRIMARY KEY (backtest_id, group_no, no)
);
CREATE INDEX backtest_differences_conversation ON public.backtest_differences USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE backtests (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  rule_set_id uuid NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  channel_ids uuid[],
  draft jsonb NOT NULL,
  draft_revision integer NOT NULL,
  version integer,
  status text NOT NULL DEFAULT 'queued'::text,
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  worker uuid,
  seen_at timestamp with time zone,
  result jsonb,
  error jsonb,
  author_id uuid,
  author_name text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone,
  CONSTRAINT backtests_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT backtests_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT backtests_pkey PRIMARY KEY (id),
  CONSTRAINT backtests_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE,
  CONSTRAINT backtests_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);
CREATE INDEX backtests_due ON public.backtests USING btree (created_at) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX backtests_rule_set ON public.backtests USING btree (rule_set_id, created_at DESC);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE channel_logs (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  level text NOT NULL,
  text text NOT NULL,
  CONSTRAINT channel_logs_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT channel_logs_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE,
  CONSTRAINT channel_logs_level_check CHECK ((level = ANY (ARRAY['info'::text, 'warning'::text, 'error'::text]))),
  CONSTRAINT channel_logs_pkey PRIMARY KEY (id)
);
CREATE INDEX channel_logs_page ON public.channel_logs USING btree (channel_id, at DESC);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE channels (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  account text,
  surface text NOT NULL DEFAULT 'direct'::text,
  active boolean NOT NULL DEFAULT true,
  hook_key text NOT NULL,
  settings jsonb NOT NULL DEFAULT '{}'::jsonb,
  secrets bytea,
  poll_cursor text,
  state text NOT NULL DEFAULT 'new'::text,
  last_error text,
  last_error_at timestamp with time zone,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT channels_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT channels_account_id_name_key UNIQUE (account_id, name),
  CONSTRAINT channels_hook_key_key UNIQUE (hook_key),
  CONSTRAINT channels_pkey PRIMARY KEY (id),
  CONSTRAINT channels_state_check CHECK ((state = ANY (ARRAY['new'::text, 'connected'::text, 'failing'::text]))),
  CONSTRAINT channels_surface_check CHECK ((surface = ANY (ARRAY['direct'::text, 'comments'::text])))
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE contact_identities (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  kind text NOT NULL,
  scope text NOT NULL,
  external_id text NOT NULL,
  name text,
  username text,
  phone text,
  profile_url text,
  blocked boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT contact_identities_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT contact_identities_account_id_scope_external_id_key UNIQUE (account_id, scope, external_id),
  CONSTRAINT contact_identities_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE,
  CONSTRAINT contact_identities_pkey PRIMARY KEY (id)
);
CREATE INDEX contact_identities_contact ON public.contact_identities USING btree (contact_id);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE contacts (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text,
  phone text,
  email text,
  bot boolean NOT NULL DEFAULT false,
  responsible_id uuid,
  fields jsonb NOT NULL DEFAULT '{}'::jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT contacts_pkey PRIMARY KEY (id),
  CONSTRAINT contacts_responsible_id_fkey FOREIGN KEY (responsible_id) REFERENCES users(id) ON DELETE SET NULL
);
CREATE INDEX contacts_page ON public.contacts USING btree (account_id, created_at DESC, id DESC);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE conversation_memories (
  subject uuid NOT NULL,
  account_id uuid NOT NULL,
  conversation_id uuid,
  waiting jsonb NOT NULL DEFAULT '[]'::jsonb,
  silences jsonb NOT NULL DEFAULT '[]'::jsonb,
  outbound jsonb,
  next_due timestamp with time zone,
  failures integer NOT NULL DEFAULT 0,
  error text,
  CONSTRAINT conversation_memories_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT conversation_memories_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT conversation_memories_pkey PRIMARY KEY (subject)
);
CREATE INDEX conversation_memories_conversation ON public.conversation_memories USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX conversation_memories_due ON public.conversation_memories USING btree (next_due) WHERE (next_due IS NOT NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE conversations (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  number bigint NOT NULL,
  channel_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  thread_key text NOT NULL,
  chat jsonb NOT NULL DEFAULT '{}'::jsonb,
  status text NOT NULL DEFAULT 'open'::text,
  needs_answer boolean NOT NULL DEFAULT false,
  unread integer NOT NULL DEFAULT 0,
  inbound integer NOT NULL DEFAULT 0,
  outbound integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  closed_at timestamp with time zone,
  last_message_at timestamp with time zone NOT NULL DEFAULT now(),
  assignee_id uuid,
  CONSTRAINT conversations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT conversations_account_id_number_key UNIQUE (account_id, number),
  CONSTRAINT conversations_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT conversations_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE,
  CONSTRAINT conversations_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE,
  CONSTRAINT conversations_pkey PRIMARY KEY (id),
  CONSTRAINT conversations_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])))
);
CREATE INDEX conversations_closed_thread ON public.conversations USING btree (channel_id, thread_key, closed_at DESC) WHERE (status = 'closed'::text);
CREATE INDEX conversations_contact ON public.conversations USING btree (contact_id);
CREATE INDEX conversations_page ON public.conversations USING btree (account_id, last_message_at DESC, id DESC);
CREATE UNIQUE INDEX conversations_open_thread ON public.conversations USING btree (channel_id, thread_key) WHERE (status = 'open'::text);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged, fillfactor=80
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE crm_connections (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  settings jsonb NOT NULL DEFAULT '{}'::jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT crm_connections_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT crm_connections_account_id_name_key UNIQUE (account_id, name),
  CONSTRAINT crm_connections_pkey PRIMARY KEY (id)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE deals (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  number bigint NOT NULL,
  name text NOT NULL,
  contact_id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  stage_id uuid NOT NULL,
  open boolean NOT NULL,
  responsible_id uuid,
  tags text[] NOT NULL DEFAULT '{}'::text[],
  fields jsonb NOT NULL DEFAULT '{}'::jsonb,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  closed_at timestamp with time zone,
  CONSTRAINT deals_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT deals_account_id_number_key UNIQUE (account_id, number),
  CONSTRAINT deals_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE,
  CONSTRAINT deals_pipeline_id_fkey FOREIGN KEY (pipeline_id) REFERENCES pipelines(id),
  CONSTRAINT deals_pkey PRIMARY KEY (id),
  CONSTRAINT deals_responsible_id_fkey FOREIGN KEY (responsible_id) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT deals_stage_id_fkey FOREIGN KEY (stage_id) REFERENCES stages(id)
);
CREATE INDEX deals_contact ON public.deals USING btree (contact_id, created_at DESC);
CREATE INDEX deals_page ON public.deals USING btree (account_id, created_at DESC, id DESC);
CREATE INDEX deals_stage ON public.deals USING btree (stage_id);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged, fillfactor=80
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE delivery_attempts (
  outbox_id uuid NOT NULL,
  attempt integer NOT NULL,
  account_id uuid NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone,
  outcome text,
  detail text,
  CONSTRAINT delivery_attempts_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id) ON DELETE CASCADE,
  CONSTRAINT delivery_attempts_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'rejected'::text, 'misconfigured'::text, 'throttled'::text, 'unreachable'::text, 'unknown'::text]))),
  CONSTRAINT delivery_attempts_pkey PRIMARY KEY (outbox_id, attempt)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE delivery_lanes (
  conversation_id uuid NOT NULL,
  account_id uuid NOT NULL,
  holder uuid NOT NULL,
  lease_until timestamp with time zone NOT NULL,
  CONSTRAINT delivery_lanes_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT delivery_lanes_pkey PRIMARY KEY (conversation_id)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE early_changes (
  channel_id uuid NOT NULL,
  external_id text NOT NULL,
  account_id uuid NOT NULL,
  text text,
  attachments jsonb,
  edited_at timestamp with time zone,
  attachments_edited_at timestamp with time zone,
  deleted_at timestamp with time zone,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT early_changes_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE,
  CONSTRAINT early_changes_pkey PRIMARY KEY (channel_id, external_id)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE effects (
  run_id uuid NOT NULL,
  effect_no integer NOT NULL,
  account_id uuid NOT NULL,
  node text NOT NULL,
  type text NOT NULL,
  body jsonb NOT NULL,
  outcome text NOT NULL,
  detail text,
  CONSTRAINT effects_outcome_check CHECK ((outcome = ANY (ARRAY['applied'::text, 'skipped'::text]))),
  CONSTRAINT effects_pkey PRIMARY KEY (run_id, effect_no),
  CONSTRAINT effects_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs(id) ON DELETE CASCADE
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE groups (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT groups_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT groups_account_id_name_key UNIQUE (account_id, name),
  CONSTRAINT groups_pkey PRIMARY KEY (id)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE http_calls (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  conversation_id uuid,
  rule_set_id uuid NOT NULL,
  node text NOT NULL,
  request jsonb NOT NULL,
  give_up_at timestamp with time zone NOT NULL,
  status text NOT NULL DEFAULT 'queued'::text,
  answer_status integer,
  error text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  finished_at timestamp with time zone,
  wait text,
  CONSTRAINT http_calls_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT http_calls_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT http_calls_pkey PRIMARY KEY (id),
  CONSTRAINT http_calls_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE,
  CONSTRAINT http_calls_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'calling'::text, 'answered'::text, 'failed'::text])))
);
CREATE INDEX http_calls_conversation ON public.http_calls USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX http_calls_queued ON public.http_calls USING btree (created_at) WHERE (status = 'queued'::text);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE invitations (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  group_id uuid,
  token_hash bytea NOT NULL,
  created_by uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  accepted_at timestamp with time zone,
  CONSTRAINT invitations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT invitations_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT invitations_email_check CHECK ((email = lower(email))),
  CONSTRAINT invitations_group_id_fkey FOREIGN KEY (group_id) REFERENCES groups(id) ON DELETE SET NULL,
  CONSTRAINT invitations_pkey PRIMARY KEY (id),
  CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'analyst'::text, 'operator'::text]))),
  CONSTRAINT invitations_token_hash_key UNIQUE (token_hash)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE message_exports (
  message_id uuid NOT NULL,
  crm_connection_id uuid NOT NULL,
  account_id uuid NOT NULL,
  status text NOT NULL,
  reason text,
  attempts integer NOT NULL DEFAULT 0,
  at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT message_exports_crm_connection_id_fkey FOREIGN KEY (crm_connection_id) REFERENCES crm_connections(id) ON DELETE CASCADE,
  CONSTRAINT message_exports_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE,
  CONSTRAINT message_exports_pkey PRIMARY KEY (message_id, crm_connection_id),
  CONSTRAINT message_exports_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'exported'::text, 'filtered'::text, 'discarded'::text, 'dropped'::text, 'failed'::text])))
);
CREATE INDEX message_exports_troubled ON public.message_exports USING btree (message_id, status) WHERE (status = ANY (ARRAY['discarded'::text, 'dropped'::text, 'failed'::text]));
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE messages (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  direction text NOT NULL,
  origin text NOT NULL,
  external_id text,
  kind text NOT NULL DEFAULT 'text'::text,
  text text NOT NULL DEFAULT ''::text,
  attachments jsonb NOT NULL DEFAULT '[]'::jsonb,
  post jsonb,
  reply_to text,
  at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  edited_at timestamp with time zone,
  attachments_edited_at timestamp with time zone,
  deleted_at timestamp with time zone,
  status text NOT NULL DEFAULT 'passed'::text,
  reason jsonb,
  author_id uuid,
  sent_by jsonb,
  author_name text,
  CONSTRAINT messages_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE,
  CONSTRAINT messages_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE,
  CONSTRAINT messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  CONSTRAINT messages_origin_check CHECK ((origin = ANY (ARRAY['client'::text, 'operator'::text, 'crm'::text, 'mailing'::text, 'phone'::text, 'rules'::text]))),
  CONSTRAINT messages_pkey PRIMARY KEY (id),
  CONSTRAINT messages_status_check CHECK ((status = ANY (ARRAY['passed'::text, 'filtered'::text, 'error'::text])))
);
CREATE INDEX messages_channel ON public.messages USING btree (channel_id, at DESC, id DESC);
CREATE INDEX messages_contact ON public.messages USING btree (contact_id, at DESC, id DESC);
CREATE INDEX messages_conversation ON public.messages USING btree (conversation_id, at DESC, id DESC);
CREATE INDEX messages_not_passed ON public.messages USING btree (account_id, status, at DESC, id DESC) WHERE (status <> 'passed'::text);
CREATE INDEX messages_page ON public.messages USING btree (account_id, at DESC, id DESC);
CREATE UNIQUE INDEX messages_external ON public.messages USING btree (channel_id, external_id) WHERE (external_id IS NOT NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE notes (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  conversation_id uuid,
  deal_id uuid,
  text text NOT NULL,
  author_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT notes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT notes_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT notes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE,
  CONSTRAINT notes_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT notes_deal_id_fkey FOREIGN KEY (deal_id) REFERENCES deals(id) ON DELETE CASCADE,
  CONSTRAINT notes_pkey PRIMARY KEY (id)
);
CREATE INDEX notes_contact ON public.notes USING btree (contact_id, created_at DESC);
CREATE INDEX notes_conversation ON public.notes USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE notifications (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  text text NOT NULL,
  conversation_id uuid,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  read_at timestamp with time zone,
  CONSTRAINT notifications_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT notifications_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT notifications_pkey PRIMARY KEY (id),
  CONSTRAINT notifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX notifications_conversation ON public.notifications USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX notifications_user ON public.notifications USING btree (user_id, created_at DESC);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE outbox (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  message_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'queued'::text,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL DEFAULT now(),
  error text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT outbox_id_key UNIQUE (id),
  CONSTRAINT outbox_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE,
  CONSTRAINT outbox_message_id_key UNIQUE (message_id),
  CONSTRAINT outbox_pkey PRIMARY KEY (seq),
  CONSTRAINT outbox_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'unknown'::text])))
);
CREATE INDEX outbox_due ON public.outbox USING btree (conversation_id, seq) WHERE (status = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE INDEX outbox_next ON public.outbox USING btree (next_attempt_at) WHERE (status = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE INDEX outbox_troubled ON public.outbox USING btree (message_id, status) WHERE (status = ANY (ARRAY['failed'::text, 'unknown'::text]));
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged, fillfactor=80
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE pipelines (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  position integer NOT NULL,
  CONSTRAINT pipelines_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT pipelines_account_id_name_key UNIQUE (account_id, name),
  CONSTRAINT pipelines_pkey PRIMARY KEY (id)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE presences (
  connection_id uuid NOT NULL,
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  rule_set_id uuid NOT NULL,
  since timestamp with time zone NOT NULL DEFAULT now(),
  seen_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT presences_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT presences_pkey PRIMARY KEY (connection_id),
  CONSTRAINT presences_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE,
  CONSTRAINT presences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX presences_rule_set ON public.presences USING btree (rule_set_id);
CREATE INDEX presences_user ON public.presences USING btree (user_id);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: unlogged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rate_limits (
  channel_id uuid NOT NULL,
  key text NOT NULL,
  account_id uuid NOT NULL,
  conforms_at timestamp with time zone NOT NULL,
  CONSTRAINT rate_limits_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE,
  CONSTRAINT rate_limits_pkey PRIMARY KEY (channel_id, key)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: unlogged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rule_counters (
  rule_set_id uuid NOT NULL,
  node text NOT NULL,
  subject uuid NOT NULL,
  account_id uuid NOT NULL,
  instants bigint[] NOT NULL DEFAULT '{}'::bigint[],
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT rule_counters_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT rule_counters_pkey PRIMARY KEY (rule_set_id, node, subject),
  CONSTRAINT rule_counters_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rule_events (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  conversation_id uuid,
  type text NOT NULL,
  body jsonb NOT NULL DEFAULT '{}'::jsonb,
  depth integer NOT NULL DEFAULT 0,
  at timestamp with time zone NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  status text NOT NULL DEFAULT 'pending'::text,
  error text,
  CONSTRAINT rule_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT rule_events_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT rule_events_id_key UNIQUE (id),
  CONSTRAINT rule_events_pkey PRIMARY KEY (seq),
  CONSTRAINT rule_events_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'failed'::text])))
);
CREATE INDEX rule_events_conversation ON public.rule_events USING btree (conversation_id, seq) WHERE (conversation_id IS NOT NULL);
CREATE INDEX rule_events_pending ON public.rule_events USING btree (seq) WHERE (status = 'pending'::text);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rule_schedules (
  rule_set_id uuid NOT NULL,
  node text NOT NULL,
  account_id uuid NOT NULL,
  version integer NOT NULL,
  next_at timestamp with time zone,
  CONSTRAINT rule_schedules_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT rule_schedules_pkey PRIMARY KEY (rule_set_id, node),
  CONSTRAINT rule_schedules_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE
);
CREATE INDEX rule_schedules_due ON public.rule_schedules USING btree (next_at) WHERE (next_at IS NOT NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rule_set_releases (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  rule_set_id uuid NOT NULL,
  version integer NOT NULL,
  base_version integer NOT NULL,
  share integer NOT NULL,
  status text NOT NULL DEFAULT 'active'::text,
  limits jsonb NOT NULL,
  figures jsonb,
  reason jsonb,
  history jsonb NOT NULL,
  author_id uuid,
  author_name text NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  ended_at timestamp with time zone,
  CONSTRAINT rule_set_releases_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT rule_set_releases_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT rule_set_releases_pkey PRIMARY KEY (id),
  CONSTRAINT rule_set_releases_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE,
  CONSTRAINT rule_set_releases_share_check CHECK (((share >= 1) AND (share <= 100))),
  CONSTRAINT rule_set_releases_status_check CHECK ((status = ANY (ARRAY['active'::text, 'finished'::text, 'returned'::text, 'stopped'::text, 'replaced'::text])))
);
CREATE INDEX rule_set_releases_rule_set ON public.rule_set_releases USING btree (rule_set_id, started_at DESC);
CREATE UNIQUE INDEX rule_set_releases_active ON public.rule_set_releases USING btree (rule_set_id) WHERE (status = 'active'::text);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rule_set_shadows (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  rule_set_id uuid NOT NULL,
  version integer NOT NULL,
  base_version integer NOT NULL,
  status text NOT NULL DEFAULT 'active'::text,
  ends_at timestamp with time zone NOT NULL,
  most_events integer NOT NULL,
  events integer NOT NULL DEFAULT 0,
  author_id uuid,
  author_name text NOT NULL,
  started_at timestamp with time zone NOT NULL DEFAULT now(),
  ended_at timestamp with time zone,
  ended_by text,
  CONSTRAINT rule_set_shadows_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT rule_set_shadows_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT rule_set_shadows_pkey PRIMARY KEY (id),
  CONSTRAINT rule_set_shadows_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE,
  CONSTRAINT rule_set_shadows_status_check CHECK ((status = ANY (ARRAY['active'::text, 'stopped'::text, 'expired'::text, 'full'::text, 'replaced'::text])))
);
CREATE INDEX rule_set_shadows_rule_set ON public.rule_set_shadows USING btree (rule_set_id, started_at DESC);
CREATE UNIQUE INDEX rule_set_shadows_active ON public.rule_set_shadows USING btree (rule_set_id) WHERE (status = 'active'::text);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rule_set_versions (
  rule_set_id uuid NOT NULL,
  version integer NOT NULL,
  account_id uuid NOT NULL,
  graph jsonb NOT NULL,
  hash text NOT NULL,
  note text,
  author_id uuid,
  author_name text NOT NULL,
  published_at timestamp with time zone DEFAULT now(),
  frozen_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT rule_set_versions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT rule_set_versions_author_id_fkey FOREIGN KEY (author_id) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT rule_set_versions_pkey PRIMARY KEY (rule_set_id, version),
  CONSTRAINT rule_set_versions_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rule_sets (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  priority integer NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  draft jsonb NOT NULL,
  draft_revision integer NOT NULL DEFAULT 1,
  draft_updated_at timestamp with time zone NOT NULL DEFAULT now(),
  draft_updated_by uuid,
  published_version integer,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT rule_sets_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT rule_sets_account_id_name_key UNIQUE (account_id, name),
  CONSTRAINT rule_sets_draft_updated_by_fkey FOREIGN KEY (draft_updated_by) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT rule_sets_pkey PRIMARY KEY (id)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE rule_turns (
  rule_set_id uuid NOT NULL,
  node text NOT NULL,
  account_id uuid NOT NULL,
  turns bigint NOT NULL DEFAULT 0,
  CONSTRAINT rule_turns_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT rule_turns_pkey PRIMARY KEY (rule_set_id, node),
  CONSTRAINT rule_turns_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE runs (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  rule_set_id uuid NOT NULL,
  version integer NOT NULL,
  event_type text NOT NULL,
  event_key text NOT NULL,
  message_id uuid,
  conversation_id uuid,
  at timestamp with time zone NOT NULL,
  status text NOT NULL,
  reason jsonb,
  error jsonb,
  event jsonb NOT NULL,
  memory jsonb NOT NULL,
  trace jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  late boolean NOT NULL DEFAULT false,
  cause jsonb NOT NULL DEFAULT '{"by": "event"}'::jsonb,
  expressions_stopped boolean NOT NULL DEFAULT false,
  CONSTRAINT runs_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT runs_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE,
  CONSTRAINT runs_pkey PRIMARY KEY (id),
  CONSTRAINT runs_rule_set_id_event_key_key UNIQUE (rule_set_id, event_key),
  CONSTRAINT runs_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE,
  CONSTRAINT runs_status_check CHECK ((status = ANY (ARRAY['passed'::text, 'filtered'::text, 'error'::text])))
);
CREATE INDEX runs_conversation ON public.runs USING btree (conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX runs_message ON public.runs USING btree (message_id);
CREATE INDEX runs_rule_set ON public.runs USING btree (rule_set_id, at DESC, id DESC);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE runs_to_count (
  run_id uuid NOT NULL,
  account_id uuid NOT NULL
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE scores (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  rule_set_id uuid,
  node text NOT NULL,
  score integer NOT NULL,
  scale text NOT NULL,
  bucket text NOT NULL,
  at timestamp with time zone NOT NULL,
  CONSTRAINT scores_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT scores_bucket_check CHECK ((bucket = ANY (ARRAY['promoter'::text, 'passive'::text, 'detractor'::text]))),
  CONSTRAINT scores_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE,
  CONSTRAINT scores_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT scores_pkey PRIMARY KEY (id),
  CONSTRAINT scores_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE SET NULL,
  CONSTRAINT scores_scale_check CHECK ((scale = ANY (ARRAY['0-10'::text, '1-5'::text, '0-1'::text])))
);
CREATE INDEX scores_conversation ON public.scores USING btree (conversation_id);
CREATE INDEX scores_page ON public.scores USING btree (account_id, at DESC, id DESC);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE sessions (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  user_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  ip text,
  user_agent text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  last_seen_at timestamp with time zone NOT NULL DEFAULT now(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT sessions_pkey PRIMARY KEY (id),
  CONSTRAINT sessions_token_hash_key UNIQUE (token_hash),
  CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX sessions_user ON public.sessions USING btree (user_id);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE setup_links (
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT setup_links_pkey PRIMARY KEY (id),
  CONSTRAINT setup_links_token_hash_key UNIQUE (token_hash)
);
-- row security off, not forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged

CREATE TABLE shadow_events (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  account_id uuid NOT NULL,
  shadow_id uuid NOT NULL,
  conversation_id uuid,
  event_key text NOT NULL,
  is_timer boolean NOT NULL,
  event jsonb NOT NULL,
  memory jsonb NOT NULL,
  late boolean NOT NULL,
  expressions_stopped boolean NOT NULL,
  live jsonb NOT NULL,
  left_at timestamp with time zone NOT NULL DEFAULT now(),
  subject uuid NOT NULL GENERATED ALWAYS AS (COALESCE(conversation_id, account_id)) STORED,
  CONSTRAINT shadow_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT shadow_events_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT shadow_events_pkey PRIMARY KEY (seq)
);
CREATE INDEX shadow_events_conversation ON public.shadow_events USING btree (conversation_id);
CREATE INDEX shadow_events_lane ON public.shadow_events USING btree (shadow_id, subject, seq);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE shadow_lines (
  id uuid NOT NULL,
  shadow_id uuid NOT NULL,
  account_id uuid NOT NULL,
  conversation_id uuid,
  event_key text NOT NULL,
  event_type text NOT NULL,
  at timestamp with time zone NOT NULL,
  text text NOT NULL DEFAULT ''::text,
  cause jsonb,
  same_outcome boolean NOT NULL,
  follows boolean NOT NULL,
  changes text[] NOT NULL DEFAULT '{}'::text[],
  effects_same integer NOT NULL DEFAULT 0,
  effects_other integer NOT NULL DEFAULT 0,
  effects_live integer NOT NULL DEFAULT 0,
  effects_shadow integer NOT NULL DEFAULT 0,
  would_call boolean NOT NULL DEFAULT false,
  live jsonb,
  shadow jsonb,
  subject uuid NOT NULL GENERATED ALWAYS AS (COALESCE(conversation_id, account_id)) STORED,
  CONSTRAINT shadow_lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT shadow_lines_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT shadow_lines_pkey PRIMARY KEY (id),
  CONSTRAINT shadow_lines_shadow_id_fkey FOREIGN KEY (shadow_id) REFERENCES rule_set_shadows(id) ON DELETE CASCADE,
  CONSTRAINT shadow_lines_shadow_id_subject_event_key_key UNIQUE (shadow_id, subject, event_key)
);
CREATE INDEX shadow_lines_conversation ON public.shadow_lines USING btree (conversation_id);
CREATE INDEX shadow_lines_differing ON public.shadow_lines USING btree (shadow_id, at) WHERE (cause IS NOT NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE shadow_memories (
  shadow_id uuid NOT NULL,
  conversation_id uuid,
  account_id uuid NOT NULL,
  state jsonb NOT NULL,
  next_due timestamp with time zone,
  subject uuid NOT NULL GENERATED ALWAYS AS (COALESCE(conversation_id, account_id)) STORED,
  CONSTRAINT shadow_memories_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT shadow_memories_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT shadow_memories_pkey PRIMARY KEY (shadow_id, subject),
  CONSTRAINT shadow_memories_shadow_id_fkey FOREIGN KEY (shadow_id) REFERENCES rule_set_shadows(id) ON DELETE CASCADE
);
CREATE INDEX shadow_memories_conversation ON public.shadow_memories USING btree (conversation_id);
CREATE INDEX shadow_memories_due ON public.shadow_memories USING btree (next_due) WHERE (next_due IS NOT NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE sign_in_failures (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  email_hash bytea NOT NULL,
  ip text NOT NULL,
  at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT sign_in_failures_pkey PRIMARY KEY (id)
);
CREATE INDEX sign_in_failures_email ON public.sign_in_failures USING btree (email_hash, at);
CREATE INDEX sign_in_failures_ip ON public.sign_in_failures USING btree (ip, at);
-- row security off, not forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged

CREATE TABLE stages (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  name text NOT NULL,
  position integer NOT NULL,
  open boolean NOT NULL,
  CONSTRAINT stages_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT stages_pipeline_id_fkey FOREIGN KEY (pipeline_id) REFERENCES pipelines(id) ON DELETE CASCADE,
  CONSTRAINT stages_pipeline_id_name_key UNIQUE (pipeline_id, name),
  CONSTRAINT stages_pkey PRIMARY KEY (id)
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE step_hours (
  rule_set_id uuid NOT NULL,
  hour timestamp with time zone NOT NULL,
  node text NOT NULL,
  version integer NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  account_id uuid NOT NULL,
  times bigint NOT NULL,
  CONSTRAINT step_hours_kind_check CHECK ((kind = ANY (ARRAY['left'::text, 'applied'::text, 'skipped'::text, 'held'::text, 'score'::text]))),
  CONSTRAINT step_hours_pkey PRIMARY KEY (rule_set_id, hour, node, version, kind, name),
  CONSTRAINT step_hours_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE
);
CREATE INDEX step_hours_age ON public.step_hours USING brin (hour);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged, fillfactor=80
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE step_latest (
  rule_set_id uuid NOT NULL,
  node text NOT NULL,
  port text NOT NULL,
  account_id uuid NOT NULL,
  last_at timestamp with time zone NOT NULL,
  runs uuid[] NOT NULL,
  CONSTRAINT step_latest_pkey PRIMARY KEY (rule_set_id, node, port),
  CONSTRAINT step_latest_rule_set_id_fkey FOREIGN KEY (rule_set_id) REFERENCES rule_sets(id) ON DELETE CASCADE
);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged, fillfactor=80
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE tasks (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  conversation_id uuid,
  deal_id uuid,
  text text NOT NULL,
  mode text NOT NULL,
  assignee_id uuid,
  due_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  done_at timestamp with time zone,
  CONSTRAINT tasks_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT tasks_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES users(id) ON DELETE SET NULL,
  CONSTRAINT tasks_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE,
  CONSTRAINT tasks_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  CONSTRAINT tasks_deal_id_fkey FOREIGN KEY (deal_id) REFERENCES deals(id) ON DELETE CASCADE,
  CONSTRAINT tasks_mode_check CHECK ((mode = ANY (ARRAY['one-per-deal'::text, 'every-message'::text, 'manual'::text]))),
  CONSTRAINT tasks_pkey PRIMARY KEY (id)
);
CREATE INDEX tasks_contact ON public.tasks USING btree (contact_id);
CREATE INDEX tasks_conversation ON public.tasks USING btree (conversation_id, done_at) WHERE (conversation_id IS NOT NULL);
CREATE INDEX tasks_deal ON public.tasks USING btree (deal_id, done_at) WHERE (deal_id IS NOT NULL);
CREATE INDEX tasks_done ON public.tasks USING btree (account_id, done_at DESC, id DESC) WHERE (done_at IS NOT NULL);
CREATE INDEX tasks_page ON public.tasks USING btree (account_id, due_at, id) WHERE (done_at IS NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE users (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text,
  role text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  group_id uuid,
  language text NOT NULL DEFAULT 'ru'::text,
  timezone text NOT NULL DEFAULT 'Europe/Moscow'::text,
  theme text NOT NULL DEFAULT 'auto'::text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT users_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT users_email_check CHECK ((email = lower(email))),
  CONSTRAINT users_group_id_fkey FOREIGN KEY (group_id) REFERENCES groups(id) ON DELETE SET NULL,
  CONSTRAINT users_language_check CHECK ((language = ANY (ARRAY['ru'::text, 'en'::text]))),
  CONSTRAINT users_pkey PRIMARY KEY (id),
  CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'analyst'::text, 'operator'::text]))),
  CONSTRAINT users_theme_check CHECK ((theme = ANY (ARRAY['auto'::text, 'light'::text, 'dark'::text])))
);
CREATE INDEX users_account ON public.users USING btree (account_id);
CREATE UNIQUE INDEX users_email ON public.users USING btree (email);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE TABLE webhook_requests (
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  received_at timestamp with time zone NOT NULL DEFAULT now(),
  body bytea NOT NULL,
  dedupe_key text,
  status text NOT NULL DEFAULT 'pending'::text,
  attempts integer NOT NULL DEFAULT 0,
  attempted_at timestamp with time zone,
  error text,
  processed_at timestamp with time zone,
  CONSTRAINT webhook_requests_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channels(id) ON DELETE CASCADE,
  CONSTRAINT webhook_requests_pkey PRIMARY KEY (seq),
  CONSTRAINT webhook_requests_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'done'::text, 'quarantined'::text])))
);
CREATE INDEX webhook_requests_age ON public.webhook_requests USING brin (received_at);
CREATE INDEX webhook_requests_pending ON public.webhook_requests USING btree (channel_id, seq) WHERE (status = 'pending'::text);
CREATE INDEX webhook_requests_quarantined ON public.webhook_requests USING btree (account_id, received_at DESC, seq DESC) WHERE (status = 'quarantined'::text);
CREATE UNIQUE INDEX webhook_requests_dedupe ON public.webhook_requests USING btree (channel_id, dedupe_key) WHERE (dedupe_key IS NOT NULL);
-- row security on, forced; razvilka_app: DELETE, INSERT, SELECT, UPDATE; storage: logged
-- policy account for razvilka_app: (account_id = ( SELECT current_account() AS current_account))
-- policy owner for the owner: true

CREATE OR REPLACE FUNCTION public.accounts_with_rules()
 RETURNS TABLE(account_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT DISTINCT s.account_id FROM rule_sets s WHERE s.published_version IS NOT NULL $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.backtests_due()
 RETURNS TABLE(account_id uuid, backtest_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
          SELECT b.account_id, b.id FROM backtests b
          WHERE b.status = 'queued' OR (b.status = 'running' AND b.seen_at < clock_timestamp() - interval '30 s') ORDER BY b.created_at LIMIT 5
        $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.called_by(trace jsonb, wanted text)
 RETURNS TABLE(name text)
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
     SELECT step ->> 'ruleSet' FROM jsonb_array_elements(trace) step WHERE step ->> 'node' = wanted ORDER BY step ? 'ruleSet' LIMIT 1
   $function$
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.calls_due(most integer)
 RETURNS TABLE(account_id uuid, call_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT c.account_id, c.id FROM http_calls c WHERE c.status = 'queued' ORDER BY c.created_at LIMIT most $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.count_steps(most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
         SELECT d.rule_set_id, d.node, d.name, d.account_id, max(d.at), (array_agg(DISTINCT d.run_id ORDER BY d.run_id DESC))[1:20]
         FROM did d WHERE d.kind = 'left' GROUP BY 1, 2, 3, 4
         ON CONFLICT (rule_set_id, node, port) DO UPDATE SET last_at = greatest(l.last_at, excluded.last_at),
           runs = (ARRAY(SELECT DISTINCT one FROM unnest(l.runs || excluded.runs) one ORDER BY one DESC))[1:20]
     )
     SELECT count(*) INTO counted FROM gone;
     RETURN counted;
   END $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.current_account()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ SELECT nullif(current_setting('app.account_id', true), '')::uuid $function$
-- executed by PUBLIC

CREATE OR REPLACE FUNCTION public.delivery_lanes_due(most integer)
 RETURNS TABLE(conversation_id uuid, account_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT first.conversation_id, first.account_id FROM (
       SELECT DISTINCT ON (conversation_id) conversation_id, account_id, next_attempt_at FROM outbox WHERE status IN ('queued', 'sending') ORDER BY conversation_id, seq
     ) first
     WHERE first.next_attempt_at <= now() AND NOT EXISTS (SELECT FROM delivery_lanes l WHERE l.conversation_id = first.conversation_id AND l.lease_until > now()) LIMIT most $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.find_api_token(wanted bytea)
 RETURNS TABLE(token_id uuid, account_id uuid, name text, role text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT id, account_id, name, role FROM api_tokens WHERE token_hash = wanted $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.find_channel(wanted text)
 RETURNS TABLE(channel_id uuid, account_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT id, account_id FROM channels WHERE hook_key = wanted $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.find_invitation(wanted bytea)
 RETURNS TABLE(invitation_id uuid, account_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT id, account_id FROM invitations WHERE token_hash = wanted AND accepted_at IS NULL AND expires_at > now() $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.find_session(wanted bytea)
 RETURNS TABLE(session_id uuid, account_id uuid, user_id uuid, role text, name text, language text, last_seen_at timestamp with time zone, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT s.id, s.account_id, s.user_id, u.role, u.name, u.language, s.last_seen_at, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = wanted AND u.active $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.find_user_by_email(wanted text)
 RETURNS TABLE(user_id uuid, account_id uuid, password_hash text, active boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT id, account_id, password_hash, active FROM users WHERE email = lower(wanted) $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.fold_step_hours()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
     DELETE FROM step_hours WHERE hour < now() - interval '400 days';
     WITH gone AS (
       DELETE FROM step_hours WHERE hour >= date_trunc('day', now(), 'UTC') - interval '12 days' AND hour < date_trunc('day', now(), 'UTC') - interval '2 days'
         AND hour <> date_trunc('day', hour, 'UTC') RETURNING *
     )
     INSERT INTO step_hours AS h (rule_set_id, hour, node, version, kind, name, account_id, times)
       SELECT rule_set_id, date_trunc('day', hour, 'UTC'), node, version, kind, name, account_id, sum(times) FROM gone GROUP BY 1, 2, 3, 4, 5, 6, 7
       ON CONFLICT (rule_set_id, hour, node, version, kind, name) DO UPDATE SET times = h.times + excluded.times;
   $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.forget_old(keep interval)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
     WITH requests AS (DELETE FROM webhook_requests WHERE seq = ANY (ARRAY(
         SELECT w.seq FROM webhook_requests w WHERE w.status = 'done' AND w.received_at < now() - keep LIMIT 5000)) RETURNING 1),
       changes AS (DELETE FROM early_changes WHERE received_at < now() - keep RETURNING 1)
     SELECT (SELECT count(*) FROM requests) + (SELECT count(*) FROM changes) $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.forget_shadows(keep interval)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
        WITH memories AS (DELETE FROM shadow_memories m USING rule_set_shadows s WHERE s.id = m.shadow_id AND s.status <> 'active' RETURNING 1),
          shadows AS (DELETE FROM rule_set_shadows WHERE status <> 'active' AND ended_at < now() - keep RETURNING 1)
        SELECT (SELECT count(*) FROM memories) + (SELECT count(*) FROM shadows)
      $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.inbox_lanes()
 RETURNS TABLE(channel_id uuid, account_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT c.id, c.account_id FROM channels c WHERE EXISTS (SELECT FROM webhook_requests w WHERE w.channel_id = c.id AND w.status = 'pending') $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.is_set_up()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT EXISTS (SELECT FROM accounts) $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.polled_channels(wanted_kinds text[])
 RETURNS TABLE(channel_id uuid, account_id uuid, kind text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT id, account_id, kind FROM channels WHERE active AND kind = ANY (wanted_kinds) $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.queue_ages()
 RETURNS TABLE(queue text, waiting bigint, oldest_seconds double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ SELECT 'inbox', count(*), coalesce(extract(epoch FROM now() - min(received_at)), 0)::double precision FROM webhook_requests WHERE status = 'pending'
     UNION ALL SELECT 'outbox', count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)::double precision FROM outbox WHERE status IN ('queued', 'sending') $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.releases_active()
 RETURNS TABLE(account_id uuid, release_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
        SELECT r.account_id, r.id FROM rule_set_releases r WHERE r.status = 'active' ORDER BY r.started_at
      $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.rules_due(most integer)
 RETURNS TABLE(kind text, account_id uuid, subject uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ (SELECT 'conversation', m.account_id, m.subject FROM conversation_memories m WHERE m.next_due <= clock_timestamp() ORDER BY m.next_due LIMIT most)
     UNION (SELECT 'conversation', e.account_id, coalesce(e.conversation_id, e.account_id) FROM rule_events e WHERE e.status = 'pending' ORDER BY e.seq LIMIT most)
     UNION (SELECT 'schedule', s.account_id, s.rule_set_id FROM rule_schedules s WHERE s.next_at <= clock_timestamp() ORDER BY s.next_at LIMIT most) $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.shadows_due(most integer)
 RETURNS TABLE(account_id uuid, shadow_id uuid, conversation_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
        (SELECT e.account_id, e.shadow_id, e.conversation_id FROM shadow_events e GROUP BY 1, 2, 3 ORDER BY min(e.seq) LIMIT most)
        UNION
        (SELECT m.account_id, m.shadow_id, m.conversation_id FROM shadow_memories m JOIN rule_set_shadows s ON s.id = m.shadow_id
         WHERE s.status = 'active' AND m.next_due <= clock_timestamp() - interval '3 s' ORDER BY m.next_due LIMIT most)
      $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.shadows_over()
 RETURNS TABLE(account_id uuid, shadow_id uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
        SELECT s.account_id, s.id FROM rule_set_shadows s WHERE s.status = 'active' AND (s.ends_at <= clock_timestamp() OR s.events >= s.most_events)
      $function$
-- runs as its owner
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.steps_of(runs_asked uuid[])
 RETURNS TABLE(rule_set_id uuid, account_id uuid, run_id uuid, at timestamp with time zone, version integer, node text, kind text, name text)
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
     $function$
-- executed by razvilka_app

CREATE OR REPLACE FUNCTION public.store_requests(account uuid, ids uuid[], channels uuid[], bodies bytea[], keys text[])
 RETURNS TABLE(request_id uuid, is_new boolean, same_body boolean)
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
   END $function$
-- executed by razvilka_app
-- executed by PUBLIC

CREATE OR REPLACE FUNCTION public.take_numbers(account uuid, kind text, wanted integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
      DECLARE last bigint;
      BEGIN
        PERFORM set_config('app.account_id', account::text, true), set_config('synchronous_commit', 'off', true);
        IF kind = 'deal' THEN
          UPDATE accounts SET last_deal_number = last_deal_number + wanted WHERE id = account RETURNING last_deal_number INTO last;
        ELSE
          UPDATE accounts SET last_conversation_number = last_conversation_number + wanted WHERE id = account RETURNING last_conversation_number INTO last;
        END IF;
        RETURN last - wanted + 1;
      END $function$
-- executed by razvilka_app
