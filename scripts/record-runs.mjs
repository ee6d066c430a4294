// Records runs that every later build must repeat to the byte: all samples and generated streams that are not recorded yet go into a new file of
// rules/recorded/. What is recorded is never written again. Usage: node scripts/record-runs.mjs [--generated 500] [--seed N]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sampleRuns } from './sample-runs.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'rules/recorded');
const { values } = parseArgs({ options: { generated: { type: 'string' }, seed: { type: 'string' } } });

// The command line builds the engine when it is older than its sources.
const built = spawnSync(process.execPath, [join(root, 'bin/razvilka.mjs'), 'help'], { stdio: ['ignore', 'ignore', 'inherit'] });
if (built.status !== 0) process.exit(built.status ?? 1);
const { generateRuns } = await import('../dist/rules/testing/generate-runs.js');
const { replay } = await import('../dist/rules/testing/recorded-run.js');

mkdirSync(folder, { recursive: true });
const files = readdirSync(folder).filter((file) => file.endsWith('.json.gz'));
const known = new Set(files.flatMap((file) => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()).map(keyOf)));
const number = 1 + Math.max(0, ...files.map((file) => Number.parseInt(file, 10)));
const seed = Number(values.seed ?? number);
const generated = [...generateRuns(seed, Number(values.generated ?? 500))].map((run, place) => ({
  name: `seed ${seed}, stream ${place + 1}`,
  ...run,
}));

const recorded = [];
for (const run of [...sampleRuns(), ...generated]) {
  if (!known.has(keyOf(run))) recorded.push({ ...run, lines: await replay(run) });
}
if (recorded.length === 0) {
  console.log('Everything is recorded already.');
} else {
  const file = `${String(number).padStart(4, '0')}.json.gz`;
  // `wx`: a record that exists is refused, whoever made it meanwhile.
  writeFileSync(join(folder, file), gzipSync(JSON.stringify(recorded), { level: 9 }), { flag: 'wx' });
  console.log(`rules/recorded/${file}: ${recorded.length} runs`);
}

/** What a run depends on; its name and its lines aside. */
function keyOf({ graphs, events, until }) {
  return createHash('sha256').update(JSON.stringify({ graphs, events, until })).digest('hex');
}
