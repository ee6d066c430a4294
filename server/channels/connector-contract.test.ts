import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type ConnectorSample, contractOf } from './connector-contract.js';
import { connectors } from './connectors.js';

const here = import.meta.dirname;
const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name); // oxfmt-ignore

test('every folder has its line in the list, and every line its folder', () => {
  expect([...connectors.keys()].toSorted()).toEqual(folders.toSorted());
});

const samples = await Promise.all(
  folders.map(async (kind): Promise<[string, ConnectorSample | undefined]> => {
    const file = join(here, kind, `${kind}.sample.ts`);
    return [kind, existsSync(file) ? ((await import(file)) as { sample: ConnectorSample }).sample : undefined];
  }),
);

describe.each(samples)('%s', (kind, sample) => {
  const connector = connectors.get(kind);
  const fixtures = readFixtures(kind);

  test('has a sample and fixtures', () => {
    expect(sample).toBeDefined();
    expect(fixtures.size).toBeGreaterThan(0);
  });

  if (!connector || !sample) return;
  for (const { name, run } of contractOf(connector, sample, fixtures)) test(name, run);
});

function readFixtures(kind: string): Map<string, Buffer> {
  const folder = join(here, kind, 'fixtures');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}
