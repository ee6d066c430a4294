import { Redis } from 'ioredis';
import type { Logger as Pino } from 'pino';
import { BadConfig } from './config/config.js';

const withinMs = 2_000;

/**
 * Throws `BadConfig` when the Redis may throw jobs away to make room: delayed ones would be lost one by one, silently. One that does not answer is no reason
 * not to start: the sweeps deliver without it, and it may come later; the log says that nobody looked.
 */
export async function refuseForgetfulQueue(url: string, log: Pino): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: withinMs,
    commandTimeout: withinMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Told by the rejected command too; without a listener it would end the process.
  redis.on('error', () => undefined);
  let policy: string | undefined;
  try {
    await redis.connect();
    // INFO, because managed installations forbid CONFIG.
    policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1];
  } catch (error) {
    log.warn({ event: 'queue-not-checked', message: `Redis does not answer: ${error instanceof Error ? error.message : String(error)}` });
    return;
  } finally {
    redis.disconnect();
  }
  if (policy === undefined || policy === 'noeviction') return;
  throw new BadConfig(
    `REDIS_URL: у этого Redis maxmemory-policy = ${policy}, он выбросит задания, когда кончится память; задайте noeviction / ` +
      `this Redis has maxmemory-policy = ${policy} and throws jobs away when memory runs out; set it to noeviction`,
  );
}
