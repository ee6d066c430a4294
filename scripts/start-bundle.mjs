// dist/bundle/main.js: starts server.cjs with the code that V8 compiled for it at the build. `--compile` makes that code instead: of all that the server's
// modules run when they are loaded. Without it, or with another version of Node than the build's, V8 compiles as it goes.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

const file = join(import.meta.dirname, 'server.cjs');
const compiled = `${file}.compiled`;
const isBuild = process.argv[2] === '--compile';

const source = Module.wrap(readFileSync(file, 'utf8'));
const script = new Script(source, { filename: file, cachedData: !isBuild && existsSync(compiled) ? readFileSync(compiled) : undefined });
const server = { exports: {} };
script.runInThisContext()(server.exports, createRequire(file), server, file, import.meta.dirname);

if (isBuild) {
  const draft = `${compiled}.${process.pid}`;
  writeFileSync(draft, script.createCachedData());
  // Whole or not at all: a server may start meanwhile.
  renameSync(draft, compiled);
  process.exit();
}
await server.exports.start();
