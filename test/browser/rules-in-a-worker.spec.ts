import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { bareFinding, formatCases, type FormatCase } from '../format/cases.js';

interface Answered {
  error?: string;
  answers?: { findings: FormatCase['findings']; lines: string[] }[];
}

test('the engine in a browser’s worker finds and decides what the command line and the server do', async ({ page }) => {
  const outDir = await mkdtemp(join(tmpdir(), 'razvilka-worker-'));
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    build: {
      outDir,
      lib: { entry: join(import.meta.dirname, 'rules-worker.ts'), formats: ['iife'], name: 'rules', fileName: () => 'worker.js' },
    },
  });
  const code = readFileSync(join(outDir, 'worker.js'), 'utf8');
  const asked = formatCases.map(({ graph, events }) => ({ graph, events }));
  await page.goto('about:blank');
  const { answers = [], error } = await page.evaluate(
    ({ code, asked }) =>
      new Promise<Answered>((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
        worker.addEventListener('message', ({ data }: { data: Answered }) => resolve(data));
        worker.addEventListener('error', ({ message }) => resolve({ error: message }));
        worker.postMessage(asked, []);
      }),
    { code, asked },
  );
  expect(error).toBeUndefined();
  expect(answers.map(({ findings, lines }, index) => [formatCases[index]?.name, findings.map(bareFinding), lines])).toEqual(
    formatCases.map(({ name, findings, lines = [] }) => [name, findings, lines.map((line) => JSON.stringify(line))]),
  );
});
