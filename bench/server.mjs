import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Who may do everything on a server that was started here. */
export const owner = { email: 'bench@example.test', password: 'a long enough password' };

/** A server of the product on a free port, with its owner; `pid` for its CPU time. */
export async function startServer(databaseUrl) {
  const folder = mkdtempSync(join(tmpdir(), 'razvilka-bench-data-'));
  const child = spawn(process.execPath, ['dist/bundle/main.js'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      PORT: '0',
      LOG_LEVEL: 'error',
      RAZVILKA_OWNER_EMAIL: owner.email,
      RAZVILKA_OWNER_PASSWORD: owner.password,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((found, failed) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (address) found(address);
    });
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}`)));
  });
  return {
    url,
    pid: child.pid,
    stop: () =>
      new Promise((done) => {
        child.on('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          done();
        });
        child.kill('SIGTERM');
      }),
  };
}

/** Signs the owner in: `call` asks the API and gives the answer's body; throws for any answer but a 2xx. */
export async function signIn(url) {
  const headers = { 'content-type': 'application/json', origin: url, 'x-requested-with': 'razvilka' };
  const session = await fetch(`${url}/api/session`, { method: 'POST', headers, body: JSON.stringify(owner) });
  if (!session.ok) throw new Error(`signing in: ${session.status} ${await session.text()}`);
  const cookie = session.headers.get('set-cookie').split(';')[0];
  return async function call(method, path, body) {
    const answer = await fetch(url + path, { method, headers: { ...headers, cookie }, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}
