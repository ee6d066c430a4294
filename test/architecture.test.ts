import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

interface Cruise {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

const cruise = JSON.parse(
  execFileSync(
    process.execPath,
    [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      'rules',
      'api',
      'server',
      'cli',
      'builder/src',
      'migrations',
    ],
    {
      maxBuffer: 256 * 1024 * 1024,
      encoding: 'utf8',
    },
  ),
) as Cruise;

it('holds the walls', () => {
  expect(cruise.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
});

it('looked at every source file, so that the walls do not stand on nothing', () => {
  const seen = new Set(cruise.modules.map((module) => module.source));
  const sources = ['rules', 'api', 'server', 'cli', 'builder/src', 'migrations'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
      .map((file) => `${folder}/${file}`),
  );
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((source) => !seen.has(source))).toEqual([]);
});
