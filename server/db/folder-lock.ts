import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

const folderLock = 7_263_517_502;
// After `kill -9` PostgreSQL needs a moment to see that the old owner has gone.
const patienceMs = 3_000;

/** Held while the process lives; lost with it, however it ends. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Claims an embedded database for this process. Gives null when another one has it: a second start on the same folder. */
export async function lockFolder(url: string): Promise<FolderLock | null> {
  const client = new Client({ connectionString: url, application_name: 'razvilka-folder-lock', keepAlive: true });
  // When PostgreSQL itself goes away, everybody else will say so.
  client.on('error', () => undefined);
  await client.connect();
  const until = Date.now() + patienceMs;
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>(`SELECT pg_try_advisory_lock($1) AS mine`, [folderLock]);
    if (rows[0]?.mine) return { release: () => client.end() };
    if (Date.now() > until) {
      await client.end();
      return null;
    }
    await wait(100);
  }
}
