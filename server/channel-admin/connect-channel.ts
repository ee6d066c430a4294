import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { ChannelConnector, ConnectedChannel } from '../channels/channel-connector.js';
import { connectors } from '../channels/connectors.js';
import { ConnectorError } from '../channels/connector-error.js';
import { AccountScope } from '../db/account-scope.js';
import { OutgoingCalls } from '../http/outgoing-calls.js';
import { Changes } from '../live/changes.js';
import type { ChannelRow } from './channels.queries.js';
import { SealedSettings } from './sealed-settings.js';

/** What is needed to talk to the platform about a channel, also after its row is gone. */
export interface Connectable {
  accountId: string;
  row: ChannelRow;
  hookUrl: string;
}

/** A person waits at the page for the outcome. */
const connectWithinMs = 15_000;

/**
 * Tells platforms to call our hooks, or to stop, after the change was committed and answered: the page hears the outcome by the stream. One call at a time
 * for a channel, so that switching on and off quickly ends as it was switched last.
 */
@Injectable()
export class ConnectChannel implements BeforeApplicationShutdown {
  private readonly log = new Logger('channels');
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly scope: AccountScope,
    private readonly calls: OutgoingCalls,
    private readonly changes: Changes,
    private readonly sealed: SealedSettings,
  ) {}

  /** Never throws: a failure is stored and shown on the channel's card, and the channel stays. */
  connect(wanted: Connectable): void {
    this.next(wanted, async (connector, channel) => {
      try {
        const learnt = await inTime(connector.connect?.(channel, this.calls) ?? Promise.resolve({}));
        await this.scope.run(wanted.accountId, (db) => this.recordConnected(db, wanted, learnt));
      } catch (error) {
        await this.scope.run(wanted.accountId, (db) => this.recordFailure(db, wanted, this.explain(error)));
      }
    });
  }

  /** For a channel that is off or gone; what fails here is on record in the log only, since nothing of ours depends on it. */
  disconnect(unwanted: Connectable): void {
    this.next(unwanted, async (connector, channel) => {
      await inTime(connector.disconnect?.(channel, this.calls) ?? Promise.resolve());
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay.values());
  }

  private next(target: Connectable, work: (connector: ChannelConnector, channel: ConnectedChannel<unknown>) => Promise<void>): void {
    const { id } = target.row;
    const turn = (this.underWay.get(id) ?? Promise.resolve())
      .then(() => {
        const connector = connectors.get(target.row.kind);
        const channel = connector && this.open(target, connector);
        return connector && channel ? work(connector, channel) : undefined;
      })
      .catch((error: unknown) => this.log.warn(`channel ${id}: ${this.explain(error)}`))
      .finally(() => {
        if (this.underWay.get(id) === turn) this.underWay.delete(id);
      });
    this.underWay.set(id, turn);
  }

  private open({ accountId, row, hookUrl }: Connectable, connector: ChannelConnector): ConnectedChannel<unknown> | undefined {
    const settings = connector.settings.safeParse({ ...row.settings, ...this.sealed.open(accountId, row.id, row.secrets) });
    if (!settings.success) return undefined;
    return { id: row.id, name: row.name, account: row.account, surface: row.surface, settings: settings.data, hookUrl };
  }

  private async recordConnected(db: EntityManager, { accountId, row }: Connectable, learnt: { account?: string }): Promise<void> {
    await db.query(
      `UPDATE channels SET state = 'connected', last_error = NULL, last_error_at = NULL, account = coalesce($2, account) WHERE id = $1 AND active`,
      [row.id, learnt.account ?? null],
    );
    await this.changes.publish(db, accountId, { kind: 'channel', id: row.id });
  }

  private async recordFailure(db: EntityManager, { accountId, row }: Connectable, text: string): Promise<void> {
    await db.query(`UPDATE channels SET state = 'failing', last_error = $2, last_error_at = now() WHERE id = $1 AND active`, [
      row.id,
      text,
    ]);
    await db.query(
      `INSERT INTO channel_logs (id, account_id, channel_id, level, text) SELECT $1, $2, id, 'error', $4 FROM channels WHERE id = $3`,
      [uuid(), accountId, row.id, text],
    );
    await this.changes.publish(db, accountId, { kind: 'channel', id: row.id });
  }

  /** Connectors' errors are written for the admin; anything else may hold what must not be shown. */
  private explain(error: unknown): string {
    if (error instanceof ConnectorError) return error.message;
    this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 'Не удалось подключить: внутренняя ошибка, подробности в журнале сервера / Could not connect: an internal error, see the server’s log';
  }
}

async function inTime<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new ConnectorError(
          'unknown',
          `Платформа не ответила за ${connectWithinMs / 1000} с / No answer from the platform in ${connectWithinMs / 1000} s`,
        ),
      );
    }, connectWithinMs);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
