import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { AccountScope } from '../server/db/account-scope.js';
import { applicationDataSource } from '../server/db/data-source.js';
import { dumpSchema } from '../server/db/dump-schema.js';
import { migrate } from '../server/db/migrate.js';
import { newDatabase } from './support/database.js';

it('brings an empty database to the schema in the repository', async () => {
  const database = await newDatabase();
  expect(await dumpSchema(database.url)).toBe(readFileSync('server/db/schema.sql', 'utf8'));
  await database.close();
});

it('finds what goes with a conversation, a message, a run or a delivery by an index', async () => {
  const database = await newDatabase();
  // Whatever goes with a channel goes row by row; without an index each of them would read a whole table.
  const slow = await database.query(
    `SELECT c.conrelid::regclass::text AS "table", c.conname AS name FROM pg_constraint c
     WHERE c.contype = 'f' AND c.confrelid IN ('conversations'::regclass, 'messages'::regclass, 'runs'::regclass, 'outbox'::regclass)
       AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1]
         AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$'))`,
  );
  expect(slow).toEqual([]);
  await database.close();
});

it('migrates once when five processes start at the same time', async () => {
  const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await admin.connect();
  const name = `five_${process.pid}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const address = new URL(process.env.TEST_DATABASE_URL!);
  address.pathname = `/${name}`;
  const ran = await Promise.all(Array.from({ length: 5 }, () => migrate(address.href)));
  expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
});

it('a server that has prepared its statements gets over a migration of another one', async () => {
  const database = await newDatabase();
  await database.query(`CREATE TABLE marks (mark int); GRANT SELECT ON marks TO razvilka_app; INSERT INTO marks VALUES (1)`);
  const source = await applicationDataSource(database.url, 1).initialize();
  const scope = new AccountScope(source);
  const read = () =>
    scope.runPrepared(randomUUID(), async (db) => ({
      rows: await db.query<unknown[]>('SELECT * FROM marks WHERE mark::text = $1', ['1']),
      prepared: await db.query<unknown[]>('SELECT FROM pg_prepared_statements'),
    }));
  expect(await read()).toEqual({ rows: [{ mark: 1 }], prepared: [{}] });
  await database.query('ALTER TABLE marks ADD seen boolean');
  await expect(read()).rejects.toThrow('cached plan');
  expect((await read()).rows).toEqual([{ mark: 1, seen: null }]);
  // The stale one and its successor: what other transactions ask on this connection is not kept.
  const [kept] = await source.query<{ count: string }[]>('SELECT count(*) FROM pg_prepared_statements WHERE $1', [true]);
  expect(kept?.count).toBe('2');
  await source.destroy();
  await database.close();
});
