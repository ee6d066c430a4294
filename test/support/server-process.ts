import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The real server (dist/bundle/main.js) as a process of its own, so that it can be killed. */
export interface ServerProcess {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the end. Gives the exit code. */
  stop(): Promise<number | null>;
  /** Resolves when the process has ended, by whatever cause. */
  ended: Promise<number | null>;
  /** Everything that it wrote to its standard output and its log. */
  written(): string;
}

const started = new Set<ChildProcess>();

/** For afterAll: a test that failed half-way leaves no server behind. */
export function killServers(): void {
  for (const child of started) child.kill('SIGKILL');
}

const dataDir = mkdtempSync(join(tmpdir(), 'razvilka-process-'));
export const owner = { email: 'owner@example.test', password: 'a long enough password' };

/** Starts a server on this database; its secret key is shared by all of this suite. Rejects when it ends before it listens. */
export async function startServer(databaseUrl: string, environment: Record<string, string> = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['dist/bundle/main.js'], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'error',
      ALLOW_PRIVATE_NETWORK: '1',
      DELIVERY_LEASE_SECONDS: '2',
      RAZVILKA_OWNER_EMAIL: owner.email,
      RAZVILKA_OWNER_PASSWORD: owner.password,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  child.on('exit', () => started.delete(child));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const url = await Promise.race([
    addressOf(child),
    ended.then((code) => Promise.reject(new Error(`the server ended with ${code} before it listened:\n${written.slice(-4000)}`))),
  ]);
  return {
    url,
    ended,
    written: () => written,
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (address) found(address);
    });
  });
}

/** A signed-in owner's calls to the API of a server process. */
export async function signInAsOwner(
  url: string,
): Promise<(method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>> {
  const headers = { 'content-type': 'application/json', origin: url, 'x-requested-with': 'razvilka' };
  const answer = await fetch(`${url}/api/session`, { method: 'POST', headers, body: JSON.stringify(owner) });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (answer.status !== 204 || !cookie) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  return async (method, path, body) => {
    const call = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await call.text();
    if (!call.ok) throw new Error(`${method} ${path} answered ${call.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
}
