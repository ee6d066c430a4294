import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Installs the alternatives into this folder, once and again when their lock changes: the project itself does without them. */
export function installAlternatives() {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const installed = `${folder}node_modules/.package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${folder}package-lock.json`).mtimeMs) return;
  console.error('Installing the alternatives into bench/engines/node_modules (about 140 MB)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
  });
  if (status !== 0) throw new Error('The alternatives could not be installed: run npm ci in bench/engines', { cause: error });
}
