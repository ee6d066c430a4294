import { describeApi } from '../server/web/openapi.js';
import { startApp, type TestApp, type TestCaller } from './support/app.js';

let server: TestApp;
let owner: TestCaller;
let routes: { method: string; url: string }[];

/** Who has no session yet may call these. */
const open = ['POST /api/session', 'GET /api/setup', 'POST /api/setup', 'GET /api/invitation', 'POST /api/invitation'];

beforeAll(async () => {
  server = await startApp();
  owner = await server.signIn('owner');
  routes = routesOf(server.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
});
afterAll(() => server.close());

it('sees the router', () => {
  const names = routes.map((route) => `${route.method} ${route.url}`);
  expect(names).toEqual(
    expect.arrayContaining([
      'POST /api/tokens',
      'PATCH /api/users/:id',
      'DELETE /api/sessions/:id',
      'POST /hooks/:hookKey',
      'GET /healthz',
    ]),
  );
  expect(names.filter((name) => name.includes(' /api/')).length).toBeGreaterThan(50);
});

it('every route under /api refuses a stranger, but the few that make one known', async () => {
  for (const route of routes.filter(({ url }) => url.startsWith('/api/'))) {
    const name = `${route.method} ${route.url}`;
    if (open.includes(name.replace('HEAD', 'GET'))) continue;
    const answer = await server.request(route.method, withIds(route.url), isChange(route) ? {} : undefined);
    expect([name, answer.status]).toEqual([name, 401]);
  }
});

it('every change under /api refuses a foreign page that uses the cookie', async () => {
  const { cookie } = owner.headers as { cookie: string };
  const forgeries: Record<string, string>[] = [
    { cookie, origin: 'https://evil.example', 'x-requested-with': 'razvilka' },
    { cookie, origin: 'null', 'x-requested-with': 'razvilka' },
    { cookie, origin: 'http://localhost.evil.example', 'x-requested-with': 'razvilka' },
    { cookie, 'x-requested-with': 'razvilka' },
    { cookie, origin: server.url },
  ];
  const changes = routes.filter((route) => route.url.startsWith('/api/') && isChange(route));
  expect(changes.length).toBeGreaterThan(25);
  for (const route of changes) {
    const name = `${route.method} ${route.url}`;
    if (open.includes(name)) {
      const foreign = await server.request(
        route.method,
        route.url,
        { token: 'x', email: 'x', password: 'x' },
        { origin: 'https://evil.example' },
      );
      expect([name, foreign.status]).toEqual([name, 403]);
      continue;
    }
    for (const forgery of forgeries) {
      const answer = await server.request(route.method, withIds(route.url), {}, forgery);
      expect([name, forgery.origin, answer.status]).toEqual([name, forgery.origin, 403]);
    }
    const asForm = await server.inject({
      method: route.method,
      url: withIds(route.url),
      headers: { ...owner.headers, 'content-type': 'text/plain' },
      payload: '{}',
    });
    expect([name, asForm.statusCode]).toEqual([name, 415]);
  }
});

it('no GET changes anything: none is a verb', () => {
  const gets = routes.filter(({ method, url }) => method === 'GET' && url.startsWith('/api/')).map(({ url }) => url);
  expect(gets.filter((url) => /(publish|rollback|resend|retry|close|done|remove|delete)$/.test(url))).toEqual([]);
});

it('the OpenAPI document lists every route under /api', () => {
  const { paths } = describeApi(server.app);
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const missing = routes
    .filter(({ method, url }) => url.startsWith('/api/') && method !== 'HEAD')
    .map(({ method, url }) => `${method} ${url}`)
    .filter((name) => !described.includes(name));
  expect(missing).toEqual([]);
});

it('every answer carries the protecting headers, errors too', async () => {
  for (const url of ['/api/session', '/api/nothing', '/healthz', '/nothing', '/api/users/%00', '/%']) {
    const { headers, status } = await owner.request('GET', url);
    expect([url, status, headers['x-content-type-options'], headers['referrer-policy'], headers['cross-origin-opener-policy']]).toEqual([
      url,
      status,
      'nosniff',
      'no-referrer',
      'same-origin',
    ]);
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).toContain(`frame-ancestors 'none'`);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    if (url.startsWith('/api/')) expect([url, headers['cache-control']]).toEqual([url, 'no-store']);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

describe('bodies', () => {
  it.each([
    ['not JSON', '{"name":', 400],
    ['nested without end', '['.repeat(100_000), 400],
    ['nested deeper than anybody needs', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 400],
    ['a NUL inside a text', '{"name":"a\\u0000b"}', 400],
    ['half a character', '{"name":"a\\ud800b"}', 400],
    ['larger than 256 kB', `{"name":"${'a'.repeat(270_000)}"}`, 413],
    ['an array instead of an object', '[]', 422],
    ['an unknown field', '{"name":"x","account_id":"1"}', 422],
    ['nothing', '', 422],
  ])('%s gets a clear refusal', async (_, payload, status) => {
    const answer = await server.inject({
      method: 'POST',
      url: '/api/groups',
      headers: { ...owner.headers, 'content-type': 'application/json' },
      payload,
    });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'application/problem+json; charset=utf-8']);
    expect(answer.json()).toMatchObject({ status, title: expect.any(String) });
  });

  it('a prototype in a body changes none', async () => {
    const payload = '{"name":"Прототип","__proto__":{"role":"owner"},"constructor":{"prototype":{"role":"owner"}}}';
    const headers = { ...owner.headers, 'content-type': 'application/json' };
    const answer = await server.inject({ method: 'POST', url: '/api/groups', headers, payload });
    expect(answer.statusCode).toBe(201);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('brackets inside texts are no nesting', async () => {
    const answer = await owner.request('POST', '/api/groups', { name: `"${'[{'.repeat(90)}\\` });
    expect(answer.status).toBe(201);
  });
});

it('an error of ours shows nothing of its inside, and its id joins it with the log', async () => {
  const lines: string[] = [];
  const broken = await startApp({ log: (line) => lines.push(line) });
  try {
    const person = await broken.signIn('owner');
    await broken.database.query(`ALTER TABLE groups RENAME COLUMN name TO title`);
    const answer = await person.request<{ title: string; detail: string }>('POST', '/api/groups', { name: 'Тайная группа' });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(/column|INSERT|groups/);
    const id = /[0-9a-f-]{36}/.exec(answer.body.detail)?.[0] ?? '';
    const logged = lines.find((line) => line.includes('unexpected-error') && line.includes(id));
    expect(logged).toContain('groups');
    expect(lines.join('')).not.toContain('Тайная группа');
  } finally {
    await broken.close();
  }
});

function isChange({ method }: { method: string }): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function withIds(url: string): string {
  return url.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000');
}

/** Fastify prints its routes as a tree, four columns a storey. */
function routesOf(tree: string): { method: string; url: string }[] {
  const storeys: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^((?:[│ ] {3})*)[├└]── ([^ ]*)(?: \(([^)]*)\))?/.exec(line);
    if (!found) return [];
    const depth = (found[1] ?? '').length / 4;
    storeys.splice(depth, Infinity, found[2] ?? '');
    return (found[3] ?? '')
      .split(', ')
      .filter(Boolean)
      .map((method) => ({ method, url: storeys.slice(0, depth + 1).join('') }));
  });
}
