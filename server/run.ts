import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger as Pino } from 'pino';
import { newPassword } from '../api/session.js';
import { SetUp } from './accounts/set-up.js';
import { createApplication } from './application.js';
import { BadConfig, type Config } from './config/config.js';
import { startEmbeddedPostgres } from './db/embedded-postgres.js';
import { lockFolder } from './db/folder-lock.js';
import { migrate } from './db/migrate.js';
import { refuseForgetful, refuseMightyRole, refuseOtherClock } from './db/refuse-unsafe.js';
import { refuseForgetfulQueue } from './refuse-forgetful-queue.js';
import { armFailPoint } from './messaging/fail-point.js';
import { serveApiDocs } from './web/openapi.js';
import { servePages } from './web/pages.js';

const stopWithinMs = 10_000;

/** A second start on one data folder. */
export class AlreadyRunning extends Error {}

/** A server at work. */
export interface Running {
  /** Where it listens; undefined for a worker whose port was taken. */
  address: string | undefined;
  /** Takes no more, finishes what it holds (within 10 s), closes, stops the embedded PostgreSQL. */
  stop(): Promise<void>;
}

/**
 * Starts the whole server: its database if it is the embedded one, the schema, the application, the port. `say` gets the lines for the person who started
 * it: the address, and the set-up link while there is no owner. Throws `AlreadyRunning`, `UnsafeDatabase`, `BadConfig`, and what the database or the port say.
 */
export async function run(config: Config, log: Pino, say: (line: string) => void): Promise<Running> {
  armFailPoint(config.failPoint);
  const database = await openDatabase(config);
  try {
    await refuseForgetful(database.url);
    await refuseOtherClock(database.url);
    if (config.redisUrl !== undefined) await refuseForgetfulQueue(config.redisUrl, log);
    await migrate(database.url);
    await refuseMightyRole(database.url);
    const app = await createApplication(config, database.url, log);
    try {
      if (config.role !== 'worker') {
        serveApiDocs(app);
        await servePages(app.getHttpAdapter().getInstance());
      }
      await makeOwner(app, config);
      // Everything that may still fail comes before the address: whoever reads it finds a server.
      const token = config.role === 'worker' ? null : await app.get(SetUp).newLink();
      const address = await listen(app, config, log);
      say(config.role === 'worker' ? `Razvilka: worker ${address ?? ''}`.trimEnd() : `Razvilka: ${config.publicUrl ?? address}`);
      if (token !== null) say(`Создайте владельца / Create the owner (30 min): ${config.publicUrl ?? address}/setup?token=${token}`);
      return { address, stop: () => stop(app, database, log) };
    } catch (error) {
      await app.close();
      throw error;
    }
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Database {
  url: string;
  close(): Promise<void>;
}

async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, close: () => Promise.resolve() };
  const postgres = await startEmbeddedPostgres(config.dataDir);
  const lock = await lockFolder(postgres.url);
  // The PostgreSQL is the other process's: it stays.
  if (!lock) throw new AlreadyRunning(`Развилка уже работает с папкой ${config.dataDir} / Razvilka runs already on ${config.dataDir}`);
  return {
    url: postgres.url,
    close: async () => {
      await lock.release().catch(() => undefined);
      await postgres.stop();
    },
  };
}

/** RAZVILKA_OWNER_EMAIL and RAZVILKA_OWNER_PASSWORD on an empty database; later they change nothing. */
async function makeOwner(app: NestFastifyApplication, config: Config): Promise<void> {
  const { owner } = config;
  const setUp = app.get(SetUp);
  if (!owner || (await setUp.isSetUp())) return;
  if (!newPassword.safeParse(owner.password).success) throw new BadConfig('RAZVILKA_OWNER_PASSWORD: must have 12 to 200 characters');
  const name = owner.email.split('@')[0] ?? owner.email;
  await setUp
    .create(
      { accountName: 'Моя компания', name, email: owner.email, password: owner.password, language: 'ru', exampleDesk: false },
      null,
      () => Promise.resolve(),
    )
    .catch(async (error: unknown) => {
      // Another process was first.
      if (!(await setUp.isSetUp())) throw error;
    });
}

async function listen(app: NestFastifyApplication, config: Config, log: Pino): Promise<string | undefined> {
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    // A worker needs no port; it only shows its health there.
    if (config.role !== 'worker' || Reflect.get(Object(error), 'code') !== 'EADDRINUSE') throw error;
    log.warn({ event: 'no-port', port: config.port, message: 'the port is taken; the health of this worker is not served' });
    return undefined;
  }
  const bound = app.getHttpServer().address() as AddressInfo;
  const isAny = bound.address === '0.0.0.0' || bound.address === '::';
  const host = isAny ? 'localhost' : bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}

async function stop(app: NestFastifyApplication, database: Database, log: Pino): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((tell) => {
    timer = setTimeout(() => tell('late'), stopWithinMs);
  });
  const how = await Promise.race([app.close(), late]);
  clearTimeout(timer);
  if (how === 'late')
    log.warn({
      event: 'stopped-late',
      message: `not everything was finished within ${stopWithinMs} ms; the rest is done after the next start`,
    });
  await database.close();
}
