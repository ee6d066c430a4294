import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Client, escapeIdentifier } from 'pg';
import { applicationRole } from '../db/data-source.js';
import { DATABASE_URL } from '../db/db.module.js';
import { Metrics } from '../health/metrics.js';

/** A silent cut (a firewall, a sleeping host) is noticed by this question, not by the socket. */
const askEveryMs = 10_000;
const answerWithinMs = 5_000;
const retryWaitsMs = [200, 500, 1_000, 2_000, 5_000];

/** The process's one connection that LISTENs, for all who want to hear; comes back by itself and says when it did. */
@Injectable()
export class ChangeListener implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('live');
  private client: Client | undefined;
  private asking: NodeJS.Timeout | undefined;
  private retrying: NodeJS.Timeout | undefined;
  private failures = 0;
  private stopped = false;
  private readonly listeners = new Map<string, { heard(payload: string): void; reconnected(): void }>();

  constructor(
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
    private readonly metrics: Metrics,
  ) {}

  /** One listener per PostgreSQL channel, named before the application has started. */
  on(channel: string, listener: { heard(payload: string): void; reconnected(): void }): void {
    this.listeners.set(channel, listener);
  }

  /** The start fails when the first connection does; later ones are repeated for ever. */
  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retrying);
    clearInterval(this.asking);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.databaseUrl,
      options: `-c role=${applicationRole}`,
      application_name: 'razvilka-changes',
      keepAlive: true,
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    });
    client.on('notification', ({ channel, payload }) => this.listeners.get(channel)?.heard(payload ?? ''));
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('the connection was closed')));
    try {
      await client.connect();
      for (const channel of this.listeners.keys()) await client.query(`LISTEN ${escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.stopped) return client.end();
    this.client = client;
    this.failures = 0;
    this.asking = setInterval(() => void client.query('SELECT 1').catch((error: Error) => this.lost(client, error)), askEveryMs);
    this.asking.unref();
  }

  private lost(client: Client, error: Error): void {
    if (this.client !== client) return;
    this.client = undefined;
    clearInterval(this.asking);
    // A half-open socket would wait for an answer for minutes; nothing is lost by cutting it.
    client.end().catch(() => undefined);
    this.log.warn(`the connection that hears changes is lost (${error.message}); connecting again`);
    this.retry();
  }

  private retry(): void {
    if (this.stopped) return;
    const wait = retryWaitsMs[Math.min(this.failures, retryWaitsMs.length - 1)] ?? 5_000;
    this.failures += 1;
    this.retrying = setTimeout(() => {
      this.connect().then(
        () => this.tellReconnected(),
        () => this.retry(),
      );
    }, wait);
  }

  private tellReconnected(): void {
    this.metrics.listenReconnects.inc();
    if (!this.stopped) for (const listener of this.listeners.values()) listener.reconnected();
  }
}
