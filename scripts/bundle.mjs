import { renameSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

/**
 * Joins compiled programs and what they import into a few files of a folder, in the place of what was there: `input` names the programs, `external` what stays
 * a module of its own. Nothing is minified, and names of classes are kept: they are seen in logs and answers (docs/decisions/0012-the-server-in-one-file.md).
 */
export async function bundle(folder, input, external = []) {
  const joined = await rolldown({
    input,
    platform: 'node',
    external,
    onLog(level, log) {
      const isOurs = !(log.id ?? '').includes('node_modules');
      // Libraries offer plug-ins that we do not have; their `require` fails only where one is asked for.
      if (isOurs && log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
      if (isOurs && level === 'warn') console.warn(log.message);
    },
  });
  // Whole or not at all: somebody may start the program meanwhile, or build it too.
  const draft = `${folder}.${process.pid}`;
  await joined.write({ dir: draft, format: 'esm', keepNames: true, chunkFileNames: '[name].js' });
  await joined.close();
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
}
