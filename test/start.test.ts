import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from './support/wait-until.js';

/* Starting with nothing but a folder: the embedded PostgreSQL, first and again, after every way in which the last one ended. */
const folders: string[] = [];
const children = new Set<ChildProcess>();

interface Started {
  child: ChildProcess;
  output: () => string;
  /** The address it listens on, or undefined when it ended first. */
  url: Promise<string | undefined>;
  ended: Promise<number | null>;
}

function start(dataDir: string, environment: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ['dist/bundle/main.js'], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let text = '';
  const ended = once(child, 'exit').then(([code]) => (children.delete(child), code as number | null));
  const url = new Promise<string | undefined>((found) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+(?=\n)/.exec(text)?.[0];
      if (address) found(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then(() => found(undefined));
  });
  return { child, output: () => text, url, ended };
}

async function stop(started: Started, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  started.child.kill(signal);
  return started.ended;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'razvilka-start-'));
  // Temporary folders are closed to others; the test of closed ones makes its own.
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) {
    // A killed server leaves its PostgreSQL running: the next start would adopt it, here it is stopped.
    const pidFile = [join(folder, 'data/postgres/postmaster.pid'), placeOf(join(folder, 'data'))].find((file) => file && existsSync(file));
    if (pidFile) process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
});

function placeOf(dataDir: string): string | undefined {
  const note = join(dataDir, 'postgres.place');
  return existsSync(note) ? join(readFileSync(note, 'utf8').trim(), 'postgres/postmaster.pid') : undefined;
}

const owner = { email: 'owner@example.test', password: 'a long enough password' };

async function signIn(url: string): Promise<number> {
  const headers = { 'content-type': 'application/json', origin: url, 'x-requested-with': 'razvilka' };
  return (await fetch(`${url}/api/session`, { method: 'POST', headers, body: JSON.stringify(owner) })).status;
}

it('prints the address and a one-time link that makes the owner, and keeps everything over Ctrl-C and a kill', async () => {
  const dataDir = join(newFolder(), 'data');
  const first = start(dataDir);
  const url = await first.url;
  expect(url).toBeDefined();
  const lines = () => first.output().trim().split('\n');
  const token = await linkOf(first);
  expect(lines()).toHaveLength(2);
  expect(first.output()).not.toContain(readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim());
  expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);

  const body = JSON.stringify({ token, accountName: 'Мебель', name: 'Анна', ...owner, exampleDesk: false });
  const headers = { 'content-type': 'application/json', origin: url!, 'x-requested-with': 'razvilka' };
  expect((await fetch(`${url}/api/setup`, { method: 'POST', headers, body })).status).toBeLessThan(300);
  expect((await fetch(`${url}/api/setup`, { method: 'POST', headers, body })).status).toBeGreaterThanOrEqual(400);

  // A second start on the same folder says so in a line, and the first goes on.
  const second = start(dataDir);
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/работает|runs already/);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await expectPages(url!);
  await waitUntil('what V8 compiled for a start is kept', () => readdirSync('dist/bundle').some((file) => file.endsWith('.started')));

  expect(await stop(first, 'SIGINT')).toBe(0);
  const third = start(dataDir);
  expect(await signIn((await third.url)!)).toBe(204);
  expect(third.output()).not.toContain('/setup?token=');
  await stop(third, 'SIGKILL');
  const fourth = start(dataDir);
  expect(await signIn((await fourth.url)!)).toBe(204);
  expect(await stop(fourth)).toBe(0);

  // Ctrl-C before it listens: what it has started by then does not stay behind.
  const postmaster = () => [join(dataDir, 'postgres/postmaster.pid'), placeOf(dataDir)].some((file) => file && existsSync(file));
  expect(postmaster()).toBe(false);
  const fifth = start(dataDir);
  await waitUntil('its PostgreSQL starts', postmaster);
  expect(await stop(fifth, 'SIGINT')).toBe(0);
  expect(postmaster()).toBe(false);
}, 300_000);

it('works as root below a folder that nobody else may enter', async () => {
  const folder = newFolder();
  const closed = join(folder, 'home');
  mkdirSync(closed, { mode: 0o700 });
  const server = start(join(closed, 'data'), { RAZVILKA_OWNER_EMAIL: owner.email, RAZVILKA_OWNER_PASSWORD: owner.password });
  expect(await signIn((await server.url)!)).toBe(204);
  expect(statSync(closed).mode & 0o777).toBe(0o700);
  expect(await stop(server)).toBe(0);
  if (existsSync(join(closed, 'data/postgres.place')))
    rmSync(readFileSync(join(closed, 'data/postgres.place'), 'utf8').trim(), { recursive: true, force: true });
}, 200_000);

it('names the setting that cannot be used, and the port that is taken', async () => {
  const wrong = start(join(newFolder(), 'data'), { PORT: 'many' });
  expect(await wrong.ended).toBe(1);
  expect(wrong.output()).toContain('PORT');
  const away = start(join(newFolder(), 'data'), { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' });
  expect(await away.ended).toBe(1);
  expect(away.output().trim().split('\n')).toHaveLength(1);
}, 200_000);

/** The app's page at any address of its own and its files, packed; nothing else that lies beside them. */
async function expectPages(url: string): Promise<void> {
  const look = async (path: string) => {
    const answer = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'br' } });
    const header = (name: string) => answer.headers.get(name);
    return [answer.status, header('content-type'), header('cache-control'), header('content-encoding')];
  };
  const asset = readdirSync('dist/builder/assets').find((file) => file.endsWith('.js'))!;
  expect(await look('/rules/any?version=1')).toEqual([200, 'text/html; charset=utf-8', 'no-cache', 'br']);
  expect(await look(`/assets/${asset}`)).toEqual([
    200,
    'application/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
    'br',
  ]);
  expect(await look('/icon.svg')).toEqual([200, 'image/svg+xml', 'no-cache', 'br']);
  for (const path of ['/assets/', '/assets/none.js', '/assets/..%2findex.html', '/api/none'])
    expect([path, (await look(path))[0]]).toEqual([path, 404]);
}

async function linkOf(started: Started): Promise<string> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    const token = /\/setup\?token=(\S+)/.exec(started.output())?.[1];
    if (token) return token;
    await new Promise((next) => setTimeout(next, 25));
  }
  throw new Error(`no set-up link in:\n${started.output()}`);
}
