import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of one suite's own, cloned from the migrated template in some 50 ms. */
export interface TestDatabase {
  /** The owner's address. */
  url: string;
  /** Runs SQL as the owner, who sees every account. */
  query<Row extends pg.QueryResultRow = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function newDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('integration tests start a PostgreSQL in test/support/global-setup.mjs: run them by `npm run integration`');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, `CREATE DATABASE ${name} TEMPLATE razvilka_template`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: address.href, max: 3 });
  pool.on('error', () => undefined); // a test may restart the server below us
  return {
    url: address.href,
    query: async <Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []) => (await pool.query<Row>(sql, parameters)).rows,
    close: async () => {
      await pool.end();
      await asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function asAdmin(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
