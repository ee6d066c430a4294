// Plays every sample and generated streams of events through the built engine, and prints one line of JSON: how many, what they met, and a hash of all lines.
// Two processes that print the same hash gave the same bytes. Usage: node scripts/replay-runs.mjs [--seed 1] [--streams 10000] [--lines]
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { generateRuns } from '../dist/rules/testing/generate-runs.js';
import { compileAll, replay } from '../dist/rules/testing/recorded-run.js';
import { sampleRuns } from './sample-runs.mjs';

const { values } = parseArgs({ options: { seed: { type: 'string' }, streams: { type: 'string' }, lines: { type: 'boolean' } } });
const hash = createHash('sha256');
const met = { runs: 0, lines: 0, status: {}, type: {}, effects: {}, ports: 0 };
const ports = new Set();
// Streams that follow each other share their graphs.
let ready = { graphs: undefined, compiled: [] };

for (const run of sampleRuns()) await play(run);
for (const run of generateRuns(Number(values.seed ?? 1), Number(values.streams ?? 10_000))) await play(run);
console.log(JSON.stringify({ ...met, ports: ports.size, hash: hash.digest('hex') }));

async function play(run) {
  met.runs += 1;
  const types = new Map(run.graphs.flatMap(({ nodes }) => nodes.map(({ id, type }) => [id, type])));
  if (run.graphs !== ready.graphs) ready = { graphs: run.graphs, compiled: compileAll(run.graphs) };
  for (const line of await replay(run, ready.compiled)) {
    hash.update(line).update('\n');
    if (values.lines) console.log(line);
    const { status, type, effects, trace } = JSON.parse(line);
    met.lines += 1;
    count(met.status, status);
    count(met.type, type);
    for (const effect of effects) count(met.effects, effect.type);
    for (const [node, port] of trace) ports.add(`${types.get(node)} ${port}`);
  }
}

function count(counts, key) {
  counts[key] = (counts[key] ?? 0) + 1;
}
