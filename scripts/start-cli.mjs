// dist/command-line/main.js: starts the command line. The build keeps what V8 compiled to load all of its commands (`--compile`).
import { join } from 'node:path';
import { runCompiled } from './compiled-script.mjs';

// The build puts the name of its script here (bundle.mjs).
const file = join(import.meta.dirname, 'SCRIPT');
const compiled = `${file}.loaded`;

const commandLine = runCompiled(file, [compiled]);
if (process.argv[2] === '--compile') {
  await commandLine.exports.loadCommands();
  commandLine.keep(compiled);
} else {
  process.exitCode = await commandLine.exports.start(process.argv.slice(2));
}
