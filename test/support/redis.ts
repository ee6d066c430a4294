import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from './wait-until.js';

/** A Redis of a test's own, which keeps nothing on disk: a kill loses all that it held. */
export class TestRedis {
  private port = 0;
  private child: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'razvilka-redis-'));

  /** `policy`: what it does when memory runs out. */
  constructor(private readonly policy = 'noeviction') {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** On a free port at first, then on the same one. Resolves when it answers. Throws when it runs: a second one would find the port taken, and the first would answer for it. */
  async start(): Promise<void> {
    if (this.child) throw new Error('Redis runs already');
    if (this.port === 0) this.port = await freePort();
    const options = `--port ${this.port} --bind 127.0.0.1 --appendonly no --maxmemory-policy ${this.policy} --dir ${this.folder}`;
    const program = process.env['REDIS_SERVER'] ?? '/usr/bin/redis-server';
    this.child = spawn(program, [...options.split(' '), '--save', ''], { stdio: 'ignore' });
    await waitUntil('Redis answers', async () => (await this.say('PING')).startsWith('+PONG'));
  }

  async flush(): Promise<void> {
    const answer = await this.say('FLUSHALL');
    if (!answer.startsWith('+OK')) throw new Error(`FLUSHALL answered ${answer}`);
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** One command without arguments; what it answered, empty when nobody did. */
  private say(command: string): Promise<string> {
    return new Promise((done) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(`${command}\r\n`));
      socket.once('data', (data) => {
        done(data.toString());
        socket.destroy();
      });
      socket.once('error', () => done(''));
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
