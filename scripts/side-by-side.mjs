// Runs shell commands at the same time: `node scripts/side-by-side.mjs "one && two" "three"`. Ends with the first exit code that is not 0.
import { spawn } from 'node:child_process';

const codes = await Promise.all(
  process.argv.slice(2).map(
    (command) =>
      new Promise((done) => {
        spawn(command, { shell: true, stdio: 'inherit' }).on('close', (code) => done(code ?? 1));
      }),
  ),
);
process.exit(codes.find((code) => code !== 0) ?? 0);
