import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../dist/server/db/embedded-postgres.js';
import { migrate } from '../dist/server/db/migrate.js';

/** A fresh PostgreSQL with default durability, migrated, in a temporary folder; `cpuSeconds` is what its processes used so far. */
export async function openDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'razvilka-bench-'));
  const postgres = await startEmbeddedPostgres(folder);
  await migrate(postgres.url);
  // As root the data lie where another user may enter; the folder then says where.
  const note = join(folder, 'postgres.place');
  const place = existsSync(note) ? readFileSync(note, 'utf8').trim() : folder;
  const postmaster = Number(readFileSync(join(place, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    url: postgres.url,
    /** One more database on the same server, migrated; gives its address. */
    another: async (name) => {
      const url = await postgres.createDatabase(name);
      await migrate(url);
      return url;
    },
    cpuSeconds: () => cpuOfTree(postmaster),
    close: async () => {
      await postgres.stop();
      for (const made of new Set([place, folder])) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** User and system time of a process, its living children and the dead ones that it waited for, in seconds (Linux; 100 ticks a second). */
export function cpuOfTree(pid) {
  const own = ticksOf(pid, true);
  let children = '';
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  } catch {
    return own / 100;
  }
  return (
    (own +
      children
        .trim()
        .split(' ')
        .filter(Boolean)
        .reduce((sum, child) => sum + ticksOf(Number(child), false), 0)) /
    100
  );
}

function ticksOf(pid, withDead) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const [user, system, deadUser, deadSystem] = fields.slice(11, 15).map(Number);
    return user + system + (withDead ? deadUser + deadSystem : 0);
  } catch {
    return 0;
  }
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
