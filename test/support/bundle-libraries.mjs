// Jest links every module of every library anew for each file of tests: 1,700 for a test that starts the server, five seconds. Joined into a few files that is
// one second (docs/decisions/0019). jest.config.mjs sends imports of these libraries here; the server itself and the command line never do.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'node_modules/.cache/razvilka-test-libraries');

/** Libraries that the tested code imports, without native ones and those that have few modules. */
export const bundled = [
  '@fastify/cookie',
  '@fastify/static',
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
  'bullmq',
  'cron-parser',
  'fast-check',
  'ioredis',
  'jsonata',
  'lossless-json',
  'pg',
  'prom-client',
  're2js',
  'reflect-metadata',
  'rxjs',
  'typeorm',
  'undici',
  'uuid',
  'zod',
  'zod/locales',
];

/** Where Jest finds a library: for moduleNameMapper. */
export const bundledPath = (library) => join(folder, `${fileName(library)}.mjs`);

/** Makes the files when the lock file or the list has changed since. */
export default async function bundleLibraries() {
  const made = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(readFileSync(new URL(import.meta.url)))
    .digest('hex');
  const stamp = join(folder, 'made-of');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return;
  const draft = `${folder}.${process.pid}`;
  const entries = join(draft, 'entries');
  mkdirSync(entries, { recursive: true });
  const input = {};
  for (const library of bundled) {
    const names = Object.keys(await import(library)).filter((name) => /^[\w$]+$/.test(name) && name !== 'module.exports');
    input[fileName(library)] = join(entries, `${fileName(library)}.mjs`);
    writeFileSync(input[fileName(library)], `export { ${names.join(', ')} } from '${library}';\n`);
  }
  const bundle = await rolldown({ input, platform: 'node', cwd: root, onLog: () => undefined });
  await bundle.write({
    dir: draft,
    format: 'esm',
    keepNames: true,
    strictExecutionOrder: true,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'shared-[name].mjs',
  });
  await bundle.close();
  rmSync(entries, { recursive: true });
  writeFileSync(join(draft, 'made-of'), made);
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
}

function fileName(library) {
  return library.replaceAll(/\W+/g, '-').replace(/^-/, '');
}
