import { hashOfToken } from '../server/auth/secret-token.js';
import { SetUp } from '../server/accounts/set-up.js';
import { startApp, type TestApp } from './support/app.js';

const given = { accountName: 'Мебель', name: 'Пётр', email: 'Petr@Example.org', password: 'очень длинный пароль', language: 'ru' };

let server: TestApp;
beforeEach(async () => {
  server = await startApp();
});
afterEach(() => server.close());

describe('the set-up', () => {
  it('makes the account with its owner, starting data and the example desk, and signs in', async () => {
    expect((await server.request('GET', '/api/setup')).body).toEqual({ isSetUp: false });
    const answer = await setUp({ token: await newToken() });
    expect(answer.status).toBe(204);
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const get = <Body>(url: string) => server.request<Body>('GET', url, undefined, { cookie });
    expect((await get('/api/session')).body).toMatchObject({
      user: { role: 'owner', email: 'petr@example.org' },
      account: { name: 'Мебель' },
    });
    expect((await server.request('GET', '/api/setup')).body).toEqual({ isSetUp: true });

    const pipelines = (await get<{ name: string; stages: { name: string; open: boolean }[] }[] | { items: never[] }>('/api/pipelines'))
      .body;
    const [pipeline] = Array.isArray(pipelines) ? pipelines : pipelines.items;
    expect(pipeline?.name).toBe('Воронка');
    expect(pipeline?.stages.map((stage) => `${stage.name}${stage.open ? '' : ' (закрыт)'}`)).toEqual([
      'Неразобранное',
      'Первичный контакт',
      'Переговоры',
      'Принимают решение',
      'Согласование договора',
      'Успешно реализовано (закрыт)',
      'Закрыто и не реализовано (закрыт)',
    ]);
    const users = (await get<{ name: string; group: { name: string } | null }[]>('/api/users')).body;
    expect(users.map((user) => [user.name, user.group?.name])).toEqual([
      ['Пётр', undefined],
      ['Ольга Смирнова', 'Продажи'],
      ['Анна Белова', 'Продажи'],
      ['Игорь Ковалёв', 'Поддержка'],
    ]);
    const ruleSets = (await get<{ items: Record<string, unknown>[] }>('/api/rule-sets')).body.items;
    expect(ruleSets).toEqual([
      expect.objectContaining({ name: 'Приём обращений', publishedVersion: 1, changed: false, errors: 0, warnings: 0 }),
      expect.objectContaining({ name: 'Вопросы о доставке', publishedVersion: null, errors: 0, warnings: 0 }),
    ]);
    const channels = (await get<{ items: Record<string, unknown>[] }>('/api/channels')).body.items;
    expect(channels).toEqual([expect.objectContaining({ kind: 'webchat', name: 'Чат на сайте', active: true })]);
  });

  it('makes example people who cannot sign in, and whom an invitation lets in', async () => {
    const answer = await setUp({ token: await newToken() });
    const headers = {
      cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '',
      origin: server.url,
      'x-requested-with': 'razvilka',
    };
    const stored = await server.database.query(`SELECT 1 FROM users WHERE email LIKE '%@example.com' AND password_hash IS NOT NULL`);
    expect(stored).toEqual([]);
    const invited = await server.request<{ link: string }>(
      'POST',
      '/api/invitations',
      { email: 'olga@example.com', role: 'operator' },
      headers,
    );
    expect(invited.status).toBe(201);
    const token = new URL(invited.body.link).searchParams.get('token');
    expect((await server.request('POST', '/api/invitation', { token, name: 'Ольга', password: 'длинный пароль' })).status).toBe(204);
    const [olga] = await server.database.query(
      `SELECT count(*)::int AS people FROM users WHERE email = 'olga@example.com' AND name = 'Ольга'`,
    );
    expect(olga?.people).toBe(1);
  });

  it('leaves the desk out when asked', async () => {
    await setUp({ token: await newToken(), exampleDesk: false });
    const [row] = await server.database.query(
      `SELECT (SELECT count(*) FROM users)::int AS users, (SELECT count(*) FROM rule_sets)::int AS rule_sets, (SELECT count(*) FROM stages)::int AS stages`,
    );
    expect(row).toEqual({ users: 1, rule_sets: 0, stages: 7 });
  });

  it('takes a link once, also when two hurry', async () => {
    const token = await newToken();
    const answers = await Promise.all([setUp({ token }), setUp({ token, email: 'other@example.org' })]);
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([204, 409]);
    const [row] = await server.database.query(`SELECT count(*)::int AS accounts FROM accounts`);
    expect(row?.accounts).toBe(1);
    expect((await setUp({ token })).status).toBe(409);
  });

  it('refuses a wrong link, an old one, and the one of an earlier start', async () => {
    const earlier = await newToken();
    const token = await newToken();
    expect((await setUp({ token: earlier })).status).toBe(403);
    expect((await setUp({ token: 'wrong' })).status).toBe(403);
    await server.database.query(`UPDATE setup_links SET expires_at = now() - interval '1 second' WHERE token_hash = $1`, [
      hashOfToken(token),
    ]);
    expect((await setUp({ token })).status).toBe(403);
    const [row] = await server.database.query(`SELECT count(*)::int AS accounts FROM accounts`);
    expect(row?.accounts).toBe(0);
  });

  it('keeps the link when the form was wrong, and names the fields', async () => {
    const token = await newToken();
    const wrong = await server.request<{ errors: { path: string }[] }>('POST', '/api/setup', {
      ...given,
      token,
      email: 'не почта',
      password: 'мало',
    });
    expect([wrong.status, wrong.body.errors.map((error) => error.path)]).toEqual([422, ['email', 'password']]);
    expect((await setUp({ token })).status).toBe(204);
  });

  it('gives no link any more when there is an owner', async () => {
    await setUp({ token: await newToken() });
    expect(await server.app.get(SetUp).newLink()).toBeNull();
  });
});

describe('the profile and the account', () => {
  it('take what is right and name what is not', async () => {
    const owner = await server.signIn('owner');
    expect((await owner.request('PATCH', '/api/profile', { language: 'en', theme: 'dark', timezone: 'Asia/Yekaterinburg' })).status).toBe(
      204,
    );
    expect((await owner.request('GET', '/api/session')).body).toMatchObject({
      user: { language: 'en', theme: 'dark', timezone: 'Asia/Yekaterinburg' },
    });
    const wrong = await owner.request<{ title: string; errors: { path: string }[] }>('PATCH', '/api/profile', { timezone: 'Mars/Base' });
    expect([wrong.status, wrong.body.title, wrong.body.errors[0]?.path]).toEqual([422, 'Check what was entered', 'timezone']);
    const changed = await owner.request('PATCH', '/api/account', { name: 'Мебель и точка', answerAgeSeconds: 600 });
    expect(changed.body).toMatchObject({ name: 'Мебель и точка', answerAgeSeconds: 600, timezone: 'Europe/Moscow' });
    const operator = await server.signIn('operator');
    expect((await operator.request('PATCH', '/api/account', { name: 'x' })).status).toBe(403);
  });
});

async function newToken(): Promise<string> {
  const token = await server.app.get(SetUp).newLink();
  if (token === null) throw new Error('the database is set up already');
  return token;
}

function setUp(more: Record<string, unknown>) {
  return server.request('POST', '/api/setup', { ...given, ...more });
}
