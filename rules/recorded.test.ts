import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { replay, type RecordedRun } from './testing/recorded-run.js';

const folder = 'rules/recorded';
const files = readdirSync(folder).filter((file) => file.endsWith('.json.gz'));

it('has recorded runs to repeat', () => {
  expect(files.length).toBeGreaterThan(0);
});

// A run that differs here would differ for everybody who keeps this version: either mend the engine, or, where the old lines were wrong, remove
// that run's file, record it anew and tell of it in the changelog.
it.each(files)('%s: every run gives the bytes that it gave when it was recorded', async (file) => {
  const runs = JSON.parse(gunzipSync(readFileSync(`${folder}/${file}`)).toString()) as RecordedRun[];
  expect(runs.length).toBeGreaterThan(0);
  const differ: unknown[] = [];
  for (const { name, lines, ...input } of runs) {
    const now = await replay(input);
    const place = lines.findIndex((line, index) => line !== now[index]);
    if (place >= 0 || now.length !== lines.length)
      differ.push({ name, recorded: lines[place], now: now[place], lines: [lines.length, now.length] });
  }
  expect(differ.slice(0, 3)).toEqual([]);
});
