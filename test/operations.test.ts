import { jest } from '@jest/globals';
import { Client } from 'pg';
import { readConfig } from '../server/config/config.js';
import { refuseForgetful, refuseMightyRole, refuseOtherClock } from '../server/db/refuse-unsafe.js';
import { createPino } from '../server/logging/logger.js';
import { DeliverQueue } from '../server/queues.js';
import { refuseForgetfulQueue } from '../server/refuse-forgetful-queue.js';
import { newDatabase } from './support/database.js';
import { startApp, type TestApp } from './support/app.js';
import { TestRedis } from './support/redis.js';
import { startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

describe('health and metrics', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp();
  });
  afterAll(() => server.close());

  it('says that it lives and can work', async () => {
    expect((await server.request('GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await server.request('GET', '/readyz')).body).toEqual({ status: 'ok', database: 'ok', queue: 'ok' });
  });

  it('shows its figures to this machine and to an admin token, to nobody else', async () => {
    const admin = await server.token('admin');
    const operator = await server.token('operator');
    const ask = (remoteAddress: string, headers: Record<string, string> = {}) => server.inject({ url: '/metrics', remoteAddress, headers });
    const here = await ask('127.0.0.1');
    expect([here.statusCode, here.headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
    for (const figure of [
      'messages_total',
      'runs_total',
      'effects_total',
      'deliveries_total',
      'queue_oldest_seconds{queue="inbox"} 0',
      'sweeper_rescues_total',
    ]) {
      expect(here.payload).toContain(`razvilka_${figure}`);
    }
    expect((await ask('10.0.0.5')).statusCode).toBe(403);
    // A proxy on this machine speaks for somebody else.
    expect((await ask('127.0.0.1', { 'x-forwarded-for': '10.0.0.5' })).statusCode).toBe(403);
    expect((await ask('10.0.0.5', operator.headers)).statusCode).toBe(403);
    expect((await ask('10.0.0.5', admin.headers)).statusCode).toBe(200);
  });

  it('counts answers by the pattern of the route, without a key or a token', async () => {
    await server.request('POST', '/hooks/very-secret-hook-key', {});
    await server.request('GET', '/api/invitation?token=very-secret-token');
    const { payload } = await server.inject({ url: '/metrics' });
    expect(payload).toContain('route="/hooks/:hookKey",status="404"');
    expect(payload).not.toContain('very-secret');
  });
});

describe('a database that is away', () => {
  it('is 503 with Retry-After, named by /readyz, survived, and over when it is back', async () => {
    const database = await newDatabase();
    const server = await startServer(database.url);
    const admin = new Client({ connectionString: database.url.replace(/\/[^/]+$/, '/postgres') });
    await admin.connect();
    const name = new URL(database.url).pathname.slice(1);
    const get = (path: string) => fetch(server.url + path, { headers: { authorization: 'Bearer rzv_unknown' } });
    try {
      expect((await get('/api/users')).status).toBe(401);
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
      const away = await get('/api/users');
      expect([away.status, away.headers.get('retry-after'), away.headers.get('content-type')]).toEqual([
        503,
        '5',
        'application/problem+json; charset=utf-8',
      ]);
      const ready = await get('/readyz');
      expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ database: 'does not answer' })]);
      expect((await get('/healthz')).status).toBe(200);
      expect((await get('/metrics')).status).toBe(200);
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await waitUntil('the database answers again', async () => (await get('/readyz')).status === 200);
      expect((await get('/api/users')).status).toBe(401);
      expect(await server.stop()).toBe(0);
    } finally {
      await server.kill();
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await admin.end();
      await database.close();
    }
  });
});

describe('a queue whose connection could not be opened', () => {
  it('lets the rest of the process run, and works once its database is there', async () => {
    const database = await newDatabase();
    const name = new URL(database.url).pathname.slice(1);
    const admin = new Client({ connectionString: database.url.replace(/\/[^/]+$/, '/postgres') });
    await admin.connect();
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    const queue = new DeliverQueue(readConfig({ DATA_DIR: '/nowhere', DATABASE_URL: database.url }), database.url);
    try {
      const worked: string[] = [];
      queue.work(async (job) => void worked.push(...job.conversationIds), 1);
      expect(await queue.isUp()).toBe(false);
      // An answer over a socket: it never comes while a loop of promises has the process to itself.
      await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await waitUntil('the queue answers', () => queue.isUp());
      await waitUntil('a wake-up arrives', () => {
        queue.wake('account', ['conversation']);
        return worked.includes('conversation');
      });
    } finally {
      await queue.beforeApplicationShutdown();
      await admin.end();
      await database.close();
    }
  });
});

describe('the log', () => {
  it('is one JSON line per event and holds no secret, no password and no text of a client', async () => {
    const lines: string[] = [];
    const server = await startApp({ log: (line) => lines.push(line) });
    try {
      const owner = await server.signIn('owner');
      const made = await owner.request<{ token: string }>('POST', '/api/tokens', { name: 'склад', role: 'admin' });
      await server.request('POST', '/api/session', { email: 'canary@example.org', password: 'canary-password-1' });
      await server.request('GET', `/api/invitation?token=canary-token-2`);
      await server.request('POST', '/hooks/canary-hook-key-3', { text: 'canary-client-text-4' });
      await server.request('GET', '/api/users\r\n\u001b[31m\u202ecanary-forged-line');
      const all = lines.join('');
      for (const secret of ['canary', made.body.token, owner.headers.cookie?.slice(4) ?? 'none']) expect(all).not.toContain(secret);
      for (const line of lines) {
        expect(line.endsWith('\n')).toBe(true);
        expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), time: expect.any(String) });
      }
      const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.context === 'http');
      expect(requests).toContainEqual(
        expect.objectContaining({ method: 'POST', route: '/hooks/:hookKey', status: 404, request: expect.any(String) }),
      );
    } finally {
      await server.close();
    }
  });
});

describe('a database that would forget or mix accounts', () => {
  it.each(['fsync', 'synchronous_commit', 'full_page_writes'])('with %s off is refused', async (name) => {
    const database = await newDatabase();
    try {
      await refuseForgetful(database.url);
      if (name === 'synchronous_commit') {
        await database.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET ${name} = off`);
        await expect(refuseForgetful(database.url)).rejects.toThrow(`${name} = off`);
      } else {
        // Settings of the whole server, which other suites use: only that they are asked for.
        expect((await database.query(`SELECT current_setting($1) AS value`, [name]))[0]?.value).toBe('on');
      }
    } finally {
      await database.close();
    }
  });

  it.each([3, -3])('with a clock that is %i s away is refused', async (seconds) => {
    const database = await newDatabase();
    const now = Date.now.bind(Date);
    try {
      await refuseOtherClock(database.url);
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1000);
      await expect(refuseOtherClock(database.url).finally(() => clock.mockRestore())).rejects.toThrow('are 3.0 s apart');
    } finally {
      await database.close();
    }
  });

  it('under a role that owns a table is refused', async () => {
    const database = await newDatabase();
    try {
      await refuseMightyRole(database.url);
      await database.query(`GRANT CREATE ON SCHEMA public TO razvilka_app; ALTER TABLE notes OWNER TO razvilka_app`);
      await expect(refuseMightyRole(database.url)).rejects.toThrow('razvilka_app owns notes');
    } finally {
      await database.close();
    }
  });
});

describe('a Redis that throws jobs away', () => {
  it('is refused by name, one that keeps them or is away is not', async () => {
    const database = await newDatabase();
    const [forgetful, faithful] = [new TestRedis('allkeys-lru'), new TestRedis()];
    try {
      await forgetful.start();
      await expect(startServer(database.url, { REDIS_URL: forgetful.url })).rejects.toThrow(
        /ended with 1 .*REDIS_URL.*allkeys-lru.*noeviction/s,
      );
      const log = createPino('silent', { write: () => undefined });
      await faithful.start();
      await refuseForgetfulQueue(faithful.url, log);
      await faithful.kill();
      await refuseForgetfulQueue(faithful.url, log);
    } finally {
      await Promise.all([forgetful.kill(), faithful.kill()]);
      await database.close();
    }
  });
});
