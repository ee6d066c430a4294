import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import pg from 'pg';
import type { Subscription } from 'rxjs';
import { ConnectorError } from '../channels/connector-error.js';
import { connectors } from '../channels/connectors.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { DATABASE_URL } from '../db/db.module.js';
import { OutgoingCalls } from '../http/outgoing-calls.js';
import { Changes } from '../live/changes.js';
import { ChannelHealth } from './channel-health.js';
import { ConnectedChannels, type OpenChannel } from './connected-channels.js';
import { Receive } from './receive.js';

/** How long a question to the platform waits for news. */
const waitMs = 25_000;
/** After a failure; a platform that is away is not asked in a loop. */
const pausesMs = [1_000, 2_000, 5_000, 15_000, 30_000];
const lookEveryMs = 5_000;

interface Poller {
  stop: AbortController;
  done: Promise<void>;
}

/**
 * Step 1 for people without a public address: asks platforms for what is new and stores the bodies as if they had come by hook; only then the place
 * moves on, so a crash repeats some and loses none. Over all processes one polls a channel, held by a lock that dies with its connection.
 */
@Injectable()
export class Poll implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('poll');
  private readonly pollers = new Map<string, Poller>();
  private readonly kinds = [...connectors.values()].filter((connector) => connector.poll).map((connector) => connector.kind);
  private timer: NodeJS.Timeout | undefined;
  private news: Subscription | undefined;
  private stopping = false;

  constructor(
    private readonly scope: AccountScope,
    private readonly channels: ConnectedChannels,
    private readonly health: ChannelHealth,
    private readonly receive: Receive,
    private readonly calls: OutgoingCalls,
    private readonly changes: Changes,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web' || this.kinds.length === 0) return;
    void this.look();
    this.timer = setInterval(() => void this.look(), lookEveryMs);
    // A channel that was changed is polled anew, with its new token or not at all.
    this.news = this.changes.heard('channel').subscribe(({ id }) => {
      if (id) this.pollers.get(id)?.stop.abort();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    this.news?.unsubscribe();
    for (const poller of this.pollers.values()) poller.stop.abort();
    await Promise.all([...this.pollers.values()].map((poller) => poller.done));
  }

  private async look(): Promise<void> {
    try {
      const rows = await this.scope.lookUp<{ channel_id: string; account_id: string }>('SELECT * FROM polled_channels($1)', [this.kinds]);
      for (const row of rows) {
        if (this.stopping || this.pollers.has(row.channel_id)) continue;
        const open = await this.channels.get(row.account_id, row.channel_id);
        if (!open?.active || open.broken || !open.connector.poll?.wanted(open.channel) || this.pollers.has(row.channel_id)) continue;
        this.start(open);
      }
    } catch (error) {
      this.log.warn(`cannot look for channels to poll: ${messageOf(error)}`);
    }
  }

  private start(open: OpenChannel): void {
    const stop = new AbortController();
    const done = this.hold(open, stop.signal)
      .catch((error: unknown) => this.log.warn(`channel ${open.id}: ${messageOf(error)}`))
      .finally(() => this.pollers.delete(open.id));
    this.pollers.set(open.id, { stop, done });
  }

  /** Polls while it has the channel's lock; without it another process does, and the next look tries again. */
  private async hold(open: OpenChannel, signal: AbortSignal): Promise<void> {
    const lock = new pg.Client({ connectionString: this.databaseUrl, application_name: 'razvilka poll', keepAlive: true });
    const lost = new AbortController();
    lock.on('error', () => lost.abort());
    lock.on('end', () => lost.abort());
    await lock.connect();
    try {
      const { rows } = await lock.query<{ mine: boolean }>(`SELECT pg_try_advisory_lock(hashtextextended($1, 1)) AS mine`, [open.id]);
      if (rows[0]?.mine) await this.poll(open, AbortSignal.any([signal, lost.signal]));
    } finally {
      await lock.end().catch(() => undefined);
    }
  }

  private async poll(open: OpenChannel, signal: AbortSignal): Promise<void> {
    let cursor = await this.scope.run(open.accountId, async (db) => {
      const [row]: { poll_cursor: string | null }[] = await db.query('SELECT poll_cursor FROM channels WHERE id = $1', [open.id]);
      return row?.poll_cursor ?? null;
    });
    for (let failures = 0; !signal.aborted;) {
      try {
        const answer = await open.connector.poll!.fetch(open.channel, cursor, waitMs, this.calls, signal);
        for (const body of answer.bodies) await this.receive.store(open, body);
        if (answer.cursor !== cursor) {
          await this.scope.run(open.accountId, (db) =>
            db.query('UPDATE channels SET poll_cursor = $2 WHERE id = $1', [open.id, answer.cursor]),
          );
          cursor = answer.cursor;
        }
        failures = 0;
        await this.health.works(open);
      } catch (error) {
        if (signal.aborted) return;
        const told = error instanceof ConnectorError ? error : undefined;
        if (!told || told.kind === 'misconfigured') await this.health.fails(open, messageOf(error)).catch(() => undefined);
        const wait = Math.max(told?.more.waitMs ?? 0, pausesMs[Math.min(failures, pausesMs.length - 1)]!);
        failures += 1;
        await pause(wait, signal);
      }
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
