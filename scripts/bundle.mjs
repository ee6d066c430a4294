import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/**
 * Joins one compiled program into a script, which alone can be given code that V8 compiled before, and puts `main.js` beside it: the starter with the script's
 * name in it. That name tells its content: code that was compiled for another script would run, and be wrong.
 */
export async function bundleScript(folder, program, starter, { external = [] } = {}) {
  // A script is CommonJS.
  const output = { format: 'cjs', entryFileNames: '[name]-[hash].cjs', codeSplitting: false };
  await bundle(folder, program, { external, output });
  const script = readdirSync(folder).find((file) => file.endsWith('.cjs'));
  const scripts = import.meta.dirname;
  writeFileSync(join(folder, 'main.js'), readFileSync(join(scripts, starter), 'utf8').replace('SCRIPT', script));
  copyFileSync(join(scripts, 'compiled-script.mjs'), join(folder, 'compiled-script.mjs'));
}

/** Has V8 compile the script of a folder that is in its place, which its stacks name. */
export function compileScript(folder) {
  execFileSync(process.execPath, [join(folder, 'main.js'), '--compile'], { stdio: 'inherit' });
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
