import { randomUUID } from 'node:crypto';
import { Changes } from '../server/live/changes.js';
import { AccountScope } from '../server/db/account-scope.js';
import { startApp, type TestApp, type TestCaller } from './support/app.js';
import { waitUntil } from './support/wait-until.js';

let server: TestApp;
beforeAll(async () => {
  server = await startApp({ listen: true });
});
afterAll(() => server.close());

describe('the stream', () => {
  it('tells what changed in the account, after the commit, and nothing of other accounts', async () => {
    const one = await server.signIn('owner', await server.newAccount());
    const two = await server.signIn('owner', await server.newAccount());
    const stream = await listen(one);
    await two.request('POST', '/api/groups', { name: 'Чужая' });
    await rolledBack(one);
    const made = await one.request<{ id: string }>('POST', '/api/groups', { name: 'Своя' });
    await waitUntil('the news', () => stream.text().includes(made.body.id));
    const news = stream
      .text()
      .split('\n\n')
      .filter((block) => !block.includes('event: connection'));
    const told = [...news.join('\n\n').matchAll(/^data: (.*)$/gm)].map((found) => JSON.parse(found[1] ?? '') as unknown);
    expect(told).toEqual([{ kind: 'people', id: made.body.id }]);
    stream.leave();
  });

  it('closes within a second when the session ends, the role changes or the person is disabled', async () => {
    const account = await server.newAccount();
    const owner = await server.signIn('owner', account);
    const ends: ((caller: TestCaller) => Promise<{ status: number }>)[] = [
      (caller) => caller.request('DELETE', '/api/session'),
      (caller) => owner.request('PATCH', `/api/users/${caller.id}`, { role: 'analyst' }),
      (caller) => owner.request('PATCH', `/api/users/${caller.id}`, { active: false }),
    ];
    for (const end of ends) {
      const caller = await server.signIn('operator', account);
      const stream = await listen(caller);
      expect((await end(caller)).status).toBeLessThan(300);
      await waitUntil('the stream has closed', () => stream.isClosed(), 1_000);
    }
  });

  it('stays for whoever is not concerned', async () => {
    const account = await server.newAccount();
    const owner = await server.signIn('owner', account);
    const stream = await listen(owner);
    const other = await server.signIn('operator', account);
    await owner.request('PATCH', `/api/users/${other.id}`, { role: 'analyst' });
    await waitUntil('the news of the change', () => stream.text().includes(other.id));
    expect(stream.isClosed()).toBe(false);
    stream.leave();
  });

  it('asks to read again after the connection that hears was cut, and hears on', async () => {
    const owner = await server.signIn('owner', await server.newAccount());
    const stream = await listen(owner);
    await server.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'razvilka-changes' AND datname = current_database()`,
    );
    await waitUntil('resync', () => stream.text().includes('event: resync'));
    const made = await owner.request<{ id: string }>('POST', '/api/groups', { name: 'После разрыва' });
    await waitUntil('the news', () => stream.text().includes(made.body.id));
    stream.leave();
  });
});

describe('who has a rule set open', () => {
  it('is told while the page is there, and gone as soon as its stream is', async () => {
    const account = await server.newAccount();
    const [anna, boris] = [await server.signIn('owner', account), await server.signIn('analyst', account)];
    const made = await anna.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Общие' });
    const { id } = made.body;
    const [hers, his] = [await listen(anna), await listen(boris)];
    const present = async (connection: string) =>
      (await anna.request<{ items: { name: string }[] }>('GET', `/api/rule-sets/${id}/presence?connection=${connection}`)).body.items.map(
        ({ name }) => name,
      );
    const open = (caller: TestCaller, connection: string, ruleSetId: string | null) =>
      caller.request('PUT', '/api/presence', { connection, ruleSetId });
    expect((await open(anna, hers.connection(), id)).status).toBe(204);
    expect((await open(boris, his.connection(), id)).status).toBe(204);
    await waitUntil('the news that he came', () => hers.text().includes(`"kind":"presence","id":"${id}"`));
    expect(await present(hers.connection())).toEqual(['Проба analyst']);
    expect(await present(his.connection())).toEqual(['Проба owner']);

    // Said again it changes nothing; a page that goes elsewhere is not there any more.
    await open(boris, his.connection(), id);
    await open(anna, hers.connection(), null);
    expect(await present(randomUUID())).toEqual(['Проба analyst']);

    his.leave();
    await waitUntil('he is gone', async () => (await present(hers.connection())).length === 0, 5_000);
    hers.leave();
  });

  it('names no rule set of another account, no connection of another person, and no program', async () => {
    const account = await server.newAccount();
    const [anna, boris] = [await server.signIn('owner', account), await server.signIn('admin', account)];
    const stranger = await server.signIn('owner', await server.newAccount());
    const { id } = (await anna.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Наши' })).body;
    const connection = randomUUID();
    const tell = (caller: TestCaller, ruleSetId: string | null = id) => caller.request('PUT', '/api/presence', { connection, ruleSetId });
    expect((await tell(stranger)).status).toBe(422);
    expect((await tell(await server.token('admin', account))).status).toBe(403);
    expect((await tell(anna)).status).toBe(204);
    await tell(boris);
    await tell(boris, null);
    const { body } = await boris.request<{ items: { userId: string }[] }>('GET', `/api/rule-sets/${id}/presence`);
    expect(body.items.map(({ userId }) => userId)).toEqual([anna.id]);
  });
});

/** Something is told and taken back. */
async function rolledBack(caller: TestCaller): Promise<void> {
  const work = server.app.get(AccountScope).run(caller.accountId, async (db) => {
    await server.app.get(Changes).publish(db, caller.accountId, { kind: 'deal' });
    throw new Error('taken back');
  });
  await expect(work).rejects.toThrow('taken back');
}

/** Resolves when the stream is open. */
async function listen(caller: TestCaller) {
  const leave = new AbortController();
  const host = new URL(server.url).host;
  const answer = await fetch(`${server.url}/api/stream`, { headers: { ...caller.headers, host }, signal: leave.signal });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  let text = '';
  let closed = false;
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const part of answer.body ?? []) text += decoder.decode(part, { stream: true });
  };
  read()
    .catch(() => undefined)
    .finally(() => (closed = true))
    .catch(() => undefined);
  await waitUntil('the first line', () => /event: connection\n(?:.*\n)*?data: .*\n/.test(text));
  const connection = () => /event: connection\n(?:.*\n)*?data: \{"id":"([^"]+)"/.exec(text)?.[1] ?? '';
  return { text: () => text, connection, isClosed: () => closed, leave: () => leave.abort() };
}
