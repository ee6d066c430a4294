import { randomUUID } from 'node:crypto';
import { describeApi } from '../../server/web/openapi.js';
import { startApp, type TestApp, type TestCaller } from '../support/app.js';
import { Desk } from './desk.js';
import { answering } from './graphs.js';

let app: TestApp;
/** Asks for what belongs to the other. */
let stranger: TestCaller;
/** What the other account has, by the first words of the routes that name it. */
let theirs: Record<string, string>;
let backtest: string;
let shadow: string;
let release: string;

/** A body that the route would take, so that the refusal can only be about the id. Routes without one take none. */
const bodies: Record<string, unknown> = {
  'PATCH /api/rule-sets/{id}': { name: 'Чужой' },
  'PUT /api/rule-sets/{id}/draft': { graph: answering('x'), revision: 1 },
  'POST /api/rule-sets/{id}/publish': {},
  'POST /api/conversations/{id}/messages': { text: 'Чужой' },
  'POST /api/rule-sets/{id}/rollback': { version: 1 },
  'POST /api/rule-sets/{id}/backtests': { from: '2026-03-02', to: '2026-03-02' },
  'POST /api/rule-sets/{id}/shadows': {},
  'POST /api/rule-sets/{id}/releases': { share: 10 },
  'POST /api/rule-sets/{id}/releases/{release}/share': { share: 20 },
  'PATCH /api/channels/{id}': { name: 'Чужой' },
  'PATCH /api/contacts/{id}': { name: 'Чужой' },
  'PATCH /api/deals/{id}': { name: 'Чужая' },
  'PUT /api/pipelines/{id}': { name: 'Чужая', stages: [{ name: 'x', open: true }] },
  'PATCH /api/users/{id}': { name: 'Чужой' },
  'PATCH /api/groups/{id}': { name: 'Чужая' },
};

/** What a route must be asked for, so that the refusal can only be about the id. */
const queries: Record<string, string> = {
  'GET /api/rule-sets/{id}/passed': '?node=in&port=next',
  'GET /api/rule-sets/{id}/messages': '?q=x',
};

beforeAll(async () => {
  app = await startApp();
  stranger = await app.signIn('owner', await app.newAccount('Чужие'));
  const other = await app.signIn('owner', await app.newAccount('Свои'));
  const desk = new Desk(app.database, other.accountId);
  const chat = await desk.chat();
  const [pipeline] = await app.database.query<{ id: string }>(`SELECT id FROM pipelines WHERE account_id = $1`, [other.accountId]);
  const ruleSet = await other.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Наш', graph: answering('x') });
  expect((await other.request('POST', `/api/rule-sets/${ruleSet.body.id}/publish`, {})).status).toBe(200);
  backtest = await desk.insert('backtests', {
    rule_set_id: ruleSet.body.id,
    from_day: '2026-03-02',
    to_day: '2026-03-02',
    draft: {},
    draft_revision: 1,
    status: 'done',
    total: 1,
    author_name: 'x',
  });
  const trial = { rule_set_id: ruleSet.body.id, version: 2, base_version: 1, author_name: 'x' };
  shadow = await desk.insert('rule_set_shadows', { ...trial, ends_at: new Date(Date.now() + 60_000), most_events: 100 });
  release = await desk.insert('rule_set_releases', {
    ...trial,
    share: 10,
    status: 'returned',
    limits: { least: 30, above: {} },
    history: '[]',
  });
  theirs = {
    'rule-sets': ruleSet.body.id,
    channels: chat.channel_id,
    quarantine: await desk.quarantined({ channel_id: chat.channel_id }),
    messages: chat.id,
    conversations: chat.conversation_id,
    contacts: chat.contact_id,
    deals: await desk.deal({ contact_id: chat.contact_id }),
    tasks: await desk.task({ contact_id: chat.contact_id }),
    pipelines: pipeline!.id,
    users: other.id,
    groups: await desk.insert('groups', { name: 'Наша' }),
    sessions: (await app.database.query<{ id: string }>(`SELECT id FROM sessions WHERE user_id = $1`, [other.id]))[0]!.id,
    tokens: (await app.token('admin', other.accountId)).id,
    invitations: await desk.insert('invitations', {
      email: 'a@example.org',
      role: 'admin',
      token_hash: Buffer.from('x'),
      expires_at: new Date(Date.now() + 60_000),
    }),
  };
});
afterAll(() => app.close());

/** Every route with an id, from the document that the code makes of itself: a new route is asked too. */
function routes(): { method: string; path: string }[] {
  return Object.entries(describeApi(app.app).paths).flatMap(([path, methods]) =>
    path.includes('{id}') && path.startsWith('/api/') ? Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })) : [],
  );
}

it('answers an id of another account exactly as one that does not exist, whatever the route', async () => {
  const asked = routes();
  expect(asked.length).toBeGreaterThan(25);
  for (const { method, path } of asked) {
    const name = `${method} ${path}`;
    const known = theirs[path.split('/')[2] ?? ''];
    if (known === undefined) throw new Error(`${name}: the test has no row of the other account for this route`);
    const ask = (id: string) =>
      stranger.request(
        method,
        path
          .replace('{id}', id)
          .replace('{version}', '1')
          .replace('{backtest}', backtest)
          .replace('{shadow}', shadow)
          .replace('{release}', release)
          .replace('{run}', randomUUID()) + (queries[name] ?? ''),
        bodies[name],
      );
    const [foreign, missing] = [await ask(known), await ask(randomUUID())];
    expect([name, foreign.status, foreign.body]).toEqual([name, 404, missing.body]);
    expect(missing.status).toBe(404);
    expect((await ask('not-an-id')).status).toBe(404);
  }
});

it('left all of it as it was', async () => {
  const [left] = await app.database.query(
    `SELECT (SELECT count(*)::int FROM channels WHERE id = $1 AND name <> 'Чужой') AS channels, (SELECT name FROM contacts WHERE id = $2) AS contact,
            (SELECT name FROM rule_sets WHERE id = $3) AS "ruleSet", (SELECT status FROM conversations WHERE id = $4) AS conversation`,
    [theirs['channels'], theirs['contacts'], theirs['rule-sets'], theirs['conversations']],
  );
  expect(left).toEqual({ channels: 1, contact: 'Анна', ruleSet: 'Наш', conversation: 'open' });
});

it.each(['/api/rule-sets', '/api/channels', '/api/messages', '/api/conversations', '/api/contacts', '/api/deals', '/api/tasks'])(
  'lists nothing of others at %s',
  async (url) => {
    expect((await stranger.request('GET', url)).body).toEqual({ items: [], nextCursor: null });
  },
);
