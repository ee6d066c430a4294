import { startApp, type TestApp, type TestCaller } from './support/app.js';

let server: TestApp;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server.close());

interface User {
  id: string;
  role: string;
  active: boolean;
  email: string;
  group: { name: string } | null;
}

describe('people', () => {
  it('get a new role at once, and their sessions end', async () => {
    const account = await server.newAccount();
    const owner = await server.signIn('owner', account);
    const anna = await server.signIn('operator', account);
    expect((await anna.request('GET', '/api/audit')).status).toBe(403);
    const changed = await owner.request<User>('PATCH', `/api/users/${anna.id}`, { role: 'analyst' });
    expect(changed.body).toMatchObject({ id: anna.id, role: 'analyst' });
    expect((await anna.request('GET', '/api/session')).status).toBe(401);
  });

  it('are not raised above whoever raises them, and owners are changed by owners', async () => {
    const account = await server.newAccount();
    const owner = await server.signIn('owner', account);
    const admin = await server.signIn('admin', account);
    const tries = [
      await admin.request('PATCH', `/api/users/${admin.id}`, { role: 'owner' }),
      await admin.request('PATCH', `/api/users/${owner.id}`, { role: 'operator' }),
      await admin.request('PATCH', `/api/users/${owner.id}`, { active: false }),
    ];
    expect(tries.map((answer) => answer.status)).toEqual([403, 403, 403]);
    expect((await admin.request('PATCH', `/api/users/${admin.id}`, { role: 'operator' })).status).toBe(200);
  });

  it('keep at least one owner', async () => {
    const account = await server.newAccount();
    const owner = await server.signIn('owner', account);
    for (const change of [{ role: 'admin' }, { active: false }]) {
      expect((await owner.request('PATCH', `/api/users/${owner.id}`, change)).status).toBe(409);
    }
    expect((await owner.request('GET', '/api/session')).status).toBe(200);
  });

  it('keep at least one owner also when two owners remove each other at once', async () => {
    for (let round = 0; round < 20; round++) {
      const account = await server.newAccount();
      const [one, two] = [await server.signIn('owner', account), await server.signIn('owner', account)];
      const answers = await Promise.all([demote(one, two), demote(two, one)]);
      expect(answers.filter((status) => status === 200)).toHaveLength(1);
      const [left] = await server.database.query<{ owners: number }>(
        `SELECT count(*)::int AS owners FROM users WHERE account_id = $1 AND role = 'owner' AND active`,
        [account],
      );
      expect(left?.owners).toBe(1);
    }
  });

  it('of another account are as good as absent', async () => {
    const owner = await server.signIn('owner', await server.newAccount());
    const stranger = await server.signIn('operator', await server.newAccount());
    const foreign = await owner.request('PATCH', `/api/users/${stranger.id}`, { role: 'admin' });
    const absent = await owner.request('PATCH', '/api/users/00000000-0000-4000-8000-000000000000', { role: 'admin' });
    const senseless = await owner.request('PATCH', '/api/users/1', { role: 'admin' });
    expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
    expect(senseless.text).toBe(absent.text);
    const list = await owner.request<User[]>('GET', '/api/users');
    expect(list.body.map((user) => user.id)).toEqual([owner.id]);
  });

  it('are refused unknown fields and groups of others, with the place', async () => {
    const owner = await server.signIn('owner', await server.newAccount());
    const other = await server.signIn('owner', await server.newAccount());
    const foreignGroup = (await other.request<{ id: string }>('POST', '/api/groups', { name: 'Чужая' })).body.id;
    const unknown = await owner.request<{ errors: { path: string }[] }>('PATCH', `/api/users/${owner.id}`, { passwordHash: 'x' });
    expect([unknown.status, unknown.body.errors.map((error) => error.path)]).toEqual([422, ['passwordHash']]);
    const foreign = await owner.request<{ errors: { path: string }[] }>('PATCH', `/api/users/${owner.id}`, { groupId: foreignGroup });
    expect([foreign.status, foreign.body.errors[0]?.path]).toEqual([422, 'groupId']);
  });
});

describe('groups', () => {
  it('are made, renamed, filled and removed; a name is taken once', async () => {
    const account = await server.newAccount();
    const owner = await server.signIn('owner', account);
    const made = await owner.request<{ id: string; members: number }>('POST', '/api/groups', { name: 'Продажи' });
    expect([made.status, made.body.members]).toEqual([201, 0]);
    expect((await owner.request('POST', '/api/groups', { name: 'Продажи' })).status).toBe(409);
    await owner.request('PATCH', `/api/users/${owner.id}`, { groupId: made.body.id });
    const renamed = await owner.request('PATCH', `/api/groups/${made.body.id}`, { name: 'Отдел продаж' });
    expect(renamed.body).toMatchObject({ name: 'Отдел продаж', members: 1 });
    expect((await owner.request('DELETE', `/api/groups/${made.body.id}`)).status).toBe(204);
    const [user] = (await owner.request<User[]>('GET', '/api/users')).body;
    expect(user?.group).toBeNull();
  });
});

describe('an invitation', () => {
  it('makes its person once and signs in', async () => {
    const owner = await server.signIn('owner', await server.newAccount('Мебель'));
    const { email, token, link } = await invite(owner, 'analyst');
    expect(link).toMatch(/^http:\/\/localhost\/invite\?token=[\w-]{43}$/);
    const info = await server.request('GET', `/api/invitation?token=${token}`);
    expect(info.body).toEqual({ email, role: 'analyst', accountName: 'Мебель' });
    const given = { token, name: 'Ирина', password: 'длинный пароль', language: 'ru' };
    const answers = await Promise.all([accept(given), accept(given)]);
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([204, 404]);
    const cookie = String(answers.find((answer) => answer.status === 204)?.headers['set-cookie']).split(';')[0] ?? '';
    const who = await server.request('GET', '/api/session', undefined, { cookie });
    expect(who.body).toMatchObject({ user: { name: 'Ирина', email, role: 'analyst' } });
    expect((await server.request('GET', `/api/invitation?token=${token}`)).status).toBe(404);
    const [stored] = await server.database.query<{ hash: Buffer }>(`SELECT token_hash AS hash FROM invitations WHERE email = $1`, [email]);
    expect(stored?.hash.toString('latin1')).not.toContain(token);
  });

  it('ends after 30 minutes, by removal, and by a newer one to the same address', async () => {
    const owner = await server.signIn('owner', await server.newAccount());
    const old = await invite(owner, 'operator');
    await server.database.query(`UPDATE invitations SET expires_at = now() - interval '1 second' WHERE email = $1`, [old.email]);
    const removed = await invite(owner, 'operator');
    expect((await owner.request('DELETE', `/api/invitations/${removed.id}`)).status).toBe(204);
    const replaced = await invite(owner, 'operator');
    await owner.request('POST', '/api/invitations', { email: replaced.email, role: 'operator' });
    for (const { token } of [old, removed, replaced]) {
      expect((await accept({ token, name: 'И', password: 'длинный пароль' })).status).toBe(404);
    }
  });

  it('lasts 30 minutes, goes to no owner, and is not for somebody who is there', async () => {
    const owner = await server.signIn('owner', await server.newAccount());
    const { expiresAt, email, token } = await invite(owner, 'operator');
    const minutes = (Date.parse(expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(29);
    expect(minutes).toBeLessThanOrEqual(30);
    expect((await owner.request('POST', '/api/invitations', { email: 'a@example.org', role: 'owner' })).status).toBe(422);
    await accept({ token, name: 'И', password: 'длинный пароль' });
    expect((await owner.request('POST', '/api/invitations', { email, role: 'operator' })).status).toBe(409);
    const elsewhere = await server.signIn('owner', await server.newAccount());
    expect((await elsewhere.request('POST', '/api/invitations', { email, role: 'operator' })).status).toBe(409);
  });

  it('that two accounts sent to one address is good in the first alone', async () => {
    const [one, two] = [await server.signIn('owner', await server.newAccount()), await server.signIn('owner', await server.newAccount())];
    const first = await invite(one, 'operator');
    const second = await invite(two, 'admin', first.email);
    expect((await accept({ token: first.token, name: 'И', password: 'длинный пароль' })).status).toBe(204);
    expect((await accept({ token: second.token, name: 'И', password: 'другой длинный пароль' })).status).toBe(409);
  });
});

describe('the audit', () => {
  it('tells who did what, page by page, to owners and admins, and cannot be rewritten', async () => {
    const account = await server.newAccount();
    const owner = await server.signIn('owner', account);
    for (const name of ['А', 'Б', 'В']) await owner.request('POST', '/api/groups', { name });
    const first = await owner.request<AuditPage>('GET', '/api/audit?limit=2');
    const second = await owner.request<AuditPage>('GET', `/api/audit?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map((line) => [line.action, line.subject])).toEqual([
      ['group.create', 'В'],
      ['group.create', 'Б'],
      ['group.create', 'А'],
    ]);
    expect(second.body.nextCursor).toBeNull();
    expect((await owner.request('GET', '/api/audit?cursor=junk')).status).toBe(422);
    await expect(
      server.database.query(
        `SET ROLE razvilka_app; SELECT set_config('app.account_id', '${account}', false); UPDATE audit_log SET action = 'x'; RESET ROLE`,
      ),
    ).rejects.toThrow(/permission denied/);
  });
});

interface AuditPage {
  items: { action: string; subject: string }[];
  nextCursor: string | null;
}

async function demote(by: TestCaller, whom: TestCaller): Promise<number> {
  return (await by.request('PATCH', `/api/users/${whom.id}`, { role: 'operator' })).status;
}

let invitedSoFar = 0;

async function invite(owner: TestCaller, role: string, address?: string) {
  const email = address ?? `person-${++invitedSoFar}@example.org`;
  const { body } = await owner.request<{ id: string; link: string; expiresAt: string }>('POST', '/api/invitations', { email, role });
  return { ...body, email, token: new URL(body.link).searchParams.get('token') ?? '' };
}

function accept(body: Record<string, unknown>) {
  return server.request('POST', '/api/invitation', body);
}
