// Every sample as inputs of runs: each embedded test by itself, and each file of events that stands beside a graph of its name.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../samples', import.meta.url));
const mostEvents = 200;

/** In the order of their names. */
export function sampleRuns() {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return files
    .filter((file) => file.endsWith('.rules.json'))
    .flatMap((file) => {
      const graph = JSON.parse(readFileSync(join(root, file), 'utf8'));
      const tests = (graph.tests ?? []).map(({ name, events }) => ({ name: `${file}: ${name}`, graphs: [graph], events }));
      const beside = file.replace(/\.rules\.json$/, '.events.jsonl');
      if (!files.includes(beside)) return tests;
      const lines = readFileSync(join(root, beside), 'utf8').split('\n');
      const events = lines.filter((line) => line.trim() !== '').slice(0, mostEvents);
      return [...tests, { name: beside, graphs: [graph], events: events.map((line) => JSON.parse(line)) }];
    });
}
