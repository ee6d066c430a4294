import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failPoints } from '../server/messaging/fail-point.js';
import { KillDesk } from './support/kill-desk.js';
import { type ServerProcess, startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

/*
 * P2 and P7 of the promises: around each write of the path the real server is killed, or fails, or does the write and hears that it failed. Afterwards there
 * is one message, one run, one of each effect, one sent reply: nothing is lost, nothing doubled, nothing half done. The server that picks up what a killed one
 * left is the next to be killed; those that only fail go on.
 */
const desk = new KillDesk();
const folder = mkdtempSync(join(tmpdir(), 'razvilka-fail-points-'));
const file = join(folder, 'next');
/** There until it has struck. */
const armed = `${file}.armed`;
let server: ServerProcess;

beforeAll(async () => {
  await desk.open();
  server = await start();
});
afterAll(async () => {
  await server.kill();
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Ids hold no dots: those separate the parts that a signature covers. */
const idOf = (text: string) => text.replaceAll(/\W/g, '-');

function start(): Promise<ServerProcess> {
  return startServer(desk.database.url, { RAZVILKA_FAIL_POINT: `@${file}` });
}

/** The next pass of this place strikes. */
async function arm(failPoint: string): Promise<void> {
  writeFileSync(file, failPoint);
  server.signal('SIGUSR2');
  await waitUntil('it is armed', () => existsSync(armed));
}

describe.each(failPoints)('%s', (point) => {
  it.each(['before', 'after'])('a kill %s it costs nothing', async (side) => {
    const id = idOf(`${point}-${side}-kill`);
    await arm(`${point}:${side}:kill`);
    const status = await desk.foreign.write(`${server.url}${desk.hookPaths[0]}`, id, id, id);
    expect(await server.ended).toBe(null);
    server = await start();
    // Without a 2xx the platform sends the same again.
    if (status !== 202) await desk.insist(() => `${server.url}${desk.hookPaths[0]}`, id, id);
    await waitUntil('everything is worked off', () => desk.isDrained(), 30_000);
    expect(await desk.faultsOf(id)).toEqual([]);
  });

  it.each(['before:throw', 'after:lost-answer'])('%s costs nothing either', async (action) => {
    const id = idOf(`${point}-${action}`);
    await arm(`${point}:${action}`);
    await desk.insist(() => `${server.url}${desk.hookPaths[1]}`, id, id);
    await waitUntil('everything is worked off', () => desk.isDrained(), 30_000);
    expect(existsSync(armed)).toBe(false);
    expect(await desk.faultsOf(id)).toEqual([]);
  });
});
