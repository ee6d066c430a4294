// dist/bundle/main.js: starts the server. The build keeps what V8 compiled to load its modules (`--compile`), the first start that gets through keeps what V8
// compiled to start it (docs/decisions/0012-the-server-in-one-file.md).
import { join } from 'node:path';
import { runCompiled } from './compiled-script.mjs';

// The build puts the name of its script here (bundle.mjs).
const file = join(import.meta.dirname, 'SCRIPT');
const atBuild = `${file}.loaded`;
const atStart = `${file}.started`;

const server = runCompiled(file, [atStart, atBuild]);
if (process.argv[2] === '--compile') {
  server.keep(atBuild);
  process.exit();
}
await server.exports.start();
if (server.used !== atStart) {
  try {
    server.keep(atStart);
  } catch {
    // Nobody may write here: the next start takes as long as this one.
  }
}
