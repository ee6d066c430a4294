import { spawn } from 'node:child_process';
import { runRazvilka } from './testing/run-razvilka.js';

interface Met {
  runs: number;
  lines: number;
  status: Record<string, number>;
  type: Record<string, number>;
  effects: Record<string, number>;
  ports: number;
  hash: string;
}

// The call builds the engine, if it must, that both processes then load.
beforeAll(async () => {
  expect(await runRazvilka(['help'])).toMatchObject({ code: 0 });
}, 120_000);

/** Plays every sample and 10,000 generated streams in a process of its own, in another zone and language. */
async function replayIn(env: Record<string, string>): Promise<Met> {
  const child = spawn(process.execPath, ['scripts/replay-runs.mjs', '--seed', '20260302', '--streams', '10000'], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  return JSON.parse(printed) as Met;
}

it('gives the same bytes for every sample and 10,000 generated streams in two processes', async () => {
  const [one, two] = await Promise.all([replayIn({ TZ: 'UTC', LC_ALL: 'C' }), replayIn({ TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8' })]);
  expect(two).toEqual(one);
  // The streams meet enough of the language for the equality to say something.
  expect(one.runs).toBeGreaterThan(10_000);
  expect(Object.keys(one.status).sort()).toEqual(['error', 'filtered', 'passed']);
  expect(Object.keys(one.type).length).toBeGreaterThanOrEqual(10);
  expect(Object.keys(one.effects).length).toBeGreaterThanOrEqual(16);
  expect(one.ports).toBeGreaterThanOrEqual(150);
});
