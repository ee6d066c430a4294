#!/usr/bin/env node
// Starts the command line. In a checkout it builds first when the build is missing or older than the sources; elsewhere it just starts.
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/command-line/main.js');
// The compiler leaves an output alone that would not change, so its time says nothing; this file's time is that of the last build.
const stamp = join(root, 'dist/command-line/.built');

if (isStale()) await build();
await import(pathToFileURL(main).href);

function isStale() {
  const sources = ['cli', 'rules'].map((folder) => join(root, folder)).filter((folder) => existsSync(join(folder, 'tsconfig.json')));
  if (sources.length === 0) return false;
  if (!existsSync(main) || !existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return sources.some((folder) => newest(folder) > built);
}

function newest(folder) {
  let time = statSync(folder).mtimeMs;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) time = Math.max(time, newest(path));
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')) time = Math.max(time, statSync(path).mtimeMs);
  }
  return time;
}

async function build() {
  // Loaded when needed: a start that builds nothing should not wait for them.
  const [{ spawnSync }, { createRequire }] = await Promise.all([import('node:child_process'), import('node:module')]);
  const started = new Date();
  const require = createRequire(import.meta.url);
  const packageFile = require.resolve('typescript-native/package.json');
  const compiler = join(packageFile, '..', JSON.parse(readFileSync(packageFile, 'utf8')).bin.tsc);
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-b', 'cli'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    process.stderr.write(`Сборка не удалась. The build failed.\n${stdout}${stderr}`);
    process.exit(2);
  }
  await import('../scripts/bundle-cli.mjs');
  // A source that was saved while the compiler ran counts as newer.
  utimesSync(stamp, started, started);
}
