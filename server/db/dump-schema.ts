import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/**
 * The schema as text, read from PostgreSQL's catalogs: tables, columns, constraints, indexes, policies, grants, functions, in a stable order. The copy
 * in server/db/schema.sql shows what a migration really does in its review; a test compares the two. (pg_dump is not among the embedded binaries, and its
 * words differ between versions.) Names of owners do not appear.
 */
export async function dumpSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const parts: string[] = ['-- The schema after all migrations; written by `npm run schema:dump`, compared by test/migrations.test.ts.'];
    for (const table of await names(
      client,
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT LIKE 'migrations%' ORDER BY 1`,
    )) {
      parts.push(await dumpTable(client, table));
    }
    const functions = await names(
      client,
      `SELECT pg_get_functiondef(p.oid) || CASE WHEN p.prosecdef THEN E'-- runs as its owner\\n' ELSE '' END
         || coalesce((SELECT string_agg('-- executed by ' || coalesce(r.rolname, 'PUBLIC'), E'\\n' ORDER BY r.rolname) FROM aclexplode(p.proacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
              WHERE a.grantee <> p.proowner), '-- executed by PUBLIC') AS name
       FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY proname`,
    );
    parts.push(...functions.map((text) => text.trim()));
    return `${parts.join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}

async function dumpTable(client: pg.Client, table: string): Promise<string> {
  const oid = `'public.${table}'::regclass`;
  const columns = await names(
    client,
    `SELECT format('  %s %s', a.attname, format_type(a.atttypid, a.atttypmod)) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
       || CASE WHEN a.attidentity = 'a' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE '' END || coalesce(CASE WHEN a.attgenerated = 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
            ELSE ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END, '') AS name
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = ${oid} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
  );
  // NOT NULL constraints have rows of their own from PostgreSQL 18 on; the columns tell them already.
  const constraints = await names(
    client,
    `SELECT format('  CONSTRAINT %s %s', conname, pg_get_constraintdef(oid)) AS name FROM pg_constraint WHERE conrelid = ${oid} AND contype <> 'n' ORDER BY conname`,
  );
  const indexes = await names(
    client,
    `SELECT pg_get_indexdef(i.indexrelid) AS name FROM pg_index i WHERE i.indrelid = ${oid} AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1`,
  );
  const policies = await names(
    client,
    `SELECT format('-- policy %s for %s: %s', polname, CASE WHEN polname = 'owner' THEN 'the owner' ELSE (SELECT string_agg(rolname, ', ' ORDER BY rolname) FROM pg_roles WHERE oid = ANY (polroles)) END,
       pg_get_expr(polqual, polrelid)) AS name FROM pg_policy WHERE polrelid = ${oid} ORDER BY polname`,
  );
  const [security] = await names(
    client,
    `SELECT format('-- row security %s, %s; razvilka_app: %s; storage: %s', CASE WHEN relrowsecurity THEN 'on' ELSE 'off' END, CASE WHEN relforcerowsecurity THEN 'forced' ELSE 'not forced' END,
       coalesce((SELECT string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) FROM aclexplode(relacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE r.rolname = 'razvilka_app'), 'nothing'),
       CASE relpersistence WHEN 'u' THEN 'unlogged' ELSE 'logged' END || coalesce(', ' || array_to_string(reloptions, ', '), '')) AS name FROM pg_class WHERE oid = ${oid}`,
  );
  return [
    `CREATE TABLE ${table} (`,
    [...columns, ...constraints].join(',\n'),
    ');',
    ...indexes.map((index) => `${index};`),
    security,
    ...policies,
  ].join('\n');
}

async function names(client: pg.Client, sql: string): Promise<string[]> {
  return (await client.query<{ name: string }>(sql)).rows.map((row) => row.name);
}

if (process.argv[1] === import.meta.filename) {
  const { startEmbeddedPostgres } = await import('./embedded-postgres.js');
  const { migrate } = await import('./migrate.js');
  const postgres = await startEmbeddedPostgres(mkdtempSync(join(tmpdir(), 'razvilka-schema-')));
  try {
    await migrate(postgres.url);
    writeFileSync('server/db/schema.sql', await dumpSchema(postgres.url));
  } finally {
    await postgres.stop();
  }
}
