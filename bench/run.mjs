// npm run bench: measures in one run, side by side with the alternative, and prints tables for docs/benchmarks.md. Load goes to loopback only, bounded in count and time.
//   npm run bench                           all parts
//   npm run bench -- evaluate               one part: evaluate, engines, path, lists, steps, canvas
//   npm run bench -- engines --json FILE    the same figures as data, from the parts that give them
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';

const parts = {
  evaluate: './evaluate.mjs',
  engines: './engines/run.mjs',
  path: './path.mjs',
  lists: './lists.mjs',
  steps: './steps.mjs',
  canvas: './canvas.mjs',
};
const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
for (const name of wanted) if (!(name in parts)) throw new Error(`no such part: ${name}; there are ${Object.keys(parts).join(', ')}`);
const figures = {};
for (const [name, file] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { run } = await import(file);
  console.log(`\n## ${name} (load before it: ${loadavg()[0].toFixed(1)})\n`);
  figures[name] = await run();
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, undefined, 2)}\n`);
