import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, Response as Injected } from 'light-my-request';
import type { Role } from '../../api/session.js';
import { addStartingData } from '../../server/accounts/starting-data.js';
import { createApplication } from '../../server/application.js';
import { newSecretToken } from '../../server/auth/secret-token.js';
import { readConfig } from '../../server/config/config.js';
import { AccountScope } from '../../server/db/account-scope.js';
import { createPino } from '../../server/logging/logger.js';
import { newDatabase, type TestDatabase } from './database.js';

export interface TestAppOptions {
  /** A database of the test's own, for servers that share one; absent: a fresh one that `close` drops. */
  database?: TestDatabase;
  /** Settings of the process, by the names of the environment. */
  env?: Record<string, string>;
  /** Gets every log line; absent: nothing is logged. */
  log?: (line: string) => void;
  /** Listen on a free port of 127.0.0.1 (for streams); else requests go in without a socket. */
  listen?: boolean;
}

/** An answer with its body read. */
export interface Answer<Body = Record<string, unknown>> {
  status: number;
  /** Undefined when there is none. */
  body: Body;
  headers: Injected['headers'];
  text: string;
}

/** Somebody with a session, or a program with a token. */
export interface TestCaller {
  accountId: string;
  /** The person's id, or the token's. */
  id: string;
  /** Headers that prove who calls; changes with a session carry the Origin and X-Requested-With of our own page. */
  headers: Record<string, string>;
  request<Body = Record<string, unknown>>(
    method: string,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
}

export interface TestApp {
  app: NestFastifyApplication;
  database: TestDatabase;
  /** `http://127.0.0.1:PORT` with `listen`, else the origin that requests go in with. */
  url: string;
  /** A stranger's request. */
  request: TestCaller['request'];
  inject(options: InjectOptions): Promise<Injected>;
  /** Makes an account with its pipeline and the built-in CRM; gives its id. */
  newAccount(name?: string): Promise<string>;
  /** Makes a person with a session, in the first account (made on demand) or in another one. */
  signIn(role: Role, accountId?: string): Promise<TestCaller>;
  /** Makes an API token. */
  token(role: Exclude<Role, 'owner'>, accountId?: string): Promise<TestCaller>;
  close(): Promise<void>;
}

const origin = 'http://localhost';

/** The whole server on a real database. */
export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await newDatabase());
  const dataDir = mkdtempSync(join(tmpdir(), 'razvilka-app-'));
  const config = readConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    DATABASE_POOL: '10',
    LOG_LEVEL: options.log ? 'info' : 'silent',
    ALLOW_PRIVATE_NETWORK: '1',
    PORT: '0',
    ...options.env,
  });
  const write = options.log ?? (() => undefined);
  const app = await createApplication(config, database.url, createPino(config.logLevel, { write }));
  if (options.listen) await app.listen({ port: 0, host: '127.0.0.1' });
  else await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const { port } = (app.getHttpServer().address() ?? { port: 0 }) as AddressInfo;

  const inject = (wanted: InjectOptions) => app.inject({ ...wanted, headers: { host: new URL(origin).host, ...wanted.headers } });
  const requestAs =
    (proof: Record<string, string>): TestCaller['request'] =>
    async (method: string, url: string, body?: unknown, headers: Record<string, string> = {}) => {
      const json = body === undefined ? {} : { payload: JSON.stringify(body) };
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await inject({ method, url, headers: { ...type, ...proof, ...headers }, ...json });
      const isJson = /json/.test(String(answer.headers['content-type']));
      const read = isJson && answer.payload !== '' ? JSON.parse(answer.payload) : undefined;
      return { status: answer.statusCode, body: read, headers: answer.headers, text: answer.payload };
    };

  const newAccount = async (name = 'Проба') => {
    const id = randomUUID();
    await app.get(AccountScope).run(id, async (db) => {
      await db.query(`INSERT INTO accounts (id, name) VALUES ($1, $2)`, [id, name]);
      await addStartingData(db, id);
    });
    return id;
  };
  let first: Promise<string> | undefined;
  const firstAccount = () => (first ??= newAccount());

  const signIn = async (role: Role, accountId?: string): Promise<TestCaller> => {
    const account = accountId ?? (await firstAccount());
    const id = randomUUID();
    const { token, hash } = newSecretToken();
    await database.query(`INSERT INTO users (id, account_id, email, name, role, password_hash) VALUES ($1, $2, $3, $4, $5, 'none')`, [
      id,
      account,
      `${id}@example.org`,
      `Проба ${role}`,
      role,
    ]);
    await database.query(
      `INSERT INTO sessions (id, account_id, user_id, token_hash, expires_at) VALUES ($1, $2, $3, $4, now() + interval '1 day')`,
      [randomUUID(), account, id, hash],
    );
    const headers = { cookie: `sid=${token}`, origin, 'x-requested-with': 'razvilka' };
    return { accountId: account, id, headers, request: requestAs(headers) };
  };

  const token = async (role: Exclude<Role, 'owner'>, accountId?: string): Promise<TestCaller> => {
    const account = accountId ?? (await firstAccount());
    const id = randomUUID();
    const { token, hash } = newSecretToken('rzv_');
    await database.query(`INSERT INTO api_tokens (id, account_id, name, role, token_hash) VALUES ($1, $2, 'проба', $3, $4)`, [
      id,
      account,
      role,
      hash,
    ]);
    const headers = { authorization: `Bearer ${token}` };
    return { accountId: account, id, headers, request: requestAs(headers) };
  };

  return {
    app,
    database,
    url: options.listen ? `http://127.0.0.1:${port}` : origin,
    request: requestAs({}),
    inject,
    newAccount,
    signIn,
    token,
    close: async () => {
      await app.close();
      if (!options.database) await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
