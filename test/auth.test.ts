import { randomUUID } from 'node:crypto';
import { hashPassword } from '../server/auth/passwords.js';
import { startApp, type TestApp } from './support/app.js';

const password = 'верный пароль 12';
let server: TestApp;
let accountId: string;

beforeAll(async () => {
  server = await startApp();
  accountId = await server.newAccount();
});
afterAll(() => server.close());

describe('signing in', () => {
  it('gives a session in a cookie that scripts cannot read, stored as a hash', async () => {
    const { email } = await newPerson();
    const answer = await trySignIn(email.toUpperCase(), password);
    expect(answer.statusCode).toBe(204);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^sid=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    const token = /^sid=([\w-]+)/.exec(cookie)?.[1] ?? '';
    const [row] = await server.database.query<{ hashes: string }>(`SELECT string_agg(token_hash::text, ' ') AS hashes FROM sessions`);
    expect(row?.hashes).not.toContain(token);
    const who = await server.request<{ user: { email: string }; sessionId: string }>('GET', '/api/session', undefined, {
      cookie: `sid=${token}`,
    });
    expect(who.body.user.email).toBe(email);
    expect(who.headers['cache-control']).toBe('no-store');
  });

  it('takes the __Host- cookie over https, and no plain one there', async () => {
    const behindProxy = await startApp({ database: server.database, env: { PUBLIC_URL: 'https://desk.example' } });
    try {
      const { email } = await newPerson();
      const headers = { 'content-type': 'application/json', host: 'desk.example', origin: 'https://desk.example' };
      const payload = JSON.stringify({ email, password });
      const answer = await behindProxy.inject({ method: 'POST', url: '/api/session', headers, payload });
      const cookie = String(answer.headers['set-cookie']);
      expect(cookie).toMatch(/^__Host-sid=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/);
      expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
      const value = cookie.split(';')[0]?.split('=')[1] ?? '';
      const withCookie = (name: string) =>
        behindProxy.inject({ url: '/api/session', headers: { host: 'desk.example', cookie: `${name}=${value}` } });
      expect((await withCookie('__Host-sid')).statusCode).toBe(200);
      expect((await withCookie('sid')).statusCode).toBe(401);
    } finally {
      await behindProxy.close();
    }
  });

  it('is refused over plain http on a public address, with what to do', async () => {
    const answer = await server.inject({
      method: 'POST',
      url: '/api/session',
      headers: { host: 'desk.example', 'content-type': 'application/json' },
      payload: '{"email":"a@example.org","password":"x"}',
    });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().detail).toContain('PUBLIC_URL');
  });

  it('says the same of an unknown address, a wrong password, a disabled person and one without a password', async () => {
    const known = await newPerson();
    const disabled = await newPerson({ active: false });
    const uninvited = await newPerson({ hash: null });
    const answers = await Promise.all([
      trySignIn('nobody@example.org', password, '10.9.0.1'),
      trySignIn(known.email, 'не тот пароль 12', '10.9.0.2'),
      trySignIn(disabled.email, password, '10.9.0.3'),
      trySignIn(uninvited.email, password, '10.9.0.4'),
    ]);
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect(answer.payload).toBe(answers[0]?.payload);
    }
  });

  it('takes about as long for an unknown address as for a wrong password', async () => {
    const { email } = await newPerson();
    const timed = async (address: string, ip: string) => {
      const start = performance.now();
      await trySignIn(address, 'не тот пароль 12', ip);
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 12; i++) {
      known.push(await timed(email, `10.8.1.${i}`));
      unknown.push(await timed(`nobody-${i}@example.org`, `10.8.2.${i}`));
    }
    // A look-up without the hash takes a tenth of the time; the margin is for a busy machine.
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.7);
  });

  it('ends the session that the browser had before', async () => {
    const { email } = await newPerson();
    const first = sessionOf(await trySignIn(email, password));
    const again = await server.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'content-type': 'application/json', cookie: first },
      payload: JSON.stringify({ email, password }),
    });
    expect(again.statusCode).toBe(204);
    expect(sessionOf(again)).not.toBe(first);
    expect((await who(first)).status).toBe(401);
    expect((await who(sessionOf(again))).status).toBe(200);
  });

  it('is refused when a foreign page sends it', async () => {
    const { email } = await newPerson();
    const answer = await server.request('POST', '/api/session', { email, password }, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
  });
});

describe('limits of signing in', () => {
  it('lets five tries at a person pass from one address, also when they come at once, and locks out nobody else', async () => {
    const { email } = await newPerson();
    const tries = await Promise.all(Array.from({ length: 12 }, () => trySignIn(email, 'не тот пароль 12', '10.1.0.1')));
    const statuses = tries.map((answer) => answer.statusCode).sort((a, b) => a - b);
    expect(statuses).toEqual([...Array<number>(5).fill(401), ...Array<number>(7).fill(429)]);
    const refused = await trySignIn(email, password, '10.1.0.1');
    expect(refused.statusCode).toBe(429);
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(14 * 60);
    expect(wait).toBeLessThanOrEqual(15 * 60);
    // The person himself, elsewhere, comes in.
    expect((await trySignIn(email, password, '10.1.0.2')).statusCode).toBe(204);
  });

  it('forgets the failures after the right password', async () => {
    const { email } = await newPerson();
    for (let i = 0; i < 4; i++) await trySignIn(email, 'не тот пароль 12', '10.1.1.1');
    expect((await trySignIn(email, password, '10.1.1.1')).statusCode).toBe(204);
    for (let i = 0; i < 4; i++) expect((await trySignIn(email, 'не тот пароль 12', '10.1.1.1')).statusCode).toBe(401);
  });

  it('lets a hundred tries an hour pass from one address, whoever they are at, and counts an IPv6 network as one', async () => {
    await server.database.query(
      `INSERT INTO sign_in_failures (email_hash, ip, at) SELECT sha256(n::text::bytea), ip, now() - interval '40 minutes'
       FROM generate_series(1, 100) n, unnest(ARRAY['10.2.0.1', '2001:db8:1:2::/64']) ip`,
    );
    const answers = await Promise.all(
      ['10.2.0.1', '2001:db8:1:2:aaaa::7', '::ffff:10.2.0.1', '2001:db8:1:3::1'].map((ip) => trySignIn('x@example.org', 'y', ip)),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual([429, 429, 429, 401]);
    expect(Number(answers[0]?.headers['retry-after'])).toBeGreaterThan(19 * 60);
    await server.database.query(`UPDATE sign_in_failures SET at = at - interval '30 minutes' WHERE ip = '10.2.0.1'`);
    expect((await trySignIn('x@example.org', 'y', '10.2.0.1')).statusCode).toBe(401);
  });
});

describe('a session', () => {
  it('ends after 12 idle hours, after 7 days, and when its person is disabled', async () => {
    for (const change of [
      `UPDATE sessions SET last_seen_at = now() - interval '12 hours 1 minute' WHERE user_id = $1`,
      `UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1`,
      `UPDATE users SET active = false WHERE id = $1`,
    ]) {
      const caller = await server.signIn('operator', accountId);
      expect((await caller.request('GET', '/api/session')).status).toBe(200);
      await server.database.query(change, [caller.id]);
      expect((await caller.request('GET', '/api/session')).status).toBe(401);
    }
  });

  it('is listed for its owner alone, who can end one or all others', async () => {
    const { email } = await newPerson();
    const [one, two, three] = [await trySignIn(email, password), await trySignIn(email, password), await trySignIn(email, password)].map(
      sessionOf,
    );
    const stranger = await server.signIn('owner', accountId);
    const list = await server.request<{ id: string; current: boolean }[]>('GET', '/api/sessions', undefined, { cookie: one ?? '' });
    expect(list.body).toHaveLength(3);
    expect(list.body.filter((session) => session.current)).toHaveLength(1);
    const other = list.body.find((session) => !session.current)?.id ?? '';
    expect((await stranger.request('DELETE', `/api/sessions/${other}`)).status).toBe(404);
    const ours = { cookie: one ?? '', origin: 'http://localhost', 'x-requested-with': 'razvilka' };
    expect((await server.request('DELETE', `/api/sessions/${other}`, undefined, ours)).status).toBe(204);
    expect((await server.request('DELETE', `/api/sessions/${other}`, undefined, ours)).status).toBe(404);
    expect((await server.request('DELETE', '/api/sessions', undefined, ours)).status).toBe(204);
    expect([(await who(one)).status, (await who(two)).status, (await who(three)).status]).toEqual([200, 401, 401]);
    const out = await server.request('DELETE', '/api/session', undefined, ours);
    expect(out.status).toBe(204);
    expect(out.headers['clear-site-data']).toBe('"cache", "storage"');
    expect((await who(one)).status).toBe(401);
  });

  it('ends with a new password elsewhere, and the old password is asked', async () => {
    const { email } = await newPerson();
    const [here, there] = [await trySignIn(email, password), await trySignIn(email, password)].map(sessionOf);
    const ours = { cookie: here ?? '', origin: 'http://localhost', 'x-requested-with': 'razvilka' };
    const wrong = await server.request<{ errors: { path: string }[] }>(
      'POST',
      '/api/profile/password',
      { current: 'нет', password: 'новый пароль 12' },
      ours,
    );
    expect([wrong.status, wrong.body.errors[0]?.path]).toEqual([422, 'current']);
    const short = await server.request('POST', '/api/profile/password', { current: password, password: 'короткий' }, ours);
    expect(short.status).toBe(422);
    expect((await server.request('POST', '/api/profile/password', { current: password, password: 'новый пароль 12' }, ours)).status).toBe(
      204,
    );
    expect([(await who(here)).status, (await who(there)).status]).toEqual([200, 401]);
    expect((await trySignIn(email, password)).statusCode).toBe(401);
    expect((await trySignIn(email, 'новый пароль 12')).statusCode).toBe(204);
  });
});

describe('an API token', () => {
  it('is shown once, works as a Bearer without an Origin, and stops with its removal', async () => {
    const owner = await server.signIn('owner', accountId);
    const made = await owner.request<{ id: string; token: string }>('POST', '/api/tokens', { name: 'склад', role: 'operator' });
    expect(made.status).toBe(201);
    expect(made.body.token).toMatch(/^rzv_[\w-]{43}$/);
    expect((await owner.request('GET', '/api/tokens')).text).not.toContain(made.body.token);
    const bearer = { authorization: `Bearer ${made.body.token}` };
    const who = await server.request<{ user: { role: string; name: string }; sessionId: null }>('GET', '/api/session', undefined, bearer);
    expect(who.body).toMatchObject({ user: { role: 'operator', name: 'склад' }, sessionId: null });
    expect((await server.request('GET', '/api/tokens', undefined, bearer)).status).toBe(403);
    expect((await owner.request('DELETE', `/api/tokens/${made.body.id}`)).status).toBe(204);
    expect((await server.request('GET', '/api/session', undefined, bearer)).status).toBe(401);
  });

  it('makes no further tokens, and a bad one is not rescued by a good cookie', async () => {
    const program = await server.token('admin', accountId);
    expect((await program.request('POST', '/api/tokens', { name: 'x', role: 'admin' })).status).toBe(403);
    const owner = await server.signIn('owner', accountId);
    expect((await owner.request('GET', '/api/session', undefined, { authorization: 'Bearer rzv_wrong' })).status).toBe(401);
  });
});

async function newPerson({ active = true, hash }: { active?: boolean; hash?: null } = {}): Promise<{ email: string }> {
  const id = randomUUID();
  const email = `${id}@example.org`;
  await server.database.query(
    `INSERT INTO users (id, account_id, email, name, role, password_hash, active) VALUES ($1, $2, $3, 'Анна', 'operator', $4, $5)`,
    [id, accountId, email, hash === null ? null : await hashPassword(password), active],
  );
  return { email };
}

function trySignIn(email: string, withPassword: string, ip = '127.0.0.1') {
  return server.inject({
    method: 'POST',
    url: '/api/session',
    remoteAddress: ip,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ email, password: withPassword }),
  });
}

function sessionOf(answer: { headers: Record<string, unknown> }): string {
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

function who(cookie: string | undefined) {
  return server.request('GET', '/api/session', undefined, { cookie: cookie ?? '' });
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
