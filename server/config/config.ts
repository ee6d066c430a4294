import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z
  .enum(['0', '1', 'true', 'false', 'on', 'off', 'yes', 'no', ''])
  .transform((text) => ['1', 'true', 'on', 'yes'].includes(text));

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis://')
    .optional(),
  SECRET_KEY_FILE: z.string().min(1).optional(),
  RAZVILKA_OWNER_EMAIL: z.email().optional(),
  RAZVILKA_OWNER_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  ALLOW_PRIVATE_NETWORK: flag.default(false),
  TRUSTED_PROXIES: z.string().default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  DATABASE_POOL: z.coerce.number().int().min(10).max(200).default(16),
  EXPRESSION_LIMIT_MS: z.coerce.number().int().min(1).max(60_000).default(500),
  DELIVERY_LEASE_SECONDS: z.coerce.number().min(1).max(600).default(60),
  /** Tests only: `name:action` of a fail point (server/messaging/fail-point.ts). */
  RAZVILKA_FAIL_POINT: z.string().optional(),
});

/** The settings of one process, read once at start. */
export interface Config {
  port: number;
  host: string;
  /** Where clients and platforms reach this server, without a slash at the end; absent: the address of the request. */
  publicUrl: string | undefined;
  /** A PostgreSQL of the installer's; absent: the embedded one. */
  databaseUrl: string | undefined;
  /** Absolute path of what this server keeps in files: the embedded database and the secret key. */
  dataDir: string;
  /** The queue on Redis; absent: the queue in PostgreSQL. */
  redisUrl: string | undefined;
  secretKeyFile: string;
  owner: { email: string; password: string } | undefined;
  role: 'all' | 'web' | 'worker';
  /** Lets connectors and the http node call private addresses. */
  allowPrivateNetwork: boolean;
  /** Addresses or networks of proxies whose X-Forwarded-* headers count; empty: none. */
  trustedProxies: string[];
  logLevel: string;
  /** Connections to PostgreSQL of the application's own pool. */
  databasePool: number;
  /** After so long an expression of a rule is ended, with its thread. */
  expressionLimitMs: number;
  /** How long a sender that died keeps its conversation from others. */
  deliveryLeaseSeconds: number;
  failPoint: string | undefined;
}

/** A setting that cannot be used; the message names the variable. */
export class BadConfig extends Error {}

/** Reads the settings of http-api's table and ours; empty variables count as absent. Throws `BadConfig` with a line for each bad variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    throw new BadConfig(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const it = parsed.data;
  if ((it.RAZVILKA_OWNER_EMAIL === undefined) !== (it.RAZVILKA_OWNER_PASSWORD === undefined)) {
    throw new BadConfig('RAZVILKA_OWNER_EMAIL and RAZVILKA_OWNER_PASSWORD: set both or neither');
  }
  const dataDir = resolve(it.DATA_DIR);
  return {
    port: it.PORT,
    host: it.HOST,
    publicUrl: it.PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: it.DATABASE_URL,
    dataDir,
    redisUrl: it.REDIS_URL,
    secretKeyFile: resolve(it.SECRET_KEY_FILE ?? `${dataDir}/secret.key`),
    owner:
      it.RAZVILKA_OWNER_EMAIL && it.RAZVILKA_OWNER_PASSWORD
        ? { email: it.RAZVILKA_OWNER_EMAIL, password: it.RAZVILKA_OWNER_PASSWORD }
        : undefined,
    role: it.ROLE,
    allowPrivateNetwork: it.ALLOW_PRIVATE_NETWORK,
    trustedProxies: it.TRUSTED_PROXIES.split(/[\s,]+/).filter(Boolean),
    logLevel: it.LOG_LEVEL,
    databasePool: it.DATABASE_POOL,
    expressionLimitMs: it.EXPRESSION_LIMIT_MS,
    deliveryLeaseSeconds: it.DELIVERY_LEASE_SECONDS,
    failPoint: it.RAZVILKA_FAIL_POINT,
  };
}

/** Injection token of the settings: `@Inject(CONFIG) config: Config`. */
export const CONFIG = Symbol('Config');
