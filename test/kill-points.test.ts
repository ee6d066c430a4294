import { failPoints } from '../server/messaging/fail-point.js';
import { KillDesk } from './support/kill-desk.js';
import { startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

/*
 * P2 and P7 of the promises: around each write of the path the real server is killed, or fails, or does the write and hears that it failed. Afterwards there
 * is one message, one run, one of each effect, one sent reply: nothing is lost, nothing doubled, nothing half done.
 */
const desk = new KillDesk();
beforeAll(() => desk.open());
afterAll(() => desk.close());

/** Ids hold no dots: those separate the parts that a signature covers. */
const idOf = (text: string) => text.replaceAll(/\W/g, '-');

describe.each(failPoints)('%s', (point) => {
  it.each(['before', 'after'])('a kill %s it costs nothing', async (side) => {
    const id = idOf(`${point}-${side}-kill`);
    const dying = await startServer(desk.database.url, { RAZVILKA_FAIL_POINT: `${point}:${side}:kill` });
    const status = await desk.foreign.write(`${dying.url}${desk.hookPaths[0]}`, id, id, id);
    expect(await dying.ended).toBe(null);
    const server = await startServer(desk.database.url);
    // Without a 2xx the platform sends the same again.
    if (status !== 202) await desk.insist(() => `${server.url}${desk.hookPaths[0]}`, id, id);
    await waitUntil('everything is worked off', () => desk.isDrained(), 30_000);
    await server.stop();
    expect(await desk.faultsOf(id)).toEqual([]);
  });

  it.each(['before:throw', 'after:lost-answer'])('%s costs nothing either', async (action) => {
    const id = idOf(`${point}-${action}`);
    const server = await startServer(desk.database.url, { RAZVILKA_FAIL_POINT: `${point}:${action}` });
    await desk.insist(() => `${server.url}${desk.hookPaths[1]}`, id, id);
    await waitUntil('everything is worked off', () => desk.isDrained(), 30_000);
    expect(await server.stop()).toBe(0);
    expect(await desk.faultsOf(id)).toEqual([]);
  });
});
