// Runs a bundle with the code that V8 compiled for it earlier. Stands beside the bundle (bundle.mjs puts it there).
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs the CommonJS script `file` with what V8 compiled of it, from the first of the files `compiled` that is there; without one, or with one of another
 * version of Node, V8 compiles as it goes. Gives what the script exports, the name of the file that was of use, and `keep`, which writes all that V8 has
 * compiled of the script by then.
 */
export function runCompiled(file, compiled) {
  const found = compiled.find((made) => existsSync(made));
  const source = Module.wrap(readFileSync(file, 'utf8'));
  const script = new Script(source, { filename: file, cachedData: found && readFileSync(found) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return { exports: module.exports, used: script.cachedDataRejected ? undefined : found, keep: (made) => keep(script, made) };
}

/** Whole or not at all: another process may start meanwhile. */
function keep(script, made) {
  const draft = `${made}.${process.pid}`;
  writeFileSync(draft, script.createCachedData());
  renameSync(draft, made);
}
