import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Starts the real server, as a person would on an empty folder, and tells the specs where it is: `BASE_URL`, and `SETUP_LINK` for the owner that does not
 * exist yet. The returned function stops it as a service manager would.
 */
export async function startServer(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'razvilka-browser-'));
  // Temporary folders are closed to others; as root the database runs as nobody and would go elsewhere, where nobody removes it.
  chmodSync(folder, 0o755);
  const child = spawn(process.execPath, ['dist/bundle/main.js'], {
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'error', ALLOW_PRIVATE_NETWORK: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Also when Playwright itself is ended half-way.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const link = await linkOf(child);
  process.env.BASE_URL = new URL(link).origin;
  process.env.SETUP_LINK = link;
  return async () => {
    process.off('exit', kill);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    rmSync(folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server ended with ${code} when it was asked to stop`);
  };
}

/** The set-up link is the last thing that a server says at its first start. */
async function linkOf(child: ChildProcess): Promise<string> {
  let said = '';
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = `${errors}${chunk.toString()}`.slice(-4_000);
    process.stderr.write(chunk);
  });
  return new Promise((found, fail) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const link = /http:\/\/\S+\/setup\?token=\S+/.exec(said)?.[0];
      if (link) found(link);
    });
    child.once('exit', (code) => fail(new Error(`the server ended with ${code} before it listened:\n${said}${errors}`)));
  });
}
