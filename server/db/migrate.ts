import pg from 'pg';
import { ownerDataSource } from './data-source.js';

/** Any number that other software on the same database is unlikely to lock. */
const migrationLock = 7_263_517_501;

/**
 * Brings the database at `url` (the owner's) to the newest schema. Of several processes that start at once one migrates, the others wait and find it done.
 * Gives the names of the migrations that it ran.
 */
export async function migrate(url: string): Promise<string[]> {
  const guard = new pg.Client({ connectionString: url });
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const source = await ownerDataSource(url).initialize();
    try {
      return (await source.runMigrations()).map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    await guard.end();
  }
}
