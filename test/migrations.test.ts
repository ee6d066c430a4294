import { readFileSync } from 'node:fs';
import pg from 'pg';
import { dumpSchema } from '../server/db/dump-schema.js';
import { migrate } from '../server/db/migrate.js';
import { newDatabase } from './support/database.js';

it('brings an empty database to the schema in the repository', async () => {
  const database = await newDatabase();
  expect(await dumpSchema(database.url)).toBe(readFileSync('server/db/schema.sql', 'utf8'));
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
