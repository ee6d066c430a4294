import { Client, escapeIdentifier } from 'pg';
import { applicationRole } from '../server/db/data-source.js';
import { startApp, type TestApp } from './support/app.js';

let server: TestApp;
let app: Client;
let tables: string[];

beforeAll(async () => {
  server = await startApp();
  // One row in every table that the application fills by itself on set-up, so that "no rows" means something.
  await server.signIn('owner', await server.newAccount('Первая'));
  await server.signIn('owner', await server.newAccount('Вторая'));
  app = new Client({ connectionString: server.database.url, options: `-c role=${applicationRole}` });
  await app.connect();
  tables = (
    await server.database.query<{ name: string }>(
      `SELECT DISTINCT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (a.attname = 'account_id' OR c.relname = 'accounts') ORDER BY 1`,
    )
  ).map((row) => row.name);
});
afterAll(async () => {
  await app.end();
  await server.close();
});

it('sees the tables that hold accounts', () => {
  expect(tables.length).toBeGreaterThan(25);
  expect(tables).toEqual(expect.arrayContaining(['accounts', 'users', 'messages', 'runs', 'outbox']));
});

it('every table of accounts has forced row-level security with a policy for the application', async () => {
  const open = await server.database.query(
    `SELECT c.relname FROM pg_class c WHERE c.relname = ANY ($1) AND c.relnamespace = 'public'::regnamespace AND NOT (
       c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
         SELECT FROM pg_policies p WHERE p.tablename = c.relname AND $2 = ANY (p.roles) AND p.qual LIKE '%current_account()%' AND p.with_check LIKE '%current_account()%'))`,
    [tables, applicationRole],
  );
  expect(open).toEqual([]);
});

it('every other table is known to belong to nobody', async () => {
  const rows = await server.database.query<{ relname: string }>(
    `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relname = ANY ($1) ORDER BY 1`,
    [tables],
  );
  expect(rows.map((row) => row.relname)).toEqual(['migrations', 'setup_links', 'sign_in_failures']);
});

it('no account named means no rows, in every table', async () => {
  for (const table of tables) {
    const { rows } = await app.query<{ found: number }>(`SELECT count(*)::int AS found FROM ${escapeIdentifier(table)}`);
    expect([table, rows[0]?.found]).toEqual([table, 0]);
  }
});

it('one account named means its rows alone, to read, change, add and remove', async () => {
  const [first, second] = await server.database.query<{ id: string }>(`SELECT id FROM accounts ORDER BY name DESC`);
  if (!first || !second) throw new Error('two accounts were made');
  await app.query('BEGIN');
  await app.query(`SELECT set_config('app.account_id', $1, true)`, [first.id]);
  const seen = await app.query<{ account_id: string }>(`SELECT DISTINCT account_id FROM users`);
  expect(seen.rows).toEqual([{ account_id: first.id }]);
  expect((await app.query(`UPDATE users SET name = 'x' WHERE account_id = $1`, [second.id])).rowCount).toBe(0);
  expect((await app.query(`DELETE FROM stages WHERE account_id = $1`, [second.id])).rowCount).toBe(0);
  await expect(app.query(`INSERT INTO groups (id, account_id, name) VALUES (gen_random_uuid(), $1, 'чужая')`, [second.id])).rejects.toThrow(
    /row-level security/,
  );
  await app.query('ROLLBACK');
});

it('the account does not stay set after a transaction', async () => {
  const [account] = await server.database.query<{ id: string }>(`SELECT id FROM accounts LIMIT 1`);
  await app.query('BEGIN');
  await app.query(`SELECT set_config('app.account_id', $1, true)`, [account?.id]);
  await app.query('COMMIT');
  expect((await app.query(`SELECT 1 FROM users`)).rowCount).toBe(0);
});

it('the application owns nothing, is no superuser and cannot pass by the policies', async () => {
  const [role] = await server.database.query(
    `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname = $1`,
    [applicationRole],
  );
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolcanlogin: false });
  const owned = await server.database.query(
    `SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = $1
     UNION ALL SELECT p.proname FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE r.rolname = $1`,
    [applicationRole],
  );
  expect(owned).toEqual([]);
  await expect(app.query('ALTER TABLE users DISABLE ROW LEVEL SECURITY')).rejects.toThrow(/must be owner/);
  await expect(app.query('CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/);
  for (const change of [`UPDATE audit_log SET action = 'x'`, `DELETE FROM audit_log`, `TRUNCATE audit_log`]) {
    await expect(app.query(change)).rejects.toThrow(/permission denied/);
  }
});

it('a look-up function runs with a fixed search path, so that no table of a temporary schema stands in for ours', async () => {
  const loose = await server.database.query(
    `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=public, pg_temp']`,
  );
  expect(loose).toEqual([]);
});
