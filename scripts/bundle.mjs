import { renameSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

/**
 * Joins compiled programs and what they import into files of a folder: `input` names the programs, `external` what stays a module of its own, `output` is
 * rolldown's. Nothing is minified, and names of classes are kept: they are seen in logs and answers (docs/decisions/0012-the-server-in-one-file.md).
 */
export async function bundle(folder, input, { external = [], output = {} } = {}) {
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
  await joined.write({ dir: folder, format: 'esm', keepNames: true, chunkFileNames: '[name].js', ...output });
  await joined.close();
}

/** Puts a folder that `fill` makes in the place of what was there, whole or not at all: somebody may start the program meanwhile, or build it too. */
export async function replaceFolder(folder, fill) {
  const draft = `${folder}.${process.pid}`;
  await fill(draft);
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
}
