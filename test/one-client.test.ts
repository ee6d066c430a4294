import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { Ingest } from '../server/messaging/ingest.js';
import { startApp, type TestApp } from './support/app.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { waitUntil } from './support/wait-until.js';

/* A client who writes on two channels at once is one client: the batch that comes second waits for what the first makes of him. */
const desk = new ForeignDesk();
let app: TestApp;

beforeAll(async () => {
  // Of the role `web`, so that a batch is taken when the test says so.
  app = await startApp({ env: { ROLE: 'web' }, listen: true });
});
afterAll(() => app.close());

it('gets one deal', async () => {
  const owner = await app.signIn('owner');
  const settings = { secret: desk.secret, deliverUrl: 'http://127.0.0.1:9/' };
  const channel = { kind: 'webhook', name: 'Сайт', settings };
  const { id, hookUrl } = (await owner.request<{ id: string; hookUrl: string }>('POST', '/api/channels', channel)).body;
  const write = async (text: string) =>
    expect(await desk.write(`${app.url}${new URL(hookUrl, app.url).pathname}`, `m-${text.length}`, 'anna', text)).toBe(202);
  const drain = () => app.app.get(Ingest).drain(owner.accountId, id, false);
  await write('раз');
  await drain();
  await app.database.query('DELETE FROM deals');
  const other = new Client({ connectionString: app.database.url });
  await other.connect();
  try {
    // What the other channel's batch does.
    await other.query('BEGIN');
    await other.query('SELECT FROM contacts FOR NO KEY UPDATE');
    await other.query(
      `INSERT INTO deals (id, account_id, number, name, contact_id, pipeline_id, stage_id, open)
       SELECT gen_random_uuid(), c.account_id, 77, 'Анна', c.id, s.pipeline_id, s.id, true FROM contacts c, LATERAL (
         SELECT * FROM stages s WHERE s.account_id = c.account_id AND s.open ORDER BY s.position LIMIT 1) s`,
    );
    await write('Снова я');
    const drained = drain();
    await waitUntil('the batch waits', async () => (await app.database.query(`SELECT FROM pg_locks WHERE NOT granted`)).length > 0, 10_000);
    await other.query('COMMIT');
    await drained;
  } finally {
    await other.end();
  }
  expect(await app.database.query('SELECT number::int FROM deals')).toEqual([{ number: 77 }]);
});
