import { Inject, Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { ConnectorError } from '../channels/connector-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { Clock } from '../health/clock.js';
import { Metrics } from '../health/metrics.js';
import { OutgoingCalls } from '../http/outgoing-calls.js';
import { Changes } from '../live/changes.js';
import { isDatabaseAway } from '../problem/database-errors.js';
import { DeliverQueue } from '../queues.js';
import { ChannelHealth } from './channel-health.js';
import { ConnectedChannels, type OpenChannel } from './connected-channels.js';
import { type Claim, DeliveryLane } from './delivery-lane.js';
import { withFailPoint } from './fail-point.js';
import { WakeUps } from './wake-ups.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits after attempts that surely did not arrive, as Standard Webhooks suggests: about 75 h, then a person decides. */
const commonSchedule: readonly number[] = [
  5 * second,
  30 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];
/** Schedules are spread by a fifth, so that all who failed together do not come back together. */
const jitter = 0.2;
/** A channel that is switched off is looked at again after this. */
const offForMs = minute;
/** Conversations that one process sends for at a time. */
const concurrency = 8;
const sweepEveryMs = 5 * second;
const sweepMost = 500;
/** Conversations that a sweep sends for by itself, beside the queue's worker. */
const sweepConcurrency = 4;

/** Step 3: what the outbox holds goes to the platform, in order per conversation, each attempt on record; the only file that calls connectors' `send`. */
@Injectable()
export class Deliver implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('deliver');
  private sweep: NodeJS.Timeout | undefined;
  private stopping = false;
  private rescuing = false;

  constructor(
    private readonly scope: AccountScope,
    private readonly channels: ConnectedChannels,
    private readonly health: ChannelHealth,
    private readonly calls: OutgoingCalls,
    private readonly queue: DeliverQueue,
    private readonly changes: Changes,
    private readonly wakeUps: WakeUps,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') return;
    this.queue.work((job) => this.deliver(job.accountId, job.conversationIds), concurrency);
    this.wakeUps.on('outbox', ({ accountId, id }) => this.queue.wake(accountId, [id]));
    void this.look(false);
    this.sweep = setInterval(() => void this.look(true), sweepEveryMs);
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
    clearInterval(this.sweep);
  }

  /** These conversations have something to send. */
  wake(accountId: string, conversationIds: ReadonlySet<string>): void {
    if (conversationIds.size > 0) this.queue.wake(accountId, [...conversationIds]);
  }

  /** Sends what is due of each conversation. Conversations wait for each other only within one job. */
  async deliver(accountId: string, conversationIds: readonly string[]): Promise<void> {
    await Promise.all(
      conversationIds.map((id) =>
        this.deliverConversation(accountId, id).catch((error: unknown) => {
          // The lease runs out, the row is still due, the sweep finds it.
          const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
          if (isDatabaseAway(error)) this.log.warn(text);
          else this.log.error(text);
        }),
      ),
    );
  }

  private async deliverConversation(accountId: string, conversationId: string): Promise<void> {
    if (!this.clock.isTrue) return;
    const lane = new DeliveryLane(this.scope, accountId, conversationId, this.config.deliveryLeaseSeconds);
    // Once more after letting go: a row that was committed in between woke somebody who found the lane taken.
    do {
      if (!(await lane.take())) return;
      try {
        await this.empty(lane, accountId, conversationId);
      } finally {
        await lane.release();
      }
    } while (!this.stopping && (await lane.hasDue()));
  }

  private async empty(lane: DeliveryLane, accountId: string, conversationId: string): Promise<void> {
    while (!this.stopping) {
      const channelId = await lane.channelOfNext();
      if (!channelId) return;
      const open = await this.channels.get(accountId, channelId);
      if (!open?.active || open.broken) return lane.postpone(offForMs);
      const claim = await withFailPoint('deliver.claim', () => lane.claim(open));
      if (!claim) return;
      if ('waitMs' in claim) return this.queue.wake(accountId, [conversationId], claim.waitMs);
      if ('uncertain' in claim) {
        this.metrics.deliveries.inc({ kind: open.kind, outcome: 'unknown' });
        continue;
      }
      const again = await this.send(lane, open, claim);
      if (again !== undefined) return this.queue.wake(accountId, [conversationId], again);
    }
  }

  /** Gives the ms after which this conversation goes on, when it cannot at once. */
  private async send(lane: DeliveryLane, open: OpenChannel, claim: Claim): Promise<number | undefined> {
    const { message } = claim;
    try {
      const sent = await withFailPoint('deliver.send', () => open.connector.send(message, open.channel, this.calls));
      await withFailPoint('deliver.record', () => lane.recordSent(message, sent.externalId ?? null, (db) => this.tell(db, open, claim)));
      this.metrics.deliveries.inc({ kind: open.kind, outcome: 'sent' });
      await this.health.works(open);
      return undefined;
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      this.metrics.deliveries.inc({ kind: open.kind, outcome: error.kind });
      return this.recordFailure(lane, open, claim, error);
    }
  }

  private async recordFailure(lane: DeliveryLane, open: OpenChannel, claim: Claim, error: ConnectorError): Promise<number | undefined> {
    const { message } = claim;
    const tell = (db: Parameters<Changes['publish']>[0]) => this.tell(db, open, claim);
    switch (error.kind) {
      case 'throttled': {
        const waitMs = Math.max(error.more.waitMs ?? second, 100);
        await lane.recordThrottled(message, error.message, waitMs, error.more.scope === 'channel' ? open.id : undefined);
        return waitMs;
      }
      case 'rejected':
        if (error.more.movedTo) {
          await lane.recordMoved(message, error.more.movedTo, error.message);
          return 0;
        }
        await lane.recordEnd(message, 'failed', 'rejected', error.message, tell);
        if (error.more.contactBlocked) await lane.markBlocked();
        return undefined;
      case 'unknown':
        if (!open.connector.dedupesSends) {
          await lane.recordEnd(message, 'unknown', 'unknown', error.message, tell);
          return undefined;
        }
        break;
      case 'misconfigured':
        await this.health.fails(open, error.message);
        break;
      case 'unreachable':
        break;
    }
    const schedule = open.connector.retrySchedule ?? commonSchedule;
    const base = schedule[claim.failures];
    if (base === undefined) {
      await lane.recordEnd(message, 'failed', error.kind, error.message, tell);
      return undefined;
    }
    const waitMs = base * (1 - jitter + 2 * jitter * Math.random());
    await lane.recordRetry(message, error.kind, error.message, waitMs);
    return waitMs;
  }

  private async tell(db: Parameters<Changes['publish']>[0], open: OpenChannel, claim: Claim): Promise<void> {
    await this.changes.publish(db, open.accountId, { kind: 'message', id: claim.message.id, conversationId: claim.conversationId });
  }

  /** Sends what a sweep found without the queue: that may be away, or deaf on a connection that nobody knows to be dead. */
  private async rescue(due: readonly { conversation_id: string; account_id: string }[]): Promise<void> {
    if (this.rescuing) return;
    this.rescuing = true;
    const rest = [...due];
    const work = async () => {
      for (let next = rest.shift(); next && !this.stopping; next = rest.shift())
        await this.deliver(next.account_id, [next.conversation_id]);
    };
    await Promise.all(Array.from({ length: sweepConcurrency }, work)).finally(() => (this.rescuing = false));
  }

  private async look(rescuing: boolean): Promise<void> {
    try {
      const due = await this.scope.lookUp<{ conversation_id: string; account_id: string }>('SELECT * FROM delivery_lanes_due($1)', [
        sweepMost,
      ]);
      const byAccount = new Map<string, string[]>();
      for (const row of due) byAccount.set(row.account_id, [...(byAccount.get(row.account_id) ?? []), row.conversation_id]);
      for (const [accountId, conversations] of byAccount) this.queue.wake(accountId, conversations);
      if (!rescuing || due.length === 0) return;
      this.metrics.sweeperRescues.inc({ queue: 'outbox' }, due.length);
      await this.rescue(due);
    } catch (error) {
      this.log.warn(`cannot look for deliveries: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
