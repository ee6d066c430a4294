import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connectors } from '../server/channels/connectors.js';
import { Ingest } from '../server/messaging/ingest.js';
import { type TestApp, startApp } from './support/app.js';
import { type TestDatabase } from './support/database.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { KillDesk } from './support/kill-desk.js';
import { startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

/* P16 of the promises: a message that nobody survives is set aside after three tries, within a minute, and everybody else is served. */
const quarantined = (database: TestDatabase) =>
  database.query<{ attempts: number; error: string }>(`SELECT attempts, error FROM webhook_requests WHERE status = 'quarantined'`);
const isEmpty = async (database: TestDatabase) =>
  (await database.query(`SELECT 1 FROM webhook_requests WHERE status = 'pending'`)).length === 0;

describe('a message that fails whoever works on it', () => {
  const desk = new ForeignDesk();
  const hooks: string[] = [];
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ listen: true });
    const owner = await app.signIn('owner');
    for (const name of ['Сайт', 'Заказы']) {
      const settings = { secret: desk.secret, deliverUrl: 'http://127.0.0.1:9/' };
      const channel = await owner.request<{ hookUrl: string }>('POST', '/api/channels', { kind: 'webhook', name, settings });
      hooks.push(`${app.url}${new URL(channel.body.hookUrl, app.url).pathname}`);
    }
  });
  afterAll(() => app.close());

  const overflow = (): never => overflow();
  it.each<[string, () => never]>([
    [
      'throws',
      () => {
        throw new TypeError('cannot read this');
      },
    ],
    ['overflows the stack', overflow],
    [
      'throws what is no error',
      () => {
        throw null;
      },
    ],
  ])('and %s', async (name, fail) => {
    const connector = connectors.get('webhook')!;
    const parse = connector.parse.bind(connector);
    const poisoned = jest
      .spyOn(connector, 'parse')
      .mockImplementation((body, channel) => (body.includes('ЯД') ? fail() : parse(body, channel)));
    const before = (await quarantined(app.database)).length;
    const from = Date.now();
    const write = (id: string, hook: number) =>
      desk.write(hooks[hook] ?? '', `${name} ${id}`.replaceAll(/\W/gu, '-') + id, id, id.startsWith('bad') ? 'ЯД' : 'Привет');
    for (let i = 0; i < 5; i++) expect(await write(`before-${i}`, 0)).toBe(202);
    expect(await write('bad', 0)).toBe(202);
    for (let i = 0; i < 30; i++) expect(await write(`after-${i}`, i % 2)).toBe(202);
    // The other channel does not even wait.
    await waitUntil('all is worked off', () => isEmpty(app.database), 30_000);
    expect(Date.now() - from).toBeLessThan(30_000);
    const set = await quarantined(app.database);
    expect(set).toHaveLength(before + 1);
    expect(set.at(-1)).toMatchObject({ attempts: 3 });
    expect(poisoned.mock.calls.filter(([body]) => body.includes('ЯД')).length).toBeLessThanOrEqual(4);
    const [stored] = await app.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM messages WHERE text = 'Привет'`);
    expect(stored?.n).toBe(35 * (before + 1));
    poisoned.mockRestore();
  });
});

describe('a message that kills the process', () => {
  const desk = new KillDesk();
  beforeAll(() => desk.open());
  afterAll(() => desk.close());

  it('is set aside after three deaths, and the next ones are answered', async () => {
    const from = Date.now();
    const poison = { RAZVILKA_FAIL_POINT: 'ingest.flush-messages:before:kill' };
    const first = await startServer(desk.database.url, poison);
    await desk.foreign.write(`${first.url}${desk.hookPaths[0]}`, 'bad', 'bad', 'bad');
    await first.ended;
    // Whoever keeps the server running starts it again, and it finds the same message first. The first death is not known to anybody when the message
    // came in the middle of ordinary work, so there are three or four.
    let deaths = 1;
    const isSetAside = async () => (await quarantined(desk.database)).length === 1;
    while (!(await isSetAside())) {
      expect(deaths).toBeLessThan(5);
      const next = await startServer(desk.database.url, poison).catch(() => undefined);
      let isDead = next === undefined;
      void next?.ended.then(() => (isDead = true));
      await waitUntil('the server dies or sets the message aside', async () => isDead || (await isSetAside()));
      await next?.kill();
      deaths += isDead ? 1 : 0;
    }
    expect(deaths).toBeGreaterThanOrEqual(3);
    const server = await startServer(desk.database.url);
    expect(Date.now() - from).toBeLessThan(60_000);
    expect(await quarantined(desk.database)).toEqual([{ attempts: 3, error: 'the server stopped while working on it' }]);
    await desk.insist(() => `${server.url}${desk.hookPaths[0]}`, 'good', 'good');
    await waitUntil('the next one is answered', () => desk.isDrained(), 20_000);
    expect(await desk.faultsOf('good')).toEqual([]);
    expect(await server.stop()).toBe(0);
  });
});

it('is not set aside because several workers looked at it at once', async () => {
  const desk = new ForeignDesk();
  // Of the role `web`, so that nobody but the test works.
  const app = await startApp({ env: { ROLE: 'web' }, listen: true });
  const owner = await app.signIn('owner');
  const settings = { secret: desk.secret, deliverUrl: 'http://127.0.0.1:9/' };
  const channel = await owner.request<{ id: string; hookUrl: string }>('POST', '/api/channels', {
    kind: 'webhook',
    name: 'Сайт',
    settings,
  });
  const hook = `${app.url}${new URL(channel.body.hookUrl, app.url).pathname}`;
  for (let i = 0; i < 3; i++) expect(await desk.write(hook, `many-${i}`, 'many', 'Привет')).toBe(202);
  const ingest = app.app.get(Ingest);
  await Promise.all(Array.from({ length: 6 }, () => ingest.drain(owner.accountId, channel.body.id, true)));
  expect(await quarantined(app.database)).toEqual([]);
  expect(await isEmpty(app.database)).toBe(true);
  await app.close();
});
